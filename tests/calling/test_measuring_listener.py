"""MeasuringListener: each piece of a turn is measured once, during the turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from rehearse.calling.listener import TurnListener
from rehearse.calling.live_listener import LiveListener
from rehearse.calling.measuring_listener import MeasuringListener
from rehearse.delivery.fillers import Hesitation
from rehearse.delivery.turn_sound import TurnSound
from rehearse.sound import Samples, seconds
from rehearse.transcript import Word
from tests.calling.test_live_listener import Loudness, Numbers, talk


class Noted:
    """A measurer that records what it gets, and finds an um before the last word of each piece."""

    def __init__(self) -> None:
        self.lengths_s: list[float] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def measure(self, samples: Samples, start_s: float, words: Sequence[Word]) -> TurnSound:
        self.may_go_on.wait(10)
        length_s = seconds(len(samples))
        self.lengths_s.append(length_s)
        um = Hesitation("um", len(words) - 1, start_s, 0.9)
        return TurnSound(
            start_s=start_s,
            end_s=start_s + length_s,
            voiced_s=((start_s, start_s + length_s),),
            level_dbfs=-20.0,
            clipped_share=0.0,
            pitch_hz=np.zeros(1, dtype=np.float32),
            hesitations=(um,),
        )


@pytest.fixture
def noted() -> Noted:
    return Noted()


@pytest.fixture
def listener(noted: Noted) -> Iterator[MeasuringListener]:
    live = LiveListener(Numbers(), Loudness(), waits=True)
    yield MeasuringListener(live, noted)
    live.close()


def hear(listener: MeasuringListener, *stretches: tuple[float, float]) -> None:
    for block in talk(*stretches):
        listener.hear(block)


def test_a_long_turn_is_measured_in_pieces_and_reported_as_one(
    listener: MeasuringListener, noted: Noted
) -> None:
    listener.begin(100.0)
    hear(listener, (11, 1), (1, 0), (11, 2), (1, 0), (3, 3))
    assert [word.text for word in listener.finish()] == ["1", "2", "3"]
    (turn,) = listener.turns()
    assert turn.start_s == 100.0
    assert turn.end_s == pytest.approx(127, abs=0.1)
    assert [one.before for one in turn.hesitations or ()] == [0, 1, 2]
    starts = [start for start, _ in turn.voiced_s]
    assert starts == pytest.approx([100.0, 111.3, 123.3], abs=0.1)
    assert len(turn.pitch_hz) == 3


def test_when_the_turn_ends_in_a_pause_nothing_is_left_to_measure(
    listener: MeasuringListener, noted: Noted
) -> None:
    listener.begin(0.0)
    hear(listener, (5, 1), (1, 0))
    for _ in range(100):
        if noted.lengths_s:
            break
        threading.Event().wait(0.05)
    before = list(noted.lengths_s)
    assert before == pytest.approx([5.3], abs=0.1)
    listener.finish()
    assert len(listener.turns()) == 1
    assert noted.lengths_s == before


def test_a_pause_that_was_not_the_end_is_not_reported_twice(
    listener: MeasuringListener, noted: Noted
) -> None:
    noted.may_go_on.clear()
    listener.begin(0.0)
    hear(listener, (3, 1), (0.5, 0), (3, 2), (0.5, 0), (3, 3))
    listener.finish()
    noted.may_go_on.set()
    (turn,) = listener.turns()
    assert len(turn.voiced_s) == 1
    assert turn.voiced_s[0][1] == pytest.approx(10.0, abs=0.1)
    # The one that was waiting for the lock, and the whole; what was not begun is left out.
    assert len(noted.lengths_s) <= 2


def test_a_turn_without_a_word_has_no_sound(listener: MeasuringListener) -> None:
    listener.begin(0.0)
    hear(listener, (3, 0))
    assert listener.finish() == ()
    listener.begin(5.0)
    hear(listener, (3, 1))
    listener.finish()
    assert [turn.start_s for turn in listener.turns()] == [5.0]


def test_a_turn_transcribed_in_one_piece_is_measured_in_one_piece(noted: Noted) -> None:
    listener = MeasuringListener(TurnListener(Numbers()), noted)
    listener.begin(0.0)
    hear(listener, (3, 1), (1, 0), (11, 2))
    listener.finish()
    (turn,) = listener.turns()
    assert noted.lengths_s == pytest.approx([15.0], abs=0.1)
    assert turn.end_s == pytest.approx(15.0, abs=0.1)

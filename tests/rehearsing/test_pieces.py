"""A long recording is cut in its pauses; a short one is one piece."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse import wiring
from rehearse.rehearsing.pieces import LONGEST_S, SHORTEST_S, WHOLE_S, cut_in_pauses
from rehearse.rehearsing.talk_files import transcribe_file
from rehearse.sound import BLOCK_SAMPLES, SAMPLE_RATE_HZ, Samples, sample_count
from rehearse.transcript import Word


def voice(samples: Samples) -> list[float]:
    """1 where there is sound."""
    return [
        float(samples[at : at + BLOCK_SAMPLES].any())
        for at in range(0, len(samples), BLOCK_SAMPLES)
    ]


def talk(length_s: float, pauses_s: Sequence[float] = ()) -> Samples:
    sound = np.ones(sample_count(length_s), dtype=np.float32)
    for at_s in pauses_s:
        sound[sample_count(at_s) : sample_count(at_s + 1)] = 0
    return sound


def test_a_talk_of_usual_length_is_one_piece() -> None:
    [piece] = cut_in_pauses([talk(WHOLE_S)], voice)
    assert len(piece.samples) == sample_count(WHOLE_S)


def test_cuts_lie_in_pauses() -> None:
    pieces = list(cut_in_pauses([talk(200, [50, 100, 160])], voice))
    assert [round(piece.start_s, 1) for piece in pieces] == [0.0, 50.5, 100.5, 160.5]


@given(st.lists(st.integers(1, 90 * SAMPLE_RATE_HZ), min_size=1, max_size=6))
@settings(max_examples=20, deadline=None)
def test_nothing_is_lost_and_no_piece_is_too_long(lengths: list[int]) -> None:
    sound = talk(sum(lengths) / SAMPLE_RATE_HZ)
    parts = np.split(sound, np.cumsum(lengths)[:-1])
    pieces = list(cut_in_pauses(parts, voice))
    assert sum(len(piece.samples) for piece in pieces) == len(sound)
    for piece in pieces[:-1]:
        assert SHORTEST_S <= len(piece.samples) / SAMPLE_RATE_HZ <= LONGEST_S
    at = 0
    for piece in pieces:
        assert piece.start_s == at / SAMPLE_RATE_HZ
        at += len(piece.samples)


class StoppedAfter:
    """A transcriber with a person who presses Ctrl-C after so many pieces."""

    name = "one word a piece"

    def __init__(self, pieces: int) -> None:
        self._left = pieces

    def transcribe(
        self, samples: Samples, *, offset_s: float = 0.0, before: str = ""
    ) -> tuple[Word, ...]:
        if not self._left:
            raise KeyboardInterrupt
        self._left -= 1
        return (Word("word", offset_s, offset_s + 1, 0.9),)


def test_ctrl_c_keeps_what_was_transcribed(tmp_path: Path) -> None:
    path = tmp_path / "long.flac"
    soundfile.write(path, talk(300, [50, 100]) * 0.1, SAMPLE_RATE_HZ)
    transcriber, done_s = StoppedAfter(2), []
    found = transcribe_file(
        path, lambda: transcriber, wiring.sound_tools(),
        progress=lambda at_s, length_s: done_s.append((round(at_s), length_s)),
    )  # fmt: skip
    assert len(found.transcript.candidate_words) == 2
    assert found.stopped_at_s is not None
    assert done_s[-1] == (round(found.stopped_at_s), 300.0)

"""Turn taking: when a turn is over, in call time."""

import pytest

from rehearse.calling.turn_taking import Patience, TurnState, TurnTaker
from rehearse.sound import BLOCK_SAMPLES, SAMPLE_RATE_HZ

BLOCKS_PER_S = SAMPLE_RATE_HZ / BLOCK_SAMPLES


def ended_after_s(pattern: list[tuple[float, float]], patience: Patience) -> float | None:
    """Feed spans of (seconds, probability); return after how many seconds the turn ended."""
    taker = TurnTaker(patience)
    blocks = 0
    for length_s, probability in pattern:
        for _ in range(round(length_s * BLOCKS_PER_S)):
            blocks += 1
            if taker.accept(probability) is TurnState.ENDED:
                return blocks / BLOCKS_PER_S
    return None


def test_a_pause_shorter_than_the_patience_does_not_end_the_turn() -> None:
    assert ended_after_s([(5, 0.9), (2.4, 0.0), (5, 0.9)], Patience()) is None


def test_silence_as_long_as_the_patience_ends_it() -> None:
    assert ended_after_s([(5, 0.9), (10, 0.0)], Patience()) == pytest.approx(7.5, abs=0.05)


def test_before_the_first_word_there_is_more_time() -> None:
    assert ended_after_s([(20, 0.0)], Patience()) == pytest.approx(8.0, abs=0.05)


def test_a_click_is_not_speech() -> None:
    taker = TurnTaker(Patience())
    for probability in (0.9, 0.9, 0.0, 0.0, 0.0, 0.9, 0.0, 0.0, 0.0, 0.0):
        assert taker.accept(probability) is TurnState.WAITING
    assert not taker.spoke

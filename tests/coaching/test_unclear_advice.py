"""What a person is told where words were lost: why, what helps, and never that it is them."""

import pytest

from rehearse.coaching.unclear_advice import (
    WHAT_HAPPENED,
    WHAT_HELPS,
    main_reason,
    unclear_said,
    voice_check_helps,
    why_lost,
)
from rehearse.scoring.recognition import Recognition
from rehearse.transcript import UnclearPassage, UnclearReason


def test_every_reason_has_its_own_words_and_its_own_advice() -> None:
    assert set(WHAT_HAPPENED) == set(WHAT_HELPS) == set(UnclearReason)
    assert len(set(WHAT_HAPPENED.values())) == len(set(WHAT_HELPS.values())) == len(UnclearReason)


def test_the_reason_that_lost_most() -> None:
    passages = [
        UnclearPassage(0, 2, UnclearReason.NOISE),
        UnclearPassage(5, 6.5, UnclearReason.TOO_QUIET),
        UnclearPassage(8, 9.5, UnclearReason.TOO_QUIET),
    ]
    assert main_reason(passages) is UnclearReason.TOO_QUIET
    assert unclear_said(passages, None) == (
        "I lost some of your words, so a point may be there that is not counted: your voice was "
        "too quiet there. Move closer to the microphone or turn it up, and say that part again."
    )


@pytest.mark.parametrize("unclear", [[], [UnclearPassage(0, 9, UnclearReason.PRONUNCIATION)]])
def test_it_is_the_tool_that_does_not_know_the_pronunciation(
    unclear: list[UnclearPassage],
) -> None:
    said = unclear_said(unclear, Recognition(31, 60))
    assert said.startswith(
        "I understood about 31 of your 60 words: I don't know your pronunciation well enough"
    )
    assert "That is my limit, not yours." in said


def test_a_point_may_be_among_many_doubtful_words() -> None:
    said = unclear_said([], Recognition(46, 59))
    assert said.startswith("I understood about 46 of your 59 words, so a point may be there")
    assert "That is my limit, not yours." in said
    assert voice_check_helps([], Recognition(46, 59))
    assert not voice_check_helps([], Recognition(55, 59))


def test_one_passage() -> None:
    assert why_lost(UnclearReason.TOO_QUIET) == (
        "I lost some of your words here: your voice was too quiet."
    )
    assert why_lost(None) == "I lost some of your words here."

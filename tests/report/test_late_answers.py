"""A computer that is too slow for a call: what happened, and what to switch off."""

import dataclasses

import pytest

from rehearse.keeping.rehearsal import Rehearsal, Versions
from rehearse.preparing.call_sheet import CallSheet
from rehearse.report.late_answers import IN_THE_TERMINAL, ON_THE_PAGE, late_answers
from rehearse.report.result_view import result_view
from rehearse.transcript import Speaker, Transcript, Utterance, Word


def answered_after(wait_s: float) -> Rehearsal:
    you, manager = Speaker.CANDIDATE, Speaker.MANAGER
    said = (Word("Hello.", 1.0, 2.0),)
    turns = (
        Utterance(manager, said, 1.0, 2.0),
        Utterance(you, said, 10.0, 20.0),  # the candidate may think as long as they like
        Utterance(manager, said, 20.0 + wait_s, 30.0),
        Utterance(you, said, 30.0, 40.0),
    )
    return Rehearsal(
        "20261129-120000", "2026-11-29T12:00:00+01:00", "friendly", 1, CallSheet(), Versions("0"),
        transcript=Transcript(turns),
    )  # fmt: skip


def test_nothing_is_said_where_the_computer_keeps_up() -> None:
    assert late_answers(answered_after(1.5), IN_THE_TERMINAL) == ""
    unheard = dataclasses.replace(answered_after(9.0), transcript=None)
    assert late_answers(unheard, IN_THE_TERMINAL) == ""


@pytest.mark.parametrize("helps", [IN_THE_TERMINAL, ON_THE_PAGE])
def test_a_late_manager_is_explained_with_what_to_switch_off(helps: str) -> None:
    assert late_answers(answered_after(9.0), helps) == (
        "This computer could not keep up: the manager answered 9 s late. Nothing that you said is "
        f"lost. {helps}"
    )


def test_the_page_shows_it() -> None:
    assert result_view(answered_after(9.0)).late.endswith("type your side.")

"""One sentence sets a call beside the one before: gains first, losses kindly."""

import dataclasses

from rehearse.keeping.summary import Summary
from rehearse.report.since_last import since_last, the_one_before
from rehearse.scoring.rubric import Verdict

WEAK = Summary(
    "20260101-000000", scenario="friendly", score=20, critical_question=Verdict.MISSING,
    contributions=1, pace_wpm=150,
)  # fmt: skip
STRONG = dataclasses.replace(
    WEAK, id="20260102-000000", score=90, critical_question=Verdict.COVERED, contributions=3,
    question_s=60.0,
)  # fmt: skip


def test_what_is_new_since_last_time() -> None:
    assert since_last(STRONG, WEAK) == (
        "Since last time: you now ask the question and name three ways instead of one."
    )
    sooner = dataclasses.replace(STRONG, question_s=40.0)
    assert since_last(sooner, STRONG) == (
        "Since last time: you now come to the question 20 s earlier."
    )


def test_what_was_lost_is_told_by_what_one_can_do() -> None:
    assert since_last(WEAK, STRONG) == (
        "Last time you asked the question and named three ways; this time you did not."
    )


def test_a_later_question_is_no_loss() -> None:
    later = dataclasses.replace(STRONG, question_s=68.0)
    assert since_last(later, STRONG) == "The same score as last time: 90."


def test_nothing_new_is_said_plainly_and_another_character_is_named() -> None:
    assert since_last(STRONG, STRONG) == "The same score as last time: 90."
    busy = dataclasses.replace(STRONG, scenario="busy")
    assert since_last(busy, WEAK).endswith("(with another manager).")


def test_the_first_call_is_compared_with_nothing() -> None:
    assert since_last(WEAK, None) == ""
    assert the_one_before(WEAK.id, [STRONG, WEAK]) is None
    assert the_one_before(STRONG.id, [STRONG, WEAK]) is WEAK


def test_calls_that_were_broken_off_or_silent_are_passed_over() -> None:
    broken_off = Summary("20260101-120000")
    silent = Summary("20260101-130000", score=0)
    assert the_one_before(STRONG.id, [STRONG, silent, broken_off, WEAK]) is WEAK
    greeting = dataclasses.replace(WEAK, id="20260101-140000", score=0, nothing_to_score=True)
    assert the_one_before(STRONG.id, [STRONG, greeting, WEAK]) is WEAK
    assert since_last(greeting, STRONG) == ""

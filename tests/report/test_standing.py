"""Where one stands: the last five calls in a sentence, and the next step."""

import dataclasses

import pytest

from rehearse.keeping.summary import Summary
from rehearse.report.standing import StandingView, standing
from rehearse.scoring.rubric import Verdict


def call(asked: bool, ways: int) -> Summary:
    question = Verdict.COVERED if asked else Verdict.MISSING
    return Summary("20260101-000000", score=50, critical_question=question, contributions=ways)


BROKEN_OFF = Summary("20260101-000000")


@pytest.mark.parametrize(
    ("calls", "sentence", "step", "drill"),
    [
        (
            [call(True, 2), call(True, 2), call(True, 3), call(True, 2), call(False, 2)],
            "You asked the question in 4 of your last 5 calls; the third way is usually missing.",
            "Practise three ways",
            "ways",
        ),
        (
            [call(False, 3), call(False, 3)],
            "You did not ask the question in your last 2 calls, but you usually name three ways.",
            "Practise the question",
            "question",
        ),
        (
            [call(True, 3)] * 3,
            "You asked the question in all of your last 3 calls, and you usually name three ways.",
            "Call somebody harder to talk to",
            "",
        ),
        (
            [call(True, 3), call(True, 3), call(False, 3), call(True, 3), call(False, 3)],
            "You asked the question in 3 of your last 5 calls, and you usually name three ways.",
            "Practise the question",
            "question",
        ),
        (
            [call(False, 0)],
            "The question is still to come; ways you would help are missing.",
            "Practise the question",
            "question",
        ),
        (
            [call(True, 2), call(False, 3)],
            "You asked the question in 1 of your last 2 calls; the third way is missing in 1 of "
            "them.",
            "Practise the question",
            "question",
        ),
        (
            [BROKEN_OFF, call(True, 1)],
            "You asked the question in your call; the second and third way are missing.",
            "Practise three ways",
            "ways",
        ),
    ],
)
def test_the_last_calls_in_one_sentence_and_what_to_do_next(
    calls: list[Summary], sentence: str, step: str, drill: str
) -> None:
    assert standing(calls) == StandingView(sentence, step, drill)


def test_only_the_last_five_count() -> None:
    view = standing([call(True, 3)] * 5 + [call(False, 0)] * 20)
    assert view is not None
    assert view.sentence.startswith("You asked the question in all of your last 5 calls")


def test_before_the_first_scored_call_nothing_is_said() -> None:
    assert standing([]) is None
    assert standing([BROKEN_OFF]) is None


def test_calls_with_nothing_to_score_do_not_count_and_it_says_so() -> None:
    """Greeting a manager and hanging up is no call in which the question was missing."""
    nothing = dataclasses.replace(call(False, 0), score=0, nothing_to_score=True)
    first = dataclasses.replace(call(True, 3), id="20251231-000000")
    view = standing([nothing, call(True, 3), nothing, first, nothing])
    assert view is not None
    assert view.sentence.startswith("You asked the question in all of your last 2 calls")
    assert view.left_out == "without 2 that could not be scored"
    assert standing([nothing]) is None

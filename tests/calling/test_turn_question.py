"""What a turn asks, and what it is compared with."""

import pytest

from rehearse.calling.forms import Form
from rehearse.calling.turn_question import TurnQuestion, turn_question
from rehearse.wiring.meaning import load_act_classifier


def asked(*sentences: str) -> TurnQuestion:
    return turn_question([(text, ()) for text in sentences], load_act_classifier(), "")


@pytest.mark.parametrize(
    ("said", "compared"),
    [
        ("Right. And how many come?", "how many come?"),
        ("You said the roof was late. Did it come?", "You said the roof was late. Did it come?"),
        ("I see. What do people order most at lunch? I'm curious.", None),
        ("You sound tired.", "You sound tired."),
    ],
)
def test_the_question_of_a_turn_is_compared(said: str, compared: str | None) -> None:
    assert asked(said).text == (compared or "What do people order most at lunch?")


def test_a_long_turn_asks_at_its_end_or_with_a_question_mark() -> None:
    pitch = ("I'd walk through the yard every morning at six and note what stands there.",) * 3
    assert asked(*pitch).form is None
    assert asked(*pitch, "So when would you want to know?").form is Form.WHEN
    assert asked("How many drivers have you got?", *pitch).form is Form.HOW_MANY

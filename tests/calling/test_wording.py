"""What the bare words of a turn tell."""

import pytest

from rehearse.calling.acts import Act
from rehearse.calling.forms import Form
from rehearse.calling.wording import fits, form_of, tells, tells_plan, tells_steps


@pytest.mark.parametrize(
    ("asked", "form"),
    [
        ("Is it allowed to swap days with somebody?", Form.MAY),
        ("And is the office on your own or are there two of you?", Form.EITHER),
        ("How many cases does one officer carry at a time?", Form.HOW_MANY),
        ("How come?", Form.WHY),
        ("What is the reason?", Form.WHY),
        ("Would it be at the town hall, or out at the depot?", Form.EITHER),
        ("Would March suit you, or is that too late?", Form.WHETHER),
        ("Who's your busiest lot, the mums or the office people?", Form.EITHER),
        ("How many trucks have you got, or so?", Form.HOW_MANY),
        ("Can I ask what keeps you up at night?", Form.WHAT),
        ("Right, I'm back.", None),
        ("When the counter is empty, then it worked.", None),
    ],
)
def test_what_kind_of_answer_a_written_question_wants(asked: str, form: Form | None) -> None:
    assert form_of(asked) is form


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Act.GOODBYE, "Especially Dorothy, she's a hoot."),
        (Act.WHO, "and who is at the counter then"),
        (Act.START_DATE, "how long do people wait, roughly"),
        (Act.LINE_CHECK, "is there something you were missing from me?"),
        (Act.PAY, "do you provide the boots"),
        (Act.REPEAT, "You said half of the delays come from the grid company"),
        (Act.WHO, "haha. is it true the chef left"),
        (Act.RECITAL, "My previous dentist always ran late, people hated it."),
    ],
)
def test_an_act_needs_its_words(act: Act, said: str) -> None:
    assert not fits(act, said)


def test_what_the_caller_would_do_is_no_question() -> None:
    assert tells_plan("I'd need to know who is allowed to promise a date.")
    assert tells_plan("Good to know. I'd answer the easy letters on the day they come.")
    assert not tells_plan("I'd like to know what the job pays.")
    assert not tells_plan("Would I need a car?")


@pytest.mark.parametrize(
    ("said", "asks_who"),
    [("Whom am I speaking to?", True), ("Is that Dana?", True), ("Whom would I convince?", False),
     ("Is that a parrot I hear?", False)],
)  # fmt: skip
def test_not_every_whom_asks_who_is_speaking(said: str, asks_who: bool) -> None:
    assert fits(Act.WHO, said) is asks_who


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("I was looking after my wife. She's well again, thank you.", True),
        ("it's a long way from my village", True),
        ("I have a question to the working time.", False),
        ("I'd like to know the hours.", False),
        ("The hours.", False),
        ("Would I have to travel?", False),
    ],
)
def test_a_plain_statement_asks_for_nothing(said: str, is_told: bool) -> None:
    assert tells(said, form_of(said)) is is_told


def test_steps_are_more_than_good_intentions() -> None:
    assert tells_steps("I'd ring every member in week three.")
    assert not tells_steps("I'd give my best.")

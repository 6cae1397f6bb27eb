"""What the bare words of a turn tell."""

import pytest

from rehearse.calling.acts import Act
from rehearse.calling.wording import Form, fits, form_of, tells, tells_plan, tells_steps


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("do i need my own van", Form.WHETHER),
        ("cool. and is it ok if i wear my own trainers", Form.MAY),
        ("so do you work from the office every day or", Form.WHETHER),
        ("And is the office on your own or are there two of you?", Form.EITHER),
        ("how many cases does one officer carry at a time", Form.HOW_MANY),
        ("how long do people wait, roughly", Form.HOW_LONG),
        ("oh really. why is that", Form.WHY),
        ("How come?", Form.WHY),
        ("What is the reason?", Form.WHY),
        ("when's it meant to be finished", Form.WHEN),
        ("who makes the cakes by the way, they're amazing", Form.WHO),
        ("ha, fair play. how's the job on mill lane coming on", Form.HOW_IS),
        ("I've been wondering why the last secretary left.", Form.WHY),
        ("Can I ask what keeps you up at night?", Form.WHAT),
        ("And I was right, wasn't I", Form.WHETHER),
        ("do you know why", Form.WHY),
        ("Would it be at the town hall, or out at the depot?", Form.EITHER),
        ("Would March suit you, or is that too late?", Form.WHETHER),
        ("is it allowed to swap days with somebody", Form.MAY),
        ("Who's your busiest lot, the mums or the office people?", Form.EITHER),
        ("please is it day shift or night shift, the position", Form.EITHER),
        ("you still doing that marathon or did you bottle it lol", Form.EITHER),
        ("How many trucks have you got, or so?", Form.HOW_MANY),
        ("when it goes down do you fix it yourselves", Form.WHETHER),
        ("that diary worried me how long did the last person take with it", Form.HOW_LONG),
        ("only one matter how many rooms are full at a wedding", Form.HOW_MANY),
        ("when it goes quiet in winter what do the fitters do", Form.WHAT),
        ("tell me is it more private or more insured", Form.EITHER),
        ("truckers or families which would you say you get more of", Form.EITHER),
        ("that big supermarket on the bypass has it took much of your trade", Form.WHETHER),
        ("ballpark how long till a fella hears", Form.HOW_LONG),
        ("and when it rains does a man get paid or must he go home", Form.EITHER),
        ("this job is one year and after that finish or it can continue", Form.EITHER),
        ("I'd count how many come back", None),
        ("it depends how many are ill", None),
        ("One person, who is there anyway.", None),
        ("why I left the last bank", None),
        ("Right, I'm back.", None),
        ("i see what you mean", None),
        ("you said age doesn't matter", None),
        ("When the counter is empty, then it worked.", None),
    ],
)
def test_what_kind_of_answer_a_question_wants(said: str, form: Form | None) -> None:
    assert form_of(said) is form


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
    assert tells(said) is is_told


def test_steps_are_more_than_good_intentions() -> None:
    assert tells_steps("I'd ring every member in week three.")
    assert not tells_steps("I'd give my best.")

"""What kind of answer the last question of a turn wants, with or without a question mark."""

import pytest

from rehearse.calling.forms import Form
from rehearse.wiring.meaning import load_act_classifier


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("do i need my own van", Form.WHETHER),
        ("cool. and is it ok if i wear my own trainers", Form.WHETHER),
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
        ("is it allowed to swap days with somebody", Form.WHETHER),
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
        ("so the choosing in the end who makes it", Form.WHO),
        ("diesel you are filling from office side or the driver pays first", Form.EITHER),
        ("can i have a look at the workshop first", Form.MAY),
        ("you mentioned the leak in the roof and i kept thinking about it", None),
        ("what i'd never do is promise a date i can't keep", None),
        ("Right, I'm back.", None),
        ("i see what you mean", None),
        ("you said age doesn't matter", None),
        ("When the counter is empty, then it worked.", None),
    ],
)
def test_what_kind_of_answer_a_question_wants(said: str, form: Form | None) -> None:
    assert load_act_classifier().forms([said]) == [form]

"""Answer odds: what the manager could say is weighed by how likely it answers the turn."""

import dataclasses

from rehearse import wiring
from rehearse.calling.acts import Act
from rehearse.calling.answer_odds import FEATURES, answer_odds, measured
from rehearse.calling.forms import Form
from rehearse.calling.matters import Near, packaged_subjects
from rehearse.calling.understood import Understood

SUBJECTS = packaged_subjects()
BREAD = "shop.bread_out"


def turn(text: str, form: Form | None, *acts: Act) -> Understood:
    near = tuple(wiring.load_matter_finder().near([text])[0])
    words = len(text.split())
    return Understood(True, acts=acts, words=words, offers=(text,), form=form, near=near)


def features(text: str, form: Form | None, name: str) -> dict[str, float]:
    near = wiring.load_matter_finder().near([text])[0]
    found = measured(near, text, form, (Act.ABOUT_BUSINESS,), SUBJECTS)
    return dict(zip(FEATURES, found[name], strict=True))


def test_the_likeliest_answers_what_was_asked() -> None:
    asked = turn("at what time is the bread ready of a morning?", Form.WHEN, Act.ABOUT_BUSINESS)
    odds = answer_odds(asked, SUBJECTS)
    assert max(odds, key=lambda name: odds[name]) == BREAD
    assert odds[BREAD] > 0.5


def test_a_word_in_passing_is_no_topic() -> None:
    told = turn("I sold my bread to a dog on the train.", None, Act.SMALL_TALK)
    assert max(answer_odds(told, SUBJECTS).values()) < 0.5


def test_a_question_that_wants_another_detail_is_less_likely_answered() -> None:
    when = features("When does the first bread come out?", Form.WHEN, BREAD)
    why = features("When does the first bread come out?", Form.WHY, BREAD)
    assert (when["same_form"], when["other_detail"]) == (1, 0)
    assert (why["same_form"], why["other_detail"]) == (0, 1)


def test_a_rival_takes_from_both() -> None:
    alone = features("When does the first bread come out?", Form.WHEN, BREAD)
    assert alone["ahead"] < alone["alike_three"]


def test_each_part_of_a_turn_may_name_a_topic() -> None:
    parking = tuple(wiring.load_matter_finder().near(["Is there parking for staff?"])[0])
    asked = turn("When does the first bread come out?", Form.WHEN, Act.LOCATION)
    both = dataclasses.replace(asked, near_parts=(parking,))
    assert answer_odds(both, SUBJECTS)["parking"] > answer_odds(asked, SUBJECTS).get("parking", 0)


def test_what_was_not_compared_has_no_odds() -> None:
    assert not answer_odds(Understood(True, offers=("Hello.",), near=()), SUBJECTS)
    other_trade = Understood(True, offers=("Hello.",), near=(Near("bank.loan_time", 1, 1, 1, 1),))
    assert not answer_odds(other_trade, {})

"""What the manager can speak about: the bank of matters is whole and fits together."""

import re

from rehearse.calling.bank import packaged_bank
from rehearse.calling.matters import (
    PERSONAL,
    Matter,
    kind_of,
    matters_of,
    packaged_matters,
)
from rehearse.calling.scenario import MANNERS, placeholders
from rehearse.calling.shop_talk import MOMENTS
from rehearse.calling.wording import form_of

MATTERS = packaged_matters()
GROUPS = {name.partition(".")[0] for name in MATTERS}


def phrasings(matter: Matter) -> list[str]:
    return [text for lines in matter.topic.phrasings.values() for text in lines]


def test_each_trade_has_its_matters() -> None:
    by_trade = {trade.name: matters_of(trade.name) for trade in packaged_bank().trades}
    groups = {trade: {one.group for one in found.values()} for trade, found in by_trade.items()}
    assert set().union(*groups.values()) == GROUPS
    assert [trade for trade in by_trade if len(groups[trade]) == 2] == ["general"]
    count = {group: sum(name.startswith(f"{group}.") for name in MATTERS) for group in GROUPS}
    assert min(count.values()) >= 15
    assert count["general"] >= 40


def test_a_practice_talks_shop_like_a_hospital() -> None:
    assert matters_of("practice") == matters_of("hospital")


def test_a_matter_has_several_questions_and_answers() -> None:
    for matter in MATTERS.values():
        assert 3 <= len(set(matter.asks)) == len(matter.asks), matter.name
        assert set(matter.topic.phrasings) == set(MANNERS)
        assert all(matter.topic.phrasings.values())
        assert len(set(phrasings(matter))) >= 2, matter.name
        assert matter.moment in MOMENTS


def test_an_answer_suits_every_form_of_the_question() -> None:
    for text in (text for matter in MATTERS.values() for text in phrasings(matter)):
        assert not re.match(r"(yes|no|yeah|nope)\b", text, re.IGNORECASE), text
        assert not text.endswith("?"), text
        assert placeholders(text) <= {"manager"}


def test_nothing_is_promised() -> None:
    promise = re.compile(r"\b(you're hired|you have the job|welcome aboard|you'll start)\b", re.I)
    said = [text for matter in MATTERS.values() for text in phrasings(matter)]
    assert not [text for text in said if promise.search(text)]


def test_a_question_is_a_question() -> None:
    asks = [ask for matter in MATTERS.values() for ask in matter.asks if ask.endswith("?")]
    assert not [ask for ask in asks if kind_of(form_of(ask)) is None]


def test_no_question_stands_twice_in_a_call() -> None:
    for trade in GROUPS - {PERSONAL, "general"}:
        asks = [ask for matter in matters_of(trade).values() for ask in matter.asks]
        assert len(asks) - len(set(asks)) <= 6  # a trade may know better than the general set


def test_a_manager_knows_their_own_trade_and_what_suits_any() -> None:
    known = {one.group for one in matters_of("logistics").values()}
    assert known == {"logistics", "general", PERSONAL}

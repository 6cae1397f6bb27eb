"""Shop talk: the manager speaks about the matter that was asked about, and keeps to it."""

import pytest

from rehearse.calling.acts import Act
from rehearse.calling.bank import packaged_bank
from rehearse.calling.manager import Manager, ManagerLine
from rehearse.calling.matters import Near, matters_of, packaged_matters
from rehearse.calling.scenario import packaged_scenario
from rehearse.calling.shop_talk import ALIKE, CLEARLY, OWN_TRADE, matter_of
from rehearse.calling.understood import Understood
from rehearse.calling.wording import form_of
from rehearse.preparing.call_sheet import CallSheet
from tests.calling import dialogues

BAKERY = CallSheet(manager="Rosa Lind", company="Lind's bakery shop", job="shift leader")
BREAD = "shop.bread_out"
BARELY = ALIKE - OWN_TRADE + 0.001
"""Likeness that is just enough for a matter of the trade."""
BARELY_CLEAR = CLEARLY - OWN_TRADE + 0.001
WHEN = "When does the first bread come out?"
SHOP = matters_of("shop")


def turn(
    text: str = WHEN,
    *near: tuple[str, float],
    acts: tuple[Act, ...] = (Act.ABOUT_BUSINESS,),
    asked: bool = False,
    ways: tuple[str, ...] = (),
) -> Understood:
    return Understood(
        spoke=True,
        acts=acts,
        asked=asked,
        new_ways=ways,
        words=len(text.split()),
        offers=(text,),
        form=form_of(text),
        asks=text.endswith("?"),
        near=tuple(Near(matter, likeness) for matter, likeness in near),
    )


def found(said: Understood, topic: str = "") -> str | None:
    topics = {one.at[0]: one for one in packaged_bank().topics if one.name == topic}
    matter = matter_of(said, SHOP, topics)
    return matter and matter.name


def test_a_question_like_the_examples_is_about_their_matter() -> None:
    assert found(turn(WHEN, (BREAD, BARELY))) == BREAD


def test_what_is_like_no_example_is_about_nothing() -> None:
    assert found(turn(WHEN)) is None
    assert found(turn(WHEN, (BREAD, BARELY - 0.01))) is None


def test_another_trade_knows_nothing_of_it() -> None:
    assert found(turn(WHEN, ("bank.loan_time", 0.9))) is None


def test_a_question_that_wants_another_detail_is_about_something_else() -> None:
    assert found(turn("Why does the first bread come out?", (BREAD, 0.99))) is None


def test_where_two_matters_are_alike_neither_is_sure() -> None:
    assert found(turn(WHEN, (BREAD, BARELY), ("shop.closing_time", BARELY - 0.05))) is None


@pytest.mark.parametrize("act", [Act.PAY, Act.STATUS, Act.GOOD_TIME, Act.REPEAT])
def test_what_has_another_reading_has_to_be_clearly_alike(act: Act) -> None:
    assert found(turn(WHEN, (BREAD, BARELY_CLEAR - 0.01), acts=(act,))) is None
    assert found(turn(WHEN, (BREAD, BARELY_CLEAR), acts=(act,))) == BREAD


def test_words_that_point_to_terms_of_the_job_have_another_reading() -> None:
    assert found(turn(WHEN, (BREAD, BARELY_CLEAR - 0.01)), "nights_weekends") is None
    assert found(turn(WHEN, (BREAD, BARELY_CLEAR)), "nights_weekends") == BREAD
    assert found(turn(WHEN, (BREAD, 0.9)), "how_are_you") is None


def test_the_critical_question_ways_and_answers_are_never_shop_talk() -> None:
    near = (BREAD, 0.99)
    assert found(turn(WHEN, near, asked=True)) is None
    assert found(turn(WHEN, near, acts=(Act.CRITICAL_QUESTION,))) is None
    assert found(turn(WHEN, near, ways=("I would bake earlier",))) is None
    told = "My little one just woke up."
    assert (
        found(turn(told, ("personal.children_here", 0.99), acts=(Act.ANSWERS_OBJECTION,))) is None
    )


def test_a_statement_is_a_remark_only_where_the_examples_are() -> None:
    told = "The first bread comes out late."
    assert found(turn(told, (BREAD, 0.9), acts=(Act.REASON,))) is None
    badly = "I did not like how I did."
    name = "personal.did_badly"
    assert found(turn(badly, (name, 0.9), acts=(Act.STATUS,))) == name


def said(*turns: Understood, scenario: str = "friendly") -> list[tuple[ManagerLine, ...]]:
    manager = Manager(packaged_scenario(scenario), BAKERY, 3)
    manager.greet()
    return [manager.reply(one) for one in turns]


def test_who_asks_twice_hears_that_it_was_said_and_the_same_in_other_words() -> None:
    first, second = said(turn(WHEN, (BREAD, 0.8)), turn(WHEN, (BREAD, 0.8)))
    told = packaged_matters()[BREAD].topic.phrasings["warm"]
    assert first[0].text in told
    lead, answer = next(
        (second[0].text.removesuffix(text), text) for text in told if text in second[0].text
    )
    assert lead.strip()
    assert answer != first[0].text


def test_in_later_calls_the_other_words_come_first() -> None:
    manager = Manager(packaged_scenario("friendly"), BAKERY, 3)
    manager.greet()
    first = manager.reply(turn(WHEN, (BREAD, 0.8)))[0].text
    later = Manager(packaged_scenario("friendly"), BAKERY, 3, used=manager.used)
    later.greet()
    assert later.reply(turn(WHEN, (BREAD, 0.8)))[0].text != first


def test_below_the_threshold_all_is_as_without() -> None:
    plain = turn("What do the ovens think of it?")
    near = turn("What do the ovens think of it?", ("shop.oven", BARELY - 0.01))
    assert said(plain) == said(near)


def test_a_busy_manager_says_one_sentence() -> None:
    long, brisk = (packaged_matters()["shop.theft"].topic.phrasings[x] for x in ("warm", "brisk"))
    assert [text.count(". ") for text in long] == [1, 1]
    (lines,) = said(turn("Do things get stolen?", ("shop.theft", 0.9)), scenario="busy")
    assert lines[0].text in brisk
    assert all(text.count(". ") == 0 for text in brisk)


def test_a_manager_who_sends_callers_away_keeps_the_inside_to_themselves() -> None:
    asked = turn("Is a lot stolen?", ("shop.theft", 0.9))
    told = packaged_matters()["shop.theft"].topic.phrasings["reserved"]
    (redirected,) = said(asked, scenario="redirect")
    assert not {line.text for line in redirected} & set(told)
    (answered,) = said(asked)
    assert answered[0].text in told


@pytest.mark.parametrize(
    ("asked", "sheet", "part"),
    [
        ("How long does a rose last at your place before you have to chuck it?", "shop", "rose"),
        ("How is the family?", "shop", "home"),
        ("Which days are the worst on reception?", "dental", "Monday"),
        ("What do the angry ones usually write?", "software", "time"),
        ("May I call you Owen?", "dental", "surname"),
    ],
)
def test_the_manager_talks_shop(asked: str, sheet: str, part: str) -> None:
    script = dialogues.Script("", "friendly", sheet, 2, ("Hello, this is Ana Lopez.", asked))
    assert part in " ".join(text for _, text in dialogues.hold(script).lines[3:])


@pytest.mark.parametrize(
    "asked",
    [
        "What do you expect this job to do for the shop?",
        "How should this job contribute to your results?",
    ],
)
def test_the_critical_question_gets_its_own_answer(asked: str) -> None:
    script = dialogues.Script("", "friendly", "shop", 2, ("Hello, this is Ana Lopez.", asked))
    assert all(
        line.text not in matter.topic.phrasings["warm"]
        for line in dialogues.hold(script).said
        for matter in packaged_matters().values()
    )

"""Shop talk: the manager speaks about the matter that was asked about, and keeps to it."""

import pytest

from rehearse.calling.acts import Act
from rehearse.calling.bank import packaged_bank
from rehearse.calling.manager import Manager, ManagerLine
from rehearse.calling.matters import Near, matters_of, packaged_matters
from rehearse.calling.scenario import packaged_scenario
from rehearse.calling.shop_talk import LIKELY, SURELY, matter_of
from rehearse.calling.understood import Understood
from rehearse.calling.wording import form_of
from rehearse.preparing.call_sheet import CallSheet
from tests.calling import dialogues

BAKERY = CallSheet(manager="Rosa Lind", company="Lind's bakery shop", job="shift leader")
BREAD = "shop.bread_out"
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
        near=tuple(Near(name, alike, alike, alike, alike) for name, alike in near),
    )


def found(said: Understood, *odds: tuple[str, float], topic: str = "") -> str | None:
    topics = {one.at[0]: one for one in packaged_bank().topics if one.name == topic}
    matter = matter_of(said, SHOP, topics, dict(odds))
    return matter and matter.name


def test_a_question_is_about_the_matter_whose_lines_are_likely_to_answer_it() -> None:
    assert found(turn(), (BREAD, LIKELY)) == BREAD
    assert found(turn(), (BREAD, LIKELY), ("shop.closing_time", LIKELY + 0.1)) != BREAD


def test_what_no_line_is_likely_to_answer_is_about_nothing() -> None:
    assert found(turn()) is None
    assert found(turn(), (BREAD, LIKELY - 0.01)) is None


def test_another_trade_knows_nothing_of_it() -> None:
    assert found(turn(), ("bank.loan_time", 0.9)) is None


@pytest.mark.parametrize("act", [Act.PAY, Act.STATUS, Act.GOOD_TIME, Act.REPEAT])
def test_what_has_another_reading_has_to_be_sure(act: Act) -> None:
    assert found(turn(acts=(act,)), (BREAD, SURELY - 0.01)) is None
    assert found(turn(acts=(act,)), (BREAD, SURELY)) == BREAD


def test_words_that_point_to_terms_of_the_job_have_another_reading() -> None:
    assert found(turn(), (BREAD, SURELY - 0.01), topic="nights_weekends") is None
    assert found(turn(), (BREAD, SURELY), topic="nights_weekends") == BREAD


def test_a_topic_that_is_as_likely_comes_first() -> None:
    assert found(turn(), (BREAD, 0.9), ("how_are_you", 0.9), topic="how_are_you") is None


def test_the_critical_question_ways_and_answers_are_never_shop_talk() -> None:
    sure = (BREAD, 0.99)
    assert found(turn(asked=True), sure) is None
    assert found(turn(acts=(Act.CRITICAL_QUESTION,)), sure) is None
    assert found(turn(ways=("I would bake earlier",)), sure) is None
    told = turn("The first bread comes out late.", acts=(Act.ANSWERS_OBJECTION,))
    assert found(told, ("shop.oven", 0.99)) is None


def test_a_statement_is_a_remark_only_where_the_examples_are() -> None:
    told = turn("The first bread comes out late.", acts=(Act.REASON,))
    assert found(told, (BREAD, 0.9)) is None
    badly = turn("I did not like how I did.", acts=(Act.STATUS,))
    assert found(badly, ("personal.did_badly", 0.9)) == "personal.did_badly"


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
    near = turn("What do the ovens think of it?", ("shop.oven", 0.3))
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

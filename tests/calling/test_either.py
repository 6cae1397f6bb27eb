"""Questions for one of two are recognised, and get a reply that fits."""

import re
import string

import pytest

from rehearse.calling.either import choice_in, packaged_lines
from rehearse.calling.scenario import MANNERS, Moment
from tests.calling import dialogues

ANY_OF_TWO = "the first|the second"
HELLO = "Hello, this is Sam Rivera. We met on Tuesday."


def reply(said: str, scenario: str = "friendly", sheet: str = "freight") -> tuple[str, str]:
    """The moment of the first thing that is said to it, and its words."""
    held = dialogues.hold(dialogues.Script("", scenario, sheet, 2, (HELLO, said)))
    after = [who for who, _ in held.lines][::-1].index("caller")
    first = held.said[-after:][0]
    return str(first.moment), first.text


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ("Do your customers mostly write, or mostly phone?", "write", "phone"),
        ("Are you doing more houses or more farms these days?", "houses", "farms"),
        ("Do you get more no-shows on Mondays or on Fridays?", "on Mondays", "on Fridays"),
        ("Is the office in the warehouse or in the town?", "in the warehouse", "in the town"),
        ("is it oat milk or soya you get through more of", "oat milk", "soya"),
        ("Which is worse at the moment, the damp or the lifts?", "the damp", "the lifts"),
        ("I was wondering whether you get more vans or more lorries.", "vans", "lorries"),
        ("What's the holdup, cleaning or paperwork?", "cleaning", "paperwork"),
    ],
)
def test_both_are_cut_out_where_they_are_alike(said: str, first: str, second: str) -> None:
    choice = choice_in(said)
    assert choice is not None
    assert choice.options == (first, second)


@pytest.mark.parametrize(
    "said",
    [
        "is it full the hotel this weekend or quiet",
        "is it a van with the job or do i bring me own",
        "Have the children broken up yet, or have you another week of it?",
        "Is it commission only, or is there a basic?",
        "Did the girls like them, or were they too dry?",
        "do they still have chalk or is it all screens now",
        "What do they quit over, is it money, or do they feel stupid in there?",
        "what's your shrink like is it kids nicking or is it dates going off",
    ],
)
def test_what_is_not_alike_is_not_cut_out(said: str) -> None:
    choice = choice_in(said)
    assert choice is not None
    assert choice.options is None


@pytest.mark.parametrize(
    "said",
    [
        "Have you got a minute or two?",
        "Is there a canteen or something?",
        "Will it be long or not?",
        "Do you start at six or so?",
        "Are there any courses or training?",
        "And is parking included, or is that a dream too far?",
        "Could I begin in March, or is that too late for you?",
        "Can I send you a letter or a reference?",
        "How do you deal with returns or complaints?",
        "I'd ring or write to every one of them.",
        "Do you have one or two people who could show me?",
    ],
)
def test_or_alone_makes_no_choice(said: str) -> None:
    assert choice_in(said) is None


@pytest.mark.parametrize("scenario", ["friendly", "busy", "sceptical", "distracted"])
@pytest.mark.parametrize(
    ("said", "sheet", "answer"),
    [
        ("Do your customers mostly write, or mostly phone?", "software", "write|phone"),
        ("Are you doing more houses or more farms these days?", "solar", "houses|farms"),
        ("is it full the hotel this weekend or quiet", "hotel", ANY_OF_TWO),
        ("is it a van with the job or do i bring me own", "site", ANY_OF_TWO),
        ("Did the girls like them, or were they too dry?", "salon", ANY_OF_TWO),
        (
            "Are you all still on the monolith or have you split it up by now?",
            "software",
            ANY_OF_TWO,
        ),
        ("Is it commission only, or is there a basic?", "solar", "human resources|papers"),
        ("Would it be better if I sent it in, or can I say it now?", "council", "now"),
    ],
)
def test_the_reply_fits(scenario: str, said: str, sheet: str, answer: str) -> None:
    text = reply(said, scenario, sheet)[1]
    assert re.search(answer, text, re.IGNORECASE), text


def test_whether_there_is_time_is_no_such_question() -> None:
    asked = "Have you got five minutes or shall I ring later?"
    choice = choice_in(asked)
    assert choice is not None
    assert not choice.own_doing


def test_who_did_not_hear_it_gets_the_same_side_again() -> None:
    asked = "Are you doing more houses or more farms these days?"
    turns = (HELLO, asked, "Sorry, could you say that again?")
    held = dialogues.hold(dialogues.Script("", "friendly", "solar", 2, turns))
    answers = [x.text.lower() for x in held.said if x.moment is Moment.ABOUT_BUSINESS]
    assert len(answers) == 2
    assert len({"houses" in text for text in answers}) == 1


@pytest.mark.parametrize("name", list(packaged_lines()))
def test_every_manner_has_several_lines_that_can_be_filled(name: str) -> None:
    known = {"taken", "mid_taken"}
    phrasings = packaged_lines()[name].phrasings
    for manner in MANNERS:
        lines = (*phrasings.get("any", ()), *phrasings.get(manner, ()))
        assert len(set(lines)) >= 4
        for text in lines:
            assert {field for _, field, _, _ in string.Formatter().parse(text) if field} <= known


def test_what_the_employer_does_is_nothing_for_human_resources() -> None:
    said = "Tell me, do you bake your rye the night before or on the day?"
    assert "uman resources" not in reply(said, sheet="bakery")[1]


def test_the_terms_of_the_job_are() -> None:
    moment, _ = reply("Do you pay weekly or monthly?", sheet="bakery")
    assert moment == Moment.PAY

"""Five small answers become one sentence; a draft says what it lacks and adds no fact."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.preparing.call_sheet import Draft, Way
from rehearse.preparing.draft_way import (
    asked_otherwise,
    did_to_do,
    draft_sentence,
    no_longer_waits,
    still_missing,
)
from rehearse.preparing.five_questions import QUESTIONS
from rehearse.preparing.way_sentence import way_of, way_sentence


def answers(**given: str) -> tuple[str, ...]:
    return tuple(given.get(question.key, "") for question in QUESTIONS)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            answers(fixed="I introduced barcode scanning", noticed="orders leave the same day"),
            "I would introduce barcode scanning so that orders leave the same day",
        ),
        (
            answers(problem="late deliveries", waiting="drivers wait for the dock"),
            "I would ... so that drivers no longer wait for the dock",
        ),
        (
            answers(problem="returns pile up on Mondays"),
            "I would ... so that it no longer happens that returns pile up on Mondays",
        ),
        (
            answers(fixed="a swap list for shifts", noticed="fewer agency nurses"),
            "I would set up a swap list for shifts so that customers and colleagues notice fewer "
            "agency nurses",
        ),
        (
            answers(fixed="sorted returns by value", noticed="returns wait for weeks"),
            "I would sort returns by value so that returns no longer wait for weeks",
        ),
        (
            answers(fixed="wrote a parts list", noticed="machines stand still"),
            "I would write a parts list so that it no longer happens that machines stand still",
        ),
        (
            answers(fixed="called the day before", noticed="too many no-shows"),
            "I would call the day before so that there are fewer no-shows",
        ),
        (
            answers(fixed="booked invoices every week", noticed="late payments"),
            "I would book invoices every week so that customers and colleagues no longer notice "
            "late payments",
        ),
        (
            answers(fixed="wrote each stop down", noticed="nobody knows why it stops"),
            "I would write each stop down so that it no longer happens that nobody knows why it "
            "stops",
        ),
        (
            answers(fixed="late deliveries", waiting="drivers wait for the dock"),
            "I would fix late deliveries so that drivers no longer wait for the dock",
        ),
        (answers(noticed="calls are answered"), "I would ... so that calls are answered"),
        (answers(problem="-", complaint="?"), ""),
    ],
)
def test_answers_become_a_sentence_to_edit(given: tuple[str, ...], sentence: str) -> None:
    assert draft_sentence(given) == sentence


@pytest.mark.parametrize(
    "gain",
    ["fewer late orders", "nobody waits at the desk", "refunds arrive sooner", "no more mistakes",
     "orders don't get lost", "complaints are answered the same day", "less scrap",
     "no order is forgotten", "late orders fall by half", "nothing is wasted",
     "orders leave on Friday", "nobody has to ask twice", "the queue is short",
     "the late shift knows what to do"],
)  # fmt: skip
def test_what_gets_better_is_left_as_it_was_typed(gain: str) -> None:
    draft = draft_sentence(answers(fixed="kept a list", noticed=gain))
    assert draft.startswith("I would keep a list so that ")
    assert draft.endswith(gain)
    assert "no longer" not in draft


def test_what_was_done_becomes_what_would_be_done() -> None:
    assert did_to_do("We've reduced the scrap") == "reduce the scrap"
    assert did_to_do("trained new drivers") == "train new drivers"
    assert did_to_do("built a price list") == "build a price list"
    assert did_to_do("sort tools by shift") == "sort tools by shift"
    assert did_to_do("would sort the tools") == did_to_do("I'd sort the tools") == "sort the tools"


@pytest.mark.parametrize(
    ("did", "do"),
    [
        ("agreed", "agree"), ("planned", "plan"), ("added", "add"), ("called", "call"),
        ("organised", "organise"), ("replaced", "replace"), ("moved", "move"),
        ("updated", "update"),
        ("treated", "treat"), ("handled", "handle"), ("checked", "check"), ("processed", "process"),
        ("measured", "measure"), ("delivered", "deliver"), ("tried", "try"), ("stopped", "stop"),
        ("changed", "change"), ("trained", "train"), ("repaired", "repair"), ("shared", "share"),
        ("issued", "issue"), ("weighed", "weigh"), ("closed", "close"), ("filed", "file"),
    ],
)  # fmt: skip
def test_regular_verbs(did: str, do: str) -> None:
    assert did_to_do(f"{did} the orders") == f"{do} the orders"


def test_somebody_who_waits_no_longer_does() -> None:
    assert no_longer_waits("The ward waits for linen") == "the ward no longer waits for linen"
    assert no_longer_waits("shops for stock") == "nobody waits any longer: shops for stock"


def test_a_draft_says_what_is_missing() -> None:
    assert still_missing(Draft(answers=answers(fixed="sorted the post"))) == (
        "A draft: it does not say yet what of theirs gets better."
    )
    for half in (answers(noticed="refunds arrive"), answers(problem="the queue at the till")):
        assert still_missing(Draft(answers=half)) == (
            "A draft: it does not say yet what you would do."
        )


@pytest.mark.parametrize(
    "told",
    ["customers could not find the entrance", "it was chaos", "no plan for holidays",
     "why orders fail", "too much paper"],
)  # fmt: skip
def test_what_nobody_did_is_no_deed(told: str) -> None:
    assert draft_sentence(answers(fixed=told)) == ""


def test_what_may_be_a_story_is_left_to_the_scorer() -> None:
    asked = []

    def no_doing(words: str) -> bool:
        asked.append(words)
        return False

    told = "once a customer brought a live goose"
    assert draft_sentence(answers(fixed=told), no_doing) == ""
    assert draft_sentence(answers(fixed="I ate a goose"), no_doing) == ""
    assert asked == [told, "I would ate a goose"]
    given = answers(fixed="sorted the post", noticed="bills are paid")
    assert draft_sentence(given, no_doing) == "I would sort the post so that bills are paid"


@pytest.mark.parametrize(
    ("given", "start"),
    [
        (answers(complaint="They complained that the coffee is cold", noticed="happy guests"),
         "The problem is kept: “the coffee is cold”. What would you do about it?"),
        (answers(complaint="Why is the invoice always wrong?"),
         "The problem is kept: “Why is the invoice always wrong?”. What would you do about it?"),
        (answers(noticed="refunds arrive the same week"),
         "What would you do so that refunds arrive the same week?"),
        (answers(fixed="my dog ate a note"),
         "Your answers are kept. What would you do there yourself?"),
    ],
)  # fmt: skip
def test_a_missing_doing_is_asked_for_in_other_words(given: tuple[str, ...], start: str) -> None:
    asked = asked_otherwise(given)
    assert asked.startswith(start)
    assert "Start with a verb" in asked


JOINTS = """
i would so that find out why and fix it set up customers colleagues notice no longer wait waits
nobody any happens see to
"""
NOUNS = ("the queue", "tills", "drivers wait for", "night stock", "orders leave", "")
ANSWER = st.lists(st.sampled_from(NOUNS), max_size=3).map(" ".join)
ANSWERS = st.lists(ANSWER, min_size=5, max_size=5)


@given(ANSWERS)
def test_a_draft_uses_no_word_that_was_not_given(given: list[str]) -> None:
    words = set(re.findall(r"\w+", draft_sentence(given).lower()))
    assert words <= set(re.findall(r"\w+", JOINTS + " ".join(given)))


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        (
            "First, I would cut onboarding to four weeks so that revenue starts sooner.",
            Way("cut onboarding to four weeks", "so that revenue starts sooner"),
        ),
        ("I'd sort complaints by cost, so the refunds fall",
         Way("sort complaints by cost", "so the refunds fall")),
        ("cut it; that touches refunds", Way("cut it", "refunds")),
        ("I managed a team", Way("I managed a team", "")),
    ],
)  # fmt: skip
def test_a_sentence_is_split_into_what_you_would_do_and_what_it_touches(
    typed: str, way: Way
) -> None:
    assert way_of(typed) == way
    assert way_of(way_sentence(way)) == way

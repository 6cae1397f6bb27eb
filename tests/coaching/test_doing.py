"""A way is something that the person would do; a story is none, whatever its words."""

import pytest

from rehearse import wiring
from rehearse.coaching.doing import hears_work, held_back, no_way
from rehearse.preparing.call_sheet import CallSheet
from rehearse.preparing.way_slot import WaySlot, slots_of, with_slots
from rehearse.preparing.worked_examples import worked_examples
from rehearse.scoring.clauses import ClauseTagger


@pytest.fixture(scope="module")
def tagger() -> ClauseTagger:
    return wiring.load_tagger()


STORIES = [
    "last week my dog ate a delivery note",
    "One time a customer brought a live goose",
    "funny story, we once lost a whole pallet of soap",
    "the guy before me got fired for sleeping",
    "one time the lift got stuck with me in it",
    "when I was at school we had a goat",
]


@pytest.mark.parametrize("told", STORIES)
def test_a_story_is_no_way_and_is_asked_about_in_other_words(
    told: str, tagger: ClauseTagger
) -> None:
    found = no_way(told, tagger)
    assert found is not None
    assert found.rule == "no_doing"
    assert "What would you do there yourself?" in found.text
    assert not hears_work(told, tagger)


def test_what_speaks_of_the_person_or_the_past_says_so(tagger: ClauseTagger) -> None:
    rules = [
        found.rule if (found := no_way(words, tagger)) is not None else ""
        for words in ("I am good with children.", "I managed a team of five for ten years")
    ]
    assert rules == ["about_you", "past"]


@pytest.mark.parametrize(
    "words",
    ["I would listen", "answer the phone", "call customers before they ship back",
     "a swap list for shifts", "sort returns by value", "barcode scanning", "labels on every shelf",
     "The returns: I'd sort them by reason", "we could weigh the pallets at the gate"],
)  # fmt: skip
def test_a_doing_is_left_to_the_scorer_even_where_it_does_not_count(
    words: str, tagger: ClauseTagger
) -> None:
    assert no_way(words, tagger) is None


@pytest.mark.slow
def test_no_worked_example_is_refused(tagger: ClauseTagger) -> None:
    assert [one.better for one in worked_examples() if no_way(one.better, tagger)] == []


def test_a_story_stays_a_draft_when_the_sheet_is_opened_again(tagger: ClauseTagger) -> None:
    told = held_back(WaySlot(STORIES[0]), tagger)
    sheet = with_slots(CallSheet(company="Northwind"), [told])
    assert sheet.ways == ()
    assert [draft.words for draft in sheet.drafts] == [STORIES[0]]
    assert with_slots(sheet, slots_of(sheet)) == sheet

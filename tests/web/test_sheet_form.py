"""The page of a sheet keeps stories and problems as drafts, too, and asks in other words."""

import pytest
from starlette.datastructures import FormData

from rehearse import wiring
from rehearse.coaching.sheet_judgement import judge_sheet
from rehearse.preparing.five_questions import QUESTIONS
from rehearse.report.sheet_help import slot_hints
from rehearse.scoring.clauses import ClauseTagger
from rehearse.web.sheet_form import SheetForm, read_sheet_form

STORY = "one time a customer brought a live goose"
WAY = "I would sort the returns every Monday so that refunds go out the same week"


@pytest.fixture(scope="module")
def tagger() -> ClauseTagger:
    return wiring.load_tagger()


def form(*ways: str, **answers: str) -> FormData:
    fields = [("company", "Northwind"), *(("way", way) for way in ways)]
    return FormData([*fields, *((f"answer_{key}", said) for key, said in answers.items())])


def hint(typed: SheetForm, tagger: ClauseTagger) -> str:
    return slot_hints(typed.slots, judge_sheet(typed.sheet, tagger), tagger)[0].text


def test_a_story_typed_as_a_way_is_kept_as_a_draft_and_asked_about(tagger: ClauseTagger) -> None:
    typed = read_sheet_form(form(STORY, WAY)).held_back(tagger)
    assert [way.action for way in typed.sheet.ways] == ["sort the returns every Monday"]
    assert [draft.words for draft in typed.sheet.drafts] == [STORY]
    assert "What would you do there yourself?" in hint(typed, tagger)


def test_a_problem_makes_no_way_and_is_asked_about(tagger: ClauseTagger) -> None:
    typed = read_sheet_form(form("", problem="the coffee is cold", fixed=STORY)).held_back(tagger)
    assert len(typed.slots[0].answers) == len(QUESTIONS)
    said = hint(typed, tagger)
    assert said.startswith("The problem is kept: “the coffee is cold”. What would you do about it?")
    drafted = typed.with_draft("0", tagger)
    assert drafted.sheet.ways == ()
    assert "goose" not in drafted.slots[0].words

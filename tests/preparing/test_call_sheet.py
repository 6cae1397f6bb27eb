"""Call sheets: asked for in questions, kept as files that people edit, checked line by line."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from rehearse.cli import cli
from rehearse.errors import RehearseError
from rehearse.preparing.call_sheet import (
    CallSheet,
    Draft,
    RealCall,
    Way,
    parse_call_sheet,
    sheet_toml,
)
from rehearse.preparing.saved_sheets import Sheets
from rehearse.report.call_card import call_card

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
SHEETS = st.builds(
    CallSheet,
    TEXT,
    TEXT,
    TEXT,
    TEXT,
    st.lists(st.builds(Way, TEXT, TEXT)).map(tuple),
    TEXT,
    TEXT,
    st.lists(st.builds(Draft, TEXT, st.lists(TEXT, max_size=5).map(tuple))).map(tuple),
    st.lists(st.builds(RealCall, TEXT, TEXT, TEXT, TEXT)).map(tuple),
)
ANSWERS = """\

Halvorsen Freight
Dana Keller
warehouse planner
0123 456
the second depot
I would cut onboarding to four weeks so that new customers pay sooner
I would sort the returns every Monday so that refunds go out the same week
I would phone every open quote on Fridays so that you lose fewer orders

"""
SKIP_FIVE = "\n" * 5


def prep(home: Path, *arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), "prep", *arguments], input=answers)


@given(SHEETS)
def test_what_is_written_is_read_again(sheet: CallSheet) -> None:
    assert parse_call_sheet(sheet_toml(sheet).encode(), "sheet.toml") == sheet


def test_questions_make_a_sheet_named_after_the_company(tmp_path: Path) -> None:
    outcome = prep(tmp_path, answers=ANSWERS)
    assert outcome.exit_code == 0, outcome.output
    assert "3 of 3 ways count. The question counts." in outcome.output
    sheet = Sheets(tmp_path).load("halvorsen-freight")
    assert sheet == CallSheet(
        manager="Dana Keller",
        company="Halvorsen Freight",
        job="warehouse planner",
        phone="0123 456",
        business="the second depot",
        ways=(
            Way("cut onboarding to four weeks", "so that new customers pay sooner"),
            Way("sort the returns every Monday", "so that refunds go out the same week"),
            Way("phone every open quote on Fridays", "so that you lose fewer orders"),
        ),
        question="As the manager, how do you expect this job to contribute to the business?",
    )
    text = (tmp_path / "sheets" / "halvorsen-freight.toml").read_text()
    assert text.startswith("# A call sheet")
    assert 'manager = "Dana Keller"' in text


def test_editing_again_keeps_what_is_not_changed(tmp_path: Path) -> None:
    prep(tmp_path, "mine", answers=ANSWERS)
    before = Sheets(tmp_path).load("mine")
    outcome = prep(tmp_path, "mine", answers="\n\nPriya Shah\n-\n" + "\n" * 8)
    assert outcome.exit_code == 0, outcome.output
    after = Sheets(tmp_path).load("mine")
    assert (after.manager, after.job) == ("Priya Shah", "")
    assert (after.company, after.ways, after.question) == (
        before.company, before.ways, before.question,
    )  # fmt: skip


def test_a_way_is_found_in_five_small_questions(tmp_path: Path) -> None:
    answers = "\nHalvorsen\n\n\n\n\nI dont know\nreturns pile up\n\ndrivers wait for the dock\n"
    answers += "sorted returns by value\n\n\n"  # the fifth is skipped, the draft taken
    outcome = prep(tmp_path, "mine", answers=answers + "\n" + SKIP_FIVE + "\n" + SKIP_FIVE + "\n")
    assert outcome.exit_code == 0, outcome.output
    assert "Nobody knows this at once." in outcome.output
    assert "It counts" in outcome.output
    sheet = Sheets(tmp_path).load("mine")
    assert sheet.ways == (
        Way("sort returns by value", "so that drivers no longer wait for the dock"),
    )
    assert "1 of 3 ways counts." in outcome.output
    assert "rehearse prep mine" in outcome.output


FIVE = "late deliveries\n\ndrivers wait for the dock\ntexted them a slot\n\n"


@pytest.mark.parametrize("no", ["no\n\n", "-\n\n", "No thanks\n\n", "not that one\n\n", "q\n"])
def test_a_draft_that_is_declined_stands_on_no_card(tmp_path: Path, no: str) -> None:
    """Nor does one that the person has left unanswered by stopping."""
    outcome = prep(tmp_path, answers=f"\nHalvorsen\n\n\n\n\n\n{FIVE}{no}q\n")
    assert "[I would text them a slot so that drivers no longer wait" in outcome.output
    assert outcome.output.count("Five small questions;") == 1, "nobody is asked twice"
    sheet = Sheets(tmp_path).load("halvorsen")
    assert sheet.ways == ()
    assert call_card(sheet) is None
    assert [draft.answers[0] for draft in sheet.drafts] == ["late deliveries"]


def test_who_declines_a_draft_keeps_their_own_words(tmp_path: Path) -> None:
    own = "a good atmosphere\n\n"
    outcome = prep(tmp_path, answers=f"\nHalvorsen\n\n\n\n\n{own}{FIVE}no\n\nq\n")
    assert "Left out; your answers stay." in outcome.output
    assert Sheets(tmp_path).load("halvorsen").ways == (Way("a good atmosphere", ""),)


def test_a_draft_is_taken_with_enter_or_yes_or_said_better(tmp_path: Path) -> None:
    better = "No, I would call the drivers the day before"
    answers = f"\nHalvorsen\n\n\n\n\n\n{FIVE}yes\n\n{FIVE}{better}\n\n"
    prep(tmp_path, answers=answers + "q\n")
    assert Sheets(tmp_path).load("halvorsen").ways == (
        Way("text them a slot", "so that drivers no longer wait for the dock"),
        Way("call the drivers the day before", ""),
    )


def test_what_cannot_be_a_way_is_kept_as_a_draft(tmp_path: Path) -> None:
    answers = "\nHalvorsen\n\n\n\n\nwork hard\n\n" + SKIP_FIVE + "\n" + SKIP_FIVE + "\n" + SKIP_FIVE
    outcome = prep(tmp_path, "mine", answers=answers + "?\n\n")
    assert "They expect that of everybody." in outcome.output
    assert "cannot be asked aloud yet" in outcome.output
    sheet = Sheets(tmp_path).load("mine")
    assert sheet.ways == ()
    assert sheet.drafts == (Draft("work hard"),)
    assert sheet.question.startswith("As the manager")
    heard = prep(tmp_path, "mine", "--hear", "--no-sound").output
    assert "work hard" not in heard
    assert "Ways still to find: 3." in heard


def test_not_knowing_leaves_a_field_open(tmp_path: Path) -> None:
    answers = "\nI don't know\ndunno\nwaiter\nn/a\n?\nI don't know\n"
    outcome = prep(tmp_path, answers=answers + "dunno\nskip\nidk\nno idea\nI can't think of one\n")
    assert "Nothing to draft from yet." in outcome.output
    [name] = Sheets(tmp_path).names()
    assert name == "waiter"
    assert Sheets(tmp_path).load(name) == CallSheet(job="waiter")


def test_the_ad_offers_what_its_heading_says(tmp_path: Path) -> None:
    ad = tmp_path / "ad.txt"
    ad.write_text("Night porter (m/f), Hotel Aurora\n\nHotel Aurora is a family business.\n")
    prep(tmp_path, "--ad", str(ad), answers="\n\n\n\n\n")
    sheet = Sheets(tmp_path).load("hotel-aurora")
    assert (sheet.company, sheet.job) == ("Hotel Aurora", "Night porter")


@pytest.mark.parametrize("how", ["", "q\n"])
def test_stopping_halfway_keeps_what_was_said_so_far(tmp_path: Path, how: str) -> None:
    outcome = prep(tmp_path, answers=f"\nHalvorsen\nDana\n{how}")
    assert outcome.exit_code == 130
    assert "Kept so far" in outcome.output
    assert "rehearse prep halvorsen" in outcome.output
    assert Sheets(tmp_path).load("halvorsen").manager == "Dana"


def test_an_answer_that_is_too_long_is_asked_for_again(tmp_path: Path) -> None:
    outcome = prep(tmp_path, answers=f"\n{'Halvorsen ' * 300}\nHalvorsen\nDana\n")
    assert "That is longer than 2000 characters. Say it shorter." in outcome.output
    assert Sheets(tmp_path).load("halvorsen").company == "Halvorsen"


def test_an_empty_sheet_is_not_kept(tmp_path: Path) -> None:
    outcome = prep(tmp_path, answers="\n" * 6 + ("\n" + SKIP_FIVE) * 3 + "\n")
    assert outcome.exit_code != 0
    assert "nothing to keep yet" in str(outcome.exception)
    assert Sheets(tmp_path).names() == []


def test_a_job_ad_is_quoted_and_kept_with_the_sheet(tmp_path: Path) -> None:
    ad = tmp_path / "ad.txt"
    ad.write_text("You will plan the night shift under tight deadlines.\nApply by 3 May.\n")
    outcome = prep(tmp_path, "mine", "--ad", str(ad), answers="Halvorsen\n")
    assert outcome.exit_code == 130
    asked = prep(tmp_path, "mine", answers="\n" * 6)
    assert "What presses them" in asked.output
    assert "“You will plan the night shift under tight deadlines.”" in asked.output
    assert "Apply" not in asked.output


def test_a_copy_and_another_name(tmp_path: Path) -> None:
    prep(tmp_path, "mine", answers=ANSWERS)
    sheets = Sheets(tmp_path)
    sheets.keep_ad("mine", "tight deadlines")
    assert sheets.duplicate("mine") == "mine-2"
    assert sheets.duplicate("mine-2") == "mine-3"
    assert sheets.load("mine-3") == sheets.load("mine")
    sheets.rename("mine-3", "other")
    assert sheets.ad("other").strip() == "tight deadlines"
    assert set(sheets.names()) == {"mine", "mine-2", "other"}
    with pytest.raises(RehearseError, match="already"):
        sheets.rename("other", "mine")
    sheets.delete("other")
    assert sheets.ad("other") == ""


def test_the_last_sheet_is_listed_first_and_is_the_default(tmp_path: Path) -> None:
    for name in ("first", "second"):
        prep(tmp_path, name, answers=ANSWERS)
    os.utime(tmp_path / "sheets" / "first.toml", ns=(1, 1))
    assert Sheets(tmp_path).names() == ["second", "first"]
    listed = prep(tmp_path, "--list").output
    assert listed.startswith("* second                Dana Keller, Halvorsen Freight")
    assert "  first " in listed


BAD = """\
manager = ["Dana"]
companey = "Halvorsen"

[[ways]]
action = "cut onboarding"
touch = "revenue"

[[ways]]
touches = 7
action = "x"
"""


def test_every_problem_of_a_sheet_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(BAD)
    with pytest.raises(RehearseError) as caught:
        Sheets(tmp_path).load(str(path))
    assert caught.value.problem.splitlines() == [
        f"The call sheet {path} has 5 problems:",
        "  line 1: manager must be text in quotes, not a list",
        "  line 2: unknown key companey; did you mean 'company'?",
        "  line 4: ways.touches is missing",
        "  line 6: unknown key ways.touch; did you mean 'touches'?",
        "  line 9: ways.touches must be text in quotes, not a number",
    ]


@pytest.mark.parametrize("name", ["../x", "a/b", "", "a b", "x" * 61])
def test_odd_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RehearseError, match="cannot be the name"):
        Sheets(tmp_path).path(name)


def test_an_unknown_sheet_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="rehearse prep other"):
        Sheets(tmp_path).load("other")


def test_a_deleted_sheet_leaves_neither_its_answers_nor_its_ad(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path)
    sheets.save("acme", CallSheet(company="Acme", question="How will this job help Acme?"))
    sheets.keep_ad("acme", "We seek a planner.")
    sheets.delete("acme")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]

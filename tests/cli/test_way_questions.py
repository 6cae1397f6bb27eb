"""In the terminal, what holds no doing is asked for again in other words and is never a way."""

from pathlib import Path

from click.testing import CliRunner

from rehearse.cli import cli
from rehearse.preparing.call_sheet import CallSheet
from rehearse.preparing.saved_sheets import Sheets

START = ("", "Northwind", "", "", "", "")
"""No ad; the company; Enter for manager, job, number and business."""


def prep(home: Path, *typed: str) -> str:
    outcome = CliRunner().invoke(
        cli, ["--home", str(home), "prep"], input="\n".join([*START, *typed]) + "\n" * 25
    )
    assert outcome.exit_code == 0, outcome.output
    return " ".join(outcome.output.split())


def sheet(home: Path) -> CallSheet:
    sheets = Sheets(home)
    return sheets.load(sheets.names()[0])


def test_a_result_without_a_doing_is_asked_about_at_once(tmp_path: Path) -> None:
    output = prep(
        tmp_path,
        "so that customers notice back orders",
        "I would call every customer with a back order so that they order elsewhere less",
    )
    assert "What would you do so that it happens?" in output
    assert [way.action for way in sheet(tmp_path).ways] == ["call every customer with a back order"]
    assert sheet(tmp_path).drafts == ()


def test_a_story_is_kept_as_a_draft_and_never_offered(tmp_path: Path) -> None:
    told = "one time a customer brought a live goose"
    output = prep(tmp_path, told, "", "", "", "", told, "")
    assert "What would you do there yourself?" in output
    assert "I would set up" not in output
    assert sheet(tmp_path).ways == ()
    assert sheet(tmp_path).drafts[0].words == told
    assert sheet(tmp_path).drafts[0].answers[3] == told


def test_a_complaint_is_kept_as_the_problem_and_not_offered_as_a_way(tmp_path: Path) -> None:
    output = prep(
        tmp_path,
        "", "", "They complained that the coffee is cold.", "", "", "",
        "I would brew it fresh every hour so that guests stay for a second cup",
    )  # fmt: skip
    assert "The problem is kept: “the coffee is cold”. What would you do about it?" in output
    assert "[I would" not in output
    assert [way.action for way in sheet(tmp_path).ways] == ["brew it fresh every hour"]


def test_a_problem_without_an_idea_can_be_left_open(tmp_path: Path) -> None:
    prep(tmp_path, "", "returns pile up on Mondays", "", "", "", "", "")
    kept = sheet(tmp_path)
    assert kept.ways == ()
    assert kept.drafts[0].answers[0] == "returns pile up on Mondays"

"""The card on the desk: short lines, what was planned, and the one thing of recent rehearsals."""

import dataclasses
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from rehearse.cli import cli
from rehearse.coaching.advice import Advice
from rehearse.coaching.coach import Coaching
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import CallSheet, RealCall, Way
from rehearse.preparing.saved_sheets import Sheets
from rehearse.report.call_card import call_card, card_text, lately_shown
from tests.program import rehearse

SHEET = CallSheet(
    manager="Dana Keller",
    company="Northline",
    phone="0123 456",
    ways=(
        Way("sort the returns every Monday", "so that refunds go out the same week"),
        Way("I'd automate the matching", ""),
    ),
    question="How do you see this job helping Northline?",
)


def test_the_card_is_the_sheet_in_short_lines() -> None:
    card = call_card(SHEET)
    assert card is not None
    assert card_text(card) == "\n".join(
        [
            "─" * 76,
            "  Dana Keller, Northline, 0123 456",
            "",
            "  1. Sort the returns every Monday",
            "     → refunds go out the same week",
            "  2. Automate the matching",
            "",
            "  ?  How do you see this job helping Northline?",
            "     Then stop and listen.",
            "─" * 76,
        ]
    )


def test_without_ways_and_question_there_is_no_card() -> None:
    assert call_card(CallSheet(manager="Dana")) is None


@pytest.mark.slow
def test_it_names_the_one_thing_that_recent_rehearsals_showed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert lately_shown(SHEET, store) == ""
    kept = rehearse(
        tmp_path, "call", "--no-sheet", "--typed", "--no-sound", "--seed", "1", "--no-fluency",
        stdin="Hello Dana.\n/q\n",
    )  # fmt: skip
    assert kept.status == 0, kept.all
    first = store.folders()[0].load()
    rules = [("question_missing", "Ask it."), ("link_missing", "Link it.")]
    for minute, texts in ((1, rules[:1]), (2, rules), (3, rules[1:])):
        advice = tuple(Advice(rule, f"{text} ({minute})", 1.0) for rule, text in texts)
        folder = store.new(datetime(2030, 1, 1, 10, minute))
        folder.save(
            dataclasses.replace(
                first, id=folder.id, sheet=SHEET, started_at=f"2030-01-01T10:0{minute}:00",
                coaching=Coaching(advice, (), ()),
            )
        )  # fmt: skip
    assert lately_shown(SHEET, store) == "Link it. (3)"
    assert lately_shown(dataclasses.replace(SHEET, manager="Priya"), store) == ""


@pytest.mark.slow
def test_the_call_shows_the_card_unless_it_is_left_out(tmp_path: Path) -> None:
    Sheets(tmp_path).save("mine", SHEET)
    options = ("call", "--typed", "--no-sound", "--seed", "1", "--no-fluency")
    with_card = rehearse(tmp_path, *options, stdin="/q\n").out
    assert "1. Sort the returns every Monday" in with_card
    assert with_card.index("Then stop and listen.") < with_card.index("You are calling")
    assert "Then stop" not in rehearse(tmp_path, *options, "--no-card", stdin="/q\n").out


def test_a_note_on_the_real_call_is_kept_with_the_sheet(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path)
    sheets.save("mine", SHEET)
    command = ["--home", str(tmp_path), "prep", "--after"]
    noted = CliRunner().invoke(cli, command, input="yes\nshe laughed\nsecond interview\n")
    assert noted.exit_code == 0, noted.output
    (call,) = sheets.load("mine").real_calls
    assert (call.reached, call.said, call.next) == ("yes", "she laughed", "second interview")
    again = CliRunner().invoke(cli, command, input="\n\n\n")
    assert "reached: yes; said: she laughed; next: second interview" in again.output
    assert "Nothing was noted." in again.output
    assert sheets.load("mine").real_calls == (
        RealCall(call.day, call.reached, call.said, call.next),
    )

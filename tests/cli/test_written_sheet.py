"""A sheet is on disk as soon as it has a name, and an opened one goes on where it was."""

import dataclasses
from pathlib import Path

import pytest

from rehearse.cli.prep_questions import PrepQuestions
from rehearse.cli.written_sheet import WrittenSheet
from rehearse.errors import RehearseError
from rehearse.preparing.saved_sheets import Sheets
from rehearse.preparing.way_slot import WaySlot


def test_each_answer_is_saved_once_the_company_is_known(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path)
    written = WrittenSheet(sheets, None, "")
    written.keep(dataclasses.replace(written.sheet, manager="Dana Keller"))
    assert sheets.names() == []
    written.keep(dataclasses.replace(written.sheet, company="Northwind"))
    assert written.name in sheets.names()
    written.open_slots()
    assert written.keep_slot(0, WaySlot("I would ...")) is None
    assert written.keep_slot(1, WaySlot("I would sort the returns every Monday")) == 0
    kept = sheets.load(written.name)
    assert kept.manager == "Dana Keller"
    assert [way.action for way in kept.ways] == ["sort the returns every Monday"]
    assert [draft.words for draft in kept.drafts] == ["I would ..."]


def test_without_a_company_it_gets_a_free_name_in_the_end(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path)
    WrittenSheet(sheets, None, "").keep_under_a_name()
    assert sheets.names() == []
    written = WrittenSheet(sheets, None, "")
    written.keep(dataclasses.replace(written.sheet, manager="Dana Keller"))
    written.keep_under_a_name()
    assert written.name in sheets.names()
    assert WrittenSheet(sheets, written.name, "").sheet.manager == "Dana Keller"


def test_a_home_that_cannot_be_written_is_named_before_the_first_question(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(RehearseError, match="cannot be written") as refused:
        PrepQuestions(Sheets(home), None, None).ask()
    assert "--home" in refused.value.remedy

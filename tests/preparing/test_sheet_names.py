"""Names of call sheets that must work on every computer."""

from pathlib import Path

import pytest

from rehearse.errors import RehearseError
from rehearse.preparing.call_sheet import CallSheet
from rehearse.preparing.saved_sheets import Sheets, name_for


@pytest.mark.parametrize("name", ["con", "NUL", "com1", "Lpt9", "aux"])
def test_a_name_that_windows_keeps_for_itself_is_refused_everywhere(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(RehearseError, match="Windows keeps this name for itself"):
        Sheets(tmp_path).save(name, CallSheet(company="Acme"))


def test_a_company_called_con_gets_a_sheet_all_the_same(tmp_path: Path) -> None:
    sheet = CallSheet(company="Con")
    sheets = Sheets(tmp_path)
    sheets.save(sheets.free_name(name_for(sheet)), sheet)
    assert sheets.names() == ["con-call"]


def test_two_sheets_never_differ_in_case_only(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path)
    sheets.save("Acme", CallSheet(company="Acme"))
    with pytest.raises(RehearseError, match="'Acme' already"):
        sheets.save("acme", CallSheet(company="ACME"))
    assert sheets.free_name("acme") == "acme-2"


def test_a_sheet_can_change_the_case_of_its_own_name(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path)
    sheets.save("acme", CallSheet(company="Acme"))
    sheets.rename("acme", "Acme")
    assert sheets.names() == ["Acme"]


def test_a_sheet_is_not_renamed_over_another(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path)
    sheets.save("acme", CallSheet(company="Acme"))
    sheets.save("depot", CallSheet(company="Depot"))
    with pytest.raises(RehearseError, match="'acme' already"):
        sheets.rename("depot", "ACME")
    with pytest.raises(RehearseError, match="'depot' already"):
        sheets.rename("depot", "depot")

"""The sheet that a call takes unasked: the last one with a way, and never one only started."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from rehearse.cli import cli
from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.preparing.saved_sheets import Sheets
from tests.program import rehearse

WAYS = (Way("cut the returns", "their costs"),)


def quit_prep(home: Path, company: str) -> str:
    """Start a sheet and stop before the first way: no ad, company, manager, then Ctrl-D."""
    stopped = CliRunner().invoke(
        cli, ["--home", str(home), "prep"], input=f"\n{company}\nIvo Grant\n"
    )
    assert stopped.exit_code == 130, stopped.output
    return " ".join(stopped.output.split())


def test_a_sheet_is_the_default_once_it_has_a_way(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path)
    assert sheets.default is None
    quit_prep(tmp_path, "Acme")
    assert sheets.names() == ["acme"]
    assert sheets.default is None
    sheets.save("northwind", CallSheet(manager="Priya Shah", ways=WAYS))
    said = quit_prep(tmp_path, "Borealis")
    assert "rehearse prep borealis" in said
    assert "A call takes this sheet once it has a way." in said
    assert (sheets.names()[0], sheets.default) == ("borealis", "northwind")
    listed = CliRunner().invoke(cli, ["--home", str(tmp_path), "prep", "--list"]).output
    assert [line[2:].split()[0] for line in listed.splitlines() if line.startswith("* n")] == [
        "northwind"
    ]
    sheets.save("borealis", CallSheet(company="Borealis", ways=WAYS))
    assert sheets.default == "borealis"


def test_a_sheet_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path)
    sheets.save("northwind", CallSheet(manager="Priya Shah", ways=WAYS))
    sheets.path("spoilt").write_text("manager = 3\n", encoding="utf-8")
    assert sheets.default == sheets.names()[0] == "spoilt"


@pytest.mark.slow
def test_a_call_goes_on_with_the_sheet_before_and_says_so(tmp_path: Path) -> None:
    Sheets(tmp_path).save("northwind", CallSheet(manager="Priya Shah", ways=WAYS))
    quit_prep(tmp_path, "Acme")
    held = rehearse(tmp_path, "call", "--typed", "--no-sound", stdin="Hello.\n/q\n")
    assert held.status == 0, held.err
    said = " ".join(held.out.split())
    assert "acme has no way yet, so this call is held without it." in said
    assert "rehearse --home" in said or "-m rehearse --home" in said
    assert "prep acme" in said
    assert "Call sheet: northwind." in said
    assert "You are calling Priya Shah." in said

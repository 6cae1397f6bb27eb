"""Call sheets: asked for in questions, kept as files that people edit, told line by line."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from rehearse.cli import cli
from rehearse.errors import RehearseError
from rehearse.preparing.call_sheet import CallSheet, Way, parse_call_sheet, sheet_toml
from rehearse.preparing.saved_sheets import Sheets

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
SHEETS = st.builds(
    CallSheet, TEXT, TEXT, TEXT, TEXT, st.lists(st.builds(Way, TEXT, TEXT)).map(tuple), TEXT
)
ANSWERS = """\
Halvorsen Freight
Dana Keller
warehouse planner
the second depot
cut onboarding to four weeks
revenue of new customers
automate the returns
planners' Mondays
a weekly margin report
unprofitable orders

"""


def prep(home: Path, *arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), "prep", *arguments], input=answers)


@given(SHEETS)
def test_what_is_written_is_read_again(sheet: CallSheet) -> None:
    assert parse_call_sheet(sheet_toml(sheet).encode(), "sheet.toml") == sheet


def test_questions_make_a_sheet_named_after_the_company(tmp_path: Path) -> None:
    outcome = prep(tmp_path, answers=ANSWERS)
    assert outcome.exit_code == 0, outcome.output
    sheet = Sheets(tmp_path).load("halvorsen-freight")
    assert sheet == CallSheet(
        manager="Dana Keller",
        company="Halvorsen Freight",
        job="warehouse planner",
        business="the second depot",
        ways=(
            Way("cut onboarding to four weeks", "revenue of new customers"),
            Way("automate the returns", "planners' Mondays"),
            Way("a weekly margin report", "unprofitable orders"),
        ),
        question="As the manager, how do you expect this job to contribute to the business?",
    )
    text = (tmp_path / "sheets" / "halvorsen-freight.toml").read_text()
    assert text.startswith("# A call sheet")
    assert 'manager = "Dana Keller"' in text


def test_editing_again_keeps_what_is_not_changed(tmp_path: Path) -> None:
    prep(tmp_path, "mine", answers=ANSWERS)
    before = Sheets(tmp_path).load("mine")
    outcome = prep(tmp_path, "mine", answers="\nPriya Shah\n-\n" + "\n" * 8)
    assert outcome.exit_code == 0, outcome.output
    after = Sheets(tmp_path).load("mine")
    assert (after.manager, after.job) == ("Priya Shah", "")
    assert (after.company, after.ways, after.question) == (
        before.company, before.ways, before.question,
    )  # fmt: skip


def test_giving_up_halfway_keeps_nothing(tmp_path: Path) -> None:
    assert prep(tmp_path, "mine", answers="Halvorsen\nDana\n").exit_code != 0
    assert Sheets(tmp_path).names() == []


def test_a_way_left_out_is_told(tmp_path: Path) -> None:
    outcome = prep(tmp_path, "mine", answers="Halvorsen\n\n\n\ncut it\ncosts\n\n\n\n")
    assert "Still to think of: 2 of 3 ways" in outcome.output


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

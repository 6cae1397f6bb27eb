"""The first evening: five steps, each remembered, each may be left out."""

from pathlib import Path

from click.testing import CliRunner

from rehearse.cli import cli
from rehearse.preparing.first_evening import (
    FirstEvening,
    FirstEveningFile,
    Step,
    done_by_what_is_kept,
)
from rehearse.report.first_evening_view import evening_text, next_line


def test_it_begins_with_hearing_a_good_call() -> None:
    assert FirstEvening().next_step is Step.HEAR
    assert next_line(FirstEvening()) == (
        "First evening, step 1 of 5: Hear a good call, and a bad one: "
        "rehearse first-evening --hear good"
    )


def test_done_and_left_out_steps_are_remembered(tmp_path: Path) -> None:
    file = FirstEveningFile(tmp_path / "home")
    file.remember(Step.HEAR)
    file.remember(Step.WAYS, skipped=True)
    file.remember(Step.HEAR, skipped=True)  # what was done stays done
    known = FirstEveningFile(tmp_path / "home").load()
    assert known == FirstEvening(frozenset({Step.HEAR}), frozenset({Step.WAYS}))
    assert known.next_step is Step.QUESTION


def test_sheets_and_calls_count_as_steps() -> None:
    done = done_by_what_is_kept(scenarios=["friendly", "gatekeeper"], ways_on_sheets=[1, 3])
    assert done == {Step.WAYS, Step.FRIENDLY}
    assert done_by_what_is_kept(scenarios=[], ways_on_sheets=[2]) == frozenset()


def test_a_damaged_file_remembers_nothing_and_harms_nothing(tmp_path: Path) -> None:
    for text in ("{", "[]", '{"done": 3}', '{"done": ["hear", "x"], "skipped": []}'):
        (tmp_path / "first-evening.json").write_text(text)
        FirstEveningFile(tmp_path).load()


def test_when_all_is_done_it_is_over() -> None:
    over = FirstEvening(frozenset(Step))
    assert over.next_step is None
    assert next_line(over) == ""
    assert evening_text(over).count("[x]") == 5


def test_the_terminal_shows_the_steps_and_leaves_one_out(tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        command = ["--home", str(tmp_path), "first-evening", *arguments]
        return CliRunner().invoke(cli, command).output

    assert "[ ] 1. Hear a good call, and a bad one (3 min)\n         rehearse first" in run()
    assert "[-] 1. Hear" in run("--skip", "hear")
    assert "         rehearse prep" in run()

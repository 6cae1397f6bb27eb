"""The first evening: five steps, each remembered, each may be left out."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from rehearse import wiring
from rehearse.calling.line import NoLine
from rehearse.cli import cli
from rehearse.preparing.first_evening import (
    FirstEvening,
    FirstEveningFile,
    Step,
    done_by_calls,
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


def test_calls_held_in_any_other_way_count_as_steps() -> None:
    assert done_by_calls(["friendly", "gatekeeper"]) == {Step.FRIENDLY}
    assert done_by_calls([]) == frozenset()


def test_a_damaged_file_remembers_nothing_and_harms_nothing(tmp_path: Path) -> None:
    for text in ("{", "[]", '{"done": 3}', '{"done": ["hear", "x"], "skipped": []}'):
        (tmp_path / "first-evening.json").write_text(text)
        FirstEveningFile(tmp_path).load()


def test_when_all_is_done_it_is_over() -> None:
    over = FirstEvening(frozenset(Step))
    assert over.next_step is None
    assert next_line(over) == ""
    assert evening_text(over).count("[x]") == 5


def test_the_terminal_shows_the_steps_and_leaves_one_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["-c"])

    def run(*arguments: str) -> str:
        command = ["--home", str(tmp_path), "first-evening", *arguments]
        return CliRunner().invoke(cli, command).output

    assert "[ ] 1. Hear a good call, and a bad one (3 min)\n         rehearse first" in run()
    assert "[-] 1. Hear" in run("--skip", "hear")
    assert "         rehearse prep" in run()


def test_without_a_loudspeaker_the_call_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing_to_play_on() -> None:
        raise NoLine("No loudspeaker was found.", "Plug one in.")

    monkeypatch.setattr(wiring, "speaker_line", nothing_to_play_on)
    heard = CliRunner().invoke(cli, ["--home", str(tmp_path), "first-evening", "--hear", "bad"])
    assert heard.exit_code == 0
    assert "No loudspeaker was found. It goes on without sound" in heard.stderr
    assert "am I still being considered" in heard.stdout
    assert "✗ The question was never asked." in heard.stdout
    assert FirstEveningFile(tmp_path).load().done == {Step.HEAR}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal")
def test_what_is_typed_while_a_step_runs_answers_no_later_question(tmp_path: Path) -> None:
    import pexpect

    evening = pexpect.spawn(
        sys.executable,
        ["-m", "rehearse", "--home", str(tmp_path), "first-evening", "--no-sound"],
        encoding="utf-8",
        timeout=60,
    )
    evening.expect("q stops: ")
    evening.sendline("")
    for _ in range(4):
        evening.sendline("s")
    evening.expect(r"\[x\] 1. Hear")
    evening.expect("q stops: ")
    evening.sendline("q")
    evening.expect(rf"--home\s+{tmp_path}\s+first-evening")
    evening.expect(pexpect.EOF)
    assert FirstEveningFile(tmp_path).load().skipped == frozenset()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal")
def test_on_a_terminal_it_leads_from_step_to_step(tmp_path: Path) -> None:
    import pexpect

    evening = pexpect.spawn(
        sys.executable,
        ["-m", "rehearse", "--home", str(tmp_path), "first-evening"],
        encoding="utf-8",
        timeout=60,
    )
    evening.expect("Enter starts it, s leaves it out, q stops")
    evening.sendline("s")
    evening.expect(r"\[-\] 1. Hear")
    evening.expect("q stops")
    evening.sendline("")
    evening.expect("A job ad or notes")  # the preparation
    evening.sendintr()
    evening.expect("q stops")
    evening.sendline("q")
    evening.expect("Go on at any time")
    evening.expect(pexpect.EOF)

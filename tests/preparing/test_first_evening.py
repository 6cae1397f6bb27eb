"""The first evening: five steps, each remembered, each may be left out."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

from rehearse import wiring
from rehearse.calling.line import NoLine
from rehearse.cli import cli, show_next_step
from rehearse.keeping.evening_so_far import evening_so_far, reminder_helps
from rehearse.keeping.store import Store
from rehearse.keeping.summary import Summary
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


TONIGHT = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)


def at(hours: float, scenario: str = "friendly", score: int | None = 40) -> Summary:
    """A call that began so many hours before TONIGHT."""
    began = TONIGHT - timedelta(hours=hours)
    return Summary("a call", started_at=began.isoformat(), scenario=scenario, score=score)


@pytest.mark.parametrize(
    ("done", "calls", "helps"),
    [
        ([], [], True),
        ([Step.HEAR], [at(1)], True),
        ([Step.HEAR], [at(1)] * 4, True),
        ([Step.HEAR], [at(1)] * 5, False),
        ([Step.HEAR], [at(1), at(30)], False),
        ([Step.HEAR], [at(0.5, "busy"), at(1)], False),
        ([Step.HEAR], [at(1, "busy", None)], True),
        (list(Step), [at(1)], False),
    ],
    ids=["before the first call", "one call", "four calls", "five calls", "days later",
         "the last step is done", "a busy call broken off", "all is done"],
)  # fmt: skip
def test_the_next_step_is_named_only_as_long_as_that_helps(
    tmp_path: Path, done: list[Step], calls: list[Summary], helps: bool
) -> None:
    FirstEveningFile(tmp_path).save(FirstEvening(frozenset(done)))
    evening = evening_so_far(Store(tmp_path), calls)
    assert reminder_helps(evening, calls, TONIGHT.timestamp()) is helps


@pytest.mark.parametrize("calls", [[], [at(0), at(48)]])
def test_after_a_command_the_terminal_names_the_next_step_only_on_the_first_evening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: list[Summary]
) -> None:
    said: list[str] = []
    monkeypatch.setattr("rehearse.cli.say", said.append)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("rehearse.keeping.store.Store.summaries", lambda self: calls)
    context = click.Context(cli, obj=SimpleNamespace(store=lambda: Store(tmp_path)))
    context.invoked_subcommand = "call"
    with context:
        show_next_step()
    assert len(said) == (0 if calls else 1)
    assert all("First evening, step 1 of 5" in line for line in said)


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

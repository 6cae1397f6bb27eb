"""Hints print the command the way the program was started."""

from pathlib import Path

import pytest

from rehearse.cli.as_started import as_started, program

HERE = Path("/home/alex/job")


def test_while_it_is_not_on_the_path_its_place_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert program(".venv/bin/rehearse", "python", HERE) == ".venv/bin/rehearse"
    assert program("/home/alex/job/.venv/bin/rehearse", "python", HERE) == ".venv/bin/rehearse"
    assert program("/opt/my tools/rehearse", "python", HERE) == "'/opt/my tools/rehearse'"
    assert program("/x/rehearse/__main__.py", ".venv/bin/python", HERE) == (
        ".venv/bin/python -m rehearse"
    )


def test_on_the_path_its_name_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "rehearse"
    installed.write_text("#!/bin/sh\n")
    installed.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert program(str(installed), "python", HERE) == "rehearse"


def test_only_commands_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("sys.argv", [".venv/bin/rehearse"])
    assert as_started("Hold one: rehearse call") == "Hold one: .venv/bin/rehearse call"
    assert as_started("'rehearse list' shows all") == "'.venv/bin/rehearse list' shows all"
    untouched = "Rehearse often; rehearse the call; /home/rehearse call; pip install rehearse"
    assert as_started(untouched) == untouched


def test_inside_another_program_hints_name_the_command_itself() -> None:
    assert program("-c", "python", Path.cwd()) == "rehearse"


@pytest.mark.parametrize("given", [["--home", "my calls"], ["--debug", "--home=my calls"]])
def test_a_home_given_on_the_command_line_is_part_of_each_command(
    given: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("sys.argv", [".venv/bin/rehearse", *given, "prep", "northwind"])
    assert as_started("Practise it: rehearse call") == (
        "Practise it: .venv/bin/rehearse --home 'my calls' call"
    )


def test_an_option_of_a_command_is_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("sys.argv", ["rehearse", "score", "--home", "talk.wav"])
    assert "--home" not in as_started("Hold one: rehearse call")

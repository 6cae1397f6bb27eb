"""The bundled program's first lines: program, module, page; what its children see."""

import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.entry import (
    BUNDLE,
    double_clicked,
    leave_libraries_to_others,
    start_in_background,
)

ENTRY = Path(__file__).parents[2] / "app" / "entry.py"


@pytest.mark.parametrize("arguments", [["--version"], ["-m", "rehearse", "--version"]])
def test_it_is_the_command_line_and_runs_modules_as_python_does(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, ENTRY, *arguments], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ENTRY.parents[1])},
    )  # fmt: skip
    assert done.stdout.startswith("rehearse, version ")


def test_the_browser_sees_the_libraries_of_the_system_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/rehearse/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/home/anna/lib")
    leave_libraries_to_others()
    assert os.environ["LD_LIBRARY_PATH"] == "/home/anna/lib"
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_where_the_person_had_set_none_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/rehearse/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    leave_libraries_to_others()
    assert ("LD_LIBRARY_PATH" in os.environ) == (sys.platform != "linux")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The bundled program, opened without arguments."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", ["rehearse"])
    return monkeypatch


@pytest.mark.parametrize(("name", "finder"), [(BUNDLE, True), ("com.apple.Terminal", False)])
def test_macos_says_as_what_it_was_opened(
    opened: pytest.MonkeyPatch, name: str, finder: bool
) -> None:
    opened.setattr(sys, "platform", "darwin")
    opened.setenv("__CFBundleIdentifier", name)
    assert double_clicked() == finder
    opened.setattr(sys, "argv", ["rehearse", "call"])
    assert not double_clicked()


@pytest.mark.parametrize(("in_console", "explorer"), [(1, True), (2, False)])
def test_on_windows_who_has_a_console_to_itself_was_double_clicked(
    opened: pytest.MonkeyPatch, in_console: int, explorer: bool
) -> None:
    kernel = SimpleNamespace(GetConsoleProcessList=lambda processes, size: in_console)
    opened.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    opened.setattr(sys, "platform", "win32")
    assert double_clicked() == explorer


def test_linux_keeps_the_process_that_was_double_clicked(opened: pytest.MonkeyPatch) -> None:
    opened.setattr(sys, "platform", "linux")
    assert not double_clicked()


@pytest.mark.timeout(60)
def test_the_pages_get_a_process_group_of_their_own_and_are_not_taken_for_the_app(
    opened: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    program = tmp_path / "rehearse"
    program.write_text(
        f"#!{sys.executable}\nimport os, sys\n"
        "print(sys.argv[1], os.getpgrp(), os.environ.get('__CFBundleIdentifier'),\n"
        f"      file=open('{seen}.part', 'w'), flush=True)\n"
        f"os.rename('{seen}.part', '{seen}')\n"
    )
    program.chmod(0o755)
    opened.setattr(sys, "executable", str(program))
    opened.setenv("__CFBundleIdentifier", BUNDLE)
    start_in_background()
    while not seen.exists():
        time.sleep(0.05)
    verb, group, opened_as = seen.read_text().split()
    assert (verb, opened_as) == ("review", "None")
    assert int(group) != os.getpgrp()

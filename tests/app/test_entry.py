"""The bundled program's first lines: program, module, page; what its children see."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.entry import leave_libraries_to_others

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

"""A path is a path: never an address, an option or a format of the terminal."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import FIXTURES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="names of POSIX"),
]
QUESTION = FIXTURES / "d_question_only__piper-joe.flac"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rehearse", *arguments], cwd=folder, text=True,
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip


def test_a_home_with_a_colon_keeps_and_scores_its_call(tmp_path: Path) -> None:
    home = ("--home", "calls:2026")
    held = run(tmp_path, *home, "call", "--candidate", str(QUESTION), "--no-sound", "--seed", "2")
    assert held.returncode == 0, held.stderr
    assert "Score:" in held.stdout
    [kept] = (tmp_path / "calls:2026" / "rehearsals").iterdir()
    scored = run(tmp_path, *home, "score", kept.name)
    assert scored.returncode == 0, scored.stderr
    began = json.loads((kept / "rehearsal.json").read_text())["started_at"]
    assert re.search(r"[+-]\d\d:\d\d$", began), "with the offset of the time zone"


def test_each_of_several_files_is_named_whatever_it_is_called(tmp_path: Path) -> None:
    names = ["memo:10:30.flac", "-dash.flac", os.fsdecode(b"caf\xe9.flac"), "[red]x[!].flac"]
    for name in names:
        shutil.copy(QUESTION, tmp_path / name)
    done = run(tmp_path, "transcribe", "--", *names)
    assert done.returncode == 0, done.stderr
    shown = ["memo:10:30.flac", "-dash.flac", "caf\\xe9.flac", "[red]x[!].flac"]
    places = [done.stdout.index(name) for name in shown]
    assert places == sorted(places)
    assert done.stdout.count("business") >= len(names)

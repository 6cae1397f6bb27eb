"""A disk that is full at any moment of a call: one sentence, and what was said is kept."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import FIXTURES, command, rehearse

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX"),
]
TALK = FIXTURES / "d_question_only__piper-joe.flac"


def held_with_files_of_at_most(size: int, home: Path) -> subprocess.CompletedProcess[str]:
    """A whole call of a program that can write `size` bytes to any one file, and no more."""
    import resource

    return subprocess.run(
        command(home, "call", "--candidate", TALK, "--no-sound", "--seed", "2"),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("size", "what"),
    [
        (0, "rehearsal's file"),
        (700, "event log or recording"),
        (60_000, "recording"),
        (2_200_000, "recording, after the talk"),
    ],
)
def test_one_sentence_and_nothing_is_lost(tmp_path: Path, size: int, what: str) -> None:
    done = held_with_files_of_at_most(size, tmp_path)
    assert done.returncode == 1, what
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert "Something went wrong" not in done.stderr
    said = " ".join(done.stderr.split())
    assert said.count("rehearse: ") == 1, done.stderr
    assert "cannot be written" in said
    if size > 1_000_000:
        assert "Score:" in done.stdout, "what was said before is scored and printed"
        assert rehearse(tmp_path, "score", next(tmp_path.glob("rehearsals/*")).name).status == 0
    assert rehearse(tmp_path, "list").status == 0

"""What is typed reaches the program: in any encoding, and where nothing can be typed at all."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.program import command

pytestmark = pytest.mark.slow

TURNS = "Hello, this is Noor.\nI would shorten the café queue so that guests wait less.\n"


@pytest.mark.parametrize("errors", ["strict", "surrogateescape"])
def test_a_letter_in_another_encoding_is_kept_as_typed(tmp_path: Path, errors: str) -> None:
    env = {**os.environ, "PYTHONIOENCODING": f"utf-8:{errors}"}
    done = subprocess.run(
        command(tmp_path, "call", "--typed", "--no-sound", "--no-sheet", "--seed", "1"),
        input=TURNS.encode("latin-1"), capture_output=True, env=env, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "café" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="closes it as a POSIX shell does")
@pytest.mark.parametrize("arguments", ["score -", "prep z", "call --typed --no-sound"])
def test_a_closed_standard_input_is_an_empty_one(tmp_path: Path, arguments: str) -> None:
    words = command(tmp_path, *arguments.split())
    done = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", *words], capture_output=True, text=True, check=False
    )
    assert "inside the program" not in done.stderr
    assert done.returncode in (0, 1, 130)

"""Programs under test: `rehearse` in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from pathlib import Path

TALK = Path(__file__).parents[2] / "audio_fixtures" / "a_strong__piper-joe.flac"
SHORT_TALK = TALK.with_name("d_question_only__piper-joe.flac")
"""Where any kept call will do."""
QUESTION = "Hello, how do you expect this job to contribute to the business?\n"
OURS = {"PYTHONUNBUFFERED": "1", "OMP_NUM_THREADS": "1"}
ENV = {**os.environ, **OURS}


def command(home: Path, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "rehearse", "--home", str(home), *map(str, arguments)]


def run(home: Path, *arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(home, *arguments), input=stdin, capture_output=True, text=True, env=ENV,
        timeout=600, check=False,
    )  # fmt: skip


def typed_call(home: Path, *wrapper: str) -> subprocess.Popen[str]:
    """A call held in real time without any device: sound is recorded as silence."""
    return subprocess.Popen(
        [*wrapper, *command(home, "call", "--typed", "--no-sound")], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENV,
    )  # fmt: skip


def wait_for(process: subprocess.Popen[str], text: str) -> None:
    """Until the program has printed `text`."""
    assert process.stdout is not None
    for line in process.stdout:
        if text in line:
            return
    raise RuntimeError(f"ended before {text!r}: {process.communicate()[1][-500:]}")


def recorded_s(recording: Path) -> float:
    """Length that the WAV header tells of."""
    with wave.open(str(recording)) as file:
        return file.getnframes() / file.getframerate()

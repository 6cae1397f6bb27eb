"""Runs `rehearse` as a user does: as a process, with its own home."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "audio_fixtures"
_LIMIT_S = 300


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


def command(home: Path, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "rehearse", "--home", str(home), *map(str, arguments)]


def rehearse(
    home: Path, *arguments: str | Path, env: Mapping[str, str] | None = None, stdin: str = ""
) -> Outcome:
    done = subprocess.run(
        command(home, *arguments),
        env={**os.environ, **(env or {})},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=_LIMIT_S,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)

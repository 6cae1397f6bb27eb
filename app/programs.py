"""Programs: the app and the installed program, to compare."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LIMIT_S = 600


@dataclass(frozen=True)
class Program:
    """A way to start rehearse. `root`: the root file system that it sees, None for this one's."""

    command: Sequence[str]
    environment: dict[str, str]
    home: Path
    root: Path | None = None

    def path(self, path: Path) -> str:
        """`path` as the program sees it."""
        return str(path) if self.root is None else f"/{path.relative_to(self.root)}"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A process whose output can be read; its errors are part of it."""
        return subprocess.Popen(
            [*self.command, "--home", self.path(self.home), *arguments],
            env={**self.environment, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8",
        )  # fmt: skip

    def run(self, *arguments: str) -> str:
        """What it prints. Raises AssertionError if it fails."""
        done = subprocess.run(
            [*self.command, "--home", self.path(self.home), *arguments],
            env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            encoding="utf-8", timeout=LIMIT_S, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (arguments, done.returncode, done.stdout, done.stderr)
        return done.stdout


def bundled(program: Path, home: Path, root: Path | None) -> Program:
    """The app, with nothing of this machine's environment."""
    if root is not None:
        root = root.absolute()
        inside = f"/{program.relative_to(root)}"
        environment = {"HOME": "/root", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        return Program(["/usr/sbin/chroot", str(root), inside], environment, home, root)
    kept = ("SYSTEMROOT", "TEMP", "TMP", "USERPROFILE", "LOCALAPPDATA", "APPDATA")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    return Program([str(program)], {"HOME": str(home), **environment}, home)


def installed(home: Path) -> Program:
    """The program of the Python that runs this."""
    return Program([sys.executable, "-m", "rehearse"], dict(os.environ), home)

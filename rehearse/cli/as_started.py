"""As started: hints name the command as it was started."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path


def as_started(text: str) -> str:
    """`text` with each command written as the person can type it."""
    here = program(sys.argv[0], sys.orig_argv[0], Path.cwd())
    if (home := home_typed(sys.argv)) is not None:
        here += f" --home {_quoted(home)}"
    return _hint().sub(lambda _: here, text)


def as_started_anywhere(text: str) -> str:
    """As `as_started`, for a terminal in any folder and without this one's environment."""
    path = Path(sys.argv[0])
    if path.name in ("__main__.py", "-m"):
        here = f"{_quoted(str(Path(sys.orig_argv[0]).absolute()))} -m rehearse"
    elif sys.argv[0] == "-c":
        here = "rehearse"
    else:
        here = _quoted(str(path.absolute()))
    if (home := home_typed(sys.argv)) is not None:
        here += f" --home {_quoted(str(Path(home).absolute()))}"
    return _hint().sub(lambda _: here, text)


def home_typed(arguments: Sequence[str]) -> str | None:
    """The folder given with --home on the command line, before the command."""
    given = iter(arguments[1:])
    for one in given:
        if one == "--home":
            return next(given, None)
        if one.startswith("--home="):
            return one.removeprefix("--home=")
        if not one.startswith("-"):
            break
    return None


def _hint() -> re.Pattern[str]:
    """Finds "rehearse" where one of its commands follows."""
    from rehearse.cli import cli  # which imports this module

    return re.compile(rf"(?<![\w./\\-])rehearse(?= (?:{'|'.join(cli.commands)})\b)")


def program(started: str, interpreter: str, here: Path) -> str:
    """The command that starts this program again from `here`."""
    path = Path(started)
    if started == "-c":  # inside another program, which says nothing about how to start this one
        return "rehearse"
    if path.name in ("__main__.py", "-m"):
        return f"{_typed(Path(interpreter), here)} -m rehearse"
    return _typed(path, here)


def _typed(path: Path, here: Path) -> str:
    """Its name if the PATH finds it, else its path, relative to `here` if it lies below."""
    name = path.name.removesuffix(".exe")
    found = shutil.which(name)
    if found is not None and Path(found).absolute() == (here / path).absolute():
        return name
    if found is not None and path.parent == Path():
        return name
    place = here / path
    shown = place.relative_to(here) if place.is_relative_to(here) else place
    return _quoted(str(shown))


def _quoted(text: str) -> str:
    return shlex.quote(text) if sys.platform != "win32" else text

"""Own scenarios: the person's own scenario files, in <home>/scenarios."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rehearse.calling.scenario import parse_scenario
from rehearse.errors import RehearseError
from rehearse.files_in_use import when_free
from rehearse.preparing.toml_file import read_bytes

PREFIX = "own:"
"""Prefix of a file's name in lists with the packaged scenarios."""


@dataclass(frozen=True)
class OwnScenario:
    """`problem` says why the file cannot be used, each mistake with its line; "" if it can."""

    wanted: str
    title: str
    problem: str = ""


def own_scenarios(home: Path) -> tuple[OwnScenario, ...]:
    """All of them, by name."""
    return tuple(_own(path) for path in sorted(_files(home)))


def own_scenario_path(home: Path, wanted: str) -> Path | None:
    """The file that `wanted` names; None if it names no scenario of the person's own."""
    for path in _files(home):
        if wanted == f"{PREFIX}{path.stem}":
            return path
    return None


def keep_own_scenario(home: Path, file_name: str, text: bytes) -> OwnScenario:
    """Save a scenario in place of one of the same file name. Raises RehearseError, which lists
    every mistake, and keeps nothing then."""
    parse_scenario(text, file_name)
    stem = re.sub(r"[^\w-]+", "-", Path(file_name).stem, flags=re.ASCII).strip("-")[:40]
    path = _folder(home) / f"{stem or 'scenario'}.toml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        new.write_bytes(text)
        when_free(lambda: new.replace(path))
    except OSError as error:
        raise RehearseError(
            f"{path} cannot be written: {error.strerror}.", "Free some space, then try again."
        ) from error
    return _own(path)


def delete_own_scenario(home: Path, wanted: str) -> None:
    """Delete the file that `wanted` names, if it is still there."""
    path = own_scenario_path(home, wanted)
    if path is not None:
        path.unlink(missing_ok=True)


def _own(path: Path) -> OwnScenario:
    wanted = f"{PREFIX}{path.stem}"
    try:
        return OwnScenario(wanted, parse_scenario(read_bytes(path), str(path)).title)
    except RehearseError as error:
        return OwnScenario(wanted, path.stem, error.problem)


def _files(home: Path) -> list[Path]:
    """Links lead out of the home folder: they are no files of ours."""
    return [path for path in _folder(home).glob("*.toml") if not path.is_symlink()]


def _folder(home: Path) -> Path:
    return home / "scenarios"

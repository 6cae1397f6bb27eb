"""ClassResults: scored recordings, so that none is scored twice.

<home>/class/<first two digits>/<key>.json    a ClassResult, without sound or the file's name
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from rehearse.errors import RehearseError
from rehearse.files_in_use import when_free
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.validation import checked


@dataclass(frozen=True)
class ClassResult:
    """`notes`: what a person should know about how the recording was read, as sentences."""

    rehearsal: Rehearsal
    notes: tuple[str, ...]


class ClassResults:
    """The results kept under one home."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "class"

    def save(self, key: str, result: bytes) -> None:
        """Keep a ClassResult as JSON, all or nothing."""
        path = self._path(key)
        new = path.with_suffix(f".{os.getpid()}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with new.open("wb") as file:
                file.write(result)
                file.flush()
                os.fsync(file.fileno())
            when_free(lambda: new.replace(path))
        except OSError as error:
            raise RehearseError(
                f"{path} cannot be written: {error.strerror}.",
                "Choose another folder with --home or REHEARSE_HOME, or free some space.",
            ) from error

    def load(self, key: str) -> ClassResult | None:
        """The result; None if it is missing or unreadable and has to be scored again."""
        try:
            found = msgspec.json.decode(self._path(key).read_bytes(), type=ClassResult)
            checked(found.rehearsal)
            return found
        except (OSError, ValueError, RecursionError):  # ValueError: also not UTF-8
            return None

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"

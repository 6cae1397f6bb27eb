"""Index: a summary of each rehearsal, in one file."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import time
from pathlib import Path

import msgspec

from rehearse.keeping.private import NOT_THROUGH_LINKS, replace_private
from rehearse.keeping.summary import Summary

INDEX = "index.json"
INDEX_FORMAT = 4
"""Increase it whenever Summary, or how it is computed, changes."""
WRITTEN_WITHIN_S = 60.0
"""An index that is older and was not put in place belongs to a program that was killed."""


@dataclasses.dataclass(frozen=True)
class IndexEntry:
    """`stamp`: time of change in nanoseconds and size in bytes of the file that was read."""

    stamp: tuple[int, int]
    summary: Summary


@dataclasses.dataclass(frozen=True)
class _Stored:
    format: int
    entries: dict[str, IndexEntry]


class Index:
    """The file in `home`, which several programs replace."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._decoded: tuple[tuple[int, ...], dict[str, IndexEntry]] = ((), {})

    def entries(self) -> dict[str, IndexEntry]:
        """The index, decoded once for each version of the file; another program may replace it."""
        try:
            descriptor = os.open(self.home / INDEX, os.O_RDONLY | NOT_THROUGH_LINKS)
            with os.fdopen(descriptor, "rb") as file:
                status = os.fstat(file.fileno())
                version = (status.st_ino, status.st_mtime_ns, status.st_size)
                if self._decoded[0] != version:
                    index = msgspec.json.decode(file.read(), type=_Stored)
                    self._decoded = (version, index.entries if index.format == INDEX_FORMAT else {})
                return self._decoded[1]
        except (OSError, ValueError, RecursionError):
            return {}

    def keep(self, entries: dict[str, IndexEntry]) -> None:
        """Replace the file. Where that fails, nothing is lost: the index only saves time."""
        for left in self.home.glob(f"{INDEX}.*.new"):  # of a killed program; it has titles
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > WRITTEN_WITHIN_S:
                    left.unlink()
        data = msgspec.json.encode(_Stored(INDEX_FORMAT, entries)).decode()
        with contextlib.suppress(OSError):
            replace_private(self.home / INDEX, data)

    def forget(self, rehearsal_id: str) -> None:
        """Remove a rehearsal's row, with its title and names."""
        self.keep({key: row for key, row in self.entries().items() if key != rehearsal_id})

"""Store: all rehearsals under one home folder.

<home>/rehearsals/<id>/    RehearsalFolder
<home>/index.json          Index, rebuilt whenever it is out of date
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from rehearse.errors import RehearseError
from rehearse.keeping.index import Index, IndexEntry
from rehearse.keeping.private import explained
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.rehearsal_folder import (
    DELETED,
    EVENTS,
    RECORDING,
    REHEARSAL,
    RehearsalFolder,
)
from rehearse.keeping.summary import Summary, instant_s, summary_of

_ID = re.compile(r"\w[\w -]{0,99}")


class Store:
    """All rehearsals under one home folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._rehearsals = home / "rehearsals"
        self._index = Index(home)

    def new(self, now: datetime) -> RehearsalFolder:
        """A folder for a rehearsal that begins `now` (local time)."""
        with explained(self._rehearsals):
            self._rehearsals.mkdir(mode=0o700, parents=True, exist_ok=True)
            for attempt in range(1, 1000):
                suffix = "" if attempt == 1 else f"-{attempt}"
                path = self._rehearsals / f"{now:%Y%m%d-%H%M%S}{suffix}"
                try:
                    path.mkdir(mode=0o700)
                except FileExistsError:
                    continue
                return RehearsalFolder(path)
        raise RehearseError(f"No room for another rehearsal in {self._rehearsals}.", "Try again.")

    def next_number(self) -> int:
        """A number higher than that of every stored rehearsal, whatever the clock says."""
        return 1 + max((summary.number for summary in self.summaries()), default=0)

    def folders(self) -> list[RehearsalFolder]:
        """Newest first."""
        return [RehearsalFolder(self._rehearsals / summary.id) for summary in self.summaries()]

    def folder(self, rehearsal_id: str) -> RehearsalFolder:
        """The rehearsal with exactly this id. Raises RehearseError; never leaves the home."""
        if not self.has(rehearsal_id):
            raise RehearseError(
                "There is no such rehearsal.", "It may have been deleted; the list shows all."
            )
        return RehearsalFolder(self._rehearsals / rehearsal_id)

    def has(self, rehearsal_id: str) -> bool:
        """Whether there is a rehearsal with exactly this id."""
        return bool(_ID.fullmatch(rehearsal_id)) and _is_folder(self._rehearsals / rehearsal_id)

    def summaries(self) -> list[Summary]:
        """One row for each rehearsal, newest first; only changed rehearsals are read again."""
        known = self._index.entries()
        rows: dict[str, IndexEntry] = {}
        changed = False
        place = os.fspath(self._rehearsals)
        for rehearsal_id in self._ids():
            stamp = _stamp(f"{place}{os.sep}{rehearsal_id}{os.sep}{REHEARSAL}")
            entry = known.get(rehearsal_id)
            if entry is None or entry.stamp != stamp or entry.summary.id != rehearsal_id:
                changed = True
                entry = IndexEntry(stamp, self._summary(rehearsal_id))
            rows[rehearsal_id] = entry
        if changed or len(rows) != len(known):
            self._index.keep(rows)
        return sorted((entry.summary for entry in rows.values()), key=_age, reverse=True)

    def _ids(self) -> list[str]:
        """The ids of all folders; removes what is left of deleted ones."""
        try:
            with os.scandir(self._rehearsals) as entries:
                names = [e.name for e in entries if e.is_dir(follow_symlinks=False)]
        except OSError:
            return []
        for name in names:
            if name.startswith(DELETED):
                shutil.rmtree(self._rehearsals / name, ignore_errors=True)
        return [name for name in names if _ID.fullmatch(name)]

    def _summary(self, rehearsal_id: str) -> Summary:
        try:
            return summary_of(RehearsalFolder(self._rehearsals / rehearsal_id).load())
        except RehearseError:
            return Summary(rehearsal_id, damaged=True)

    def find(self, rehearsal_id: str | None) -> RehearsalFolder:
        """The rehearsal with this id, or the only one with this part of an id; None: the newest."""
        folders = self.folders()
        if not folders:
            raise RehearseError(
                f"No rehearsals are kept in {self.home}.", "Hold one: rehearse call"
            )
        if rehearsal_id is None:
            return folders[0]
        matches = [folder for folder in folders if folder.id == rehearsal_id]
        matches = matches or [folder for folder in folders if rehearsal_id in folder.id]
        if len(matches) != 1:
            many = "More than one rehearsal has" if matches else "No rehearsal has"
            raise RehearseError(
                f"{many} {rehearsal_id!r} in its name.", "'rehearse list' shows them all."
            )
        return matches[0]

    def folder_of(self, recording: Path) -> RehearsalFolder | None:
        """The rehearsal whose sound is `recording`; None for any other file."""
        path = recording.resolve()
        is_ours = path.name == RECORDING and (path.parent / EVENTS).exists()
        return RehearsalFolder(path.parent) if is_ours else None


def _stamp(path: str) -> tuple[int, int]:
    """Takes a string: for thousands of paths that is several times faster than Path."""
    try:
        status = os.lstat(path)
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _age(summary: Summary) -> tuple[int, float, str]:
    """Sort key from old to new: the number; for earlier versions, which have none, the time."""
    return summary.number, instant_s(summary), summary.id


def rehearsals_before(store: Store, rehearsal_id: str) -> Iterator[Rehearsal]:
    """The readable rehearsals that began before the one with this id, newest first."""
    passed = False
    for folder in store.folders():
        if passed:
            with contextlib.suppress(RehearseError):
                yield folder.load()
        passed = passed or folder.id == rehearsal_id

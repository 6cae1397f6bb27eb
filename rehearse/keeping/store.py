"""Store: rehearsals on disk, the only file with their layout.

<home>/rehearsals/<id>/call.wav       both sides, candidate left, manager right
                      events.jsonl    the events, one a line, written as they happen
                      rehearsal.json  everything else, replaced in one step
<home>/index.json     a summary of each rehearsal; rebuilt whenever it is out of date
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import filelock
import msgspec

from rehearse.errors import RehearseError
from rehearse.files_in_use import when_free
from rehearse.keeping.journal import Journal, read_events
from rehearse.keeping.private import (
    NOT_THROUGH_LINKS,
    explained,
    forget_spoken_lines,
    made_again,
    open_private,
)
from rehearse.keeping.rehearsal import EarlierNames, Rehearsal, Versions
from rehearse.keeping.summary import Summary, summary_of
from rehearse.keeping.validation import checked
from rehearse.preparing.call_sheet import CallSheet

RECORDING = "call.wav"
EVENTS = "events.jsonl"
REHEARSAL = "rehearsal.json"
INDEX = "index.json"
INDEX_FORMAT = 3
"""Increase it whenever Summary, or how it is computed, changes."""
WRITTEN_WITHIN_S = 60.0
"""An index that is older and was not put in place belongs to a program that was killed."""
_CHANGING = ".changing"
_HELD = ".held"
_DELETED = ".deleted-"
_ID = re.compile(r"\w[\w -]{0,99}")
_TIME_IN_ID = re.compile(r"([0-9]{8}-[0-9]{6})(-[0-9]+)?")


class RehearsalFolder:
    """The folder of one rehearsal. Several programs may use it at the same time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def id(self) -> str:
        return self.path.name

    @property
    def recording(self) -> Path:
        return self.path / RECORDING

    @property
    def has_sound(self) -> bool:
        """Whether the recording is there as a file, not as a link to somewhere else."""
        return _is_file(self.recording)

    def save(self, rehearsal: Rehearsal) -> None:
        """Replace the stored rehearsal, all or nothing. Raises RehearseError."""
        with explained(self.path):
            self._replace(rehearsal)

    def save_again(self, rehearsal: Rehearsal) -> None:
        """Save it although somebody removed the folder during the call. Raises RehearseError."""
        with explained(self.path):
            made_again(self.path / REHEARSAL, lambda: self._replace(rehearsal))

    def _replace(self, rehearsal: Rehearsal) -> None:
        """Raises OSError."""
        new = self.path / f"{REHEARSAL}.{os.getpid()}.new"
        data = msgspec.json.format(msgspec.json.encode(rehearsal), indent=1)
        new.unlink(missing_ok=True)
        try:
            with open_private(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as file:
                file.write(data.decode())
                file.flush()
                os.fsync(file.fileno())
            when_free(lambda: new.replace(self.path / REHEARSAL))
        except OSError:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
            raise

    def update(self, change: Callable[[Rehearsal], Rehearsal]) -> Rehearsal:
        """Change the stored rehearsal, locked against other programs. Raises RehearseError."""
        with self._locked(_CHANGING, timeout_s=10.0):
            changed = change(self.load())
            self.save(changed)
        return changed

    def save_result(self, rehearsal: Rehearsal) -> Rehearsal:
        """Save a new result. Keeps what a person wrote in the meantime, perhaps in another
        program: title, notes, star and judgements."""
        return self.update(
            lambda kept: dataclasses.replace(
                rehearsal,
                title=kept.title,
                notes=kept.notes,
                starred=kept.starred,
                judgements=kept.judgements,
            )
        )

    def load(self) -> Rehearsal:
        """Read the rehearsal. Raises RehearseError if the file is missing or damaged."""
        path = self.path / REHEARSAL
        try:
            with os.fdopen(os.open(path, os.O_RDONLY | NOT_THROUGH_LINKS), "rb") as file:
                data = file.read()
            rehearsal = msgspec.json.decode(data, type=Rehearsal)
            if b'"heard"' in data and rehearsal.recognised is None:
                earlier = msgspec.json.decode(data, type=EarlierNames)
                rehearsal = dataclasses.replace(rehearsal, recognised=earlier.heard)
            checked(rehearsal)
        except (OSError, ValueError, RecursionError) as error:  # ValueError: also not UTF-8
            raise RehearseError(
                f"The rehearsal {self.id} cannot be read: {path} is missing or damaged.",
                f"Its sound may still be whole: rehearse score {self.id}",
            ) from error
        return dataclasses.replace(rehearsal, id=self.id)

    def begin_again(self, version: str) -> Rehearsal:
        """Replace an unreadable file by one that holds only the start time of the call, so that
        its sound and events can be scored; the damaged file stays beside it."""
        with explained(self.path), contextlib.suppress(FileNotFoundError):
            damaged = self.path / f"{REHEARSAL}.damaged"
            when_free(lambda: (self.path / REHEARSAL).replace(damaged))
        began = datetime.fromtimestamp(_instant_s(Summary(self.id)) or self.path.stat().st_mtime)
        rehearsal = Rehearsal(
            id=self.id,
            started_at=began.astimezone().isoformat(timespec="seconds"),
            scenario="",
            seed=0,
            sheet=CallSheet(),
            versions=Versions(version),
        )
        self.save(rehearsal)
        return rehearsal

    def delete(self) -> None:
        """Remove all of it, also the sound, its row in the index and the manager's spoken lines.
        Once deletion has begun, the rehearsal is never listed again. Raises RehearseError during
        its call."""
        gone = self.path.with_name(f"{_DELETED}{self.id}")
        with self._locked(_HELD, timeout_s=0):
            pass  # no call is held in it
        try:
            when_free(lambda: self.path.rename(gone))
            when_free(lambda: _remove(gone))
        except OSError as error:
            raise RehearseError(
                f"{self.path} cannot be removed: {error.strerror}.",
                "Close other programs that use it and try again.",
            ) from error
        store = Store(self.path.parent.parent)
        store.summaries()
        forget_spoken_lines(store.home)

    def held(self) -> contextlib.AbstractContextManager[None]:
        """During its call a rehearsal cannot be deleted."""
        return self._locked(_HELD, timeout_s=0)

    def journal(self) -> Journal:
        return Journal(self.path / EVENTS)

    def events(self) -> list[dict[str, Any]]:
        """The stored events, oldest first. Damaged lines are left out."""
        return read_events(self.path / EVENTS)

    @contextlib.contextmanager
    def _locked(self, name: str, timeout_s: float) -> Iterator[None]:
        if not self.path.is_dir():
            raise RehearseError(
                f"The rehearsal {self.id} is gone: it was deleted meanwhile.",
                "'rehearse list' shows those that are kept.",
            )
        lock = filelock.FileLock(self.path / name, timeout=timeout_s, mode=0o600)
        with explained(self.path):
            try:
                lock.acquire()
            except filelock.Timeout as error:
                raise RehearseError(
                    f"The rehearsal {self.id} is in use by another rehearse.",
                    "Wait until it is done, or end that call, and try again.",
                ) from error
        try:
            yield
        finally:
            lock.release()


class Store:
    """All rehearsals under one home folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._rehearsals = home / "rehearsals"
        self._decoded: tuple[tuple[int, ...], dict[str, _IndexEntry]] = ((), {})

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
        known = self._index()
        rows: dict[str, _IndexEntry] = {}
        changed = False
        place = os.fspath(self._rehearsals)
        for rehearsal_id in self._ids():
            stamp = _stamp(f"{place}{os.sep}{rehearsal_id}{os.sep}{REHEARSAL}")
            entry = known.get(rehearsal_id)
            if entry is None or entry.stamp != stamp or entry.summary.id != rehearsal_id:
                changed = True
                entry = _IndexEntry(stamp, self._summary(rehearsal_id))
            rows[rehearsal_id] = entry
        if changed or len(rows) != len(known):
            self._keep_index(rows)
        return sorted((entry.summary for entry in rows.values()), key=_age, reverse=True)

    def _ids(self) -> list[str]:
        """The ids of all folders; removes what is left of deleted ones."""
        try:
            with os.scandir(self._rehearsals) as entries:
                names = [e.name for e in entries if e.is_dir(follow_symlinks=False)]
        except OSError:
            return []
        for name in names:
            if name.startswith(_DELETED):
                shutil.rmtree(self._rehearsals / name, ignore_errors=True)
        return [name for name in names if _ID.fullmatch(name)]

    def _summary(self, rehearsal_id: str) -> Summary:
        try:
            return summary_of(RehearsalFolder(self._rehearsals / rehearsal_id).load())
        except RehearseError:
            return Summary(rehearsal_id, damaged=True)

    def _index(self) -> dict[str, _IndexEntry]:
        """The index, decoded once for each version of the file; another program may replace it."""
        try:
            descriptor = os.open(self.home / INDEX, os.O_RDONLY | NOT_THROUGH_LINKS)
            with os.fdopen(descriptor, "rb") as file:
                status = os.fstat(file.fileno())
                version = (status.st_ino, status.st_mtime_ns, status.st_size)
                if self._decoded[0] != version:
                    index = msgspec.json.decode(file.read(), type=_Index)
                    self._decoded = (version, index.entries if index.format == INDEX_FORMAT else {})
                return self._decoded[1]
        except (OSError, ValueError, RecursionError):
            return {}

    def _keep_index(self, entries: dict[str, _IndexEntry]) -> None:
        for left in self.home.glob(f"{INDEX}.*.new"):  # of a killed program; it has titles
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > WRITTEN_WITHIN_S:
                    left.unlink()
        new = self.home / f"{INDEX}.{os.getpid()}.new"
        data = msgspec.json.encode(_Index(INDEX_FORMAT, entries)).decode()
        try:
            new.unlink(missing_ok=True)
            with open_private(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as file:
                file.write(data)
            when_free(lambda: new.replace(self.home / INDEX))
        except OSError:
            with contextlib.suppress(OSError):  # the index only saves time
                new.unlink(missing_ok=True)

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


@dataclasses.dataclass(frozen=True)
class _IndexEntry:
    """`stamp`: time of change in nanoseconds and size in bytes of the file that was read."""

    stamp: tuple[int, int]
    summary: Summary


@dataclasses.dataclass(frozen=True)
class _Index:
    format: int
    entries: dict[str, _IndexEntry]


def _stamp(path: str) -> tuple[int, int]:
    """Takes a string: for thousands of paths that is several times faster than Path."""
    try:
        status = os.lstat(path)
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _age(summary: Summary) -> tuple[int, float, str]:
    """Sort key from old to new: the number; for earlier versions, which have none, the time."""
    return summary.number, _instant_s(summary), summary.id


def _instant_s(summary: Summary) -> float:
    """Seconds since 1970; a time without an offset is this computer's local time."""
    with contextlib.suppress(ValueError, OverflowError, OSError):
        return datetime.fromisoformat(summary.started_at).timestamp()
    with contextlib.suppress(ValueError, OverflowError, OSError):
        if found := _TIME_IN_ID.fullmatch(summary.id):
            return datetime.strptime(found[1], "%Y%m%d-%H%M%S").timestamp()
    return 0.0


def rehearsals_before(store: Store, rehearsal_id: str) -> Iterator[Rehearsal]:
    """The readable rehearsals that began before the one with this id, newest first."""
    passed = False
    for folder in store.folders():
        if passed:
            with contextlib.suppress(RehearseError):
                yield folder.load()
        passed = passed or folder.id == rehearsal_id


def _remove(folder: Path) -> None:
    """All of `folder`, which another program that lists the rehearsals may be removing, too."""
    while folder.exists():
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(folder)

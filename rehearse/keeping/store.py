"""Store: keeps rehearsals on disk; the only file that knows the layout there.

<home>/rehearsals/<id>/call.wav       both sides, candidate left, manager right
                      events.jsonl    what happened, a line each, as it happened
                      rehearsal.json  everything else, replaced in one step
<home>/index.json     a summary of each rehearsal; made anew whenever it does not fit
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import msgspec

from rehearse.calling.events import Event, HeardSoFar, Listening
from rehearse.errors import RehearseError
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.summary import Summary, summary_of

RECORDING = "call.wav"
EVENTS = "events.jsonl"
REHEARSAL = "rehearsal.json"
INDEX = "index.json"
INDEX_FORMAT = 1
"""Goes up whenever Summary or the way it is drawn from a rehearsal changes."""
_ID = re.compile(r"[0-9]{8}-[0-9]{6}(-[0-9]{1,3})?")


class RehearsalFolder:
    """The folder of one rehearsal."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def id(self) -> str:
        return self.path.name

    @property
    def recording(self) -> Path:
        return self.path / RECORDING

    def save(self, rehearsal: Rehearsal) -> None:
        """Replace what is kept of the rehearsal, all or nothing."""
        new = self.path / f"{REHEARSAL}.new"
        with _explained(self.path):
            with new.open("wb") as file:
                file.write(msgspec.json.format(msgspec.json.encode(rehearsal), indent=1))
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path / REHEARSAL)

    def load(self) -> Rehearsal:
        """Raises RehearseError when the file is missing or damaged."""
        path = self.path / REHEARSAL
        try:
            return msgspec.json.decode(path.read_bytes(), type=Rehearsal)
        except (OSError, msgspec.DecodeError) as error:
            raise RehearseError(
                f"The rehearsal {self.id} cannot be read: {path} is missing or damaged.",
                f"Its sound may still be whole: rehearse score {self.recording}",
            ) from error

    def delete(self) -> None:
        """Remove all of it, the sound too. Once begun, it is never listed again."""
        gone = self.path.with_name(f".deleted-{self.id}")
        try:
            self.path.rename(gone)
            shutil.rmtree(gone)
        except OSError as error:
            raise RehearseError(
                f"{self.path} cannot be removed: {error.strerror}.",
                "Close other programs that use it and try again.",
            ) from error

    def journal(self) -> Journal:
        with _explained(self.path):
            return Journal((self.path / EVENTS).open("a", encoding="utf-8"))

    def events(self) -> list[dict[str, Any]]:
        """The events kept, oldest first. A line broken off by a crash is left out."""
        events = []
        path = self.path / EVENTS
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            try:
                events.append(json.loads(line))
            except ValueError:
                break
        return events


class Journal:
    """Writes each event down at once, so that a killed call can be pieced together."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def __call__(self, event: Event) -> None:
        if isinstance(event, Listening | HeardSoFar):
            return
        entry = {"event": type(event).__name__, **dataclasses.asdict(event)}
        self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        self._file.close()


class Store:
    """All rehearsals under one home folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._rehearsals = home / "rehearsals"

    def new(self, now: datetime) -> RehearsalFolder:
        """A folder for a rehearsal that begins `now` (local time)."""
        with _explained(self._rehearsals):
            self._rehearsals.mkdir(parents=True, exist_ok=True)
            for attempt in range(1, 1000):
                suffix = "" if attempt == 1 else f"-{attempt}"
                path = self._rehearsals / f"{now:%Y%m%d-%H%M%S}{suffix}"
                try:
                    path.mkdir()
                except FileExistsError:
                    continue
                return RehearsalFolder(path)
        raise RehearseError(f"No room for another rehearsal in {self._rehearsals}.", "Try again.")

    def folders(self) -> list[RehearsalFolder]:
        """Newest first."""
        if not self._rehearsals.is_dir():
            return []
        paths = (
            path
            for path in self._rehearsals.iterdir()
            if path.is_dir() and not path.name.startswith(".")
        )
        return [RehearsalFolder(path) for path in sorted(paths, reverse=True)]

    def folder(self, rehearsal_id: str) -> RehearsalFolder:
        """The rehearsal with exactly this id. Raises RehearseError; never leaves the home."""
        path = self._rehearsals / rehearsal_id
        if not self.has(rehearsal_id):
            raise RehearseError(
                "There is no such rehearsal.", "It may have been deleted; the list shows all."
            )
        return RehearsalFolder(path)

    def has(self, rehearsal_id: str) -> bool:
        """Whether a rehearsal with exactly this id is kept."""
        return bool(_ID.fullmatch(rehearsal_id)) and (self._rehearsals / rehearsal_id).is_dir()

    def summaries(self) -> list[Summary]:
        """A row for every rehearsal, newest first; only those changed since are read again."""
        known = self._index()
        rows: dict[str, _IndexEntry] = {}
        changed = False
        for rehearsal_id in self._ids():
            stamp = _stamp(self._rehearsals / rehearsal_id / REHEARSAL)
            entry = known.get(rehearsal_id)
            if entry is None or entry.stamp != stamp:
                changed = True
                entry = _IndexEntry(stamp, self._summary(rehearsal_id))
            rows[rehearsal_id] = entry
        if changed or len(rows) != len(known):
            self._keep_index(rows)
        return [entry.summary for entry in rows.values()]

    def _ids(self) -> list[str]:
        try:
            with os.scandir(self._rehearsals) as entries:
                return sorted((e.name for e in entries if _ID.fullmatch(e.name)), reverse=True)
        except FileNotFoundError:
            return []

    def _summary(self, rehearsal_id: str) -> Summary:
        try:
            return summary_of(RehearsalFolder(self._rehearsals / rehearsal_id).load())
        except RehearseError:
            return Summary(rehearsal_id, damaged=True)

    def _index(self) -> dict[str, _IndexEntry]:
        try:
            index = msgspec.json.decode((self.home / INDEX).read_bytes(), type=_Index)
        except (OSError, msgspec.DecodeError):
            return {}
        return index.entries if index.format == INDEX_FORMAT else {}

    def _keep_index(self, entries: dict[str, _IndexEntry]) -> None:
        new = self.home / f"{INDEX}.{os.getpid()}.new"
        try:
            new.write_bytes(msgspec.json.encode(_Index(INDEX_FORMAT, entries)))
            new.replace(self.home / INDEX)
        except OSError:
            new.unlink(missing_ok=True)  # the index only saves time

    def find(self, rehearsal_id: str | None) -> RehearsalFolder:
        """The rehearsal with this id, or a part of it that only one has; None: the newest."""
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
        """The rehearsal whose sound `recording` is, None for any other file."""
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


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


class _explained:
    """Turns an OSError into a sentence with the path and a remedy."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise RehearseError(
                f"{self._path} cannot be written: {error.strerror}.",
                "Choose another folder with --home or REHEARSE_HOME, or free some space.",
            ) from error


def rehearsals(store: Store) -> Iterator[tuple[RehearsalFolder, Rehearsal | None]]:
    """Every rehearsal kept, newest first; None where it was never finished or is damaged."""
    for folder in store.folders():
        try:
            yield folder, folder.load()
        except RehearseError:
            yield folder, None


def rehearsals_before(store: Store, rehearsal_id: str) -> Iterator[Rehearsal]:
    """The readable rehearsals that began before the one with this id, newest first."""
    for folder in store.folders():
        if folder.id < rehearsal_id:
            with contextlib.suppress(RehearseError):
                yield folder.load()

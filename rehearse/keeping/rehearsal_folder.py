"""RehearsalFolder: one rehearsal on disk.

<home>/rehearsals/<id>/call.wav       both sides, candidate left, manager right
                      events.jsonl    the events, one a line, written as they happen
                      rehearsal.json  everything else, replaced in one step

No other file knows this layout.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import filelock
import msgspec

from rehearse.errors import RehearseError
from rehearse.files_in_use import when_free
from rehearse.keeping.index import Index
from rehearse.keeping.journal import Journal, read_events
from rehearse.keeping.private import (
    NOT_THROUGH_LINKS,
    explained,
    forget_spoken_lines,
    made_again,
    replace_private,
)
from rehearse.keeping.rehearsal import EarlierNames, Rehearsal, Versions
from rehearse.keeping.summary import Summary, instant_s
from rehearse.keeping.validation import checked
from rehearse.preparing.call_sheet import CallSheet

RECORDING = "call.wav"
EVENTS = "events.jsonl"
REHEARSAL = "rehearsal.json"
DELETED = ".deleted-"
"""Begins the name of a folder whose deletion has begun."""
LONGEST_SCORING_S = 30.0
"""For another program that scores the same rehearsal, which takes about 2 s per minute of talk."""
_CHANGING = ".changing"
_HELD = ".held"
_SCORING = ".scoring"


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
        data = msgspec.json.format(msgspec.json.encode(rehearsal), indent=1)
        replace_private(self.path / REHEARSAL, data.decode(), durable=True)

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

    def begin_again(self, version: str, processing: tuple[str, ...] = ()) -> Rehearsal:
        """Replace an unreadable file by one that holds only the start time of the call and what
        the browser did to its sound, so that its sound and events can be scored; the damaged file
        stays beside it."""
        with explained(self.path), contextlib.suppress(FileNotFoundError):
            damaged = self.path / f"{REHEARSAL}.damaged"
            when_free(lambda: (self.path / REHEARSAL).replace(damaged))
        began = datetime.fromtimestamp(instant_s(Summary(self.id)) or self.path.stat().st_mtime)
        rehearsal = Rehearsal(
            id=self.id,
            started_at=began.astimezone().isoformat(timespec="seconds"),
            scenario="",
            seed=0,
            sheet=CallSheet(),
            versions=Versions(version),
            processing=processing,
        )
        self.save(rehearsal)
        return rehearsal

    def delete(self) -> None:
        """Remove all of it, also the sound, its row in the index and the manager's spoken lines.
        Once deletion has begun, the rehearsal is never listed again. Raises RehearseError during
        its call."""
        gone = self.path.with_name(f"{DELETED}{self.id}")
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
        home = self.path.parent.parent
        Index(home).forget(self.id)
        forget_spoken_lines(home)

    def held(self) -> contextlib.AbstractContextManager[None]:
        """During its call a rehearsal cannot be deleted."""
        return self._locked(_HELD, timeout_s=0)

    @contextlib.contextmanager
    def scoring(self) -> Iterator[None]:
        """Hold this from loading the words to saving their new score: who comes second loads what
        the first has saved, and nobody's words are lost. Raises RehearseError during the call, and
        if another program does not finish."""
        with self._locked(_HELD, timeout_s=0):
            pass  # no call is held in it
        with self._locked(
            _SCORING,
            timeout_s=LONGEST_SCORING_S,
            in_use=RehearseError(
                f"Another rehearse is still scoring {self.id}, so nothing was changed.",
                "Wait until it is done, and try again.",
            ),
        ):
            yield

    def journal(self) -> Journal:
        return Journal(self.path / EVENTS)

    def events(self) -> list[dict[str, Any]]:
        """The stored events, oldest first. Damaged lines are left out."""
        return read_events(self.path / EVENTS)

    @contextlib.contextmanager
    def _locked(
        self, name: str, timeout_s: float, in_use: RehearseError | None = None
    ) -> Iterator[None]:
        """Raises `in_use` if another program has the lock for so long."""
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
                raise in_use or RehearseError(
                    f"The rehearsal {self.id} is in use by another rehearse.",
                    "Wait until it is done, or end that call, and try again.",
                ) from error
        try:
            yield
        finally:
            lock.release()


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _remove(folder: Path) -> None:
    """All of `folder`, which another program that lists the rehearsals may be removing, too."""
    while folder.exists():
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(folder)

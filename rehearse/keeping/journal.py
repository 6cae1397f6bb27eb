"""Journal: the events of a call on disk."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from rehearse.calling import events as kinds
from rehearse.calling.events import Event, Listening, UnderstoodSoFar
from rehearse.keeping.private import NOT_THROUGH_LINKS, explained, is_gone, made_again, open_private

_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        kinds.Ringing, kinds.Answered, kinds.ManagerSaid, kinds.NotPhrased, kinds.ManagerStopped,
        kinds.Beeped, kinds.TurnBegan, kinds.TurnEnded, kinds.CandidateSaid, kinds.LineTrouble,
        kinds.LineRestored, kinds.HungUp, kinds.SoundLost, kinds.SoundProcessed,
    )
}  # fmt: skip
_LATEST_S = 1e6
"""A later time is damage: a call lasts an hour at most."""


class Journal:
    """Writes each event to disk at once, so that a killed call can be pieced together.

    Raises RehearseError when the disk is full. If somebody deletes the file during the call, or
    moves it away, it is written again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: list[str] = []
        with explained(path):
            self._file = self._opened()

    def __call__(self, event: Event) -> None:
        if isinstance(event, Listening | UnderstoodSoFar):
            return
        entry = {"event": type(event).__name__, **dataclasses.asdict(event)}
        line = json.dumps(entry) + "\n"  # ASCII: whatever was said, a line is a line
        self._lines.append(line)
        with explained(self._path):
            if not self._written_again():
                self._file.write(line)
                self._file.flush()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._written_again()
        with contextlib.suppress(OSError):
            self._file.close()

    def _written_again(self) -> bool:
        """Whether the file was gone, so that all lines were written to a new one."""
        if not is_gone(self._file, self._path):
            return False
        old, self._file = self._file, made_again(self._path, self._opened)
        with contextlib.suppress(OSError):
            old.close()
        self._file.writelines(self._lines)
        self._file.flush()
        return True

    def _opened(self) -> IO[str]:
        return open_private(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_TRUNC)


def read_events(path: Path) -> list[dict[str, Any]]:
    """The stored events, oldest first; damaged lines and unknown kinds are left out.

    Each event has the fields of its kind, with the right types and with times that a call can have.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | NOT_THROUGH_LINKS), "rb") as file:
            data = file.read()
    except OSError:
        return []
    # Only this byte ends a line: earlier versions wrote other line separators inside one.
    return list(_valid(data.split(b"\n")))


def _valid(lines: list[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            entry = msgspec.json.decode(line, type=dict[str, Any])
            kind = _KINDS[entry["event"]]
            event = msgspec.convert({k: v for k, v in entry.items() if k != "event"}, kind)
        except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, TypeError, RecursionError):
            continue
        fields = dataclasses.asdict(event)
        times = [value for name, value in fields.items() if name.endswith("_s")]
        if all(0 <= time_s <= _LATEST_S for time_s in times):
            yield {"event": kind.__name__, **fields}

"""Saved sheets: call sheets on disk, one file each.

The job ad and the notes that a sheet started from lie beside it, as NAME.txt.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rehearse.errors import RehearseError
from rehearse.files_in_use import when_free
from rehearse.preparing.call_sheet import CallSheet, parse_call_sheet, sheet_toml
from rehearse.preparing.toml_file import is_file, read_bytes

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)
"""Names of devices on Windows, which no file can have; refused everywhere, since a home folder may
move to another computer."""


@dataclass(frozen=True)
class Sheets:
    """The folder of call sheets under `home`. The last sheet is the one changed last; the last one
    with a way is the default of a call."""

    home: Path

    @property
    def folder(self) -> Path:
        return self.home / "sheets"

    def path(self, name: str) -> Path:
        """The path of the sheet with this name. Raises RehearseError for an invalid name."""
        if not re.fullmatch(r"[\w-]{1,60}", name):
            raise RehearseError(
                f"{name!r} cannot be the name of a call sheet.",
                "Use letters, digits, - and _ only, 60 at most.",
            )
        return self.folder / f"{name}.toml"

    def names(self) -> list[str]:
        """All names, the last sheet first."""
        if not self.folder.is_dir():
            return []
        files = [
            (path.stat().st_mtime_ns, path.stem)
            for path in self.folder.glob("*.toml")
            if not path.is_symlink()  # it leads out of the home folder
        ]
        return [name for _, name in sorted(files, reverse=True)]

    @property
    def default(self) -> str | None:
        """The sheet that a call takes unasked; None if no sheet has a way."""
        return next((name for name in self.names() if not self.is_started(name)), None)

    def is_started(self, name: str) -> bool:
        """Whether the sheet has no way yet. One that cannot be read has: it is for its problems to
        be seen, not passed over."""
        try:
            return not self.load(name).ways
        except RehearseError:
            return False

    def load(self, wanted: str) -> CallSheet:
        """A sheet by its name, or by the path of a file. Raises RehearseError."""
        if wanted in self.names():
            path = self.path(wanted)
            return parse_call_sheet(read_bytes(path), str(path))
        if "/" in wanted or wanted.endswith(".toml") or is_file(wanted):
            return parse_call_sheet(read_bytes(Path(wanted)), wanted)
        raise RehearseError(
            f"There is no call sheet called {wanted!r}.",
            f"'rehearse prep --list' shows them; 'rehearse prep {wanted}' writes one.",
        )

    def save(self, name: str, sheet: CallSheet) -> Path:
        """Save the sheet, all or nothing; it becomes the last one. Raises RehearseError, also for a
        sheet that could not be read again."""
        path = self.path(name)
        if name not in self.names():
            self._check_free(name)
        text = sheet_toml(sheet)
        parse_call_sheet(text, name)
        new = path.with_suffix(".new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            new.write_text(text, encoding="utf-8")
            when_free(lambda: new.replace(path))
        except OSError as error:
            raise _unwritable(path, error) from error
        return path

    def check_writable(self) -> None:
        """Raises RehearseError if no sheet can be saved."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=self.folder).close()
        except OSError as error:
            raise _unwritable(self.folder, error) from error

    def ad(self, name: str) -> str:
        """The job ad and notes saved with the sheet, "" if there are none."""
        try:
            if self._ad_path(name).is_symlink():
                return ""
            return self._ad_path(name).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise _not("read", self._ad_path(name), error) from error

    def keep_ad(self, name: str, text: str) -> None:
        """Save the job ad and notes with the sheet; "" removes them. Raises RehearseError."""
        path = self._ad_path(name)
        try:
            if text.strip():
                self.folder.mkdir(parents=True, exist_ok=True)
                if path.is_symlink():
                    path.unlink()
                path.write_text(text.strip() + "\n", encoding="utf-8")
            else:
                when_free(lambda: path.unlink(missing_ok=True))
        except OSError as error:
            raise _not("written", path, error) from error

    def rename(self, name: str, new_name: str) -> None:
        """Rename the sheet and its ad. Raises RehearseError if the name is taken."""
        self._check_free(new_name, renamed=name)
        try:
            when_free(lambda: self.path(name).rename(self.path(new_name)))
            if self._ad_path(name).exists():
                when_free(lambda: self._ad_path(name).rename(self._ad_path(new_name)))
        except OSError as error:
            raise _not("renamed", self.path(name), error) from error

    def duplicate(self, name: str) -> str:
        """Copy the sheet, without notes on real calls, and return the name of the copy."""
        new_name = self.free_name(name)
        self.save(new_name, dataclasses.replace(self.load(name), real_calls=()))
        self.keep_ad(new_name, self.ad(name))
        return new_name

    def free_name(self, wanted: str) -> str:
        """`wanted`, with a number appended if that name is taken."""
        taken = {name.casefold() for name in self.names()} | _RESERVED
        if wanted.casefold() not in taken:
            return wanted
        stem = re.sub(r"-\d+$", "", wanted)[:56]
        return next(
            name
            for count in itertools.count(2)
            if (name := f"{stem}-{count}").casefold() not in taken
        )

    def delete(self, name: str) -> None:
        """Delete the sheet and its ad; rehearsals held with it keep their copy."""
        path = self.path(name)
        try:
            when_free(path.unlink)
            when_free(lambda: self._ad_path(name).unlink(missing_ok=True))
        except OSError as error:
            raise _not("removed", path, error) from error

    def _ad_path(self, name: str) -> Path:
        return self.path(name).with_suffix(".txt")

    def _check_free(self, name: str, renamed: str = "") -> None:
        """Raises RehearseError if no sheet can get this name. The sheet `renamed` may change the
        case of its letters."""
        if name.casefold() in _RESERVED:
            raise RehearseError(
                f"A call sheet cannot be called {name!r}: Windows keeps this name for itself.",
                "Add a word to it.",
            )
        taken = {
            other.casefold(): other for other in self.names() if other != renamed or renamed == name
        }
        if (other := taken.get(name.casefold())) is not None:
            raise RehearseError(
                f"There is a call sheet called {other!r} already.",
                "Give this one another name, or change that one.",
            )


def _unwritable(path: Path, error: OSError) -> RehearseError:
    return RehearseError(
        f"{path} cannot be written: {error.strerror}.",
        "Choose another folder with --home or REHEARSE_HOME, or free some space.",
    )


def _not(done: str, path: Path, error: OSError) -> RehearseError:
    return RehearseError(
        f"{path} cannot be {done}: {error.strerror}.",
        "Close other programs that use it and try again.",
    )


def name_for(sheet: CallSheet) -> str:
    """The name for a sheet: its company, else its manager, else its job."""
    words = sheet.company or sheet.manager or sheet.job
    name = re.sub(r"\W+", "-", words.lower()).strip("-_")[:40] or "my-call"
    return f"{name}-call" if name in _RESERVED else name


def one_line(text: str) -> str:
    """Typed text on one line, without stray spaces and line ends."""
    return " ".join(text.split())

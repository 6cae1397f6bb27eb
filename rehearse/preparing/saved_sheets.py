"""Sheets: the call sheets kept, one file each, <home>/sheets/NAME.toml; the last is the default."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rehearse.errors import RehearseError
from rehearse.preparing.call_sheet import CallSheet, parse_call_sheet, sheet_toml
from rehearse.preparing.toml_file import read_bytes


@dataclass(frozen=True)
class Sheets:
    """The folder of call sheets under `home`. The last one is the one changed last."""

    home: Path

    @property
    def folder(self) -> Path:
        return self.home / "sheets"

    def path(self, name: str) -> Path:
        """Where the sheet of this name is, or would be. Raises RehearseError for an odd name."""
        if not re.fullmatch(r"[\w-]{1,60}", name):
            raise RehearseError(
                f"{name!r} cannot be the name of a call sheet.",
                "Use letters, digits, - and _ only, 60 at most.",
            )
        return self.folder / f"{name}.toml"

    def names(self) -> list[str]:
        """The last one first."""
        if not self.folder.is_dir():
            return []
        files = [(path.stat().st_mtime_ns, path.stem) for path in self.folder.glob("*.toml")]
        return [name for _, name in sorted(files, reverse=True)]

    def load(self, wanted: str) -> CallSheet:
        """A sheet by its name, or by the path of a file. Raises RehearseError."""
        if wanted in self.names():
            path = self.path(wanted)
            return parse_call_sheet(read_bytes(path), str(path))
        if "/" in wanted or wanted.endswith(".toml") or Path(wanted).is_file():
            return parse_call_sheet(read_bytes(Path(wanted)), wanted)
        raise RehearseError(
            f"There is no call sheet called {wanted!r}.",
            f"'rehearse prep --list' shows them; 'rehearse prep {wanted}' writes one.",
        )

    def save(self, name: str, sheet: CallSheet) -> Path:
        """Keep the sheet, all or nothing; it becomes the default. Raises RehearseError, also for
        what could not be read again."""
        path = self.path(name)
        text = sheet_toml(sheet)
        parse_call_sheet(text, name)
        new = path.with_suffix(".new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new.write_text(text, encoding="utf-8")
            new.replace(path)
        except OSError as error:
            raise RehearseError(
                f"{path} cannot be written: {error.strerror}.",
                "Choose another folder with --home or REHEARSE_HOME, or free some space.",
            ) from error
        return path

    def delete(self, name: str) -> None:
        """Remove the sheet; rehearsals held with it keep what it said."""
        path = self.path(name)
        try:
            path.unlink()
        except OSError as error:
            raise RehearseError(
                f"{path} cannot be removed: {error.strerror}.",
                "Close other programs that use it and try again.",
            ) from error


def name_for(company: str) -> str:
    """The name a sheet gets when nobody names it."""
    return re.sub(r"\W+", "-", company.lower()).strip("-_")[:40] or "sheet"


def one_line(text: str) -> str:
    """What was typed, without the spaces and line ends that came along."""
    return " ".join(text.split())

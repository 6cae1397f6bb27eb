"""Sheets: the call sheets kept, one file each, <home>/sheets/NAME.toml; the last is the default."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rehearse.call_sheet import CallSheet, parse_call_sheet, sheet_toml
from rehearse.errors import RehearseError
from rehearse.toml_file import read_bytes


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
        """Keep the sheet, all or nothing; it becomes the default."""
        path = self.path(name)
        new = path.with_suffix(".new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new.write_text(sheet_toml(sheet), encoding="utf-8")
            new.replace(path)
        except OSError as error:
            raise RehearseError(
                f"{path} cannot be written: {error.strerror}.",
                "Choose another folder with --home or REHEARSE_HOME, or free some space.",
            ) from error
        return path

"""Class plan: recordings with their people and call sheets."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rehearse.errors import RehearseError
from rehearse.preparing.call_sheet import CallSheet
from rehearse.preparing.toml_file import is_file
from rehearse.rehearsing.csv_table import CsvTable

RECORDINGS = frozenset({
    ".3gp", ".aac", ".aif", ".aiff", ".amr", ".caf", ".flac", ".m4a", ".m4b", ".mka", ".mkv",
    ".mov", ".mp3", ".mp4", ".oga", ".ogg", ".opus", ".wav", ".webm", ".wma",
})  # fmt: skip
TEXTS = frozenset({".txt"})


@dataclass(frozen=True)
class Entry:
    """One recording or typed pitch. `file` is its name relative to the folder or the CSV."""

    person: str
    file: str
    path: Path
    sheet: CallSheet


@dataclass(frozen=True)
class Plan:
    """`left_out`: how many files the folder has with each other suffix, or lines without a file."""

    entries: tuple[Entry, ...]
    left_out: tuple[tuple[str, int], ...] = ()


def plan_of_folder(folder: Path, results: Path) -> Plan:
    """Every recording and typed pitch under `folder`, by name, except what lies in `results`.

    A text beside a recording of the same name is its transcript and is left out. Raises
    RehearseError if there is nothing to score.
    """
    found: list[Path] = []
    left_out: Counter[str] = Counter()
    for top, folders, names in os.walk(folder):
        here = Path(top)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and (here / name).resolve() != results.resolve()
        )
        recorded = {Path(name).stem for name in names if _ending(name) in RECORDINGS}
        for name in names:
            if name.startswith("."):
                continue
            is_text = _ending(name) in TEXTS
            if _ending(name) in RECORDINGS or (is_text and Path(name).stem not in recorded):
                found.append(here / name)
            else:
                left_out[_ending(name) or name] += 1
    if not found:
        raise RehearseError(
            f"{folder} holds no recordings and no .txt files.",
            "Name the folder in which the recordings are, or a CSV file that lists them.",
        )
    relative = sorted((path.relative_to(folder) for path in found), key=_natural)
    entries = tuple(
        Entry(
            _composed(_readable(path.with_suffix(""))), _readable(path), folder / path, CallSheet()
        )
        for path in relative
    )
    return Plan(entries, tuple(sorted(left_out.items())))


def plan_of_csv(path: Path, load_sheet: Callable[[str], CallSheet]) -> Plan:
    """The rows of a table with the columns `person`, `file` and, optionally, `sheet`.

    Files and sheets are looked for beside the table; `load_sheet` also knows sheets by name.
    Raises RehearseError for a table that cannot be read, naming the line.
    """
    rows = CsvTable(path)
    columns = {_column(name): name for name in rows.columns}
    if not {"person", "file"} <= columns.keys():
        has = f" It has: {', '.join(rows.columns)}." if rows.columns else ""
        raise RehearseError(
            f"{path} has no columns 'person' and 'file'.{has}",
            "Its first line names the columns: person,file,sheet (sheet may be left out).",
        )
    sheets: dict[str, CallSheet] = {"": CallSheet()}
    entries = []
    without_file = 0
    for row in rows:
        file = row[columns["file"]].strip()
        if not file:
            without_file += any(cell.strip() for cell in row.values())
            continue
        wanted = row.get(columns.get("sheet", ""), "").strip()
        if wanted not in sheets:
            beside = path.parent / wanted
            try:
                sheets[wanted] = load_sheet(str(beside) if is_file(beside) else wanted)
            except RehearseError as error:
                raise RehearseError(f"{rows.place}: {error.problem}", error.remedy) from error
        person = _composed(" ".join(row[columns["person"]].split()) or Path(file).stem)
        entries.append(Entry(person, file, path.parent / file, sheets[wanted]))
    if not entries:
        raise RehearseError(f"{path} lists no files.", "Write one line for each recording.")
    return Plan(tuple(entries), (("without a file", without_file),) if without_file else ())


def content_sha256(path: Path) -> str:
    """Raises OSError, also for what is no file: reading from a pipe may never end."""
    try:
        mode = path.stat().st_mode
    except ValueError as error:  # a zero byte in its name
        raise OSError(errno.EINVAL, "no file can have this name") from error
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
        raise OSError(errno.EINVAL, f"it is {what}, not a file")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _readable(path: Path) -> str:
    """Its name in UTF-8, also where an archive from another system wrote it in something else."""
    return path.as_posix().encode("utf-8", "replace").decode()


def _composed(name: str) -> str:
    """With é as one character: macOS names files with e and an accent."""
    return unicodedata.normalize("NFC", name)


def _ending(name: str) -> str:
    return Path(name).suffix.lower()


def _column(name: str) -> str:
    plain = re.sub(r"[\s_-]+", " ", name.strip().lower())
    return "sheet" if plain == "call sheet" else plain


def _natural(path: Path) -> list[tuple[int, int, str]]:
    """Sort key that orders numbers in names by value: memo-2 before memo-10."""
    pieces = re.split(r"(\d+)", path.as_posix().lower())
    return [(0, int(one), "") if one.isdecimal() else (1, 0, one) for one in pieces]

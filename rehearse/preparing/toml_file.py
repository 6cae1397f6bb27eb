"""TomlFile: reports every problem in a TOML text."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rehearse.errors import RehearseError
from rehearse.preparing.toml_lines import key_lines

MOST_BYTES = 1_000_000
LONGEST_TEXT = 2_000
"""Characters in one value: more is not a line that anybody speaks."""
_MOST_PROBLEMS = 30
_SYNTAX_ERRORS = 10
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def read_bytes(path: Path) -> bytes:
    """The bytes of a text file of ours. Raises RehearseError: missing, a folder, too big."""
    remedy = "Check the name and the folder."
    if "\0" in str(path):
        raise RehearseError("No file has a name with a zero byte.", remedy)
    try:
        if path.is_dir():
            raise RehearseError(f"{path} is a folder, not a file.", remedy)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise RehearseError(f"{path} cannot be read: {error.strerror}.", remedy) from error
    if len(data) > MOST_BYTES:
        raise RehearseError(
            f"{path} is larger than {MOST_BYTES // 1_000_000} MB.",
            "It is not a file of this program; name another.",
        )
    return data


def is_file(path: str | Path) -> bool:
    """Whether there is such a file; False also for a name that no file can have."""
    try:
        return Path(path).is_file()
    except OSError:
        return False


class TomlFile:
    """A TOML text that collects what is wrong with it; `raise_problems` reports all at once."""

    def __init__(self, data: bytes | str, what: str, source: str) -> None:
        """The error names `what` the text should be ("scenario") and its `source`."""
        self._what = what
        self._source = source
        self._problems: set[tuple[int, str]] = set()
        text = self._decoded(data) if isinstance(data, bytes) else data
        self._lines: Mapping[tuple[str | int, ...], int] = {}
        table, text = self._parsed(text.replace("\r\n", "\n"))
        self.is_whole = not self._problems
        if table:
            self._lines = key_lines(text)
        self.top = Section(self, (), table)

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """The line (from 1) of a key or list item; if unknown, the line of what contains it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def problem(self, what: str, path: tuple[str | int, ...]) -> None:
        self._problems.add((self.line_of(path), what))

    def raise_problems(self, remedy: str) -> None:
        """Raise a RehearseError that lists every problem, if there is any."""
        if not self._problems:
            return
        found = sorted(self._problems)
        listed = [f"  line {line}: {what}" for line, what in found[:_MOST_PROBLEMS]]
        if len(found) > _MOST_PROBLEMS:
            listed.append(f"  ... and {len(found) - _MOST_PROBLEMS} more")
        count = "a problem" if len(found) == 1 else f"{len(found)} problems"
        raise RehearseError(
            "\n".join([f"The {self._what} {self._source} has {count}:", *listed]), remedy
        )

    def _decoded(self, data: bytes) -> str:
        for number, line in enumerate(data.split(b"\n"), start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                self._problems.add((number, "this is not UTF-8 text; save the file as UTF-8"))
        return data.decode(errors="replace").removeprefix("\ufeff")

    def _parsed(self, text: str) -> tuple[dict[str, Any], str]:
        """The table, and the text without the lines that are not TOML."""
        lines = text.split("\n")
        for _ in range(_SYNTAX_ERRORS):
            try:
                return tomllib.loads("\n".join(lines)), "\n".join(lines)
            except RecursionError:
                self._problems.add((1, "lists are nested too deeply"))
                break
            except tomllib.TOMLDecodeError as error:
                place = _AT_LINE.search(str(error))
                number = int(place[1]) if place else len(lines)
                what = _AT_LINE.sub("", str(error)).replace(" (at end of document)", "")
                self._problems.add((number, f"this is not TOML: {what}"))
                if not place or not lines[number - 1]:
                    break
                lines[number - 1] = ""
            except ValueError:  # Python reads no integer of thousands of digits
                self._problems.add((1, "a number is too long"))
                break
        return {}, ""


class Section:
    """One table of a TomlFile. Each getter records problems and returns a harmless value."""

    def __init__(
        self, file: TomlFile, path: tuple[str | int, ...], table: Mapping[str, Any]
    ) -> None:
        self._file = file
        self._path = path
        self._table = table
        self._known: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        value = self._value(key, required=required)
        if value is None:
            return default
        if not isinstance(value, str):
            self.problem(f"{self._named(key)} must be text in quotes, not {_kind(value)}", key)
            return default
        return self._short_enough(value, key)

    def texts(
        self, key: str, *, required: bool = False, may_be_blank: bool = False
    ) -> tuple[str, ...]:
        """A list of texts; each problem is reported at its own line.

        `may_be_blank`: the list and its texts may be empty.
        """
        value = self._value(key, required=required)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.problem(f"{self._named(key)} must be a list of texts, not {_kind(value)}", key)
            return ()
        if not value and not may_be_blank:
            self.problem(f"{self._named(key)} is empty", key)
        found = []
        for index, item in enumerate(value):
            if not isinstance(item, str):
                self.problem(
                    f"{self._named(key)} must hold texts in quotes, not {_kind(item)}", key, index
                )
            elif not item.strip() and not may_be_blank:
                self.problem(f"{self._named(key)} has an empty text", key, index)
            else:
                found.append(self._short_enough(item, key, index))
        return tuple(found)

    def number(self, key: str, default: float | None, low: float, high: float) -> float | None:
        """A number from `low` to `high`."""
        value = self._value(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.problem(f"{self._named(key)} must be a number, not {_kind(value)}", key)
        elif not low <= value <= high:
            self.problem(f"{self._named(key)} must be from {low:g} to {high:g}", key)
        else:
            return value
        return default

    def section(self, key: str, *, required: bool = False) -> Section:
        value = self._value(key, required=required)
        if value is not None and not isinstance(value, dict):
            self.problem(f"{self._named(key)} must be a section [{key}], not {_kind(value)}", key)
            value = None
        return Section(self._file, (*self._path, key), value or {})

    def sections(self, key: str) -> list[Section]:
        value = self._value(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.problem(f"{self._named(key)} must be sections [[{key}]]", key)
            return []
        path = (*self._path, key)
        return [Section(self._file, (*path, index), item) for index, item in enumerate(value)]

    def no_more_keys(self, known: tuple[str, ...] = ()) -> None:
        """Report every key that no getter read and that is not in `known`."""
        names = sorted(self._known | set(known))
        for key in self._table:
            if key not in names:
                near = difflib.get_close_matches(key, names, 1)
                hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(names)}"
                self.problem(f"unknown key {self._named(_shown(key))}{hint}", key)

    def problem(self, what: str, *path: str | int) -> None:
        self._file.problem(what, (*self._path, *path))

    def _value(self, key: str, *, required: bool = False) -> Any:
        self._known.add(key)
        value = self._table.get(key)
        # A line that was not TOML may have been this one.
        if value is None and required and self._file.is_whole:
            self.problem(f"{self._named(key)} is missing")
        return value

    def _named(self, key: str) -> str:
        return ".".join(str(part) for part in (*self._path, key) if isinstance(part, str))

    def _short_enough(self, value: str, *path: str | int) -> str:
        if len(value) > LONGEST_TEXT:
            name = self._named(str(path[0]))
            self.problem(f"{name} is longer than {LONGEST_TEXT} characters", *path)
        return value


def _shown(key: str) -> str:
    return key if len(key) <= 40 else f"{key[:40]}..."


def _kind(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case dict():
            return "a section"
    return "a date or time"

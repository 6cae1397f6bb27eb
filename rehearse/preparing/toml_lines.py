"""TOML lines: the line of each key and value."""

from __future__ import annotations

import re
import tomllib
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""
    (?P<skip> [ \t]+ | \#[^\n]* )
  | (?P<newline> \n )
  | (?P<string> \"{3} (?: \\. | [^\\] )*? \"{3,5} (?!\") | '{3} .*? '{3,5} (?!')
             | \" (?: \\. | [^"\\] )* \" | ' [^']* ' )
  | (?P<mark> [\[\]{}=,.] )
  | (?P<bare> [^\s\[\]{}=,.\#"']+ )
    """,
    re.VERBOSE | re.DOTALL,
)


def key_lines(text: str) -> dict[Path, int]:
    """Line (from 1) of every key and list item, by its path from the top of valid TOML `text`."""
    return _Reader(text).read()


class _Reader:
    """Walks over valid TOML: distinguishes keys, headers and brackets, and skips values."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str, int]] = []
        line = 1
        for match in _TOKEN.finditer(text):
            kind = match.lastgroup or "skip"
            if kind != "skip":
                self._tokens.append((kind, match[0], line))
            line += match[0].count("\n")
        self._tokens.append(("end", "", line))
        self._at = 0
        self._lines: dict[Path, int] = {}
        self._tables: dict[Path, int] = {}

    def read(self) -> dict[Path, int]:
        section: Path = ()
        while self._kind != "end":
            if self._kind == "newline":
                self._next()
            elif self._text == "[":
                section = self._header()
            else:
                self._pair(section)
        return self._lines

    @property
    def _kind(self) -> str:
        return self._tokens[self._at][0]

    @property
    def _text(self) -> str:
        return self._tokens[self._at][1]

    def _next(self) -> None:
        if self._kind != "end":
            self._at += 1

    def _note(self, path: Path) -> None:
        self._lines.setdefault(path, self._tokens[self._at][2])

    def _header(self) -> Path:
        self._next()
        is_list = self._text == "["
        if is_list:
            self._next()
        start = self._at
        keys = self._keys()
        while self._kind not in ("newline", "end"):
            self._next()
        path: Path = ()
        for key in keys[:-1]:
            path = self._latest((*path, key))
        path = (*path, keys[-1])
        if is_list:
            self._tables[path] = self._tables.get(path, -1) + 1
            path = (*path, self._tables[path])
        self._lines.setdefault(path[: len(keys)], self._tokens[start][2])
        self._lines[path] = self._tokens[start][2]
        return path

    def _latest(self, path: Path) -> Path:
        """A header under a list of tables belongs to the list's last table so far."""
        return (*path, self._tables[path]) if path in self._tables else path

    def _keys(self) -> list[str]:
        keys = []
        while self._kind in ("bare", "string"):
            keys.append(self._text if self._kind == "bare" else _unquoted(self._text))
            self._next()
            if self._text == ".":
                self._next()
        return keys

    def _pair(self, section: Path) -> None:
        start = self._at
        path = section
        for key in self._keys():
            path = (*path, key)
            self._lines.setdefault(path, self._tokens[start][2])
        self._next()  # the sign =
        self._value(path)

    def _value(self, path: Path) -> None:
        self._note(path)
        if self._text == "[" and self._kind == "mark":
            self._list(path)
        elif self._text == "{" and self._kind == "mark":
            self._inline_table(path)
        else:
            while not (self._kind in ("newline", "end") or self._closes()):
                self._next()

    def _closes(self) -> bool:
        return self._kind == "mark" and self._text in ",]}"

    def _list(self, path: Path) -> None:
        self._next()
        index = 0
        while self._kind != "end":
            if self._kind == "newline" or (self._kind == "mark" and self._text == ","):
                self._next()
            elif self._kind == "mark" and self._text == "]":
                self._next()
                return
            else:
                self._value((*path, index))
                index += 1

    def _inline_table(self, path: Path) -> None:
        self._next()
        while self._kind != "end":
            if self._kind == "mark" and self._text == "}":
                self._next()
                return
            if self._kind == "newline" or self._text == ",":
                self._next()
            else:
                self._pair(path)


def _unquoted(key: str) -> str:
    return str(tomllib.loads(f"key = {key}")["key"])

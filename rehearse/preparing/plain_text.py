"""Plain text: a text file read without losing a letter."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

LINES_NAMED = 3
_STRAY = re.compile("[\udc80-\udcff]")
"""A byte that is not UTF-8, as Python's surrogateescape keeps it."""


@dataclass(frozen=True)
class PlainText:
    """`strays`: the line (from 1) and the letter of each byte that is not UTF-8 like the rest;
    none where the whole file has one encoding."""

    text: str
    strays: tuple[tuple[int, str], ...] = ()

    def warning(self, name: str) -> str:
        """What was read how, for the person to check; "" where nothing is in doubt."""
        if not self.strays:
            return ""
        lines = list(dict.fromkeys(line for line, _ in self.strays))
        shown = " and ".join(map(str, lines)) if len(lines) < LINES_NAMED else _listed(lines)
        letters = ", ".join(dict.fromkeys(f"“{letter}”" for _, letter in self.strays))
        return (
            f"{name} is UTF-8 text, but for line{'s' if len(lines) > 1 else ''} {shown}: what is "
            f"not UTF-8 there was read as {letters}. Check it, and save the file as UTF-8."
        )


def _listed(lines: list[int]) -> str:
    named, more = lines[:LINES_NAMED], len(lines) - LINES_NAMED
    return f"{', '.join(map(str, named))}" + (f" and {more} more" if more else "")


def plain_text(data: bytes) -> PlainText:
    """UTF-8, UTF-16 with its mark (Notepad's "Unicode"), or Windows' Latin letters: all of them, or
    single ones strayed into UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return PlainText(data.decode("utf-16", errors="replace"))
    escaped = data.decode("utf-8-sig", errors="surrogateescape")
    strays = list(_STRAY.finditer(escaped))
    if not strays:
        return PlainText(escaped)
    others = sum(1 for letter in escaped if not letter.isascii()) - len(strays)
    if len(strays) > others:
        return PlainText(data.decode("cp1252", errors="replace"))
    found = tuple(
        (escaped.count("\n", 0, stray.start()) + 1, _windows_letter(stray)) for stray in strays
    )
    return PlainText(_STRAY.sub(_windows_letter, escaped), found)


def _windows_letter(stray: re.Match[str]) -> str:
    return bytes([ord(stray[0]) - 0xDC00]).decode("cp1252", errors="replace")


def windows_letters(error: UnicodeError) -> tuple[str, int]:
    """Handler of `codecs.register_error`: bytes that are not UTF-8 are read as Windows' letters."""
    assert isinstance(error, UnicodeDecodeError)
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", errors="replace"), error.end

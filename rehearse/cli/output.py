"""Output: prints results safely.

No result is lost to an encoding, a full disk or a closed pipe.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

import click

from rehearse.cli.as_started import as_started
from rehearse.errors import RehearseError
from rehearse.report.paragraph import WIDTH

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""All but tab and line end: what somebody typed or pasted must not move the cursor or ring."""
_START_OF_LINE = "\r\x1b[K"
_INDENT = re.compile(r" *(?:[0-9:]+ +)?")
_NARROWEST = 20
_ERROR_INDENT = len("rehearse: ")
_PLAINLY = "plainly"
_PLAIN = str.maketrans(
    {
        "─": "-",
        "–": "-",
        "→": ">",
        "✓": "+",
        "✗": "-",
        "…": "...",
        "“": '"',
        "”": '"',
        "’": "'",
        "‘": "'",
    }
)


READER_LEFT_STATUS = 128 + 13
"""How a shell sees a tool that SIGPIPE ends."""


class OutputFailed(RehearseError):
    """Standard output can take no more."""


class ReaderLeft(OutputFailed):
    """The program that reads the output has closed the pipe, as `head` does once it has enough."""


def prepare_output() -> None:
    """Show characters that the terminal's encoding lacks as plain ones or escapes instead of
    failing."""
    codecs.register_error(_PLAINLY, _plainly)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_PLAINLY)


def columns() -> int | None:
    """The width that output must fit: the terminal's, or what COLUMNS asks for; None where the
    output is read by a program."""
    asked = os.environ.get("COLUMNS", "")
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    if not on_terminal and not (asked.isdecimal() and int(asked)):
        return None
    return max(shutil.get_terminal_size().columns, _NARROWEST)


def report_width() -> int:
    """The width of a report: as far as one reads easily, or as the terminal allows."""
    return min(WIDTH, columns() or WIDTH)


def say(text: str = "", *, nl: bool = True, hanging: int | None = None) -> None:
    """Print `text`, no wider than the terminal. `hanging`: the indent of the lines that follow a
    wrapped one; None: that of its start. Raises OutputFailed."""
    width = columns()
    if width is not None:
        text = fitted(text, width, hanging)
    _print(printable(text) + ("\n" if nl else ""))


def clear_line() -> None:
    """Go back to the start of the terminal's line and empty it. Raises OutputFailed."""
    _print(_START_OF_LINE)


def say_json(value: Any) -> None:
    """Print `value` as one line of JSON in UTF-8, whatever the terminal's encoding is."""
    text = json.dumps(value, ensure_ascii=False)
    _print((_SURROGATE.sub(lambda found: _shown(found, "\\\\"), text) + "\n").encode())


def complain(text: str) -> None:
    """Print `text` on standard error, if that is open. Names commands as the person can type them
    here."""
    with contextlib.suppress(OSError):
        text, width = as_started(text), columns()
        text = text if width is None else fitted(text, width, _ERROR_INDENT)
        click.echo(printable(text), err=True)


def printable(text: str) -> str:
    r"""`text` that UTF-8 can hold, without control characters: a byte of a file name that is not
    UTF-8 becomes \xNN."""
    return _CONTROL.sub("", _SURROGATE.sub(_shown, text))


def fitted(text: str, width: int, hanging: int | None = None) -> str:
    """`text` with lines longer than `width` wrapped between words, indented by `hanging`, or like
    their start."""
    return "\n".join(_fitted_line(line, width, hanging) for line in text.split("\n"))


def give_up_output() -> None:
    """Discard further output, so that exiting does not fail again."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        return


@contextlib.contextmanager
def noticed_if_reader_left() -> Iterator[None]:
    """For what click prints itself. Raises ReaderLeft."""
    try:
        yield
    except BrokenPipeError as error:
        give_up_output()
        raise _explained(error) from error


@contextlib.contextmanager
def told_if_reader_left() -> Iterator[None]:
    """For what a person is in the middle of: a pipe that closes is a failure like any other."""
    try:
        yield
    except ReaderLeft as left:
        raise OutputFailed(left.problem, left.remedy) from left


_failure: OutputFailed | None = None


def _print(text: str | bytes) -> None:
    """After one failure every print fails: half of a result must not look complete."""
    global _failure
    if _failure is not None:
        raise _failure
    try:
        click.echo(text, nl=False)
    except OSError as error:
        give_up_output()
        _failure = _explained(error)
        raise _failure from error


def _explained(error: OSError) -> OutputFailed:
    if isinstance(error, BrokenPipeError):
        return ReaderLeft(
            "Not all was printed: the program that reads the output has ended.",
            "Print into a file instead, or read to the end.",
        )
    return OutputFailed(
        f"Not all was printed: the output cannot be written ({error.strerror}).",
        "Free some space, or print somewhere else.",
    )


def _plainly(error: UnicodeError) -> tuple[str | bytes, int]:
    """A codec's error handler: typographic signs as ASCII ones, other characters as escapes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return lacking.translate(_PLAIN).encode("ascii", "backslashreplace").decode(), error.end


def _shown(found: re.Match[str], backslash: str = "\\") -> str:
    code = ord(found.group())
    return f"{backslash}x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else "\ufffd"


def _fitted_line(line: str, width: int, hanging: int | None) -> str:
    if len(line) <= width:
        return line
    if hanging is None:
        lead = _INDENT.match(line)
        hanging = lead.end() if lead else 0
    indent = " " * min(hanging, max(0, width // 3))
    return textwrap.fill(
        line, max(width, _NARROWEST), subsequent_indent=indent, break_on_hyphens=False,
        break_long_words=False, replace_whitespace=False,
    )  # fmt: skip

"""Typed ahead: what was typed while nothing was asked."""

from __future__ import annotations

import contextlib
import sys

_SOON_S = 0.1
"""A paste arrives in one go, or nearly so through a network."""


def forget_typed_ahead() -> None:
    """Discard what was typed on the terminal and is not read yet, so that it answers no question
    that nobody has seen. Without a terminal nothing is discarded."""
    if not _on_terminal():
        return
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        with contextlib.suppress(termios.error):  # the terminal may be gone
            termios.tcflush(sys.stdin, termios.TCIFLUSH)


def pasted_after() -> str:
    """The lines that were pasted on the terminal together with the line just read. If the last one
    has no end yet, wait until the person presses Enter. "" without a terminal, where the next line
    is the next answer."""
    text = ""
    while _on_terminal() and (more := _waiting()):
        text += more
        if not more.endswith("\n"):
            with contextlib.suppress(EOFError):
                text += input() + "\n"
    return text


def _on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _waiting() -> str:
    """What waits in the terminal, or comes soon, also a line without its end."""
    if sys.platform == "win32":
        import msvcrt
        import time

        keys = ""
        time.sleep(_SOON_S)
        while msvcrt.kbhit():
            keys += msvcrt.getwch()
        return keys.replace("\r", "\n")
    else:  # noqa: RET505  mypy takes what follows for unreachable otherwise
        import os
        import select
        import termios

        file = sys.stdin.fileno()
        found = b""
        with contextlib.suppress(termios.error, OSError):  # the terminal may be gone
            mode = termios.tcgetattr(file)
            local = mode[3] & ~(termios.ICANON | termios.ECHOCTL)  # by the key; no ^J on the screen
            by_key = [*mode[:3], local, *mode[4:]]
            termios.tcsetattr(file, termios.TCSANOW, by_key)
            try:
                while select.select([file], [], [], _SOON_S)[0] and (more := os.read(file, 4096)):
                    found += more
            finally:
                termios.tcsetattr(file, termios.TCSANOW, mode)
        return found.decode(sys.stdin.encoding, errors="replace")

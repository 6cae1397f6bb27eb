"""Typed ahead: what was typed while nothing was asked."""

from __future__ import annotations

import contextlib
import sys


def forget_typed_ahead() -> None:
    """Discard what was typed on the terminal and is not read yet, so that it answers no question
    that nobody has seen. Without a terminal nothing is discarded."""
    if sys.stdin is None or not sys.stdin.isatty():
        return
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        with contextlib.suppress(termios.error):  # the terminal may be gone
            termios.tcflush(sys.stdin, termios.TCIFLUSH)

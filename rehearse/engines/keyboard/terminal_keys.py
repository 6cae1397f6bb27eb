"""TerminalKeys: Enter and q in a call; Ctrl-C hangs up.

So do a kill and a closed terminal.
"""

from __future__ import annotations

import contextlib
import queue
import signal
import sys
import threading
from types import FrameType
from typing import Any

from rehearse.calling.line import Key

_POLL_S = 0.1
_ENDS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
"""Ctrl-C, a polite kill, and a terminal that is closed."""


class TerminalKeys:
    """Controls, as a context manager: Enter ends the turn; q, SIGINT and SIGTERM hang up.

    Without a terminal, or with `watch` False, only the signals count.
    """

    def __init__(self, *, watch: bool = True) -> None:
        self._watches = watch
        self._keys: queue.SimpleQueue[Key] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._handlers: dict[int, Any] = {}
        self._terminal_mode: list[Any] | None = None

    def pressed(self) -> Key | None:
        try:
            return self._keys.get_nowait()
        except queue.Empty:
            return None

    def __enter__(self) -> TerminalKeys:
        for number in _ENDS:
            self._handlers[number] = signal.signal(number, self._on_signal)
        if self._watches and sys.stdin is not None and sys.stdin.isatty():
            if sys.platform != "win32":
                import termios
                import tty

                self._terminal_mode = termios.tcgetattr(sys.stdin)
                tty.setcbreak(sys.stdin)
            self._thread = threading.Thread(target=self._watch, name="keys", daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        if self._terminal_mode is not None and sys.platform != "win32":
            import termios

            with contextlib.suppress(termios.error):  # the terminal may be gone
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._terminal_mode)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._keys.put(Key.HANG_UP)

    def _watch(self) -> None:
        while not self._stop.is_set():
            key = _read_key()
            if key in ("\r", "\n"):
                self._keys.put(Key.DONE)
            elif key in ("q", "Q"):
                self._keys.put(Key.HANG_UP)


def _read_key() -> str | None:
    if sys.platform == "win32":
        import msvcrt
        import time

        if not msvcrt.kbhit():
            time.sleep(_POLL_S)
            return None
        return msvcrt.getwch()
    else:  # noqa: RET505  mypy takes what follows for unreachable otherwise
        import os
        import select

        ready, _, _ = select.select([sys.stdin], [], [], _POLL_S)
        if not ready:
            return None
        try:
            return os.read(sys.stdin.fileno(), 1).decode(errors="ignore")
        except OSError:  # the terminal is gone: SIGHUP says so, too
            return None

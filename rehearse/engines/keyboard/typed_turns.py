"""TypedListener, TypedTurns: the candidate types instead of speaking."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rehearse.calling.line import Key
from rehearse.calling.listener import Piece
from rehearse.engines.keyboard.terminal_keys import TerminalKeys
from rehearse.sound import Samples
from rehearse.transcript import Word, words_of_text

HANG_UP = "/q"
_END = None


class TypedListener:
    """A Listener whose turns are typed: the front end puts each turn into `typed`."""

    def __init__(self) -> None:
        self.typed = ""
        self.my_turn = False

    def begin(self, at_s: float) -> None:
        self.my_turn = True
        self.typed = ""

    def hear(self, block: Samples) -> None:
        """Does nothing: the turn is typed."""

    def so_far(self) -> tuple[Word, ...] | None:
        return None

    def finish(self) -> tuple[Word, ...]:
        self.my_turn = False
        return words_of_text(self.typed)

    def pieces(self) -> Sequence[Piece]:
        return ()


_POLL_S = 0.1


class TypedTurns(TypedListener):
    """Listener and Controls in one, as a context manager: a line typed is a turn, /q hangs up.

    On a terminal the call goes on during typing. Where the lines come from a file or a pipe, each
    turn takes the next line at once, and the candidate hangs up after the last one.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._signals = TerminalKeys(watch=False)
        self._on_terminal = sys.stdin is not None and sys.stdin.isatty()

    def pressed(self) -> Key | None:
        while True:
            if (key := self._signals.pressed()) is not None:
                return key
            if not self.my_turn:
                return None
            try:
                # Where nobody types, the call waits for the next line, or for a signal.
                line = self._lines.get(block=not self._on_terminal, timeout=_POLL_S)
                break
            except queue.Empty:
                if self._on_terminal:
                    return None
        if line is _END or line.strip() == HANG_UP:
            return Key.HANG_UP
        self.typed = line
        return Key.DONE

    def __enter__(self) -> Self:
        self._signals.__enter__()
        # A daemon: the program cannot make anybody finish a line before it ends.
        threading.Thread(target=self._read, name="typed", daemon=True).start()
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._signals.__exit__()

    def _read(self) -> None:
        # This thread keeps sys.stdin itself, not its buffer: Python aborts at its end if it closes
        # a stream in which a thread still waits for a line.
        for line in sys.stdin or ():
            self._lines.put(line)
        self._lines.put(_END)

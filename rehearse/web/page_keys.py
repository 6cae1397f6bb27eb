"""PageKeys: buttons of the call page. PageTurns: typed turns."""

from __future__ import annotations

import queue
import time

from rehearse.calling.line import Key
from rehearse.engines.keyboard.typed_turns import TypedListener

ALONE_LIMIT_S = 20.0
"""After this long with the page closed nobody is on the phone any more."""


class PageKeys:
    """Controls: the page's buttons. A page that stays closed has hung up."""

    def __init__(self) -> None:
        self._pressed: queue.SimpleQueue[Key] = queue.SimpleQueue()
        self._seen_at = time.monotonic()

    def press(self, key: Key) -> None:
        self._pressed.put(key)

    def page_is_open(self) -> None:
        self._seen_at = time.monotonic()

    def pressed(self) -> Key | None:
        if time.monotonic() - self._seen_at > ALONE_LIMIT_S:
            return Key.HANG_UP
        try:
            return self._pressed.get_nowait()
        except queue.Empty:
            return None


class PageTurns(PageKeys, TypedListener):
    """Listener and Controls in one: each text sent is a turn. An early one waits for its turn."""

    def __init__(self) -> None:
        PageKeys.__init__(self)
        TypedListener.__init__(self)
        self._texts: queue.SimpleQueue[str] = queue.SimpleQueue()

    def say(self, text: str) -> None:
        self._texts.put(text)

    def pressed(self) -> Key | None:
        if (key := super().pressed()) is not None or not self.my_turn:
            return key
        try:
            self.typed = self._texts.get_nowait()
        except queue.Empty:
            return None
        return Key.DONE

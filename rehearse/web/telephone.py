"""Telephone: the socket between a page and its line."""

from __future__ import annotations

import asyncio
import contextlib
import threading

from starlette.websockets import WebSocket

from rehearse import wiring
from rehearse.engines.browser.browser_line import BrowserLine, Ending, Send
from rehearse.engines.browser.messages import LARGEST_MESSAGE, BadMessage
from rehearse.errors import RehearseError

PERMISSION_LIMIT_S = 120.0
"""Time to answer when the browser asks whether the page may use the microphone."""
AWAY_S = 10.0
"""How long a drill or a check waits for a reloaded page."""
IDLE_S = 30.0
"""A page that sends nothing for this long is gone."""
MOST_ODD_MESSAGES = 20
MOST_MESSAGES_PER_S = 400.0
"""A page sends 50 a second, and after a break what it kept."""
MOST_AT_ONCE = 1_500
LARGEST_FRAME = max(LARGEST_MESSAGE, 16_384)

OVER, MOVED, ODD, NO_CALL = 4000, 4001, 4002, 4003
_CODES = {Ending.OVER: OVER, Ending.MOVED: MOVED}


class Switchboard:
    """Gives a page that connects the line of the current call or round."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: BrowserLine | None = None

    def open_line(
        self, *, listens: bool = True, headphones: bool = False, away_s: float = 0.0
    ) -> BrowserLine:
        """Open a new line; closes one that is still open."""
        with self._lock:
            if self._line is not None:
                self._line.close()
            self._line = wiring.page_line(listens, headphones, away_s)
            return self._line

    def await_line(self, line: BrowserLine) -> BrowserLine:
        """Return `line` once its page gives sound. Raises NoLine and closes it otherwise."""
        try:
            line.await_page(PERMISSION_LIMIT_S, lambda: False)
        except RehearseError:
            line.close()
            raise
        return line

    @property
    def line(self) -> BrowserLine | None:
        """The open line."""
        line = self._line
        return None if line is None or line.closed else line


async def connect(socket: WebSocket, switchboard: Switchboard) -> None:
    """Carry messages until the call is over or the page is gone."""
    line = switchboard.line
    await socket.accept()
    if line is None:
        await socket.close(NO_CALL)
        return
    loop = asyncio.get_running_loop()
    outgoing: asyncio.Queue[bytes | Ending] = asyncio.Queue()

    def send(message: bytes | Ending) -> None:
        with contextlib.suppress(RuntimeError):  # the server has ended
            loop.call_soon_threadsafe(outgoing.put_nowait, message)

    line.attach(send)
    tasks = [
        asyncio.create_task(_send(socket, outgoing)),
        asyncio.create_task(_receive(socket, line, send)),
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        line.detach(send)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _send(socket: WebSocket, outgoing: asyncio.Queue[bytes | Ending]) -> None:
    while True:
        message = await outgoing.get()
        if isinstance(message, Ending):
            await socket.close(_CODES[message])
            return
        await socket.send_bytes(message)


async def _receive(socket: WebSocket, line: BrowserLine, send: Send) -> None:
    odd = 0
    rate = _Rate()
    while True:
        try:
            message = await asyncio.wait_for(socket.receive(), IDLE_S)
        except TimeoutError:
            return
        if message["type"] == "websocket.disconnect":
            return
        data = message.get("bytes")
        try:
            if not rate.allows():
                raise BadMessage
            line.receive(send, message.get("text") or "" if data is None else data)
        except BadMessage:
            odd += 1
            if odd > MOST_ODD_MESSAGES:
                await socket.close(ODD)
                return


class _Rate:
    """Limits messages: a burst at once, then a number per second."""

    def __init__(self) -> None:
        self._left = float(MOST_AT_ONCE)
        self._at = asyncio.get_running_loop().time()

    def allows(self) -> bool:
        now = asyncio.get_running_loop().time()
        self._left = min(MOST_AT_ONCE, self._left + (now - self._at) * MOST_MESSAGES_PER_S)
        self._at = now
        self._left -= 1
        return self._left >= 0

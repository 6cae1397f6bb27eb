"""BrowserLine: a line through a page; it knows only messages.

The clock is the page's: it numbers the samples that it records, and the manager's sound is sent
with the number at which it is to begin. So both sides stand right in the recording, however late
a message is. What is missing between two numbers becomes silence.
"""

from __future__ import annotations

import enum
import math
import threading
import time
from collections.abc import Callable
from typing import TypeAlias

from rehearse.calling.line import LineDown, NoLine
from rehearse.engines.browser import troubles
from rehearse.engines.browser.incoming import Incoming
from rehearse.engines.browser.messages import (
    BadMessage,
    Hello,
    Late,
    Mute,
    Problem,
    Recorded,
    Solved,
    Trouble,
    play_message,
    read_message,
    stop_message,
)
from rehearse.engines.browser.playback import Part, Playback
from rehearse.sound import BLOCK_SAMPLES, Samples, sample_count

NO_SOUND_AFTER_S = 1.5
DEAD_AFTER_ZEROS_S = 3.0
RETRY_S = 0.5
LONGEST_LATENCY_S = 1.0


class Ending(enum.Enum):
    """Why a page is let go."""

    OVER = "the call is over"
    MOVED = "another page has the call"


Send: TypeAlias = Callable[[bytes | Ending], None]
"""Sends a message to the page, or lets it go. Returns at once."""


class BrowserLine:
    """A line whose other end is a page. `attach` connects a page, `receive` takes what it sends.

    A page that is loaded again is attached again: the call waits meanwhile, and the rest of what
    the manager was saying is played then. `listens=False`: the candidate types; the page plays
    and counts, and its microphone stays off. `away_s`: a page that is gone for less than this is
    waited for in `read`.
    """

    def __init__(
        self, *, listens: bool = True, headphones: bool = False, away_s: float = 0.0
    ) -> None:
        self.name = "page"
        self.microphone_name = ""
        self.loudspeaker_name: str | None = "the browser's loudspeaker"
        self.listens = listens
        self.headphones = headphones
        self._away_s = away_s
        self.processing: tuple[str, ...] = ()
        self._playback = Playback()
        self._devices_s = 0.0
        self._changed = threading.Condition()
        self._incoming = Incoming()
        self._send: Send | None = None
        self._greeted = False
        self._clock = ""
        self._received = 0
        self._zeros = 0
        self._muted = False
        self._trouble: Trouble | None = None
        self._closed = False

    @property
    def latency_s(self) -> float:
        """From `play` to the loudspeaker and back through the microphone, in seconds."""
        return self._playback.lead_s + self._devices_s

    # The page's side

    def attach(self, send: Send) -> None:
        """From now on `send` reaches the page. One that was attached before is let go."""
        with self._changed:
            if self._send is not None:
                self._send(Ending.MOVED)
            self._send = None if self._closed else send
            if self._closed:
                send(Ending.OVER)
            self._trouble = None
            self._greeted = False

    def detach(self, send: Send) -> None:
        """The page behind `send` is gone."""
        with self._changed:
            if self._send == send:
                self._send = None
                self._changed.notify_all()

    def receive(self, send: Send, data: bytes | str) -> None:
        """A message of the page behind `send`. Raises BadMessage."""
        message = read_message(data)
        with self._changed:
            if self._send != send:
                return
            match message:
                case Recorded():
                    self._record(message)
                case Hello():
                    self._greet(message)
                case Late():
                    self._playback.came_late(message.samples)
                case Problem():
                    self._trouble = message.what
                case Mute():
                    self._muted = message.on
                case Solved():
                    self._solve()
            self._changed.notify_all()

    def _solve(self) -> None:
        """The call stood still, the page's clock did not: begin where both are now."""
        if self._trouble is not None:
            self._trouble, self._incoming.page_first, self._received = None, None, 0
            self._say_stop()

    def _greet(self, hello: Hello) -> None:
        if self._greeted:
            raise BadMessage
        self._greeted = True
        self.name = hello.device or "page"
        self.microphone_name = hello.device
        self.processing = tuple(hello.processing)
        devices_s = hello.latency_s if math.isfinite(hello.latency_s) else 0.0
        self._devices_s = min(max(devices_s, 0.0), LONGEST_LATENCY_S)
        if hello.clock != self._clock:
            self._clock, self._incoming.page_first = hello.clock, None
            self._received = 0
            return
        self._received = hello.received
        self._send_again()

    def _record(self, recorded: Recorded) -> None:
        if not self._greeted:
            raise BadMessage
        if self._trouble is not None:
            return
        if self._incoming.page_first is None:
            self._incoming.begins(recorded)
            self._send_again()
        self._incoming.add(recorded)

    def _send_again(self) -> None:
        """What the page does not have of what is still to be played."""
        incoming = self._incoming
        if incoming.page_first is not None:
            for part in self._playback.again(self._received, incoming.taken, incoming.newest):
                self._send_part(part)

    def _send_part(self, part: Part) -> None:
        if self._send is not None and self._incoming.page_first is not None:
            at = (part.at + self._incoming.page_first) % 2**32
            self._send(play_message(at, part.samples, begins=part.begins))

    # The call's side

    def await_page(self, limit_s: float, gave_up: Callable[[], bool]) -> None:
        """Wait until the page gives sound. Raises NoLine, which says why it does not."""
        ends_at = time.monotonic() + limit_s
        with self._changed:
            while self._trouble is not None or not self._incoming.has_sound:
                if self._trouble is not None and self._trouble != "silent":
                    raise NoLine(*troubles.PROBLEMS[self._trouble])
                if gave_up():
                    raise NoLine(*troubles.HUNG_UP)
                if time.monotonic() > ends_at:
                    why = (
                        troubles.NEVER_CAME
                        if self._trouble is None
                        else troubles.PROBLEMS[self._trouble]
                    )
                    raise NoLine(*why)
                self._changed.wait(RETRY_S)
            # The call begins now; what came before its first block is not part of it.
            self._incoming.pass_over()

    def play(self, samples: Samples) -> None:
        with self._changed:
            now = max(self._incoming.taken, self._incoming.newest - BLOCK_SAMPLES)
            for part in self._playback.add(samples, now):
                self._send_part(part)

    def stop_playing(self) -> None:
        with self._changed:
            self._playback.stop(self._incoming.taken)
            self._say_stop()

    def _say_stop(self) -> None:
        if self._send is not None:
            self._send(stop_message())

    def read(self) -> Samples:
        with self._changed:
            waits_since = time.monotonic()
            while not self._incoming.has_block:
                if self._trouble is not None:
                    raise LineDown(*troubles.PROBLEMS[self._trouble])
                limit_s = NO_SOUND_AFTER_S if self._send is not None else 0.0
                left_s = waits_since + max(limit_s, self._away_s) - time.monotonic()
                if left_s <= 0 or self._closed:
                    raise LineDown(*(troubles.NOTHING if self._send is not None else troubles.AWAY))
                self._changed.wait(left_s)
            block = self._incoming.take()
            self._playback.forget_before(self._incoming.taken)
            plays = self._playback.plays
        if not self.listens or self._muted:
            return block
        # While something plays, echo cancellation may leave nothing of a quiet room.
        self._zeros = 0 if plays or block.any() else self._zeros + len(block)
        if self._zeros >= sample_count(DEAD_AFTER_ZEROS_S):
            self._zeros = 0
            raise LineDown(*troubles.ZEROS)
        return block

    def lost_s(self) -> float:
        """Seconds of silence, since this was last asked, that stand for sound that was lost."""
        with self._changed:
            return self._incoming.lost_s()

    def behind(self) -> bool:
        with self._changed:
            return self._incoming.has_block

    def restored(self) -> bool:
        with self._changed:
            if not self._can_go_on():
                self._changed.wait(RETRY_S)
            return self._can_go_on()

    def _can_go_on(self) -> bool:
        return self._send is not None and self._trouble is None and self._incoming.has_block

    @property
    def cancels_echo(self) -> bool:
        """Whether the browser takes the loudspeaker's sound out of the microphone's."""
        return "echo cancellation" in self.processing

    @property
    def closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        with self._changed:
            self._closed = True
            if self._send is not None:
                self._send(Ending.OVER)
            self._send = None
            self._playback.stop(self._incoming.taken)
            self._incoming.forget()
            self._changed.notify_all()

"""CallScreen: what the terminal shows during a call.

A line for each event; on a terminal, a status line below with state, clock and level.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
from typing import Protocol, runtime_checkable

from rehearse.calling.events import (
    Answered,
    CandidateSaid,
    Event,
    HungUp,
    LineTrouble,
    Listening,
    ManagerSaid,
    Ringing,
    TurnBegan,
    TurnEnded,
    UnderstoodSoFar,
)
from rehearse.cli.output import OutputFailed, clear_line, say
from rehearse.report.call_lines import RECORDED, RECORDINGS_OVER, call_line
from rehearse.report.checklist import Checklist
from rehearse.report.wording import clock

METER_DBFS = (-60.0, -10.0)
"""Level of an empty and of a full meter."""
METER_WIDTH = 20
EVERY_S = 0.1
"""How often the line is redrawn: more would flicker."""


@runtime_checkable
class Recordings(Protocol):
    """A line on which recordings speak for the candidate."""

    @property
    def recordings_over(self) -> bool:
        """Whether all of them were heard."""
        ...


class CallScreen:
    """An EventListener. With `checklist` it also shows in pauses what the pitch has covered.

    `recordings`: what speaks for the person, None where they speak themselves. `sent_to`: another
    computer that gets what is said; it is shown during the whole call.
    """

    def __init__(
        self,
        *,
        captions: bool = True,
        checklist: bool = False,
        recordings: Recordings | None = None,
        typed: bool = False,
        sent_to: str | None = None,
    ) -> None:
        self._sent = "" if sent_to is None else f" (goes to {sent_to})"
        self._recordings = recordings
        self._typed = typed
        self._captions = captions
        self._checklist = Checklist() if checklist else None
        # Where the person types, a status line would erase their words.
        self._live = sys.stdout.isatty() and not typed
        self._state = ""
        self._drawn_s = 0.0

    def __call__(self, event: Event) -> None:
        if isinstance(event, Listening):
            if event.at_s - self._drawn_s >= EVERY_S:
                self._drawn_s = event.at_s
                self._draw(event)
            return
        self._state = _state(event) or self._state
        text = call_line(event, captions=self._captions, recorded=self._said_by, typed=self._typed)
        if text is not None:
            self._print(text + self._sent if isinstance(event, TurnBegan) else text)
        if (
            isinstance(event, UnderstoodSoFar)
            and self._checklist is not None
            and (covered := self._checklist.changed(event)) is not None
        ):
            self._print(f"{clock(event.at_s):>6}       ({covered})")

    @property
    def _said_by(self) -> str:
        """What stands for the words of a turn in which a recording speaks, or could."""
        if self._recordings is None:
            return ""
        return RECORDINGS_OVER if self._recordings.recordings_over else RECORDED

    def _print(self, text: str) -> None:
        with contextlib.suppress(OutputFailed):  # a call matters more than its screen
            if self._live:
                clear_line()
            say(text)

    def _draw(self, event: Listening) -> None:
        if not self._live:
            return
        mark = "voice" if event.voiced else ""
        state = self._state + self._sent
        text = f"{clock(event.at_s):>6}  {state} [{meter(event.level_dbfs)}] {mark}"
        with contextlib.suppress(OutputFailed):
            clear_line()
            say(text[: shutil.get_terminal_size().columns - 1], nl=False)


def meter(level_dbfs: float) -> str:
    """A bar of METER_WIDTH characters."""
    empty, full = METER_DBFS
    share = min(1.0, max(0.0, (level_dbfs - empty) / (full - empty)))
    filled = round(share * METER_WIDTH)
    return "#" * filled + "." * (METER_WIDTH - filled)


def _state(event: Event) -> str | None:
    match event:
        case Ringing():
            return "ringing"
        case Answered() | ManagerSaid():
            return "manager"
        case TurnBegan():
            return "you"
        case TurnEnded() | CandidateSaid():
            return "thinking"
        case LineTrouble():
            return "waiting"
        case HungUp():
            return "over"
    return None

"""Call lines: events as the terminal shows them."""

from __future__ import annotations

from rehearse.calling.events import (
    Answered,
    Beeped,
    CandidateSaid,
    Event,
    HungUp,
    LineRestored,
    LineTrouble,
    ManagerSaid,
    ManagerStopped,
    Ringing,
    TurnBegan,
)
from rehearse.report.wording import clock

HEARD = "(speaks)"
"""Replaces the manager's words if there are no captions."""
RECORDED = "(a recording speaks for you)"
RECORDINGS_OVER = "(the recording is over, so you are silent)"
_HUNG_UP = {
    "candidate": "You hung up.",
    "manager": "The manager hung up.",
    "line": "The line went dead.",
}


def call_line(
    event: Event, *, captions: bool = True, recorded: str = "", typed: bool = False
) -> str | None:
    """What the terminal prints for `event`, None for nothing. Without `captions` the manager is
    heard but not printed. `recorded`: RECORDED or RECORDINGS_OVER where recordings play the
    candidate; `typed`: they type."""
    text = call_text(event, typed=typed)
    if text is None:
        return None
    match event:
        case ManagerSaid():
            return _line(event.at_s, f"{event.who.capitalize()}: {text if captions else HEARD}")
        case TurnBegan():
            return _line(event.at_s, f"You: {recorded or text}")
        case CandidateSaid():
            return _line(event.end_s, f"     {text}")
    return _line(event.at_s, text)


def call_text(event: Event, *, typed: bool = False) -> str | None:
    """`event` in words, without its time; None if there is nothing to print. `typed`: the
    candidate types."""
    match event:
        case Ringing():
            return "Ringing ..."
        case Answered():
            return "Somebody picks up."
        case ManagerSaid():
            return event.text
        case ManagerStopped():
            return _line(event.at_s, "(stops: you spoke over them)")
        case Beeped():
            return "(beep)"
        case TurnBegan():
            return "(type now)" if typed else "(speak now)"
        case CandidateSaid():
            return _words(len(event.words), "typed" if typed else "transcribed")
        case LineTrouble():
            return f"! {event.problem} {event.remedy} The call waits for you."
        case LineRestored():
            return "The sound is back. Go on."
        case HungUp():
            return _HUNG_UP[event.by]
    return None


def _words(count: int, how: str) -> str:
    return f"{count} word{'' if count == 1 else 's'} {how}"


def _line(at_s: float, text: str) -> str:
    return f"{clock(at_s):>6}  {text}"

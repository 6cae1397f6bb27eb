"""A call's events as the lines that the terminal shows while it runs."""

from __future__ import annotations

from rehearse.events import (
    Answered,
    Beeped,
    CandidateSaid,
    Event,
    HungUp,
    LineRestored,
    LineTrouble,
    ManagerSaid,
    Ringing,
    TurnBegan,
)
from rehearse.report.wording import clock

_HUNG_UP = {
    "candidate": "You hung up.",
    "manager": "The manager hung up.",
    "line": "The line went dead.",
}


def call_line(event: Event, *, captions: bool = True) -> str | None:
    """What to print for `event`, None for nothing. Without `captions` the manager's words are
    only heard."""
    match event:
        case Ringing():
            return _line(event.at_s, "Ringing ...")
        case Answered():
            return _line(event.at_s, "Somebody picks up.")
        case ManagerSaid():
            said = event.text if captions else "(speaks)"
            return _line(event.at_s, f"{event.who.capitalize()}: {said}")
        case Beeped():
            return _line(event.at_s, "(beep)")
        case TurnBegan():
            return _line(event.at_s, "You: (speak now)")
        case CandidateSaid():
            return _line(event.end_s, f"     heard {len(event.words)} words")
        case LineTrouble():
            return _line(event.at_s, f"! {event.problem} {event.remedy} The call waits for you.")
        case LineRestored():
            return _line(event.at_s, "The sound is back. Go on.")
        case HungUp():
            return _line(event.at_s, _HUNG_UP[event.by])
    return None


def _line(at_s: float, text: str) -> str:
    return f"{clock(at_s):>6}  {text}"

"""Onlooker: the phone's call as the computer's page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rehearse.report.call_card import CallCard
from rehearse.web.call_session import CallSession


@dataclass(frozen=True)
class PhoneCall:
    """`stage` is "none", "call", "scoring", "failed" or "kept". `kept`: the rehearsal's id once it
    is scored. `card`: the call sheet to have in view."""

    stage: str = "none"
    whom: str = ""
    text: str = ""
    kept: str = ""
    card: CallCard | None = None


def phone_call(call: CallSession | None) -> PhoneCall:
    """The newest call of the phone. Looking on keeps no call alive: only the phone does."""
    if call is None or not call.on_phone:
        return PhoneCall()
    events = call.so_far
    newest = events[-1]["event"] if events else ""
    if newest == "Kept":
        return PhoneCall("kept", kept=str(events[-1]["id"]))
    if newest == "Failed":
        return PhoneCall("failed", call.whom, f"{events[-1]['problem']} {events[-1]['remedy']}")
    if any(event["event"] == "HungUp" for event in events):
        return PhoneCall("scoring", call.whom)
    said, trouble = "Connecting …", ""
    for event in events:
        if event["event"] == "LineTrouble":
            trouble = f"The call waits. {event['problem']} {event['remedy']}"
        elif event["event"] == "LineRestored":
            trouble = ""
        else:
            said = _text(event) or said
    return PhoneCall("call", call.whom, trouble or said, card=call.card)


def _text(event: Mapping[str, Any]) -> str:
    """What the person on the phone hears of it at that moment, "" for nothing."""
    return {
        "Ringing": "Ringing …",
        "Answered": str(event.get("text")),
        "Beeped": str(event.get("text")),
        "ManagerSaid": "They are speaking",
        "TurnBegan": "Your turn: speak on your phone",
        "TurnEnded": "One moment …",
    }.get(str(event["event"]), "")

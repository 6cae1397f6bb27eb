"""Why text: the rule behind each of the manager's lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rehearse.report.wording import clock


def why_text(events: Iterable[Mapping[str, Any]]) -> str:
    """Each line at the manager's end with the rule that made it."""
    lines = []
    for event in events:
        if event["event"] == "ManagerSaid":
            who = str(event.get("who", "manager")).capitalize()
            lines.append(f"{clock(event['at_s']):>6}  {who}: {event['text']}")
            if event.get("scripted"):
                lines.append(f"        script: {' '.join(event['scripted'])}")
            lines.append(f"        because: {event['rule']}")
        elif event["event"] == "NotPhrased":
            lines.append(f"{clock(event['at_s']):>6}  The script's words: {event['why']}.")
    return "\n".join(lines) or "The manager said nothing in this call."

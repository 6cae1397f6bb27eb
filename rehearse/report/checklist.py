"""Checklist: what the pitch has covered so far."""

from __future__ import annotations

from rehearse.calling.events import UnderstoodSoFar


class Checklist:
    """Follows the pauses of one call."""

    def __init__(self) -> None:
        self._ways: set[str] = set()
        self._asked = False
        self._shown = ""

    def changed(self, event: UnderstoodSoFar) -> str | None:
        """What to show after this pause; None if nothing changed."""
        self._ways.update(event.understood.new_ways)
        self._asked = self._asked or event.understood.asked
        shown = f"ways {len(self._ways)}, question {'asked' if self._asked else 'not yet'}"
        if shown == self._shown:
            return None
        self._shown = shown
        return shown

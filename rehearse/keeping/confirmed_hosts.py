"""ConfirmedHosts: other computers that may get the words of calls."""

from __future__ import annotations

import json
from pathlib import Path

from rehearse.keeping.private import explained, read_private, replace_private

FILE = "manager-hosts.json"


class ConfirmedHosts:
    """Hosts in the home folder, each with the day on which the person confirmed it (ISO 8601)."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def __contains__(self, host: str) -> bool:
        return host in self._days()

    def add(self, host: str, day: str) -> None:
        """Remember `host`. Raises RehearseError if the file cannot be written."""
        days = {**self._days(), host: day}
        with explained(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_private(self._path, json.dumps(days))

    def _days(self) -> dict[str, str]:
        """Empty if there is no file or it is damaged: then they are asked again."""
        try:
            found = json.loads(read_private(self._path))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

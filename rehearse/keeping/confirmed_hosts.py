"""ConfirmedHosts: other computers that may get the words of calls."""

from __future__ import annotations

import json
import os
from pathlib import Path

from rehearse.keeping.private import explained, open_private, read_private

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
        part = self._path.with_suffix(".part")
        with explained(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with open_private(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) as file:
                json.dump(days, file)
            part.replace(self._path)

    def _days(self) -> dict[str, str]:
        """Empty if there is no file or it is damaged: then they are asked again."""
        try:
            found = json.loads(read_private(self._path))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

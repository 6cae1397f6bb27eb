"""Phrasings: how often each of the manager's lines was said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rehearse.keeping.private import explained, read_private, replace_private

FILE = "phrasings.json"


class Phrasings:
    """Counts in the home folder, so that a line is repeated only after all others were said."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def counts(self) -> dict[str, int]:
        """By "moment: phrasing"; empty if there is no file or it is damaged."""
        try:
            found = json.loads(read_private(self._path))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {line: count for line, count in found.items() if type(count) is int and count > 0}

    def keep(self, counts: Mapping[str, int]) -> None:
        """Replace the counts. Raises RehearseError if the file cannot be written."""
        with explained(self._path):
            replace_private(self._path, json.dumps(counts, ensure_ascii=False))

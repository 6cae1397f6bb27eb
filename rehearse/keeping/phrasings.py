"""Phrasings: how often each of the manager's lines was said."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from rehearse.keeping.private import explained, open_private, read_private

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
        part = self._path.with_suffix(".part")
        with explained(self._path):
            with open_private(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) as file:
                json.dump(counts, file, ensure_ascii=False)
            part.replace(self._path)

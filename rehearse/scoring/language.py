"""Language: whether a talk was English at all."""

from __future__ import annotations

from typing import Protocol

ENGLISH = "en"
LEAST_WORDS = 8
"""Shorter talk counts as English: no detector is reliable on so few words."""


class LanguageDetector(Protocol):
    """Detects the language of a text."""

    def language(self, text: str) -> str:
        """The ISO 639-1 code of the most probable language."""
        ...


def other_language(text: str, detector: LanguageDetector | None) -> str | None:
    """The code of the language of `text` if that is probably not English; None otherwise."""
    if detector is None or len(text.split()) < LEAST_WORDS:
        return None
    found = detector.language(text)
    return None if found == ENGLISH else found

"""Open ends: do the words so far stop in mid-sentence?"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence


class Ending(enum.Enum):
    QUESTION = "a finished question to the manager"
    OPEN = "in mid-sentence"
    OTHER = "anything else"


_SENTENCES = re.compile(r"(?<=[.?!])\s+")
_TO_THE_MANAGER = re.compile(r"\b(you|your|yours)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(how|what|which|where|when|why|who|do|does|did|are|is|can|could|would|will|have|should)\b",
    re.IGNORECASE,
)
_LEAST_QUESTION_WORDS = 4
"""Shorter ones ("You know?", "Right?") expect no answer."""
_OPEN_PUNCTUATION = (",", "-", "–", "—", "...", "…", ":", ";")
_OPEN_WORDS = frozenset(
    re.findall(
        r"\S+",
        """a also an and as because but could er erm first from had has have hmm i i'd i'll i'm
        i've if into is maybe my or our second should since so than the their then third uh um was
        we we'd were where which while who will would your""",
    )
)
_OPEN_WITHOUT_STOP = frozenset(
    re.findall(
        r"\S+",
        """about after at before by for how in like of on that there they to well what when why
        with""",
    )
)
"""May end a sentence ("who I want to work for."), so before a full stop they prove nothing."""
_OPEN_PHRASES = (("you", "know"), ("i", "mean"), ("i", "think"), ("kind", "of"), ("sort", "of"))


def ending(text: str) -> Ending:
    """How `text`, the words of a turn so far with punctuation, ends."""
    text = text.strip()
    if not text:
        return Ending.OTHER
    sentence = _SENTENCES.split(text)[-1]
    words = [word.strip(".,?!;:-–—…\"'").lower() for word in sentence.split()]
    words = [word for word in words if word]
    if sentence.endswith("?"):
        is_asked = len(words) >= _LEAST_QUESTION_WORDS and _ASKS.search(sentence)
        return Ending.QUESTION if is_asked and _TO_THE_MANAGER.search(sentence) else Ending.OTHER
    if sentence.endswith(_OPEN_PUNCTUATION):
        return Ending.OPEN
    if words and words[-1] in _OPEN_WITHOUT_STOP and not sentence.endswith((".", "!")):
        return Ending.OPEN
    return Ending.OPEN if leaves_open(words) else Ending.OTHER


def leaves_open(words: Sequence[str]) -> bool:
    """Whether `words`, in lower case without punctuation, end with one that cannot end a sentence.

    A recogniser writes a full stop where somebody pauses: "So I could. Bring them down."
    """
    return bool(words) and (words[-1] in _OPEN_WORDS or tuple(words[-2:]) in _OPEN_PHRASES)

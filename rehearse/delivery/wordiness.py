"""Wordiness: hedges, apologetic openers, repeated words. Rules as data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.delivery.fillers import bare, is_hesitation, matches
from rehearse.transcript import Word

# "I think I could" is no hedge: the advice itself asks for modesty about their business.
HEDGES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(i guess)\b",
        r"\b(maybe|perhaps|hopefully)\b",
        r"\b(i feel like)\b",
        r"\b(a little bit)\b",
        r"\b(i'm not (?:really )?sure (?:if|whether))\b",
        r"\b(if that makes (?:any )?sense)\b",
        r"\b(i'm no expert)\b",
        r"\b(i was (?:just |kind of )?wondering)\b",
    )
)
OPENERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(i (?:just|only) want(?:ed)? to)\b",
        r"\b(i'm just (?:calling|following up|checking))\b",
        r"\b(just (?:calling|following up|checking in))\b",
        r"\b((?:i'm )?(?:so |really |very )?sorry (?:to|for|if i'm) "
        r"(?:bother(?:ing)?|disturb(?:ing)?|interrupt(?:ing)?|call(?:ing)?)(?: you)?)\b",
        r"\b(i (?:hate|don't want|don't mean) to (?:bother|disturb|interrupt)(?: you)?)\b",
        r"\b((?:this|it) (?:is|may be|might be) (?:probably )?a (?:silly|stupid|dumb) \w+)\b",
    )
)
_MEANT_TWICE = frozenset(
    {
        "very",
        "really",
        "no",
        "yes",
        "yeah",
        "bye",
        "so",
        "much",
        "had",
        "that",
        "ha",
        "many",
        "long",
    }
)
LONGEST_REPEAT = 3
_CAPITAL = re.compile(r"(?!I\b)[^\W\d_a-z][^\W\d_]*[a-z]")
"""Neither "I" nor typed in capitals."""


@dataclass(frozen=True)
class Phrase:
    """Words as said. `at_s` is on the recording's clock, None for typed text."""

    text: str
    at_s: float | None


def hedges(words: Sequence[Word]) -> tuple[Phrase, ...]:
    """Phrases that weaken what is said."""
    return _phrases(words, HEDGES)


def openers(words: Sequence[Word]) -> tuple[Phrase, ...]:
    """Apologetic phrases before the point."""
    return _phrases(words, OPENERS)


def repeats(words: Sequence[Word]) -> tuple[Phrase, ...]:
    """Words said twice in a row ("to, uh, to") and unfinished words ("contri-"), in order. A name
    of the same word twice ("Tom Tom") is neither."""
    clean = [word for index, word in enumerate(words) if not is_hesitation(words, index)]
    texts = [bare(word) for word in clean]
    names = _names(clean)
    found: list[Phrase] = []
    index = 0
    while index < len(clean):
        length = _repeat_at(texts, index)
        if length and not all(names[index : index + 2 * length]):
            found.append(Phrase(" ".join(texts[index : index + 2 * length]), clean[index].start_s))
            index += 2 * length - 1
        elif clean[index].text.rstrip(",.").endswith(("-", "—", "–")) and texts[index]:
            found.append(Phrase(clean[index].text.rstrip(",."), clean[index].start_s))
        index += 1
    return tuple(found)


def _names(words: Sequence[Word]) -> list[bool]:
    """Which words are written as names: with a capital that is not that of a sentence's start. The
    start of a sentence is one before another ("Tom Tom rang")."""
    names: list[bool] = []
    for place, word in enumerate(words):
        starts = place == 0 or words[place - 1].text.endswith((".", "?", "!"))
        after = words[place + 1].text if place + 1 < len(words) else ""
        names.append(_has_capital(word.text) and (not starts or _has_capital(after)))
    return names


def _has_capital(text: str) -> bool:
    return _CAPITAL.match(text) is not None


def _repeat_at(texts: Sequence[str], index: int) -> int:
    for length in range(LONGEST_REPEAT, 0, -1):
        first = texts[index : index + length]
        second = texts[index + length : index + 2 * length]
        if first == second and all(first) and not (length == 1 and first[0] in _MEANT_TWICE):
            return length
    return 0


def _phrases(words: Sequence[Word], patterns: Sequence[re.Pattern[str]]) -> tuple[Phrase, ...]:
    found: dict[int, str] = {}
    covered: set[int] = set()
    for pattern in patterns:
        for index, text in matches(words, pattern):
            if index not in covered:
                found[index] = text
                covered.update(range(index, index + len(text.split())))
    return tuple(Phrase(found[index], words[index].start_s) for index in sorted(found))

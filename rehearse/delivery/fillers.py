"""Filler words: um and uh, like, you know, I mean.

A recogniser leaves most um and uh out of its text, so a HesitationFinder looks for them in the
sound. Lexical fillers are found in the words by rules: "I like this" contains none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rehearse.sound import Samples
from rehearse.transcript import Word

HESITATIONS = frozenset({"um", "umm", "uh", "uhh", "uhm", "er", "erm", "hmm", "mm", "mhm"})
"""Words that are always hesitation. `ah` counts too, except at the start of a turn."""

FINDER_RECALL = 0.75
FINDER_PRECISION = 0.85
"""For um and uh in clean human and synthetic speech: 63 of 84 and 63 of 74 (docs/delivery.md)."""


@dataclass(frozen=True)
class Hesitation:
    """An um or uh missing from the text, before word number `before` of the turn.

    `before` is the number of words for one at the end. `probability` (0..1) is the finder's own.
    """

    text: str
    before: int
    at_s: float | None
    probability: float


@dataclass(frozen=True)
class Filler:
    """One filler as said. `at_s` is on the recording's clock, None for typed text."""

    text: str
    at_s: float | None


class HesitationFinder(Protocol):
    """Finds um and uh in the sound of a turn with known words."""

    def find(
        self, samples: Samples, start_s: float, words: Sequence[Word]
    ) -> tuple[Hesitation, ...]:
        """Those missing from `words`, in order."""
        ...


def bare(word: Word) -> str:
    """A word without punctuation, in lower case."""
    return word.text.strip('.,;:!?…"“”()[]-—–').lower().replace("’", "'")


def is_hesitation(words: Sequence[Word], index: int) -> bool:
    """Whether word `index` of a turn is a hesitation."""
    text = bare(words[index])
    return text in HESITATIONS or (text == "ah" and index > 0)


_OPENS = r"(?:^|[.?!] )"
_SAID_ALREADY = r"(?:said|say|mentioned|told|wrote)"
_LEXICAL: tuple[tuple[str, str], ...] = (
    # Between commas, or between a link word and a new start; never "I like" or "like yours".
    ("like", r"(?:^|[,.?!] |\b(?:and|but|so|or|just|um|uh|er|is|was|it's|that's),? )(like),"),
    ("like", rf"(?:^|[,.?!] |\b(?:and|but|so|just|um|uh|er),? )(like) "
             rf"(?:i|you|we|they|it's|um|uh)\b(?! (?:\w+ )?{_SAID_ALREADY})"),
    ("like", r"\b(?:is|was|it's|that's|i'm|be) (like) (?:really|very|so|totally|super)\b"),
    ("you know", r"(?<!\bdo )(?<!\bdid )(?<!\bif )(?<!\bas )(?<!\bthat )(?<!\bwhat )(?<!\blet )"
                 r"(?<!\bwould )(?<!\bhow )(?<!\bwill )(?<!\bwhen )(?<!\bonce )(?<!\bcan )"
                 r"(?<!\bcould )(?<!\bshould )\b(you know)\b"
                 r"(?! (?:how|what|where|who|why|when|whether|if|that|about|of|anyone|anything"
                 r"|everything|me|better|best|well|more|which|whose)\b)"
                 r"(?! (?:it|him|her|them|us)[,.?!])"
                 r"(?! (?:the|your|our|my|a|this|these|those|any|them|him|her|us) \w+[.?!])"),
    ("kind of", r"(?<!\ba )(?<!\bthe )(?<!\bthis )(?<!\bthat )(?<!\bwhat )(?<!\bany )"
                r"(?<!\bsome )(?<!\bevery )(?<!\bone )(?<!\bsame )(?<!\bright )(?<!\bwhich )"
                r"(?<!\byour )(?<!\bmy )(?<!\bour )(?<!\btheir )(?<!\bhis )(?<!\bher )"
                r"(?<!\beach )(?<!\banother )(?<!\bno )(?<!\bnew )(?<!\bdifferent )"
                r"\b((?:kind|sort) of)\b"),
    ("i mean", r"(?<!\bwhat )(?<!\bif )(?<!\bdo )(?<!\bthat )(?<!\bwhich )\b(i mean)\b"
               r"(?! (?:by|that|to|it)\b)"),
    ("so", rf"{_OPENS}(so)\b,?(?! (?:that|far|much|many|long|as|am|do|is|are|does|did)\b)"),
    ("or something", r"\b(or something|and stuff|or whatever)\b(?! (?:like|that|else|you|we|i)\b)"),
    ("basically", r"\b(basically|literally)\b"),
)  # fmt: skip
LEXICAL_FILLERS = tuple((name, re.compile(pattern)) for name, pattern in _LEXICAL)


def lexical_fillers(words: Sequence[Word]) -> tuple[Filler, ...]:
    """Like, you know, kind of, I mean, opening so and similar fillers in one turn, in order."""
    found = {
        index: Filler(text, words[index].start_s)
        for _, pattern in LEXICAL_FILLERS
        for index, text in matches(words, pattern)
    }
    return tuple(found[index] for index in sorted(found))


def matches(words: Sequence[Word], pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Index of the first word and text of group 1 for each match in the words of a turn.

    The pattern sees words in lower case with their punctuation, separated by one space.
    """
    parts = [word.text.lower().replace("’", "'").rstrip("…").replace("...", "") for word in words]
    starts = dict(zip(_starts(parts), range(len(parts)), strict=True))
    text = " ".join(parts)
    for match in pattern.finditer(text):
        index = starts.get(match.start(1), -1)
        if index >= 0:
            yield index, match.group(1)


def _starts(parts: Sequence[str]) -> Iterator[int]:
    """Where each of `parts` begins when they are joined by blanks."""
    at = 0
    for part in parts:
        yield at
        at += len(part) + 1


def hesitations_said(words: Sequence[Word], found: Sequence[Hesitation]) -> tuple[Filler, ...]:
    """Um and uh in one turn: those in the words and those found in the sound, each once."""
    written = [index for index in range(len(words)) if is_hesitation(words, index)]
    # The finder may report an um that is in the text, before or right after its place.
    taken = {*written, *(index + 1 for index in written)}
    said = [(index, Filler(bare(words[index]), words[index].start_s)) for index in written]
    said += [(one.before, Filler(one.text, one.at_s)) for one in found if one.before not in taken]
    return tuple(filler for _, filler in sorted(said, key=lambda entry: entry[0]))

"""Mishearing: what recognisers made of words in this corpus, to be made of other talks' words."""

from __future__ import annotations

import collections
import difflib
import random
import re
from collections.abc import Iterable, Sequence

from training.corpus import Pitch

LONGEST = 3  # words heard as something else together
DOUBT = 3.0
"""Added to the times a phrase was said: one misheard once is not misheard always."""


def bare(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower())


class Mishearings:
    """Phrases of up to LONGEST words with what was heard instead of them, and how often."""

    def __init__(self, pairs: Iterable[tuple[Pitch, Pitch]]) -> None:
        """`pairs`: a pitch as written and as heard."""
        self.heard: dict[tuple[str, ...], list[str]] = collections.defaultdict(list)
        self.said: collections.Counter[tuple[str, ...]] = collections.Counter()
        for written, heard in pairs:
            self._add(written.text.split(), heard.text.split())

    def _add(self, written: Sequence[str], heard: Sequence[str]) -> None:
        plain = [bare(word) for word in written]
        for length in range(1, LONGEST + 1):
            for first in range(len(plain) - length + 1):
                self.said[tuple(plain[first : first + length])] += 1
        matcher = difflib.SequenceMatcher(None, plain, [bare(word) for word in heard], False)
        for kind, w0, w1, h0, h1 in matcher.get_opcodes():
            if kind == "replace" and w1 - w0 <= LONGEST and h1 - h0 <= LONGEST + 1:
                self.heard[tuple(plain[w0:w1])].append(" ".join(heard[h0:h1]))

    def of(self, words: Sequence[str], often: float, rng: random.Random) -> list[str]:
        """`words` with some of them misheard, `often` times as often as in the pairs."""
        out: list[str] = []
        plain = [bare(word) for word in words]
        at = 0
        while at < len(words):
            for length in range(min(LONGEST, len(words) - at), 0, -1):
                phrase = tuple(plain[at : at + length])
                found = self.heard.get(phrase)
                if found and rng.random() < often * len(found) / (self.said[phrase] + DOUBT):
                    out += rng.choice(found).split()
                    at += length
                    break
            else:
                out.append(words[at])
                at += 1
        return out

"""Mishearing: how recognisers get words wrong, for other talks.

Two sources: pitches of this corpus spoken by synthetic voices, and people whose first language is
not English (`accent_confusions.tsv`: counts of single words and short phrases from
`python -m benchmarks.voices --confusions`; no sentence of theirs is kept).
"""

from __future__ import annotations

import collections
import csv
import difflib
import pathlib
import random
import re
from collections.abc import Iterable, Sequence

from training.corpus import Pitch

LONGEST = 3  # words heard as something else together
DOUBT = 3.0
"""Added to the times a phrase was said: one misheard once is not misheard always."""
ACCENTED = 0.4
"""Share of misheard clauses that are misheard as those of people with an accent."""
CONFUSIONS = pathlib.Path(__file__).parent / "accent_confusions.tsv"


def bare(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower())


class Confusions:
    """Phrases of up to LONGEST words with what was recognised instead, and how often."""

    def __init__(self) -> None:
        self.heard: dict[tuple[str, ...], list[str]] = collections.defaultdict(list)
        self.said: collections.Counter[tuple[str, ...]] = collections.Counter()

    def add(self, written: Sequence[str], heard: Sequence[str]) -> None:
        """Words as written, and what a recogniser made of them."""
        plain = [bare(word) for word in written]
        for length in range(1, LONGEST + 1):
            for first in range(len(plain) - length + 1):
                self.said[tuple(plain[first : first + length])] += 1
        matcher = difflib.SequenceMatcher(None, plain, [bare(word) for word in heard], False)
        for kind, w0, w1, h0, h1 in matcher.get_opcodes():
            if kind == "replace" and w1 - w0 <= LONGEST and h1 - h0 <= LONGEST + 1:
                self.heard[tuple(plain[w0:w1])].append(" ".join(heard[h0:h1]))

    def of(self, words: Sequence[str], often: float, rng: random.Random) -> list[str]:
        """`words` with some of them misheard, `often` times as often as was counted."""
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


def read_confusions(path: pathlib.Path = CONFUSIONS) -> Confusions:
    """Lines of: phrase said, phrase recognised, times, times said; a tab between them."""
    confusions = Confusions()
    with path.open(encoding="utf-8", newline="") as file:
        for said, recognised, times, of in csv.reader(file, delimiter="\t"):
            phrase = tuple(said.split())
            confusions.heard[phrase] += [recognised] * int(times)
            confusions.said[phrase] = int(of)
    return confusions


class Mishearings:
    """Mishears as recognisers did: this corpus by synthetic voices, or people with an accent."""

    def __init__(self, pairs: Iterable[tuple[Pitch, Pitch]]) -> None:
        """`pairs`: a pitch as written and as heard."""
        self.synthetic = Confusions()
        self.accented = read_confusions()
        for written, heard in pairs:
            self.synthetic.add(written.text.split(), heard.text.split())

    def of(self, words: Sequence[str], often: float, rng: random.Random) -> list[str]:
        """`words` with some of them misheard, `often` times as often as was counted."""
        if not often:
            return list(words)
        source = self.accented if rng.random() < ACCENTED else self.synthetic
        return source.of(words, often, rng)

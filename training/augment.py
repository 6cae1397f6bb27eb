"""Augment: the same talk from another speaker, recogniser or order."""

from __future__ import annotations

import dataclasses
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from training.corpus import LabelledClause, Pitch
from training.mishearing import Mishearings
from training.one_breath import OneBreath

FILLERS = (
    "um", "uh", "er", "like", "you know", "so", "well", "I mean", "sort of", "okay", "right",
    "Um,", "Uh,", "So,", "you know,", "I mean,",
)  # fmt: skip
LISTED = 0.3
"""The share of talks whose ways can be said in one breath that are."""
_EDGES = re.compile(r"^\W+|\W+$")


class Augmenter:
    """Seeded; `pool` gives the words, names and partners that are swapped in."""

    def __init__(
        self,
        pool: Sequence[Pitch],
        heard: Mapping[str, Sequence[Pitch]],
        seed: int,
        *,
        mishear: float = 0.0,
    ) -> None:
        """`heard`: what recognisers made of pitches, by id. `mishear`: the share (0..1) of talks
        that are misheard as those were."""
        self.random = random.Random(seed)
        self.pool = list(pool)
        self.mishear = mishear
        self.one_breath = OneBreath(pool)
        self.mishearings = Mishearings((p, h) for p in pool for h in heard.get(p.id, ()))
        self.alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        self.names: list[str] = []
        for pitch in pool:
            for clause in pitch.clauses:
                for place, word in enumerate(clause.text.split()):
                    bare = _EDGES.sub("", word)
                    if not bare:
                        continue
                    self.alike[(bare[0].lower(), len(bare))].append(bare)
                    if (
                        place
                        and bare[0].isupper()
                        and bare not in ("I", "I'd", "I'm", "I've", "I'll")
                    ):
                        self.names.append(bare)

    def clauses(self, pitch: Pitch) -> tuple[list[LabelledClause], bool]:
        """The clauses of a new talk made of `pitch`, and whether it is a recital."""
        chance = self.random.random
        clauses, recital = list(pitch.clauses), pitch.recital
        if not recital and chance() < LISTED:
            clauses = self.one_breath.clauses(pitch, self.random) or clauses
        if chance() < 0.25 and not recital:
            clauses = self._crop(clauses)
        if chance() < 0.2:
            other = self.random.choice(self.pool)
            if not other.recital and not recital:
                more = _renumbered(self._crop(list(other.clauses)), clauses)
                clauses = clauses + more if chance() < 0.5 else more + clauses
        if chance() < 0.2:
            clauses = self._swap_names(clauses)
        change = chance()
        misheard = "@" not in pitch.id and chance() < self.mishear
        often = self.random.uniform(0.5, 3.0) if misheard else 0.0
        noisy = chance() < 0.35
        rate = self.random.choice((0.02, 0.04, 0.07))
        fillers = chance() < 0.3
        return [
            clause
            if clause.speaker == "M"  # the manager's lines are known, not heard
            else dataclasses.replace(
                clause, text=self._text(clause.text, change, rate if noisy else 0.0, fillers, often)
            )
            for clause in clauses
        ], recital

    def _crop(self, clauses: list[LabelledClause]) -> list[LabelledClause]:
        """A run of at least half the clauses, cut only beside clauses that stand for themselves."""
        if len(clauses) < 4:
            return clauses
        length = self.random.randint(len(clauses) // 2, len(clauses))
        start = self.random.randint(0, len(clauses) - length)
        cut = clauses[start : start + length]
        outside = [
            *clauses[max(0, start - 1) : start],
            *clauses[start + length : start + length + 1],
        ]
        tied = any(c.near_misses or c.speaker == "M" for c in [*outside, cut[0], cut[-1]])
        return clauses if tied else cut

    def _swap_names(self, clauses: list[LabelledClause]) -> list[LabelledClause]:
        swaps: dict[str, str] = {}
        found = []
        for clause in clauses:
            words = clause.text.split()
            for place, word in enumerate(words):
                bare = _EDGES.sub("", word)
                if not bare:
                    continue
                if bare.isdigit():
                    swaps.setdefault(bare, str(self.random.randint(2, 10 ** min(len(bare), 4))))
                elif place and bare[0].isupper() and bare in self.names:
                    swaps.setdefault(bare, self.random.choice(self.names))
                if bare in swaps:
                    words[place] = word.replace(bare, swaps[bare])
            found.append(dataclasses.replace(clause, text=" ".join(words)))
        return found

    def _text(
        self, text: str, change: float, rate: float, fillers: bool, often: float = 0.0
    ) -> str:
        words = text.split()
        if often:
            words = self.mishearings.of(words, often, self.random) or words
        chance = self.random.random
        out: list[str] = []
        for word in words:
            if fillers and chance() < 0.05:
                out += self.random.choice(FILLERS).split()
            if rate and chance() < rate and len(words) > 2:
                continue
            if rate and chance() < rate:
                word = self._misheard(word)
            out.append(word)
            if rate and chance() < rate / 2:
                out.append(word)
        words = out or words
        if change < 0.45:
            words = [re.sub(r"[^\w'$%]", "" if "'" in w else " ", w.lower()) for w in words]
            if change < 0.15:
                words = [word.replace("'", "") for word in words]
        elif change < 0.6:
            words = [_mutated(word, self.random) for word in words]
        return " ".join(" ".join(words).split()) or text

    def _misheard(self, word: str) -> str:
        bare = _EDGES.sub("", word)
        if not bare:
            return word
        length = len(bare) + self.random.choice((-1, 0, 0, 1))
        alike = self.alike.get((bare[0].lower(), length))
        return word.replace(bare, self.random.choice(alike)) if alike else word


def _mutated(word: str, rng: random.Random) -> str:
    """Punctuation as a recogniser would misplace it."""
    if word[-1:] in ",;:" and rng.random() < 0.6:
        return word[:-1] + rng.choice(("", ".", ""))
    if word[-1:] in ".?!" and rng.random() < 0.5:
        return word[:-1] + rng.choice((",", "", "."))
    return word + "." if rng.random() < 0.02 else word


def _renumbered(
    clauses: list[LabelledClause], before: Sequence[LabelledClause]
) -> list[LabelledClause]:
    shift = max((way for clause in before for way in clause.ways), default=0)
    return [
        dataclasses.replace(clause, ways=frozenset(way + shift for way in clause.ways))
        for clause in clauses
    ]

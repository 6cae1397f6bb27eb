"""Draft: an earlier transcript of the same segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rehearse.sound import Samples

UNSURE_END_WORDS = 3
"""Last words of a draft that may differ, since its sound ended in mid-speech."""
MOST_DIFFERENT = 0.1
"""The share of a draft's words that may differ."""
LEAST_REPEATED = 3
"""This many words repeated at the end of a text are a loop rather than speech."""


@dataclass(frozen=True)
class Draft:
    """`tokens` decoded for `sound` with `prompt` before it."""

    prompt: Sequence[int]
    tokens: tuple[int, ...]
    sound: Samples

    def serves(self, prompt: Sequence[int], sound: Samples) -> bool:
        """Whether `sound` continues the draft's sound."""
        begin = sound[: len(self.sound)]
        return list(self.prompt) == list(prompt) and np.array_equal(begin, self.sound)


def plain_words(text: str) -> list[str]:
    """Without case and punctuation."""
    words = ("".join(filter(str.isalnum, word)) for word in text.lower().split())
    return [word for word in words if word]


def agrees(said: Sequence[str], drafted: Sequence[str]) -> bool:
    """Whether `said` starts with the words of a draft, except for a few and the draft's end."""
    expected = drafted[:-UNSURE_END_WORDS]
    distance = list(range(len(said) + 1))
    for row, word in enumerate(expected, start=1):
        above, distance[0] = distance[0], row
        for column, other in enumerate(said, start=1):
            here = min(above + (word != other), distance[column] + 1, distance[column - 1] + 1)
            above, distance[column] = distance[column], here
    return min(distance) <= MOST_DIFFERENT * len(expected)


def repeats_its_end(said: Sequence[str]) -> bool:
    return any(said[-n:] == said[-2 * n : -n] for n in range(LEAST_REPEATED, len(said)))

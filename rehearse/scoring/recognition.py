"""Recognition: how much of a talk was understood.

A word's probability says more together with those of its neighbours: a wrong word seldom stands
alone. The weights are logistic regressions on speech of people whose first language is not English
(`python -m benchmarks.voices` measures them on others). Which words are marked is told by their
signs, too. A second model that recognises the same word says more still.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rehearse.scoring.names_and_greetings import is_name_or_greeting
from rehearse.transcript import Word

INTERCEPT, OWN, NEXT_TO_IT, NEAR = -0.99, 0.71, 0.20, 0.44
NEAR_WORDS = 4
DOUBTFUL = 0.66
"""Chance of being right below which a word is marked `[?]`."""
SIGN_INTERCEPT = -1.38
SIGN_WEIGHTS = (0.47, 0.23, 0.36, 0.65, 0.20, -2.11, 2.01, -0.28, 0.29, 0.29)
"""Of `signs_of`'s values, by `python -m training.doubt_model`."""
LEAST_TOKEN, LEAST_WORD = -8.0, -12.0
"""Log probabilities below these say no more."""
SMALL_WORD = re.compile(
    r"a|an|the|i|you|he|she|it|we|they|me|him|her|us|them|my|your|his|its|our|their|this|that|"
    r"these|those|is|am|are|was|were|be|been|have|has|had|do|does|did|will|would|can|could|may|"
    r"might|must|shall|should|not|no|and|or|but|if|so|as|at|by|for|from|in|of|on|to|with|what|who|"
    r"how|when|where|why|all|very|there|here|up|out|about"
)
"""Right more often than its probability says."""
AGREES, DIFFERS = 0.46, -1.00
"""Added to the log odds of a word that a second model recognised too, or not, before it is marked
(`python -m training.doubt_model`)."""
AGREES_UNSIGNED, DIFFERS_UNSIGNED = 0.55, -1.35
"""The same for a word without signs (fitted on other words: docs/voices.md)."""
TOO_LITTLE = 0.70
"""Share of understood words below which a talk is not judged: about every third word is wrong."""
MAY_MISS_A_POINT = 0.80
"""Share below which, in a longer talk, what was not found may only not have been understood."""
LONGER_TALK_WORDS = 30
"""In fewer words one error or two decide that share: eight of ten would doubt good talk."""
ENOUGH_WORDS = 8
"""In a talk of fewer words, names and greetings would decide the share: they do not count."""
FEWEST_WORDS = 5
"""With fewer words that count there is no share."""


@dataclass(frozen=True)
class Recognition:
    """`understood` of `words` words were probably recognised right. In a talk of fewer than
    ENOUGH_WORDS, names and greetings are not among them."""

    understood: int
    words: int

    @property
    def too_little(self) -> bool:
        """Whether too few words are right for single words to prove anything."""
        return self.words >= FEWEST_WORDS and self.understood < TOO_LITTLE * self.words

    @property
    def may_miss_a_point(self) -> bool:
        """Whether so many words are doubtful that a point may be lost among them. What was found
        is sure enough to count, unless there is too little."""
        longer = self.words >= LONGER_TALK_WORDS
        return self.too_little or (longer and self.understood < MAY_MISS_A_POINT * self.words)


def recognition(words: Sequence[Word]) -> Recognition | None:
    """The recognition of a talk; None for a typed one, where no model recognised words."""
    known = [
        (chance, is_name_or_greeting(word.text, before))
        for chance, word, before in zip(
            chances_right(words), words, ["", *(word.text for word in words)], strict=False
        )
        if chance is not None
    ]
    if not known:
        return None
    few = len(known) < ENOUGH_WORDS
    chances = [chance for chance, is_name in known if not (few and is_name)]
    return Recognition(round(sum(chances)), len(chances))


def chances_right(words: Sequence[Word]) -> list[float | None]:
    """The chance (0..1) that each word is right; None for typed and corrected words."""
    return [
        None if levels is None else _chance(INTERCEPT, (OWN, NEXT_TO_IT, NEAR), levels)
        for levels in _levels(words)
    ]


def chances_for_marks(words: Sequence[Word]) -> list[float | None]:
    """As `chances_right`, from the signs as well where there are any."""
    return [
        chance if signs is None else _chance(SIGN_INTERCEPT, SIGN_WEIGHTS, signs)
        for chance, signs in zip(chances_right(words), signs_of(words), strict=True)
    ]


def signs_of(words: Sequence[Word]) -> list[tuple[float, ...] | None]:
    """What tells whether each word is right: the logits of its own probability and, on average, of
    those next to it and near it; whether it is a small word; and its signs. None without any."""
    return [
        None
        if levels is None or word.signs is None
        else (
            *levels,
            float(SMALL_WORD.fullmatch(_bare(word.text)) is not None),
            max(LEAST_TOKEN, word.signs.weakest),
            max(LEAST_WORD, word.signs.said / word.signs.tokens),
            max(LEAST_WORD, word.signs.spelt),
            word.signs.other,
            max(LEAST_TOKEN, word.signs.onward),
            word.signs.rank,
        )
        for levels, word in zip(_levels(words), words, strict=True)
    ]


def doubtful(words: Sequence[Word]) -> list[bool]:
    """Whether to mark each word as doubtful."""
    return [
        chance is not None and _with_second(chance, word) < DOUBTFUL
        for chance, word in zip(chances_for_marks(words), words, strict=True)
    ]


def compared(words: Sequence[Word], others: Sequence[Word]) -> tuple[Word, ...]:
    """`words` with `agreed` set by the words that a second model recognised in the same sound."""
    texts, other_texts = [_bare(one.text) for one in words], [_bare(one.text) for one in others]
    same: set[int] = set()
    for block in SequenceMatcher(None, texts, other_texts, autojunk=False).get_matching_blocks():
        same.update(range(block.a, block.a + block.size))
    return tuple(replace(word, agreed=at in same) for at, word in enumerate(words))


def _with_second(chance: float, word: Word) -> float:
    if word.agreed is None:
        return chance
    agrees, differs = (AGREES, DIFFERS) if word.signs else (AGREES_UNSIGNED, DIFFERS_UNSIGNED)
    odds = chance / (1 - chance) * math.exp(agrees if word.agreed else differs)
    return odds / (1 + odds)


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9']", "", text.lower())


def _levels(words: Sequence[Word]) -> list[tuple[float, float, float] | None]:
    """The logits of each word's own probability and, on average, of those next to it and near it;
    None for typed and corrected words."""
    known = [at for at, word in enumerate(words) if word.probability is not None]
    logits = [_logit(words[at].probability or 0.0) for at in known]
    levels: list[tuple[float, float, float] | None] = [None] * len(words)
    for place, at in enumerate(known):
        beside = [*logits[max(0, place - 1) : place], *logits[place + 1 : place + 2]]
        near = [
            *logits[max(0, place - NEAR_WORDS) : place],
            *logits[place + 1 : place + 1 + NEAR_WORDS],
        ]
        own = logits[place]
        levels[at] = own, _mean(beside, own), _mean(near, own)
    return levels


def _chance(intercept: float, weights: Sequence[float], values: Sequence[float]) -> float:
    score = intercept + sum(map(operator.mul, weights, values))
    return 1 / (1 + math.exp(-score))


def _mean(logits: Sequence[float], otherwise: float) -> float:
    return sum(logits) / len(logits) if logits else otherwise


def _logit(probability: float) -> float:
    clipped = min(0.98, max(0.02, probability))
    return math.log(clipped / (1 - clipped))

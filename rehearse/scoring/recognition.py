"""Recognition: how much of a talk was understood.

A word's probability says more together with those of its neighbours: a wrong word seldom stands
alone. The weights are logistic regressions on speech of people whose first language is not English
(`python -m benchmarks.voices` measures them on others). Which words are marked is told by their
signs, too. A second model that recognises the same word says more still.
"""

from __future__ import annotations

import itertools
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
LEAST_PROBABLE = 0.02
"""A probability nearer than this to 0 or 1 says no more."""
DOUBTFUL, DOUBTFUL_TWICE = 0.64, 0.68
"""Chance of being right below which a word is marked `[?]`; and if a second model listened, too."""
DOUBTFUL_UNSIGNED = 0.66
"""The same for a word without signs, whether or not a second model listened."""
SIGN_INTERCEPT = -1.86
SIGN_WEIGHTS = (0.55, 0.21, 0.38, 0.75, -0.20, 0.30, 1.09, 0.64)
"""Of `signs_of`'s values. They, DOUBTFUL, DOUBTFUL_TWICE, AGREES and DIFFERS are printed by
`python -m training.doubt_model`."""
SIGNS_NEAR_WORDS = 12
"""How many words on either side are near, for the signs."""
LEAST_LIKELY, LEAST_ONWARD = 0.01, -8.0
"""The probability of a word's letters says no more where it is nearer than this to 0 or 1, nor the
log probability of what follows where it is less."""
LONGEST_WORD_S, LONGEST_PAUSE_S = 1.0, 0.5
"""Longer ones count as this. Before the first word and after the last there is such a pause."""
SMALL_WORD = re.compile(
    r"a|an|the|i|you|he|she|it|we|they|me|him|her|us|them|my|your|his|its|our|their|this|that|"
    r"these|those|is|am|are|was|were|be|been|have|has|had|do|does|did|will|would|can|could|may|"
    r"might|must|shall|should|not|no|and|or|but|if|so|as|at|by|for|from|in|of|on|to|with|what|who|"
    r"how|when|where|why|all|very|there|here|up|out|about"
)
"""Right more often than its probability says."""
AGREES, DIFFERS = 0.46, -0.96
"""Added to the log odds of a word that a second model recognised too, or not, before it is
marked."""
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
    known = [at for at, word in enumerate(words) if word.probability is not None]
    logits = [_logit(words[at].probability or 0.0, LEAST_PROBABLE) for at in known]
    chances: list[float | None] = [None] * len(words)
    for at, levels in zip(known, _levels(logits, NEAR_WORDS), strict=True):
        chances[at] = _chance(INTERCEPT, (OWN, NEXT_TO_IT, NEAR), levels)
    return chances


def chances_for_marks(words: Sequence[Word]) -> list[float | None]:
    """As `chances_right`, but from the signs where there are any."""
    return _by_signs(words, signs_of(words))


def signs_of(words: Sequence[Word]) -> list[tuple[float, ...] | None]:
    """What tells whether each word is right: the logits of the probability of its letters and, on
    average, of those next to it and near it; whether it is a small word; the likeliest other token
    and what follows; its length, and the pause before it less the one after. None without signs."""
    told = [
        (at, word.signs, word.start_s, word.end_s)
        for at, word in enumerate(words)
        if word.probability is not None
        and word.signs is not None
        and word.start_s is not None
        and word.end_s is not None
    ]
    letters = [_logit(math.exp(signs.spelt), LEAST_LIKELY) for _, signs, _, _ in told]
    levels = _levels(letters, SIGNS_NEAR_WORDS)
    pauses_s = [
        LONGEST_PAUSE_S,
        *(min(LONGEST_PAUSE_S, after[2] - before[3]) for before, after in itertools.pairwise(told)),
        LONGEST_PAUSE_S,
    ]
    found: list[tuple[float, ...] | None] = [None] * len(words)
    for place, (at, signs, start_s, end_s) in enumerate(told):
        found[at] = (
            *levels[place],
            float(SMALL_WORD.fullmatch(_bare(words[at].text)) is not None),
            signs.other,
            max(LEAST_ONWARD, signs.onward),
            min(LONGEST_WORD_S, end_s - start_s),
            pauses_s[place] - pauses_s[place + 1],
        )
    return found


def doubtful(words: Sequence[Word]) -> list[bool]:
    """Whether to mark each word as doubtful."""
    found = signs_of(words)
    return [
        chance is not None and _is_doubtful(chance, word.agreed, signed=signs is not None)
        for chance, word, signs in zip(_by_signs(words, found), words, found, strict=True)
    ]


def compared(words: Sequence[Word], others: Sequence[Word]) -> tuple[Word, ...]:
    """`words` with `agreed` set by the words that a second model recognised in the same sound."""
    texts, other_texts = [_bare(one.text) for one in words], [_bare(one.text) for one in others]
    same: set[int] = set()
    for block in SequenceMatcher(None, texts, other_texts, autojunk=False).get_matching_blocks():
        same.update(range(block.a, block.a + block.size))
    return tuple(replace(word, agreed=at in same) for at, word in enumerate(words))


def _by_signs(
    words: Sequence[Word], found: Sequence[tuple[float, ...] | None]
) -> list[float | None]:
    return [
        chance if signs is None else _chance(SIGN_INTERCEPT, SIGN_WEIGHTS, signs)
        for chance, signs in zip(chances_right(words), found, strict=True)
    ]


def _is_doubtful(chance: float, agreed: bool | None, *, signed: bool) -> bool:
    if agreed is None:
        return chance < (DOUBTFUL if signed else DOUBTFUL_UNSIGNED)
    agrees, differs = (AGREES, DIFFERS) if signed else (AGREES_UNSIGNED, DIFFERS_UNSIGNED)
    odds = chance / (1 - chance) * math.exp(agrees if agreed else differs)
    return odds / (1 + odds) < (DOUBTFUL_TWICE if signed else DOUBTFUL_UNSIGNED)


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9']", "", text.lower())


def _levels(logits: Sequence[float], near_words: int) -> list[tuple[float, float, float]]:
    """Each word's own logit and, on average, those of the words next to it and near it."""
    levels = []
    for at, own in enumerate(logits):
        beside = [*logits[max(0, at - 1) : at], *logits[at + 1 : at + 2]]
        near = [*logits[max(0, at - near_words) : at], *logits[at + 1 : at + 1 + near_words]]
        levels.append((own, _mean(beside, own), _mean(near, own)))
    return levels


def _chance(intercept: float, weights: Sequence[float], values: Sequence[float]) -> float:
    score = intercept + sum(map(operator.mul, weights, values))
    return 1 / (1 + math.exp(-score))


def _mean(logits: Sequence[float], otherwise: float) -> float:
    return sum(logits) / len(logits) if logits else otherwise


def _logit(probability: float, least: float) -> float:
    clipped = min(1 - least, max(least, probability))
    return math.log(clipped / (1 - clipped))

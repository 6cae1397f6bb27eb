"""Doubt by speaker: every speaker judged by the others.

`python -m benchmarks.voices.doubt_by_speaker` reads the transcripts in the cache. In turn each
Mandarin speaker is left out (with an eighteenth of VCTK); weights and threshold come from the rest,
the threshold being the one that marks `--right` of the right words of the other Mandarin speakers.
The 95% intervals are from BOOTSTRAPS draws of the speakers.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.talks import machine
from benchmarks.voices.doubt import area_under_the_curve, judged
from benchmarks.voices.fit_doubt import MODELS, Found, cached, chances, regression, signs
from benchmarks.voices.speech import JUDGED, by_birth, mandarin
from rehearse.scoring.recognition import (
    AGREES,
    DIFFERS,
    DOUBTFUL,
    DOUBTFUL_TWICE,
    chances_for_marks,
    compared,
)

BOOTSTRAPS = 2000
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Scorer = Callable[[Bools], Floats]
"""The score of every word, from the words (those that are true) that it may be fitted on."""


@dataclass(frozen=True)
class Words:
    """All words, an entry of each array for one. `program`: log odds of the program's chance."""

    speaker: npt.NDArray[np.str_]
    model: npt.NDArray[np.str_]
    mandarin: Bools
    right: Bools
    agreed: Bools
    program: Floats
    signs: Floats


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--speakers", type=int, default=JUDGED)
    parser.add_argument("--right", type=float, default=0.1)
    options = parser.parse_args()
    print(machine())
    words = read(options.speakers)
    second = words.program + np.where(words.agreed, AGREES, DIFFERS)
    for name, scores, below in (
        ("the program", words.program, DOUBTFUL),
        ("the program after a second model listened", second, DOUBTFUL_TWICE),
    ):
        report(name, words, scores, np.full(len(words.right), log_odds(below)))
    for name, scorer, by_model in (
        ("a threshold for each model", lambda _: words.program, True),
        ("more signs", lambda rest: fitted(words, rest), False),
        ("a second model", lambda rest: with_second(words, rest), False),
    ):
        report(name, words, *left_out(words, scorer, options.right, by_model=by_model))


def read(speakers: int) -> Words:
    rows = []
    for recordings, is_mandarin in ((list(mandarin(speakers)), True), (list(by_birth()), False)):
        found: dict[str, Found] = {model: cached(model, recordings) for model in MODELS}
        heard = {(model, one.talk.name): result for model in MODELS for one, result in found[model]}
        for model, other in (MODELS, MODELS[::-1]):
            for one, result in found[model]:
                second = heard[other, one.talk.name]
                agreed = [bool(w.agreed) for w in compared(result.words, second.words)]
                odds = [log_odds(chance or 0.0) for chance in chances_for_marks(result.words)]
                of_words = signs(result.words)
                person = one.speaker or one.talk.name
                for at, right in judged(result.words, one.talk.text).items():
                    rows.append(
                        (person, model, is_mandarin, right, agreed[at], odds[at], of_words[at])
                    )
    return Words(*(np.array(column) for column in zip(*rows, strict=True)))


def left_out(
    words: Words, scorer: Scorer, marked_right: float, *, by_model: bool
) -> tuple[Floats, Floats]:
    """(score, threshold) of every word, neither of them from its own speaker."""
    own = sorted(set(words.speaker[words.mandarin]))
    born = sorted(set(words.speaker[~words.mandarin]))
    scores, thresholds = np.zeros(len(words.right)), np.zeros(len(words.right))
    for at, person in enumerate(own):
        left = np.isin(words.speaker, [person, *born[at :: len(own)]])
        score = scorer(~left)
        for model in MODELS:
            whose = words.model == model if by_model else np.ones(len(left), dtype=bool)
            right = ~left & whose & words.right & words.mandarin
            of_model = left & (words.model == model)
            thresholds[of_model] = np.quantile(score[right], marked_right)
        scores[left] = score[left]
    return scores, thresholds


def fitted(words: Words, rest: Bools) -> Floats:
    """benchmarks/voices/fit_doubt.py's signs."""
    chance = chances(regression(words.signs[rest], words.right[rest]), words.signs)
    return np.asarray(np.log(chance / (1 - chance)))


def with_second(words: Words, rest: Bools) -> Floats:
    """The program's log odds, moved so that the chances are right in the mean among the words that
    another model recognised too, and among the others."""
    score = words.program.copy()
    for agreed in (True, False):
        group = words.agreed == agreed
        score[group] += shift(words.program[group & rest], words.right[group & rest])
    return score


def shift(log_odds: Floats, right: Bools, counts: Floats | None = None) -> float:
    """What to add to the log odds so that the chances are right in the mean. `counts`: how much
    each word counts, None for all alike."""
    low, high = -6.0, 6.0
    for _ in range(50):
        middle = (low + high) / 2
        moved = 1 / (1 + np.exp(-(log_odds + middle)))
        too_low = np.average(moved, weights=counts) < np.average(right, weights=counts)
        low, high = (middle, high) if too_low else (low, middle)
    return low


def report(name: str, words: Words, scores: Floats, thresholds: Floats) -> None:
    marks = scores < thresholds
    chance = 1 / (1 + np.exp(-np.mean(thresholds)))
    print(f"\n{name} (threshold {chance:.2f}, moved by {np.mean(scores - words.program):+.2f})")
    for model in MODELS:
        for group, those in (("Mandarin", words.mandarin), ("VCTK", ~words.mandarin)):
            of_both = those & (words.model == model)
            pairs = list(zip(scores[of_both], words.right[of_both], strict=True))
            area = area_under_the_curve(pairs)
            wrong, right = intervals(marks[of_both], words.right[of_both], words.speaker[of_both])
            print(
                f"{model}, {group}, {of_both.sum()} words: area under the curve {area:.3f}; marked "
                f"{wrong} of wrong words, {right} of right ones"
            )


def intervals(marks: Bools, right: Bools, speaker: npt.NDArray[np.str_]) -> tuple[str, str]:
    luck = np.random.default_rng(5)
    people = sorted(set(speaker))
    drawn = luck.integers(0, len(people), (BOOTSTRAPS, len(people)))
    return _share(marks, ~right, speaker, people, drawn), _share(
        marks, right, speaker, people, drawn
    )


def _share(
    marks: Bools,
    group: Bools,
    speaker: npt.NDArray[np.str_],
    people: Sequence[str],
    drawn: npt.NDArray[np.int64],
) -> str:
    marked = np.array([(marks & group & (speaker == one)).sum() for one in people])
    words = np.array([(group & (speaker == one)).sum() for one in people])
    shares = marked[drawn].sum(axis=1) / np.maximum(1, words[drawn].sum(axis=1))
    low, high = np.percentile(shares, (2.5, 97.5))
    return f"{marked.sum() / words.sum():.3f} ({low:.2f} to {high:.2f})"


def log_odds(chance: float) -> float:
    return math.log(chance / (1 - chance)) if 0 < chance < 1 else 0.0


if __name__ == "__main__":
    main()

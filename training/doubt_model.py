"""Doubt model: the weights by which words are marked.

`python -m training.doubt_model` prints rehearse/scoring/recognition.py's SIGN_INTERCEPT and
SIGN_WEIGHTS: a logistic regression over the words that tiny.en and base recognised in recordings
that `python -m benchmarks.voices` does not judge by (benchmarks/voices/speech.py: the other
Mandarin speakers, and people of VCTK). Speakers with more than POOR of their words wrong count
less, so that WRONG of all words of Mandarin speakers are wrong, as in the benchmark. The rest comes
from each of PARTS parts of the speakers judged by the others: AGREES and DIFFERS; DOUBTFUL and
DOUBTFUL_TWICE, the highest of LEVELS at which neither model marks more than MARKED_RIGHT of the
right words of Mandarin speakers; and what the levels near these mark.
Transcripts are kept in REHEARSE_VOICES_CACHE.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.talks import machine
from benchmarks.voices.doubt import judged
from benchmarks.voices.doubt_by_speaker import log_odds, shift
from benchmarks.voices.fit_doubt import MARKED_RIGHT, MODELS, regression
from benchmarks.voices.recognised import recognised
from benchmarks.voices.speech import JUDGED, Recording, by_birth, mandarin
from rehearse.scoring.recognition import compared, signs_of

POOR, WRONG = 0.3, 0.2
PARTS, SEED = 15, 1
LEVELS = tuple(hundredths / 100 for hundredths in range(50, 90))
NEAR_IT = 3
"""As many levels on either side are reported."""

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Words:
    """All words, an entry of each array for one. `agreed`: whether the other model recognised the
    same word."""

    speaker: npt.NDArray[np.str_]
    model: npt.NDArray[np.str_]
    mandarin: Bools
    right: Bools
    agreed: Bools
    signs: Floats


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    print(machine())
    words = Words(*(np.array(column) for column in zip(*rows(), strict=True)))
    counts = weights_of_words(words)
    intercept, *of_signs = regression(words.signs, words.right, counts)
    print(f"SIGN_INTERCEPT = {intercept:.2f}")
    print(f"SIGN_WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in of_signs)})")
    odds = judged_by_others(words, counts)
    second = odds.copy()
    for name, same in (("AGREES", words.agreed), ("DIFFERS", ~words.agreed)):
        moved = shift(odds[same], words.right[same], counts[same])
        second[same] += moved
        print(f"{name} = {moved:.2f}")
    for name, those in (("DOUBTFUL", odds), ("DOUBTFUL_TWICE", second)):
        level = highest(words, those, counts)
        print(f"{name} = {LEVELS[level]:.2f}, marked of wrong/right words below:")
        for model in MODELS:
            for group, chosen in (("Mandarin", words.mandarin), ("VCTK", ~words.mandarin)):
                weights = counts * (chosen & (words.model == model))
                report(f"{model}, {group}", those, words.right, weights, level)


def recordings() -> Iterator[tuple[Recording, bool]]:
    """None of those that the benchmark judges by, and whether its speaker's first language is
    Mandarin."""
    judged_by = {one.speaker for one in mandarin(JUDGED)}
    for one in mandarin(65):
        if one.speaker not in judged_by:
            yield one, True
    for one in by_birth(others=True):
        yield one, False


def rows() -> Iterator[tuple[str, str, bool, bool, bool, tuple[float, ...]]]:
    for one, is_mandarin in recordings():
        heard = {name: recognised(name, one.talk.name, one.talk.samples) for name in MODELS}
        for model, other in (MODELS, MODELS[::-1]):
            words = compared(heard[model].words, heard[other].words)
            signs = signs_of(words)
            for at, right in judged(words, one.talk.text).items():
                found = signs[at]
                if found is None:
                    raise SystemExit(f"{one.talk.name} was transcribed by an earlier version.")
                person = one.speaker or one.talk.name
                yield person, model, is_mandarin, right, bool(words[at].agreed), found


def weights_of_words(words: Words) -> Floats:
    """1, and less for words of speakers with more than POOR of them wrong."""
    rates = {one: 1 - words.right[words.speaker == one].mean() for one in set(words.speaker)}
    poor = np.array([rates[one] > POOR for one in words.speaker])
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        counts = np.where(poor, middle, 1.0) * words.mandarin
        too_many = np.average(~words.right, weights=counts) > WRONG
        low, high = (low, middle) if too_many else (middle, high)
    return np.where(poor, low, 1.0)


def judged_by_others(words: Words, counts: Floats) -> Floats:
    """The log odds of each word by weights that saw nothing of its speaker."""
    people = sorted(set(words.speaker))
    np.random.default_rng(SEED).shuffle(people)
    odds = np.zeros(len(words.right))
    for part in range(PARTS):
        left = np.isin(words.speaker, people[part::PARTS])
        weights = regression(words.signs[~left], words.right[~left], counts[~left])
        odds[left] = weights[0] + words.signs[left] @ weights[1:]
    return odds


def highest(words: Words, odds: Floats, counts: Floats) -> int:
    """The index of the highest of LEVELS that marks MARKED_RIGHT of the right words of Mandarin
    speakers at most, whichever model recognised them."""
    for_each = [counts * (words.mandarin & (words.model == model)) for model in MODELS]
    return max(
        at
        for at, level in enumerate(LEVELS)
        if all(marked(odds, words.right, one, level)[1] <= MARKED_RIGHT for one in for_each)
    )


def marked(odds: Floats, right: Bools, counts: Floats, level: float) -> tuple[float, float]:
    """The shares of wrong and of right words whose chance is below `level`."""
    marks = odds < log_odds(level)
    return (
        float(np.average(marks, weights=counts * ~right)),
        float(np.average(marks, weights=counts * right)),
    )


def report(name: str, odds: Floats, right: Bools, counts: Floats, chosen: int) -> None:
    shares = []
    for level in LEVELS[max(0, chosen - NEAR_IT) : chosen + NEAR_IT + 1]:
        of_wrong, of_right = marked(odds, right, counts, level)
        here = "*" if level == LEVELS[chosen] else ""
        shares.append(f"{here}{level}: {of_wrong:.3f}/{of_right:.3f}")
    print(f"{name} {', '.join(shares)}")


if __name__ == "__main__":
    main()

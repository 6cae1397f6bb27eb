"""Doubt model: the weights by which words are marked.

`python -m training.doubt_model` prints rehearse/scoring/recognition.py's SIGN_INTERCEPT and
SIGN_WEIGHTS: a logistic regression over the words that tiny.en and base recognised in recordings
that `python -m benchmarks.voices` does not judge by (benchmarks/voices/speech.py: the other
Mandarin speakers, and people of VCTK). Speakers with more than POOR of their words wrong count
less, so that WRONG of all words of Mandarin speakers are wrong, as in the benchmark. It also prints
what each of LEVELS marks, each of PARTS parts of the speakers judged by the others.
Transcripts are kept in REHEARSE_VOICES_CACHE.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.talks import machine
from benchmarks.voices.doubt import judged
from benchmarks.voices.doubt_by_speaker import shift
from benchmarks.voices.fit_doubt import MODELS, regression
from benchmarks.voices.recognised import recognised
from benchmarks.voices.speech import JUDGED, Recording, by_birth, mandarin
from rehearse.scoring.recognition import AGREES, DIFFERS, DOUBTFUL, compared, signs_of

POOR, WRONG = 0.3, 0.2
PARTS, SEED = 15, 1
LEVELS = (0.6, 0.62, 0.64, 0.66, 0.68, 0.7, 0.72)

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
    intercept, *weights = regression(words.signs, words.right, counts)
    print(f"SIGN_INTERCEPT = {intercept:.2f}")
    print(f"SIGN_WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in weights)})")
    odds = judged_by_others(words, counts)
    second = odds.copy()
    for agreed, now in ((True, AGREES), (False, DIFFERS)):
        group = words.agreed == agreed
        moved = shift(odds[group], words.right[group], counts[group])
        second[group] += moved
        whose = "recognised" if agreed else "not recognised"
        print(f"{whose} by the other model: {moved:+.2f} (now {now})")
    for name, those in (("alone", odds), ("after a second model", second)):
        for model in MODELS:
            for group, chosen in (("Mandarin", words.mandarin), ("VCTK", ~words.mandarin)):
                of_both = chosen & (words.model == model)
                report(f"{model}, {group}, {name}", those, words.right, counts * of_both)


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


def report(name: str, odds: Floats, right: Bools, counts: Floats) -> None:
    shares = []
    for level in LEVELS:
        marks = odds < math.log(level / (1 - level))
        of_wrong = np.average(marks, weights=counts * ~right)
        of_right = np.average(marks, weights=counts * right)
        here = "*" if level == DOUBTFUL else ""
        shares.append(f"{here}{level}: {of_wrong:.3f}/{of_right:.3f}")
    print(f"{name}, marked of wrong/right words below {', '.join(shares)}")


if __name__ == "__main__":
    main()

"""Fit doubt: can doubt be better than the program's?

`python -m benchmarks.voices.fit_doubt` compares rehearse/scoring/recognition.py with another
logistic regression, over the transcripts in the cache of the Mandarin speakers: half of these, who
make as many errors as the other half, for its weights and threshold, the other half to measure. The
program does not use it (docs/voices.md says why).
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from benchmarks.talks import machine
from benchmarks.voices.doubt import (
    area_under_the_curve,
    calibration_error,
    judged,
    marked,
    with_chances,
)
from benchmarks.voices.recognised import Recognised, is_cached, recognised
from benchmarks.voices.speech import Recording, by_birth, mandarin
from rehearse.scoring.recognition import DOUBTFUL, SMALL_WORD
from rehearse.transcript import Word

MODELS = ("tiny.en", "base")
MARKED_RIGHT = 0.1
"""The share of right words that may be marked."""
RIDGE = 1.0
STEPS = 30
CLIPPED = 0.01
"""A probability nearer than this to 0 or 1 says no more."""

Found = list[tuple[Recording, Recognised]]
Floats = npt.NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--speakers", type=int, default=20)
    parser.add_argument("--fit", nargs="+", default=MODELS, choices=MODELS)
    parser.add_argument("--vctk", action="store_true")
    options = parser.parse_args()
    print(machine())
    recordings = list(mandarin(options.speakers))
    found = {model: cached(model, recordings) for model in MODELS}
    fitted, other = halves(found[MODELS[0]])
    print(f"fitted on {' '.join(sorted(fitted))}; the other half: {' '.join(sorted(other))}")
    for_weights = [one for model in options.fit for one in found[model] if one[0].speaker in fitted]
    features, right = signs_and_right(for_weights)
    weights = regression(features, right)
    threshold = float(np.quantile(chances(weights, features)[right], MARKED_RIGHT))
    print(f"intercept {weights[0]:.3f}, weights {np.round(weights[1:], 3)}, doubt {threshold:.3f}")
    for model in MODELS:
        for name, group in {"fitted": fitted, "not fitted": other}.items():
            those = [one for one in found[model] if one[0].speaker in group]
            report(f"{model}, {name}", those, weights, threshold)
        if options.vctk:
            report(f"{model}, VCTK", cached(model, list(by_birth())), weights, threshold)


def cached(model: str, recordings: Sequence[Recording]) -> Found:
    return [
        (one, recognised(model, one.talk.name, one.talk.samples))
        for one in recordings
        if is_cached(model, one.talk.name)
    ]


def halves(found: Found) -> tuple[set[str], set[str]]:
    """The speakers in two halves that are alike: first, fourth, fifth, eighth ... by the share of
    words that are right."""
    right: dict[str, list[bool]] = {}
    for one, result in found:
        right.setdefault(one.speaker, []).extend(judged(result.words, one.talk.text).values())
    order = sorted(right, key=lambda speaker: (-float(np.mean(right[speaker])), speaker))
    first = {speaker for at, speaker in enumerate(order) if at % 4 in (0, 3)}
    return first, set(order) - first


def signs_and_right(found: Found) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """The signs of every word that can be judged, (words, signs), and whether it is right."""
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    for recording, result in found:
        of_words = signs(result.words)
        for at, is_right in judged(result.words, recording.talk.text).items():
            rows.append(of_words[at])
            right.append(is_right)
    return np.array(rows), np.array(right)


def regression(
    features: Floats, right: npt.NDArray[np.bool_], counts: Floats | None = None
) -> Floats:
    """Intercept and weights of a logistic regression with a ridge (Newton's method). `counts`: how
    much each word counts, None for all alike."""
    counts = np.ones(len(right)) if counts is None else counts
    x = np.column_stack([np.ones(len(features)), features])
    ridge = RIDGE * np.diag([0.0, *np.ones(features.shape[1])])
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-(x @ weights)))
        slope = x.T @ (counts * (right - chances)) - ridge @ weights
        curve = (x * (counts * chances * (1 - chances))[:, None]).T @ x + ridge
        weights += np.linalg.solve(curve, slope)
    return weights


def chances(weights: Floats, features: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-(weights[0] + features @ weights[1:]))))


def signs(words: Sequence[Word]) -> list[tuple[float, ...]]:
    """For each of these recognised words: the logits of its own probability, of its two neighbours
    and of all words; and whether it is a small word."""
    logits = [_logit(word.probability or 0.0) for word in words]
    everywhere = float(np.mean(logits or [0.0]))
    found: list[tuple[float, ...]] = []
    for at, (word, own) in enumerate(zip(words, logits, strict=True)):
        beside = [*logits[max(0, at - 1) : at], *logits[at + 1 : at + 2]] or [own]
        small = SMALL_WORD.fullmatch(word.text.strip(".,;:?!\"'").lower()) is not None
        found.append((own, float(np.mean(beside)), everywhere, float(small)))
    return found


def report(name: str, found: Found, weights: Floats, threshold: float) -> None:
    """The program's doubt beside the fitted one."""
    pairs = [
        pair
        for recording, result in found
        for pair in with_chances(result.words, recording.talk.text)
    ]
    if not pairs:
        return
    features, right = signs_and_right(found)
    fitted = list(zip(chances(weights, features).tolist(), right.tolist(), strict=True))
    wrong = sum(not is_right for _, is_right in pairs)
    for whose, those, below in (("program", pairs, DOUBTFUL), ("fitted", fitted, threshold)):
        of_wrong, of_right = marked(those, below)
        at_target = float(np.quantile([chance for chance, is_right in those if is_right], 0.1))
        print(
            f"{name}, {len(pairs)} words, {wrong} wrong, {whose}: area under the curve "
            f"{area_under_the_curve(those):.3f}, calibration error {calibration_error(those):.3f}; "
            f"marked {of_wrong:.3f} of wrong, {of_right:.3f} of right words; at {MARKED_RIGHT} of "
            f"right ones {marked(those, at_target)[0]:.3f} of wrong ones"
        )


def _logit(probability: float) -> float:
    clipped = min(1 - CLIPPED, max(CLIPPED, probability))
    return math.log(clipped / (1 - clipped))


if __name__ == "__main__":
    main()

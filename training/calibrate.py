"""Calibrate: from a clause's logit to a probability.

On the dev part and outside speech.

`python -m training.calibrate MODEL.onnx` prints Platt's scale and shift of each label (Platt 1999)
and the expected calibration error before and after, the latter on halves that were not fitted on.
"""

from __future__ import annotations

import argparse
import dataclasses
import pathlib
from collections.abc import Iterator, Sequence

import numpy as np
import scipy.optimize

from rehearse.engines.minilm.tagger import MinilmTagger
from rehearse.scoring.decode import LABELS, Thresholds, clauses_of
from rehearse.transcript import Speaker
from training.corpus import Pitch
from training.outside import as_pitch, read_outside
from training.talks import transcript, variants

BINS = 10
_UNCALIBRATED = dataclasses.replace(
    Thresholds(), scale=(1.0,) * len(LABELS), shift=(0.0,) * len(LABELS)
)
_LEAST = 0.02
"""Clauses less probable than this for a label are nobody's evidence and say nothing here."""


def evidence(model: MinilmTagger, talks: Sequence[Pitch]) -> Iterator[tuple[int, int, float, bool]]:
    """(number of the talk, label, logit, whether most of its words have it) of decoded clauses."""
    for number, talk in enumerate(talks):
        said = transcript(talk)
        turns = [u.words for u in said.utterances if u.speaker is Speaker.CANDIDATE]
        gold, known = _gold(talk)
        first = 0
        for clause in clauses_of(turns, model.logits(said.utterances), _UNCALIBRATED):
            end = first + len(clause.words)
            for place, label in enumerate(LABELS):
                chance = clause.probabilities[label]
                if known[first:end, place].all() and chance >= _LEAST:
                    is_so = bool(gold[first:end, place].mean() >= 0.5)
                    chance = min(chance, 0.9995)
                    yield number, place, float(np.log(chance / (1 - chance))), is_so
            first = end


def _gold(talk: Pitch) -> tuple[np.ndarray, np.ndarray]:
    """(words, labels) of the candidate: has the label; is known to have it or not."""
    rows = [
        ([label.value in clause.labels for label in LABELS],
         [label.value not in clause.masked for label in LABELS])
        for clause in talk.clauses if clause.speaker == "C"
        for _ in clause.text.split()
    ]  # fmt: skip
    return np.array([has for has, _ in rows]), np.array([known for _, known in rows])


def fitted(logits: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Scale and shift by maximum likelihood, lightly held to 1 and 0."""

    def cost(weights: np.ndarray) -> float:
        said = weights[0] * logits + weights[1]
        surprise = np.logaddexp(0.0, said) - truth * said
        return float(surprise.sum() + 0.5 * ((weights - [1.0, 0.0]) ** 2).sum())

    best = scipy.optimize.minimize(cost, [1.0, 0.0], method="Nelder-Mead")
    return float(best.x[0]), float(best.x[1])


def reliability(chances: np.ndarray, truth: np.ndarray) -> list[tuple[float, float, int]]:
    """(mean probability, share that is so, count) in each tenth of the range that has any."""
    place = np.minimum((chances * BINS).astype(int), BINS - 1)
    tenths = [place == b for b in range(BINS)]
    return [
        (float(chances[at].mean()), float(truth[at].mean()), int(at.sum()))
        for at in tenths
        if at.any()
    ]


def expected_calibration_error(chances: np.ndarray, truth: np.ndarray) -> float:
    """Mean distance of probability and share, weighted by count (Naeini et al. 2015)."""
    return sum(n * abs(p - share) for p, share, n in reliability(chances, truth)) / len(truth)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=pathlib.Path)
    options = parser.parse_args()
    model = MinilmTagger(options.model)
    found = variants("dev")
    talks = [*found["text"][0], *found["unpunct"][0]]
    talks += [as_pitch(talk) for talk in read_outside() if talk.in_dev]
    rows = np.array(list(evidence(model, talks)))
    scales, shifts, held_out = [], [], []
    for place, label in enumerate(LABELS):
        number, _, logits, truth = rows[rows[:, 1] == place].T
        halves = number // 2 % 2 == 0  # Both talks of a minimal pair in one half
        before = expected_calibration_error(1 / (1 + np.exp(-logits)), truth)
        after = []
        for half in (halves, ~halves):
            a, b = fitted(logits[half], truth[half])
            chances = 1 / (1 + np.exp(-(a * logits[~half] + b)))
            after.append(expected_calibration_error(chances, truth[~half]))
        a, b = fitted(logits, truth)
        scales.append(round(a, 3))
        shifts.append(round(b, 3))
        print(f"{label:8} n {len(truth):5} ECE {before:.3f} -> {np.mean(after):.3f}")
        held_out.append((chances, truth[~half]))
    chances, truth = (np.concatenate(some) for some in zip(*held_out, strict=True))
    print(f"all labels, held-out half: ECE {expected_calibration_error(chances, truth):.3f}")
    for chance, share, count in reliability(chances, truth):
        print(f"  said {chance:.2f}  was so {share:.2f}  ({count})")
    print(f"scale: {tuple(scales)}\nshift: {tuple(shifts)}")


if __name__ == "__main__":
    main()

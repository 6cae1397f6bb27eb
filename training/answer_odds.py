"""Answer odds: makes lines/answer_odds.toml from labelled replies.

`python -m training.answer_odds`, after `python -m training.matter_vectors`; three minutes. Readers
saw a turn and the lines that could follow it, and marked those that fit (answers.tsv). Prints how
well the odds tell fitting from unfit lines of turns left out, each turn judged by the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rehearse import wiring
from rehearse.calling.acts import Act
from rehearse.calling.answer_odds import FEATURES, measured
from rehearse.calling.matters import packaged_subjects

LABELLED = Path(__file__).with_name("answers.tsv")
WEIGHTS_FILE = Path("rehearse/calling/lines/answer_odds.toml")
PARTS = 8
SHRINK = 2.0
"""Strength of the pull to 0 of each weight, of features scaled to a variance of 1."""
ROUNDS = 30
DONE = 0.5
"""Probability from which the classifier says that an act was done."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Offered:
    """`turn` counts the turns; `fits`: a reader let the line pass."""

    turn: int
    features: tuple[float, ...]
    fits: bool


def offered() -> Iterator[Offered]:
    classifier, finder = wiring.load_act_classifier(), wiring.load_matter_finder()
    subjects = packaged_subjects()
    rows = LABELLED.read_text(encoding="utf-8").splitlines()
    for turn, row in enumerate(row for row in rows if not row.startswith("#")):
        _, line, text, named = row.split("\t")
        names = {name.removeprefix("+"): name.startswith("+") for name in named.split()}
        some = {name: subjects[name] for name in names if name in subjects}
        (form,) = classifier.forms([text], line)
        (odds,) = classifier.probabilities([text], line)
        acts = [act for act in Act if odds.get(act, 0.0) >= DONE]
        for name, features in measured(finder.near([text])[0], text, form, acts, some).items():
            yield Offered(turn, features, names[name])


def fitted(x: Floats, y: Floats) -> tuple[float, Floats]:
    """Bias and weights of a logistic regression, by Newton's method."""
    scale = np.maximum(x.std(axis=0), 1e-6)
    scaled = np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / scale])
    pull = SHRINK * np.eye(scaled.shape[1])
    pull[0, 0] = 0.0
    weights = np.zeros(scaled.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (p - y) + pull @ weights
        weights -= np.linalg.solve((scaled * (p * (1 - p))[:, None]).T @ scaled + pull, slope)
    own = weights[1:] / scale
    return float(weights[0] - own @ x.mean(axis=0)), own


def probabilities(x: Floats, bias: float, weights: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-(x @ weights + bias)))
    return found


def report(turns: npt.NDArray[np.int64], y: Floats, p: Floats) -> None:
    """What a manager who takes the likeliest line of each turn would say."""
    best = {turn: max(np.flatnonzero(turns == turn), key=lambda i: p[i]) for turn in set(turns)}
    chosen = np.array(sorted(best.values(), key=lambda i: -p[i]))
    above = (p[y == 1][:, None] > p[y == 0][None, :]).mean()
    print(f"{len(y)} lines after {len(best)} turns; area under the curve {above:.3f}")
    for limit in (0.4, 0.5, 0.6, 0.7):
        said = chosen[p[chosen] >= limit]
        print(f"from {limit}: said after {len(said) / len(best):.2f}, {y[said].mean():.2f} fit")


def main() -> None:
    found = list(offered())
    x, y = np.array([one.features for one in found]), np.array([float(one.fits) for one in found])
    turns = np.array([one.turn for one in found])
    p = np.zeros(len(y))
    for part in range(PARTS):
        out = turns % PARTS == part
        p[out] = probabilities(x[out], *fitted(x[~out], y[~out]))
    report(turns, y, p)
    bias, weights = fitted(x, y)
    lines = [f"bias = {bias:.4f}"]
    lines += [f"{name} = {weight:.4f}" for name, weight in zip(FEATURES, weights, strict=True)]
    note = "# Weights of calling/answer_odds.py. Written by training/answer_odds.py.\n"
    WEIGHTS_FILE.write_text(note + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

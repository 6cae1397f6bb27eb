"""Makes what tells which replies fit: `python -m training.reply_kinds`.

It trains heads on the states of the act model, as training/form_heads.py does: whenever that model
changes they have to be trained again. Readers saw the manager's line and the caller's turn, and
marked every kind of reply that fits (reply_kinds.tsv: the kinds, by two readers or one; those of
LATER, by another; the line; the turn); some kinds are also known from the acts of the turns in
training/acts. `--parts N` judges each of N parts of the labelled turns by heads that saw the
others, prints how well that works, and writes nothing.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from rehearse.calling.reply_kinds import ReplyKind
from rehearse.engines.minilm.act_classifier import KINDS_FILE, MinilmActClassifier
from training.act_model import Lines, plain, utterances
from training.form_heads import Heads, batch, fitted, save

LABELLED = Path(__file__).with_name("reply_kinds.tsv")
NAMES = [str(kind) for kind in ReplyKind]
LATER = frozenset(
    {ReplyKind.AS_YOU_LIKE, ReplyKind.MY_END, ReplyKind.WHICH_PART, ReplyKind.REMEMBER}
    | {ReplyKind.SMILE, ReplyKind.SORRY, ReplyKind.NOT_REALLY, ReplyKind.NOTE}
)
"""Kinds that were marked later than the others."""
FROM_ACTS = {
    "goodbye": "bye", "line_check": "line", "who": "name", "good_time": "time",
    "repeat": "repeat", "dont_know": "honest", "thanks": "welcome", "greeting": "know_you",
}  # fmt: skip
"""Kinds that are taken to fit a turn if it does this act, and not otherwise."""
READ, PLAIN, BY_ACTS = 1.0, 0.5, 0.3
"""How much a turn counts: as readers saw it, without punctuation, with kinds by its acts."""
EPOCHS, DECAY = 8, 0.05

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Example:
    """`fits`: of each kind, 1 or 0, or NaN where nobody knows. `turn`: which of the labelled it
    was made of, None for another."""

    line: str
    text: str
    fits: tuple[float, ...]
    weight: float
    turn: int | None = None


def examples() -> Iterator[Example]:
    for turn, row in enumerate(LABELLED.read_text(encoding="utf-8").splitlines()):
        kinds, later, line, text = row.split("\t")
        fits = tuple(share(later if kind in LATER else kinds, kind) for kind in ReplyKind)
        yield Example(line, text, fits, READ, turn)
        if plain(text) != text:
            yield Example(line, plain(text), fits, PLAIN, turn)
    lines, rng = Lines(), random.Random(1)
    for said in utterances():
        known = {kind: float(act in said.acts) for act, kind in FROM_ACTS.items()}
        fits = tuple(known.get(name, float("nan")) for name in NAMES)
        before = lines.before(said, rng)
        yield Example(before.line, before.text, fits, BY_ACTS)


def share(marked: str, kind: ReplyKind) -> float:
    """Of the readers who marked this kind: "nod / nod+kind"."""
    readers = [one.split("+") for one in marked.split(" / ")]
    return sum(kind in one for one in readers) / len(readers)


def states_of(rows: Sequence[Example]) -> list[npt.NDArray[np.float16]]:
    """Half precision, (pieces, n) for each."""
    classifier = MinilmActClassifier()
    return [classifier.states([row.text], row.line)[0].astype(np.float16) for row in rows]


def train(rows: Sequence[Example], states: Sequence[npt.NDArray[np.float16]]) -> Heads:
    fits = torch.tensor([row.fits for row in rows])
    weights = torch.tensor([row.weight for row in rows])[:, None] * ~fits.isnan()

    def loss_of(logits: torch.Tensor, part: npt.NDArray[np.int64]) -> torch.Tensor:
        losses = functional.binary_cross_entropy_with_logits(
            logits, fits[part].nan_to_num(), reduction="none"
        )
        return (losses * weights[part]).sum() / len(part)

    return fitted(len(NAMES), states, loss_of, epochs=EPOCHS, decay=DECAY)


@torch.no_grad()
def odds_of(heads: Heads, states: Sequence[npt.NDArray[np.float16]]) -> Floats:
    """Probabilities, (turns, names)."""
    found: Floats = np.stack([heads(*batch([one])).sigmoid()[0].numpy() for one in states])
    return found


def measure(odds: Floats, fits: Floats) -> None:
    """What is told of each kind, and of the likeliest of each turn."""
    print("| kind | turns that it fits | area under the curve | found / right from 0.5 |")
    print("|---|---|---|---|")
    for at, name in enumerate(NAMES):
        p, y = odds[:, at], fits[:, at] >= 0.5
        above = (p[y][:, None] > p[~y][None, :]).mean() if y.any() else float("nan")
        said = p >= 0.5
        right = y[said].mean() if said.any() else float("nan")
        print(f"| {name} | {y.sum()} | {above:.3f} | {said[y].mean():.2f} / {right:.2f} |")
    best = odds.argmax(axis=1)
    rows = np.arange(len(odds))
    for limit in (0.0, 0.4, 0.5, 0.6, 0.7, 0.8):
        sure = odds[rows, best] >= limit
        print(
            f"likeliest from {limit}: {sure.mean():.2f} of turns, "
            f"{fits[rows, best][sure].mean():.3f} fit"
        )
    edges = np.array([0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01])
    for low, high in itertools.pairwise(edges):
        within = (odds >= low) & (odds < high)
        print(f"odds {low:.2f} to {high:.2f}: {within.sum()} pairs, {fits[within].mean():.3f} fit")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", metavar="N", type=int, default=0)
    wanted = parser.parse_args()
    rows = list(examples())
    states = states_of(rows)
    if wanted.parts:
        odds, fits = [], []
        for part in range(wanted.parts):
            out = [r.turn is not None and r.turn // 11 % wanted.parts == part for r in rows]
            kept = [i for i, o in enumerate(out) if not o]
            heads = train([rows[i] for i in kept], [states[i] for i in kept])
            tested = [i for i, o in enumerate(out) if o and rows[i].weight == READ]
            odds.append(odds_of(heads, [states[i] for i in tested]))
            fits.append(np.array([rows[i].fits for i in tested]))
        measure(np.concatenate(odds), np.concatenate(fits))
        return
    heads = train(rows, states)
    save(heads, NAMES, KINDS_FILE)
    print(f"{len(rows)} turns: {KINDS_FILE}")


if __name__ == "__main__":
    main()

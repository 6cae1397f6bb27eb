"""Makes what tells questions from statements: `python -m training.form_heads`.

It trains heads on the states of the act model, which stays as it is; whenever that model changes
they have to be trained again. Readers labelled the turns of training/forms.tsv, all of them
without a question mark; turns with one, from training/acts, are labelled by their first words.
`--leave-out N` leaves out N writers, measures on their labelled turns, and writes nothing.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from rehearse.calling.forms import Form
from rehearse.calling.wording import form_of
from rehearse.engines.minilm.act_classifier import (
    FORMS_FILE,
    READ_AFTER,
    TOLD,
    TOLD_FROM,
    MinilmActClassifier,
)
from rehearse.engines.minilm.layers import WIDTH
from training.act_model import Lines, Said, plain, utterances

LABELLED = Path(__file__).with_name("forms.tsv")
NAMES = [TOLD, *map(str, Form)]
READ, WRITTEN, BY_WORDS = 2.0, 1.0, 0.7
"""How much a turn counts: as readers saw it, with its last mark put in, labelled by first words."""
SURELY_TOLD = frozenset(
    {"ways", "recital", "vague", "thanks", "acknowledge", "goodbye", "choice", "dont_know"}
    | {"answers_question", "answers_objection"}
)
EPOCHS, BATCH, RATE, DROP, DECAY = 5, 64, 3e-3, 0.2, 0.02


@dataclass(frozen=True)
class Example:
    said: Said
    form: str
    weight: float


def examples() -> Iterator[Example]:
    known = {said.text: said for said in utterances()}
    labelled = {}
    for row in LABELLED.read_text(encoding="utf-8").splitlines():
        form, text = row.split("\t")
        labelled[text] = form
        said = known.get(text, Said("unknown", frozenset(), text))
        yield Example(said, form, READ)
        mark = "." if form == TOLD else "?"
        marked = text.rstrip(" .,!") + mark
        yield Example(Said(said.writer, said.acts, marked, said.line), form, WRITTEN)
    for said in known.values():
        form = str(form_of(said.text) or TOLD)
        if "?" in said.text and form != TOLD:
            yield Example(said, form, BY_WORDS)
            bare = Said(said.writer, said.acts, plain(said.text), said.line)
            yield Example(bare, form, BY_WORDS)
        elif said.text not in labelled and form == TOLD and said.acts <= SURELY_TOLD:
            yield Example(said, TOLD, BY_WORDS)


class Heads(nn.Module):
    """From states, (turns, pieces, n), to logits, (turns, names)."""

    def __init__(self, names: int) -> None:
        super().__init__()
        width = WIDTH * len(READ_AFTER)
        self.seek = nn.Parameter(torch.randn(names, width) * 0.02)
        self.weights = nn.Parameter(torch.randn(names, width) * 0.02)
        self.bias = nn.Parameter(torch.zeros(names))

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        states = functional.dropout(states, DROP, self.training)
        near = (states @ self.seek.T * WIDTH**-0.5).masked_fill(~mask[..., None], -1e9)
        return (near.softmax(dim=1) * (states @ self.weights.T)).sum(dim=1) + self.bias


def states_of(rows: Sequence[Example]) -> list[np.ndarray]:
    """Half precision, (pieces, n) for each; most with a line of the manager's before them."""
    classifier, lines, rng = MinilmActClassifier(), Lines(), random.Random(1)
    found = []
    for number, row in enumerate(rows, start=1):
        said = lines.before(row.said, rng)
        found.append(classifier.states([said.text], said.line)[0].astype(np.float16))
        if number % 2000 == 0:
            print(f"states of {number} of {len(rows)} turns", flush=True)
    return found


def batch(states: Sequence[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(map(len, states))
    joined = np.zeros((len(states), longest, states[0].shape[1]), np.float32)
    mask = np.zeros((len(states), longest), bool)
    for at, one in enumerate(states):
        joined[at, : len(one)], mask[at, : len(one)] = one, True
    return torch.from_numpy(joined), torch.from_numpy(mask)


def fitted(
    names: int,
    states: Sequence[np.ndarray],
    loss_of: Callable[[torch.Tensor, np.ndarray], torch.Tensor],
    *,
    epochs: int,
    decay: float,
) -> Heads:
    """Heads trained on states. `loss_of`: of logits, and of which turns they are."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    heads = Heads(names)
    optimiser = torch.optim.AdamW(heads.parameters(), RATE, weight_decay=decay)
    lengths = np.array([len(one) for one in states])
    for epoch in range(epochs):
        optimiser.param_groups[0]["lr"] = RATE * (1 - epoch / epochs)
        order = np.argsort(lengths + 3 * rng.random(len(states)))
        parts = np.array_split(order, max(1, len(states) // BATCH))
        for at in rng.permutation(len(parts)):
            part = parts[at]
            loss = loss_of(heads(*batch([states[i] for i in part])), part)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return heads.eval()


def save(heads: Heads, names: Sequence[str], file: Path) -> None:
    own = {name: one.detach().numpy().astype(np.float16) for name, one in heads.named_parameters()}
    np.savez_compressed(file, names=np.array(names), **own)


def train(rows: Sequence[Example], states: Sequence[np.ndarray]) -> Heads:
    wanted = torch.tensor([NAMES.index(row.form) for row in rows])
    weights = torch.tensor([row.weight for row in rows])

    def loss_of(logits: torch.Tensor, part: np.ndarray) -> torch.Tensor:
        losses = functional.cross_entropy(logits, wanted[part], reduction="none")
        return (losses * weights[part]).mean()

    return fitted(len(NAMES), states, loss_of, epochs=EPOCHS, decay=DECAY)


@torch.no_grad()
def odds_of(heads: Heads, states: Sequence[np.ndarray]) -> np.ndarray:
    """Probabilities, (turns, names)."""
    return np.stack([heads(*batch([one])).softmax(dim=1)[0].numpy() for one in states])


def measure(odds: np.ndarray, forms: Sequence[str]) -> None:
    true = np.array([NAMES.index(form) for form in forms])
    asked = true != 0
    best = 1 + odds[:, 1:].argmax(axis=1)
    print("| told from | questions noticed | and their form | statements left alone |")
    print("|---|---|---|---|")
    for limit in (0.4, 0.5, TOLD_FROM, 0.7, 0.8):
        found = odds[:, 0] < limit
        right = (found & asked & (best == true)).sum()
        print(
            f"| {limit} | {(found & asked).sum()} of {asked.sum()} | {right} "
            f"| {(~found & ~asked).sum()} of {(~asked).sum()} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leave-out", metavar="N", type=int, default=0)
    wanted = parser.parse_args()
    rows = list(examples())
    states = states_of(rows)
    writers = sorted({row.said.writer for row in rows})
    out = set(random.Random(0).sample(writers, wanted.leave_out))
    kept = [i for i, row in enumerate(rows) if row.said.writer not in out]
    heads = train([rows[i] for i in kept], [states[i] for i in kept])
    if out:
        tested = [i for i, row in enumerate(rows) if row.said.writer in out and row.weight == READ]
        measure(odds_of(heads, [states[i] for i in tested]), [rows[i].form for i in tested])
        return
    save(heads, NAMES, FORMS_FILE)
    print(f"{len(rows)} turns: {FORMS_FILE}")


if __name__ == "__main__":
    main()

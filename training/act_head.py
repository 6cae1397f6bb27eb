"""Makes the layer that tells dialogue acts: `python -m training.act_head`.

Learns from the utterances in training/acts, from clauses of the corpus for the acts that the
rubric knows, and from pairs of utterances joined to one. `--cross-validate` prints the F1 of each
act on utterances left out, instead of writing the layer.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from rehearse.engines.minilm.act_classifier import HEAD_FILE, act_features
from rehearse.engines.minilm.embedder import MinilmEmbedder

HERE = Path(__file__).parent
EXAMPLES = HERE / "acts"
CORPUS = HERE.parent / "corpus" / "train"
CACHE = Path("/tmp/rehearse-act-vectors.npz")
FROM_CORPUS = {
    "way": "ways", "past": "recital", "choice": "choice", "status": "status",
    "ask": "critical_question", "link": "vague",
}  # fmt: skip
PER_LABEL = 45
PAIRS = 500
NONE = frozenset({"nothing"})
JOINTS = (", ", " and ", ". ", " ", ", so ", ", and ")
STEPS, RATE, DECAY = 400, 0.03, 7e-5

Example = tuple[str, frozenset[str]]


def examples() -> Iterator[Example]:
    """The utterances of training/acts with their acts."""
    for file in sorted(EXAMPLES.glob("*.txt")):
        acts: frozenset[str] = frozenset()
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                acts = frozenset(line[3:].split("+"))
            elif line and not line.startswith("#"):
                yield line, acts


def corpus_clauses(random_: random.Random) -> list[Example]:
    """Clauses of the training corpus that carry one label of FROM_CORPUS."""
    found: dict[str, list[Example]] = {label: [] for label in FROM_CORPUS}
    for file in sorted(CORPUS.rglob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            left, bar, text = line.partition(" | ")
            labels = {"way" if label.startswith("way") else label for label in left.split()[1:]}
            if bar and len(labels) == 1 and (label := labels.pop()) in FROM_CORPUS:
                found[label].append((text, frozenset({FROM_CORPUS[label]})))
    return [one for rows in found.values() for one in random_.sample(rows, PER_LABEL)]


def plain(text: str) -> str:
    """As a recogniser that writes no punctuation would have it."""
    return "".join(c for c in text.lower() if c not in ".,?!;:")


def pairs(rows: list[Example], random_: random.Random) -> list[tuple[Example, set[int]]]:
    """Two utterances joined to one, with the indices of both."""
    found = []
    short = [i for i, (text, acts) in enumerate(rows) if len(text.split()) < 13 and acts - NONE]
    for _ in range(PAIRS):
        first, second = random_.sample(short, 2)
        (a, acts), (b, more) = rows[first], rows[second]
        text = a.rstrip(".?!") + random_.choice(JOINTS) + b
        text = plain(text) if random_.random() < 0.5 else text
        found.append(((text, acts | more), {first, second}))
    return found


def with_plain(rows: list[Example]) -> list[Example]:
    """Every utterance with its punctuation, and without."""
    return rows + [(plain(text), acts) for text, acts in rows]


class Vectors:
    """Features of texts, computed once."""

    def __init__(self) -> None:
        self._embedder = MinilmEmbedder()
        self._known: dict[str, np.ndarray] = {}
        if CACHE.exists():
            with np.load(CACHE) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))

    def of(self, texts: list[str]) -> np.ndarray:
        keys = [hashlib.sha1(text.encode()).hexdigest() for text in texts]
        new = False
        for key, text in zip(keys, texts, strict=True):
            if key not in self._known:
                self._known[key] = self._embedder.embed([text])[0]
                new = True
        if new:
            np.savez(
                CACHE, keys=np.array(list(self._known)), rows=np.stack([*self._known.values()])
            )
        return np.stack([act_features(self._known[k], t) for k, t in zip(keys, texts, strict=True)])


def fit(features: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights (features, acts) and bias (acts,) of a logistic layer."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    x, y = torch.tensor(features), torch.tensor(targets)
    layer = torch.nn.Linear(x.shape[1], y.shape[1])
    optimiser = torch.optim.AdamW(layer.parameters(), lr=RATE, weight_decay=0.0)
    weight = torch.where(y > 0, 4.0, 1.0)
    for _ in range(STEPS):
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(layer(x), y, weight)
        (loss + DECAY * (layer.weight**2).sum()).backward()
        optimiser.step()
    return layer.weight.detach().numpy().T.copy(), layer.bias.detach().numpy().copy()


def targets_of(rows: list[Example], names: list[str]) -> np.ndarray:
    return np.array([[float(name in acts) for name in names] for _, acts in rows], np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cross-validate", action="store_true")
    wanted = parser.parse_args()
    random_ = random.Random(1)
    rows = list(examples())
    names = sorted({act for _, acts in rows for act in acts} - {"nothing"})
    more = corpus_clauses(random_)
    joined = pairs(rows, random_)
    vectors = Vectors()
    if not wanted.cross_validate:
        every = with_plain(rows) + more + [row for row, _ in joined]
        weights, bias = fit(vectors.of([t for t, _ in every]), targets_of(every, names))
        np.savez_compressed(HEAD_FILE, weights=weights.astype(np.float16), bias=bias, names=names)
        print(f"{len(every)} utterances, {len(names)} acts: {HEAD_FILE}")
        return
    order = list(range(len(rows)))
    random_.shuffle(order)
    right = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for fold in range(5):
        out = set(order[fold::5])
        held_out = with_plain([rows[i] for i in sorted(out)])
        kept = with_plain([row for i, row in enumerate(rows) if i not in out])
        every = kept + more + [row for row, parts in joined if not parts & out]
        weights, bias = fit(vectors.of([t for t, _ in every]), targets_of(every, names))
        logits = vectors.of([t for t, _ in held_out]) @ weights + bias
        found, true = logits > 0, targets_of(held_out, names) > 0
        for total, part in zip(right, (found & true, found & ~true, ~found & true), strict=True):
            total += part.sum(axis=0)
    hits, false, missed = right
    for name, h, f, m in zip(names, hits, false, missed, strict=True):
        print(f"{name:20} {2 * h / max(1, 2 * h + f + m):.2f}  (false {f:.0f}, missed {m:.0f})")
    print(f"macro {np.mean(2 * hits / np.maximum(1, 2 * hits + false + missed)):.3f}")


if __name__ == "__main__":
    main()

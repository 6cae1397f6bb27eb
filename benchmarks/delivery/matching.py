"""Matching: um and uh found, compared with a reference."""

from __future__ import annotations

import numpy as np

from rehearse.delivery.fillers import bare, is_hesitation
from rehearse.transcript import Word


def matched(reference: list[str], words: tuple[Word, ...], gaps: list[int]) -> int:
    """How many um and uh are where the reference has one, by the cheapest alignment."""
    written = {index for index in range(len(words)) if is_hesitation(words, index)}
    taken = {*written, *(index + 1 for index in written)}
    recognised: list[str] = []
    for index in range(len(words) + 1):
        recognised += ["um"] * (index in gaps and index not in taken)
        if index < len(words):
            recognised.append("um" if index in written else bare(words[index]))
    true = ["um" if word == "uh" else word for word in reference]
    cost = np.zeros((len(true) + 1, len(recognised) + 1))
    cost[:, 0], cost[0] = range(len(true) + 1), range(len(recognised) + 1)

    def swap(row: int, column: int) -> float:
        a, b = true[row - 1], recognised[column - 1]
        return 0.0 if a == b else 1.5 if "um" in (a, b) else 1.0

    for row in range(1, len(true) + 1):
        for column in range(1, len(recognised) + 1):
            cost[row, column] = min(
                cost[row - 1, column - 1] + swap(row, column),
                cost[row - 1, column] + 1,
                cost[row, column - 1] + 1,
            )
    row, column, hits = len(true), len(recognised), 0
    while row and column:
        if cost[row, column] == cost[row - 1, column - 1] + swap(row, column):
            hits += true[row - 1] == recognised[column - 1] == "um"
            row, column = row - 1, column - 1
        elif cost[row, column] == cost[row - 1, column] + 1:
            row -= 1
        else:
            column -= 1
    return hits


def plain(word: str) -> str:
    return bare(Word(word))

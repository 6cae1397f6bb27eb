"""MinilmMatterFinder: matters near to what was said, by sentence vectors."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rehearse.calling.matters import Near, packaged_matters
from rehearse.engines.packaged_files import checked_by_record
from rehearse.errors import RehearseError
from rehearse.scoring.sheet_match import Embedder

VECTORS_FILE = Path(__file__).with_name("matters.npz")
"""float16; training/matter_vectors.py writes it."""
SECOND = 0.3
"""Weight of the second of a matter's examples: one alone may be alike by chance."""
LEAST = 0.25
"""Likeness below which nobody would call a matter near."""
KEPT = 256
"""How many texts are cached: each pause in a turn asks for its text again."""

Floats = npt.NDArray[np.float32]


def matter_vectors(file: Path = VECTORS_FILE) -> tuple[Floats, Floats, Floats]:
    """The examples' vectors as `mapped` makes them, and its `mean` and `map_`. Raises RehearseError
    if the file is missing or damaged, or holds others than the examples of `packaged_matters`."""
    try:
        checked_by_record(file, "rehearse")
        with np.load(file, allow_pickle=False) as saved:
            vectors, mean, map_ = (
                saved[name].astype(np.float32) for name in ("vectors", "mean", "map")
            )
        examples = sum(len(matter.asks) for matter in packaged_matters().values())
        if len(vectors) != examples:
            raise ValueError(f"{len(vectors)} vectors for {examples} examples")
    except (OSError, ValueError, KeyError) as error:
        raise RehearseError(
            f"The file {file}, by which the manager finds what you ask about, is missing or "
            "damaged.",
            "Install it again: python -m pip install --force-reinstall --no-deps rehearse",
        ) from error
    return vectors, mean, map_


def mapped(vectors: Floats, mean: Floats, map_: Floats) -> Floats:
    """Sentence vectors in the space in which matters are compared, every row of length 1."""
    found = (vectors - mean) @ map_
    normed: Floats = found / np.linalg.norm(found, axis=1, keepdims=True)
    return normed


class MinilmMatterFinder:
    """A MatterFinder. Each text is embedded once."""

    def __init__(self, embedder: Embedder) -> None:
        """Raises RehearseError when the vectors are missing or damaged."""
        matters = packaged_matters().values()
        self._names = [matter.name for matter in matters]
        counts = [len(matter.asks) for matter in matters]
        self._places = np.arange(max(counts)) < np.array(counts)[:, None]
        self._vectors, self._mean, self._map = matter_vectors()
        self._embedder = embedder
        self._near = functools.lru_cache(maxsize=KEPT)(self._near_of)

    def near(self, text: str) -> Sequence[Near]:
        return self._near(text)

    def _near_of(self, text: str) -> tuple[Near, ...]:
        (vector,) = mapped(self._embedder.embed([text]), self._mean, self._map)
        alike = np.full(self._places.shape, -1.0, np.float32)
        alike[self._places] = self._vectors @ vector
        best_two = np.partition(alike, -2, axis=1)[:, -2:]
        likeness = best_two @ np.array([SECOND, 1 - SECOND], np.float32)
        order = np.argsort(-likeness, kind="stable")
        return tuple(
            Near(self._names[index], float(likeness[index]))
            for index in order
            if likeness[index] >= LEAST
        )

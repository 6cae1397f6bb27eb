"""MinilmEmbedder: sentence vectors by the packaged all-MiniLM-L6-v2."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rehearse.engines.minilm.base import tensors, wordpiece
from rehearse.engines.minilm.layers import LAYERS, WIDTH, MinilmLayers, packed

Floats = npt.NDArray[np.float32]

LONGEST = 128  # pieces of a text that are read, as the model was trained


class MinilmEmbedder:
    """An Embedder: the mean of the last layer's vectors, normalised to length 1."""

    def __init__(self) -> None:
        """Load weights. Raises RehearseError when they are missing or damaged."""
        self._pieces = wordpiece()
        self._layers = MinilmLayers(tensors())

    def embed(self, texts: Sequence[str]) -> Floats:
        """(texts, 384), every row of length 1."""
        rows = [
            row
            for some in packed([self._pieces.marked(text, LONGEST) for text in texts])
            for row in self._embed(some)
        ]
        return np.stack(rows) if rows else np.zeros((0, WIDTH), np.float32)

    def _embed(self, texts: Sequence[Sequence[int]]) -> list[Floats]:
        lengths = [len(ids) for ids in texts]
        x = self._layers.through(self._layers.embedded(texts), lengths, range(LAYERS))
        means = [part.mean(axis=0) for part in np.split(x, np.cumsum(lengths)[:-1])]
        return [mean / np.linalg.norm(mean) for mean in means]

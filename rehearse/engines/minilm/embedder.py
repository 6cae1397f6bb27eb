"""MinilmEmbedder: sentence vectors by the packaged all-MiniLM-L6-v2, computed with numpy.

A call sheet has three ways and a talk some ten clauses: numpy is fast enough for so little, and
another 90 MB model in a session of its own is not worth it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from rehearse.engines.minilm.base import tensors, wordpiece

Floats = npt.NDArray[np.float32]

LAYERS, WIDTH, HEADS = 6, 384, 12
LONGEST = 128  # pieces of a text that are read, as the model was trained
_EPSILON = np.float32(1e-12)


class MinilmEmbedder:
    """An Embedder: the mean of the last layer's vectors, made unit length."""

    def __init__(self) -> None:
        """Load weights. Raises RehearseError when they are missing or damaged."""
        self._pieces = wordpiece()
        self._tensors = tensors()
        self._threads = ThreadpoolController()

    def embed(self, texts: Sequence[str]) -> Floats:
        """(texts, 384), every row of length 1."""
        # Products this small take ten times as long when threads wait for each other.
        with self._threads.limit(limits=1):
            rows = [self._embed(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, WIDTH), np.float32)

    def _embed(self, text: str) -> Floats:
        pieces = [piece for word in text.split() for piece in self._pieces.pieces(word)]
        ids = [self._pieces.classify_id, *pieces[: LONGEST - 2], self._pieces.separate_id]
        take = self._tensors
        x = take["embeddings.word_embeddings.weight"][ids]
        x = x + take["embeddings.position_embeddings.weight"][: len(ids)]
        x = self._norm(x + take["embeddings.token_type_embeddings.weight"][0], "embeddings")
        for index in range(LAYERS):
            x = self._layer(x, f"encoder.layer.{index}")
        mean = x.mean(axis=0)
        vector: Floats = mean / np.linalg.norm(mean)
        return vector

    def _layer(self, x: Floats, at: str) -> Floats:
        q, k, v = (
            self._linear(x, f"{at}.attention.self.{part}").reshape(len(x), HEADS, -1)
            for part in ("query", "key", "value")
        )
        near = np.einsum("ihd,jhd->hij", q, k) * np.float32((WIDTH // HEADS) ** -0.5)
        near = np.exp(near - near.max(axis=-1, keepdims=True))
        seen = np.einsum("hij,jhd->ihd", near / near.sum(axis=-1, keepdims=True), v)
        y = self._linear(seen.reshape(x.shape), f"{at}.attention.output.dense")
        x = self._norm(x + y, f"{at}.attention.output")
        y = self._linear(_gelu(self._linear(x, f"{at}.intermediate.dense")), f"{at}.output.dense")
        return self._norm(x + y, f"{at}.output")

    def _linear(self, x: Floats, name: str) -> Floats:
        product: Floats = x @ self._tensors[f"{name}.weight"].T + self._tensors[f"{name}.bias"]
        return product

    def _norm(self, x: Floats, at: str) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
        weight, bias = (self._tensors[f"{at}.LayerNorm.{kind}"] for kind in ("weight", "bias"))
        normed: Floats = scaled * weight + bias
        return normed


def _gelu(x: Floats) -> Floats:
    """By tanh: differs from the exact form by less than 0.001, far below what a match rests on."""
    inner = np.float32(0.7978845608) * (x + np.float32(0.044715) * x**3)
    activated: Floats = np.float32(0.5) * x * (1 + np.tanh(inner))
    return activated

"""MinilmEmbedder: sentence vectors by the packaged all-MiniLM-L6-v2, computed with numpy.

A call sheet has three ways and a talk some ten clauses: numpy is fast enough for that, and another
90 MB model session is not worth its memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from rehearse.engines.minilm.base import tensors, wordpiece

Floats = npt.NDArray[np.float32]

LAYERS, WIDTH, HEADS = 6, 384, 12
LONGEST = 128  # pieces of a text that are read, as the model was trained
MOST_AT_ONCE = 256  # pieces of texts that go through a layer together
_EPSILON = np.float32(1e-12)


class MinilmEmbedder:
    """An Embedder: the mean of the last layer's vectors, normalised to length 1."""

    def __init__(self) -> None:
        """Load weights. Raises RehearseError when they are missing or damaged."""
        self._pieces = wordpiece()
        self._tensors = tensors()
        self._threads = ThreadpoolController()

    def embed(self, texts: Sequence[str]) -> Floats:
        """(texts, 384), every row of length 1."""
        # Such small products take ten times as long when threads wait for each other.
        with self._threads.limit(limits=1):
            rows = [
                row for some in _packed([self._ids(t) for t in texts]) for row in self._embed(some)
            ]
        return np.stack(rows) if rows else np.zeros((0, WIDTH), np.float32)

    def _ids(self, text: str) -> list[int]:
        pieces = [piece for word in text.split() for piece in self._pieces.pieces(word)]
        return [self._pieces.classify_id, *pieces[: LONGEST - 2], self._pieces.separate_id]

    def _embed(self, texts: Sequence[Sequence[int]]) -> list[Floats]:
        """The vector of each text. All pass through a layer together: its weights are read once."""
        ends = np.cumsum([len(ids) for ids in texts]).tolist()
        spans = [slice(end - len(ids), end) for ids, end in zip(texts, ends, strict=True)]
        take = self._tensors
        x = take["embeddings.word_embeddings.weight"][[id_ for ids in texts for id_ in ids]]
        places = [place for ids in texts for place in range(len(ids))]
        x = x + take["embeddings.position_embeddings.weight"][places]
        x = self._norm(x + take["embeddings.token_type_embeddings.weight"][0], "embeddings")
        for index in range(LAYERS):
            x = self._layer(x, spans, f"encoder.layer.{index}")
        means = [x[span].mean(axis=0) for span in spans]
        return [mean / np.linalg.norm(mean) for mean in means]

    def _layer(self, x: Floats, spans: Sequence[slice], at: str) -> Floats:
        q, k, v = (
            self._linear(x, f"{at}.attention.self.{part}").reshape(len(x), HEADS, -1)
            for part in ("query", "key", "value")
        )
        q *= np.float32((WIDTH // HEADS) ** -0.5)
        seen = np.empty_like(v)
        for span in spans:
            near = q[span].transpose(1, 0, 2) @ k[span].transpose(1, 2, 0)
            near = np.exp(near - near.max(axis=-1, keepdims=True))
            near /= near.sum(axis=-1, keepdims=True)
            seen[span] = (near @ v[span].transpose(1, 0, 2)).transpose(1, 0, 2)
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
    """GELU by tanh: within 0.001 of the exact form, too little to change a match."""
    inner = x * x  # a power of 3 takes twenty times as long
    inner *= np.float32(0.7978845608 * 0.044715)
    inner += np.float32(0.7978845608)
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner


def _packed(texts: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """Runs of texts that together have at most MOST_AT_ONCE pieces, or are one text."""
    run: list[list[int]] = []
    for ids in texts:
        if run and sum(map(len, run)) + len(ids) > MOST_AT_ONCE:
            yield run
            run = []
        run.append(ids)
    if run:
        yield run

"""MinilmLayers: the layers of all-MiniLM-L6-v2, computed with numpy.

Texts of a few words are quick enough so, and another model session is not worth its memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

Floats = npt.NDArray[np.float32]

LAYERS, WIDTH, HEADS = 6, 384, 12
MOST_AT_ONCE = 256
"""Pieces of texts that go through a layer together."""
_EPSILON = np.float32(1e-12)


class MinilmLayers:
    """Hidden states of texts. Several texts pass through a layer together: its weights are read
    once."""

    def __init__(self, tensors: Mapping[str, Floats]) -> None:
        """`tensors`: weights by their names in the published model; only those used are needed."""
        self._tensors = tensors
        self._threads = ThreadpoolController()

    def embedded(self, texts: Sequence[Sequence[int]]) -> Floats:
        """The vectors of all pieces of all texts, (pieces, 384), before the first layer."""
        take = self._tensors
        x = take["embeddings.word_embeddings.weight"][[id_ for ids in texts for id_ in ids]]
        places = [place for ids in texts for place in range(len(ids))]
        x = x + take["embeddings.position_embeddings.weight"][places]
        return self._norm(x + take["embeddings.token_type_embeddings.weight"][0], "embeddings")

    def through(self, x: Floats, lengths: Sequence[int], layers: range) -> Floats:
        """`x`, (pieces, 384), after these layers; `lengths`: pieces of each text in it."""
        ends = np.cumsum(lengths).tolist()
        spans = [slice(end - n, end) for n, end in zip(lengths, ends, strict=True)]
        # Such small products take ten times as long when threads wait for each other.
        with self._threads.limit(limits=1):
            for index in layers:
                x = self._layer(x, spans, f"encoder.layer.{index}")
        return x

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


def packed(texts: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """Runs of texts that together have at most MOST_AT_ONCE pieces, or are one text."""
    run: list[list[int]] = []
    for ids in texts:
        if run and sum(map(len, run)) + len(ids) > MOST_AT_ONCE:
            yield run
            run = []
        run.append(ids)
    if run:
        yield run

"""Likeliest tokens: found without reading all of the vocabulary's weights.

For each token, the decoder multiplies its state by 80 MB of weights only to take the largest
result. The same product in int8 reads a quarter of that. It is exact as integers, so its distance
from the float32 product is bounded by what rounding took from the weights and from the state
(Cauchy-Schwarz). Only tokens within that distance of the largest result can be the likeliest, and
float32 decides among them.

The state is the sum of two in int8, the second for what rounding took from the first: with base,
one of its 512 values is 30 times as large as the others, and would leave nothing of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

LARGEST = 127  # of int8
ROWS_AT_ONCE = 128  # 0.2 MB while the weights are rounded, which stays in the cache
ROUNDING = 1e-3
"""More than float32 itself rounds off a sum of 384 products."""
TIMED = 5
MANY = 1024
"""From this many tokens on, reading all weights in order is faster than picking theirs."""


class LikeliestTokens:
    """`weights`: of the projection, float32 of shape (vocabulary, width). Keeps a copy in int8."""

    def __init__(self, weights: torch.Tensor) -> None:
        import torch

        self._weights = weights = weights.detach()
        self._rounded = torch.empty(weights.shape, dtype=torch.int8)
        self._scales = torch.empty(len(weights))
        self._lost = torch.empty(len(weights))
        """The length of what rounding took from each row."""
        longest = 0.0
        for first in range(0, len(weights), ROWS_AT_ONCE):
            rows = slice(first, first + ROWS_AT_ONCE)
            exact = weights[rows]
            low, high = exact.aminmax(dim=1, keepdim=True)
            scales = torch.maximum(high, -low).clamp_(min=1e-12) / LARGEST
            rounded = (exact / scales).round_()
            self._rounded[rows] = rounded
            self._scales[rows] = scales[:, 0]
            rounded *= scales
            longest = max(longest, float(rounded.norm(dim=1).max()))
            self._lost[rows] = (rounded - exact).norm(dim=1)
        self._longest = longest

    @classmethod
    def where_faster(cls, weights: torch.Tensor) -> LikeliestTokens | None:
        """None on a computer that multiplies int8 no faster. The tokens are the same."""
        import torch

        if not hasattr(torch, "_int_mm") or not _multiplies_exactly(weights.shape[1]):
            return None
        found, weights = cls(weights), weights.detach()
        state = weights[0]
        is_faster = _took_s(lambda: found.bounds(state)) < _took_s(lambda: weights @ state)
        return found if is_faster else None

    def bounds(self, state: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """`state`: (width,). The least and the greatest that the value of each token can be,
        (vocabulary,) each."""
        import torch

        coarse, coarse_scale = _rounded(state)
        rest = state - coarse * coarse_scale
        fine, fine_scale = _rounded(rest)
        lost = (rest - fine * fine_scale).norm()
        product = torch._int_mm(self._rounded, torch.stack([coarse, fine], dim=1).to(torch.int8))
        values = (product.float() @ torch.stack([coarse_scale, fine_scale])) * self._scales
        # state * row - rounded state * rounded row = state * (row - rounded row)
        #                                           + (state - rounded state) * rounded row
        margin = self._lost * state.norm() + (lost * self._longest + ROUNDING)
        return values - margin, values + margin

    def exact(self, state: torch.Tensor, tokens: torch.Tensor | slice) -> torch.Tensor:
        """The values of these tokens in float32."""
        if isinstance(tokens, slice) or len(tokens) < MANY:
            return self._weights[tokens] @ state
        return (self._weights @ state)[tokens]


def _rounded(values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """As whole numbers of int8, and what one of them is worth."""
    scale = values.abs().max().clamp(min=1e-12) / LARGEST
    return (values / scale).round(), scale


def _multiplies_exactly(width: int) -> bool:
    """Whether the largest sums are right: some instructions of old processors cut them off."""
    import torch

    most = torch.full((ROWS_AT_ONCE, width), LARGEST, dtype=torch.int8)
    sums = torch._int_mm(most, most[:2].T.contiguous())
    return bool((sums == width * LARGEST**2).all())


def _took_s(work: Callable[[], object]) -> float:
    """Seconds, the shortest of a few."""
    times_s = []
    for _ in range(TIMED):
        began_s = time.perf_counter()
        work()
        times_s.append(time.perf_counter() - began_s)
    return min(times_s)

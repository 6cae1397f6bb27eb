"""Survey: how to mix a track to one channel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from rehearse.engines.audio.decoding import Channels, Chunk

SILENT_CHANNEL = 1e-4
"""A channel with less than this share of the loudest one's power is not mixed in: -40 dB."""
OPPOSED = -0.5
"""Correlation with the loudest channel below which a channel is its negative."""
RARELY = 1e-3
"""Up to this share of samples beyond full scale are peaks, not another scale."""
_EXPONENTS = 160


@dataclass
class _Section:
    """Sums over all sound with the same number of channels."""

    products: npt.NDArray[np.float64]
    exponents: npt.NDArray[np.int64] = field(
        default_factory=lambda: np.zeros(_EXPONENTS, dtype=np.int64)
    )

    def mix(self, any_scale: bool) -> npt.NDArray[np.float32]:
        """The weight of each channel."""
        powers = np.diag(self.products)
        loudest = int(powers.argmax())
        scale = self._scale() if any_scale else 1.0
        if powers[loudest] <= 0:
            return np.full(len(powers), scale / len(powers), dtype=np.float32)
        heard = powers > SILENT_CHANNEL * powers[loudest]
        alike = self.products[loudest] / np.sqrt(np.maximum(powers, 1e-30) * powers[loudest])
        signs = np.where(alike < OPPOSED, -1.0, 1.0)
        weights: npt.NDArray[np.float32] = (heard * signs * scale / heard.sum()).astype(np.float32)
        return weights

    def _scale(self) -> float:
        """A power of two that brings all but rare peaks into -1..1."""
        beyond = np.cumsum(self.exponents[::-1])[::-1]  # samples of at least 2 ** index
        if not beyond[0]:
            return 1.0
        needed = int(np.argmax(beyond <= RARELY * self.exponents.sum()))
        return float(2.0**-needed)


class Survey:
    """Sums over a track; memory use does not grow with its length."""

    def __init__(self, chunks: Iterable[Chunk]) -> None:
        self._sections: dict[int, _Section] = {}
        for chunk in chunks:
            self._add(chunk)

    def _add(self, chunk: Chunk) -> None:
        sound = chunk.sound
        section = self._sections.setdefault(
            len(sound), _Section(np.zeros((len(sound), len(sound)), dtype=np.float64))
        )
        exact = sound.astype(np.float64)
        section.products += np.einsum("in,jn->ij", exact, exact)
        if chunk.any_scale:
            # frexp: x = fraction * 2 ** exponent with a fraction below 1.
            exponents = np.frexp(np.abs(sound))[1].clip(0, _EXPONENTS - 1)
            section.exponents += np.bincount(exponents.ravel(), minlength=_EXPONENTS)

    def mixed(self, chunk: Chunk) -> Channels:
        """Mix `chunk` to one channel: shape (n,), float32. Inverts channels that would cancel each
        other out, drops silent ones, and scales to -1..1."""
        section = self._sections[len(chunk.sound)]
        weights = section.mix(chunk.any_scale)
        mixed: Channels = np.einsum("i,in->n", weights, chunk.sound)
        return mixed

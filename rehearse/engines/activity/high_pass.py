"""HighPass: removes rumble below the range of a voice."""

from __future__ import annotations

import numpy as np

from rehearse.sound import SAMPLE_RATE_HZ, Samples

CUTOFF_HZ = 50.0


_AT_ONCE = 512
"""Samples filtered at once: powers of the pole up to this one are well within a float64."""


class HighPass:
    """A one-pole filter over a running stream, against cheap microphones, footsteps and wind.

    Two poles, or a cutoff at 70 Hz, did not separate voice from noise any better, and a slammed
    door passed for a voice (docs/delivery.md).

    y[n] = pole * (y[n-1] + x[n] - x[n-1]), computed as a running sum over samples divided by the
    pole's powers.
    """

    def __init__(self) -> None:
        pole = 1 / (1 + 2 * np.pi * CUTOFF_HZ / SAMPLE_RATE_HZ)
        self._powers = pole ** np.arange(1, _AT_ONCE + 1)
        self._last_in = self._last_out = 0.0

    def filtered(self, samples: Samples) -> Samples:
        """The next samples of the stream."""
        steps = np.diff(samples.astype(np.float64), prepend=self._last_in)
        parts = [np.zeros(0)]
        for at in range(0, len(steps), _AT_ONCE):
            step = steps[at : at + _AT_ONCE]
            powers = self._powers[: len(step)]
            # The n-th step is damped once more than its power says.
            part = powers * (self._last_out + np.cumsum(step * (self._powers[0] / powers)))
            self._last_out = part[-1]
            parts.append(part)
        self._last_in = float(samples[-1]) if len(samples) else self._last_in
        return np.concatenate(parts).astype(np.float32)

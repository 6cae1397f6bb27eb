"""WavLine: recordings speak for the candidate.

A call runs as fast as the machine allows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rehearse.sound import BLOCK_SAMPLES, Samples, sample_count

REACTION_S = 0.4
"""How long after the manager the person starts to talk."""

QUIET_PEAK = 0.02
"""If the rest of a clip stays below this level, it is trailing noise, not another turn."""


class WavLine:
    """Each clip is one turn, or several if a pause in it is so long that the manager speaks.

    The person is silent while the manager speaks and after the last clip.
    `clips`: sound of the person, each at SAMPLE_RATE_HZ.
    """

    latency_s = 0.0

    def __init__(self, clips: Sequence[Samples], *, name: str = "recordings") -> None:
        self.name = name
        self._clips = list(clips)
        self._position = 0
        self._listening = 0
        self._turn_taken = True

    @property
    def recordings_over(self) -> bool:
        """Whether the person has said all that was recorded."""
        return not self._clips

    def play(self, samples: Samples) -> None:
        # The person waits until the sound has ended, and a moment longer.
        self._listening = max(self._listening, 0) + len(samples)
        self._turn_taken = True
        if self._clips and self._position and _is_quiet(self._clips[0][self._position :]):
            self._next_clip()

    def stop_playing(self) -> None:
        self._listening = 0

    def read(self) -> Samples:
        block = np.zeros(BLOCK_SAMPLES, dtype=np.float32)
        if self._listening > -sample_count(REACTION_S):
            self._listening -= BLOCK_SAMPLES
            return block
        if self._clips and self._turn_taken:
            piece = self._clips[0][self._position : self._position + BLOCK_SAMPLES]
            block[: len(piece)] = piece
            self._position += BLOCK_SAMPLES
            if self._position >= len(self._clips[0]):
                self._next_clip()
                self._turn_taken = False
        return block

    def behind(self) -> bool:
        return False

    def lost_s(self) -> float:
        return 0.0

    def restored(self) -> bool:
        return True

    def close(self) -> None:
        self._clips = []

    def _next_clip(self) -> None:
        self._clips.pop(0)
        self._position = 0


def _is_quiet(samples: Samples) -> bool:
    return samples.size == 0 or float(np.max(np.abs(samples))) < QUIET_PEAK

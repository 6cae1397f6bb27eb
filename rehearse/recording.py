"""Recording: both sides of a call on one clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from rehearse.sound import SAMPLE_RATE_HZ, Samples, sample_count, seconds

CANDIDATE_CHANNEL = 0
MANAGER_CHANNEL = 1


@dataclass(frozen=True)
class Recording:
    """`channels`: shape (n, 2), float32, candidate left, manager right, at SAMPLE_RATE_HZ."""

    channels: npt.NDArray[np.float32]
    sample_rate_hz: int = SAMPLE_RATE_HZ

    @property
    def duration_s(self) -> float:
        return seconds(len(self.channels))

    def candidate(self, start_s: float = 0.0, end_s: float | None = None) -> Samples:
        """The candidate's side between two times in seconds."""
        end = None if end_s is None else sample_count(end_s)
        return self.channels[sample_count(start_s) : end, CANDIDATE_CHANNEL]


class Recorder(Protocol):
    """Stores both sides of a call, block by block, as they arrive."""

    def add(self, candidate: Samples, manager: Samples) -> None:
        """Append two blocks of the same length. Raises RehearseError when it cannot be stored."""
        ...

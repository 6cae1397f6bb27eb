"""Turn taking: when the candidate has finished, told from voice activity in call time."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Protocol

from rehearse.sound import BLOCK_SAMPLES, Samples, seconds

VOICED = 0.5
"""Probability of voice in a block from which it counts as voiced."""
START_BLOCKS = 4
"""Voiced blocks of the last six that start an utterance (0.13 s): a click or cough does not."""
_START_WINDOW = 6


class SpeechDetector(Protocol):
    """Voice activity, block by block."""

    def accept(self, block: Samples) -> float:
        """Probability (0..1) that the next BLOCK_SAMPLES hold voice."""
        ...

    def reset(self) -> None:
        """Forget what was heard before."""
        ...


class TurnState(enum.Enum):
    WAITING = "waiting"
    SPEAKING = "speaking"
    ENDED = "ended"


@dataclass(frozen=True)
class Patience:
    """Seconds of silence that end a turn, and that are borne before anything was said."""

    in_pitch_s: float = 2.5
    before_speech_s: float = 8.0


class TurnTaker:
    """Follows one turn of the candidate's. All times are call time, counted in blocks."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._recent: list[bool] = []
        self._blocks = 0
        self._silent_blocks = 0
        self.spoke = False

    def accept(self, probability: float) -> TurnState:
        """Take the probability of voice in the next block; tell how the turn stands."""
        voiced = probability >= VOICED
        self._blocks += 1
        self._recent = [*self._recent[-(_START_WINDOW - 1) :], voiced]
        if not self.spoke and sum(self._recent) >= START_BLOCKS:
            self.spoke = True
        self._silent_blocks = 0 if voiced else self._silent_blocks + 1
        if self.spoke:
            over = self.silent_s >= self._patience.in_pitch_s
        else:
            over = seconds(self._blocks * BLOCK_SAMPLES) >= self._patience.before_speech_s
        if over:
            return TurnState.ENDED
        return TurnState.SPEAKING if self.spoke else TurnState.WAITING

    @property
    def silent_s(self) -> float:
        """Seconds since the last voiced block."""
        return seconds(self._silent_blocks * BLOCK_SAMPLES)

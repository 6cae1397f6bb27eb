"""BargeIn: tells when the candidate speaks over the manager."""

from __future__ import annotations

from collections import deque

import numpy as np

from rehearse.calling.own_echo import PLAYED_BLOCKS, CancellationProof, Echo, is_own_echo
from rehearse.calling.turn_taking import (
    BARGE_IN_BLOCKS,
    CUT_UP_BLOCKS,
    CUT_UP_WITHIN,
    SURELY_VOICED,
    VOICED,
    SpeechDetector,
    VoiceOnset,
)
from rehearse.sound import BLOCK_SAMPLES, Samples, sample_count, seconds, silence

BEFORE_BARGE_IN_S = 0.6
"""How much of the sound before an interruption belongs to the turn that interrupts."""


class BargeIn:
    """Follows both sides of a call, block by block. `detector` is reset at each line."""

    def __init__(self, detector: SpeechDetector, echo: Echo) -> None:
        self._detector = detector
        self._echo = echo
        self._played = deque([silence(seconds(BLOCK_SAMPLES))] * PLAYED_BLOCKS, PLAYED_BLOCKS)
        self._proof = CancellationProof()
        self.begin_line()

    def begin_line(self) -> None:
        """The manager begins to speak."""
        self._detector.reset()
        self._proof.begin_line()
        self.recent: list[Samples] = []
        """The candidate's newest blocks of this line, BEFORE_BARGE_IN_S at most."""
        if self._echo is Echo.NONE:
            self._onset = VoiceOnset(BARGE_IN_BLOCKS)
        else:
            self._onset = VoiceOnset(CUT_UP_BLOCKS, CUT_UP_WITHIN)

    def play(self, manager: Samples) -> None:
        """The manager's side of the next block, in every state of the call."""
        self._played.append(manager)

    def interrupts(self, block: Samples) -> bool:
        """Whether the candidate speaks over the manager in `block`, which is as old as the last
        one played."""
        longest = sample_count(BEFORE_BARGE_IN_S) // BLOCK_SAMPLES
        self.recent = [*self.recent, block][-longest:]
        return self._onset.accept(self._probability())

    def _probability(self) -> float:
        """That the candidate speaks in the newest block."""
        probability = self._detector.accept(self.recent[-1])
        if self._echo is Echo.NONE:
            return probability
        voiced = probability >= VOICED
        own = voiced and is_own_echo(self.recent, np.concatenate(self._played))
        interrupts = probability >= SURELY_VOICED and not own
        self._proof.hear(self.recent[-1], self._played[-1], voiced=voiced, interrupts=interrupts)
        return probability if interrupts and self._proof.works else 0.0

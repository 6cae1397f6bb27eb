"""Listener: follows the candidate's turn and has its words when it ends."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from rehearse.sound import Samples
from rehearse.transcript import Transcriber, Word


class Listener(Protocol):
    """Between `begin` and `finish` it is given every block of one turn, without gaps."""

    def begin(self, at_s: float) -> None:
        """A turn of the candidate's opens at `at_s` on the call's clock."""
        ...

    def hear(self, block: Samples) -> None:
        """Take the next block. Returns at once."""
        ...

    def so_far(self) -> tuple[Word, ...] | None:
        """The words up to the silence that goes on now; None where they are not known (yet)."""
        ...

    def finish(self) -> tuple[Word, ...]:
        """The words of the turn, on the call's clock."""
        ...


class TurnListener:
    """Transcribes a turn in one piece when it is over."""

    def __init__(self, transcriber: Transcriber) -> None:
        self._transcriber = transcriber
        self._blocks: list[Samples] = []
        self._begun_s = 0.0

    def begin(self, at_s: float) -> None:
        self._blocks = []
        self._begun_s = at_s

    def hear(self, block: Samples) -> None:
        self._blocks.append(block)

    def so_far(self) -> tuple[Word, ...] | None:
        return None

    def finish(self) -> tuple[Word, ...]:
        if not self._blocks:
            return ()
        samples = np.concatenate(self._blocks)
        self._blocks = []
        return self._transcriber.transcribe(samples, offset_s=self._begun_s)

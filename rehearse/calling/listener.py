"""Listener: follows the candidate's turn and returns its words."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from rehearse.sound import Samples
from rehearse.transcript import Transcriber, Word


@dataclass(frozen=True)
class Piece:
    """Blocks `first` to `end` (exclusive) of a turn, and their words, perhaps still being
    transcribed."""

    first: int
    end: int
    words: Future[tuple[Word, ...]]


class Listener(Protocol):
    """Between `begin` and `finish` it gets every block of one turn, without gaps."""

    def begin(self, at_s: float) -> None:
        """The candidate's turn starts at `at_s` on the call's clock."""
        ...

    def hear(self, block: Samples) -> None:
        """Take the next block. Returns at once."""
        ...

    def so_far(self) -> tuple[Word, ...] | None:
        """The words up to the present silence; None while they are not known."""
        ...

    def finish(self) -> tuple[Word, ...]:
        """The words of the turn, on the call's clock."""
        ...

    def pieces(self) -> Sequence[Piece]:
        """The pieces with transcriptions, in order. The last may still be replaced by a longer one;
        after `finish` they are final."""
        ...


class TurnListener:
    """Transcribes a turn in one piece when it is over."""

    def __init__(self, transcriber: Transcriber) -> None:
        self._transcriber = transcriber
        self._blocks: list[Samples] = []
        self._begun_s = 0.0
        self._pieces: list[Piece] = []

    def begin(self, at_s: float) -> None:
        self._blocks, self._pieces = [], []
        self._begun_s = at_s

    def hear(self, block: Samples) -> None:
        self._blocks.append(block)

    def so_far(self) -> tuple[Word, ...] | None:
        return None

    def finish(self) -> tuple[Word, ...]:
        if not self._blocks:
            return ()
        samples = np.concatenate(self._blocks)
        words: Future[tuple[Word, ...]] = Future()
        words.set_result(self._transcriber.transcribe(samples, offset_s=self._begun_s))
        self._pieces = [Piece(0, len(self._blocks), words)]
        self._blocks = []
        return words.result()

    def pieces(self) -> Sequence[Piece]:
        return self._pieces

"""MeasuringListener: measures each turn's sound during the call."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from rehearse.calling.listener import Listener, Piece
from rehearse.delivery.turn_sound import SoundMeasurer, TurnSound, joined
from rehearse.sound import BLOCK_SAMPLES, Samples, seconds
from rehearse.transcript import Word


@dataclass(frozen=True)
class _Measured:
    piece: Piece
    sound: Future[TurnSound]


@dataclass
class _Turn:
    begun_s: float
    blocks: int = 0
    measured: list[_Measured] = field(default_factory=list)


class MeasuringListener:
    """Wraps a Listener and measures each piece of a turn as soon as it is cut off.

    In a pause it measures the open piece too: after a hang-up there, everything is measured.
    """

    def __init__(self, listener: Listener, measurer: SoundMeasurer) -> None:
        self._listener = listener
        self._measurer = measurer
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="measure-turns")
        self._turns: list[_Turn] = []
        self._blocks: list[Samples] = []
        self._kept_from = 0

    def begin(self, at_s: float) -> None:
        self._turns.append(_Turn(at_s))
        self._blocks, self._kept_from = [], 0
        self._listener.begin(at_s)

    def hear(self, block: Samples) -> None:
        self._blocks.append(block)
        self._turns[-1].blocks += 1
        self._listener.hear(block)
        self._measure_new()

    def so_far(self) -> tuple[Word, ...] | None:
        return self._listener.so_far()

    def finish(self) -> tuple[Word, ...]:
        words = self._listener.finish()
        self._measure_new()
        self._blocks = []
        return words

    def pieces(self) -> Sequence[Piece]:
        return self._listener.pieces()

    def _measure_new(self) -> None:
        turn, pieces = self._turns[-1], self._listener.pieces()
        while turn.measured and turn.measured[-1].piece not in pieces:
            turn.measured.pop().sound.cancel()
        for piece in pieces[len(turn.measured) :]:
            kept = slice(piece.first - self._kept_from, piece.end - self._kept_from)
            samples = np.concatenate(self._blocks[kept])
            start_s = turn.begun_s + seconds(piece.first * BLOCK_SAMPLES)
            sound = self._pool.submit(self._measure, samples, start_s, piece.words)
            turn.measured.append(_Measured(piece, sound))
            del self._blocks[: kept.start]
            self._kept_from = piece.first

    def _measure(
        self, samples: Samples, start_s: float, words: Future[tuple[Word, ...]]
    ) -> TurnSound:
        return self._measurer.measure(samples, start_s, words.result())

    def turns(self) -> tuple[TurnSound, ...]:
        """The sound of every turn with words, in order; waits for the last. Ends the listener."""
        self._pool.shutdown(wait=False)
        return tuple(
            joined(
                [(one.sound.result(), len(one.piece.words.result())) for one in turn.measured],
                turn.begun_s,
                turn.begun_s + seconds(turn.blocks * BLOCK_SAMPLES),
            )
            for turn in self._turns
            if any(one.piece.words.result() for one in turn.measured)
        )

"""MeasuringListener: measures the sound of each turn in the background, while the call goes on."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from rehearse.calling.listener import Listener
from rehearse.delivery.turn_sound import SoundMeasurer, TurnSound
from rehearse.sound import Samples
from rehearse.transcript import Word


class MeasuringListener:
    """A Listener that hands on to another one, and keeps the sound of the turn for `measurer`.

    The manager answers while a turn is measured, so a call is not held up.
    """

    def __init__(self, listener: Listener, measurer: SoundMeasurer) -> None:
        self._listener = listener
        self._measurer = measurer
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="measure-turns")
        self._turns: list[Future[TurnSound]] = []
        self._blocks: list[Samples] = []
        self._begun_s = 0.0

    def begin(self, at_s: float) -> None:
        self._blocks, self._begun_s = [], at_s
        self._listener.begin(at_s)

    def hear(self, block: Samples) -> None:
        self._blocks.append(block)
        self._listener.hear(block)

    def so_far(self) -> tuple[Word, ...] | None:
        return self._listener.so_far()

    def finish(self) -> tuple[Word, ...]:
        words = self._listener.finish()
        if words and self._blocks:
            samples = np.concatenate(self._blocks)
            self._turns.append(
                self._pool.submit(self._measurer.measure, samples, self._begun_s, words)
            )
        self._blocks = []
        return words

    def turns(self) -> tuple[TurnSound, ...]:
        """The sound of every turn with words, in order; waits for the last. Ends the listener."""
        self._pool.shutdown(wait=False)
        return tuple(turn.result() for turn in self._turns)

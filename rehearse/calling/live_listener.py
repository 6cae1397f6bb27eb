"""LiveListener: transcribes a turn while it is being spoken.

One worker thread transcribes segments closed at pauses while the candidate speaks, each with the
words before it as context. At every pause it also transcribes the open segment: if the turn ends
there, its words are known already. Only the sound decides which samples are transcribed together,
so a slow machine is late but gets the same words.

With a drafter, an idle worker prepares the open segment: when the turn ends in mid-speech (a key, a
hang-up), most of its text is known and only has to be checked. All segments are then decoded with a
shorter context window where that can be trusted.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from rehearse.calling.listener import Piece
from rehearse.calling.segments import Segment, Segmenter
from rehearse.calling.turn_taking import SpeechDetector
from rehearse.sound import BLOCK_SAMPLES, Samples, seconds
from rehearse.transcript import Drafter, Transcriber, Word

MOST_WAITING = 8
"""Closed segments (a minute or more) that may wait for the worker. With more, `hear` waits for it:
audio that arrives in the meantime is buffered by the line, nothing is dropped, and the call catches
up."""
CONTEXT_WORDS = 120
"""Words before a segment that are its context: as many as Whisper takes."""
PREPARED_BLOCKS = 62
"""The open segment is prepared again when it has grown by this much (2 s)."""


class _Search:
    """A transcription by the worker. `overtaken`: something else is urgent. `forgotten`: its words
    are not needed any more."""

    def __init__(self) -> None:
        self.overtaken = threading.Event()
        self.forgotten = threading.Event()

    def goes_on(self) -> bool:
        return not self.overtaken.is_set()


class LiveListener:
    """A Listener. `detector` must not be used elsewhere.

    With `waits`, `so_far` waits for the words: for recordings, where no time passes.
    """

    def __init__(
        self,
        transcriber: Transcriber,
        detector: SpeechDetector,
        drafter: Drafter | None = None,
        *,
        waits: bool = False,
    ) -> None:
        self._transcriber = transcriber
        self._drafter = None if waits else drafter
        self._detector = detector
        self._waits = waits
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="live-words")
        self._start(0.0)

    def _start(self, at_s: float) -> None:
        self._begun_s = at_s
        self._segmenter = Segmenter()
        self._blocks: list[Samples] = []
        self._kept_from = 0
        self._closed: list[Future[tuple[Word, ...]]] = []
        self._pieces: list[Piece] = []
        self._tail: tuple[Segment, Future[tuple[Word, ...]]] | None = None
        self._last: Future[tuple[Word, ...]] | None = None
        self._search = _Search()
        self._prepared_end = 0

    def begin(self, at_s: float) -> None:
        self._detector.reset()
        self._start(at_s)

    def hear(self, block: Samples) -> None:
        self._blocks.append(block)
        segmenter = self._segmenter
        segmenter.accept(self._detector.accept(block))
        if segmenter.silent_blocks == 0:
            self._forget_tail()
        if segmenter.paused is not None:
            self._search = self._overtaking()
            self._tail = segmenter.paused, self._submit(segmenter.paused, self._search)
        if segmenter.closed is not None:
            self._cut_off(segmenter.closed)
            self._tail = None
            waiting = [words for words in self._closed if not words.done()]
            if len(waiting) > MOST_WAITING:
                waiting[0].result()
        del self._blocks[: segmenter.first - self._kept_from]
        self._kept_from = segmenter.first
        self._prepare_open()

    def so_far(self) -> tuple[Word, ...] | None:
        if self._segmenter.tail() is not None and self._tail is None:
            return None
        parts = [*self._closed, *([self._tail[1]] if self._tail else [])]
        if not self._waits and not all(part.done() for part in parts):
            return None
        return _together(parts)

    def finish(self) -> tuple[Word, ...]:
        tail = self._segmenter.tail()
        if tail is not None:
            self._cut_off(tail)
            self._tail = None
        parts, pieces = self._closed, self._pieces
        try:
            return _together(parts)
        finally:
            self._start(self._begun_s)
            self._pieces = pieces

    def pieces(self) -> Sequence[Piece]:
        if self._tail is None:
            return self._pieces
        segment, words = self._tail
        return [*self._pieces, Piece(segment.first, segment.end, words)]

    def close(self) -> None:
        """End the worker after its current transcription; those that wait are dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _cut_off(self, segment: Segment) -> None:
        words = self._words_of(segment)
        self._closed.append(words)
        self._pieces.append(Piece(segment.first, segment.end, words))

    def _words_of(self, segment: Segment) -> Future[tuple[Word, ...]]:
        """The words of `segment`: of the transcription in progress, if that is the same segment."""
        if self._tail is not None and self._tail[0] == segment:
            self._search = _Search()  # now nothing may overtake it
            return self._tail[1]
        self._forget_tail()
        self._search = self._overtaking()
        return self._submit(segment, None)

    def _forget_tail(self) -> None:
        if self._tail is not None:
            self._tail[1].cancel()
            self._search.forgotten.set()
        self._tail = None

    def _prepare_open(self) -> None:
        """Let an idle worker work ahead. This changes when words are known, but not which."""
        open_segment = self._segmenter.tail()
        if self._drafter is None or open_segment is None or self._tail is not None:
            return
        if self._last is not None and not self._last.done():
            return
        if open_segment.end - max(self._prepared_end, open_segment.first) >= PREPARED_BLOCKS:
            self._prepared_end = open_segment.end
            self._search = self._overtaking()
            self._search.forgotten.set()
            self._submit(open_segment, self._search)

    def _overtaking(self) -> _Search:
        self._search.overtaken.set()
        return _Search()

    def _submit(self, segment: Segment, search: _Search | None) -> Future[tuple[Word, ...]]:
        kept = slice(segment.first - self._kept_from, segment.end - self._kept_from)
        samples = np.concatenate(self._blocks[kept])
        offset_s = self._begun_s + seconds(segment.first * BLOCK_SAMPLES)
        before = tuple(self._closed)
        self._last = self._pool.submit(self._transcribe, samples, offset_s, before, search)
        return self._last

    def _transcribe(
        self,
        samples: Samples,
        offset_s: float,
        before: tuple[Future[tuple[Word, ...]], ...],
        search: _Search | None,
    ) -> tuple[Word, ...]:
        """`before` was submitted earlier to the only worker, so it is done. Without `search`, the
        words are always needed."""
        words = list(_together(before))[-CONTEXT_WORDS:]
        context = " ".join(word.text for word in words)
        if self._drafter is None:
            return self._transcriber.transcribe(samples, offset_s=offset_s, before=context)
        if search is not None:
            self._drafter.prepare(samples, before=context, go_on=search.goes_on)
            if search.forgotten.is_set():
                return ()
        return self._drafter.conclude(samples, offset_s=offset_s, before=context)


def _together(parts: list[Future[tuple[Word, ...]]] | tuple[Future[tuple[Word, ...]], ...],
              ) -> tuple[Word, ...]:  # fmt: skip
    return tuple(itertools.chain.from_iterable(part.result() for part in parts))

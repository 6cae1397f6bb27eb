"""Tails: does the shorter context window cost words?

Measured on turns that are ended by a key.

Every talk is ended many times, right after a word and mostly in mid-sentence, the harder case. The
last segment is decoded with the shorter context window and with the full one, and both are compared
with the transcript of the whole talk.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks import talks
from rehearse.calling.live_listener import CONTEXT_WORDS, PREPARED_BLOCKS
from rehearse.calling.segments import PAUSE_BLOCKS, Segmenter
from rehearse.engines.activity.silero_vad import speech_probabilities
from rehearse.engines.whisper.transcriber import WhisperTranscriber
from rehearse.engines.whisper.weights import load_model
from rehearse.sound import BLOCK_SAMPLES, Samples, sample_count, seconds

EVERY_WORDS = 11
KEY_S = 0.15
"""From the end of the last word to the key."""
DRAFT_BLOCKS = 25
"""A draft takes this long (0.8 s): one started later is not ready."""


class Counting(WhisperTranscriber):
    again = 0
    """Segments that could not be trusted and were decoded again with the full context window."""

    def _at_once(self, sound, prompt):  # type: ignore[no-untyped-def]
        found = super()._at_once(sound, prompt)
        self.again += found is None
        return found


def tails() -> None:
    print("\n## Ended by a key: wrong words in the last segment")
    print("| talks | times ended | words | wrong, full window | wrong, shorter | decoded again |")
    print("|---|---|---|---|---|---|")
    for name, those in (("human, joined", talks.human()), ("candidates", talks.candidates())):
        transcriber = Counting(load_model(None, Path()))
        ends = [end for talk in those for end in _ends(transcriber, talk.samples)]
        whole, at_once = (
            [talks.errors(end[0], end[way]) for end in ends if end[0]] for way in (1, 2)
        )
        words, slow, soon = (sum(n for _, n in whole), *(sum(n for n, _ in each)
                                                         for each in (whole, at_once)))  # fmt: skip
        print(f"| {name} | {len(ends)} | {words} | {slow} | {soon} | {transcriber.again} |",
              flush=True)  # fmt: skip


def _ends(transcriber: WhisperTranscriber, samples: Samples) -> Iterator[tuple[str, str, str]]:
    """For each end: the last segment as said, decoded with the full and with the shorter window."""
    spoken = transcriber.transcribe(samples)
    ends = {
        sample_count(word.end_s + KEY_S) // BLOCK_SAMPLES
        for word in spoken[EVERY_WORDS - 1 :: EVERY_WORDS]
        if word.end_s is not None
    }
    segmenter = Segmenter()
    for block, probability in enumerate(speech_probabilities(samples), start=1):
        segmenter.accept(float(probability))
        tail = segmenter.tail()
        if block not in ends or tail is None or segmenter.silent_blocks >= PAUSE_BLOCKS:
            continue
        from_s, to_s = (seconds(at * BLOCK_SAMPLES) for at in (tail.first, block))
        earlier = tuple(word for word in spoken if (word.end_s or 0) <= from_s)
        said = tuple(word for word in spoken if from_s < (word.end_s or 0) <= to_s)
        before = talks.text_of(earlier[-CONTEXT_WORDS:])
        sound = samples[tail.first * BLOCK_SAMPLES : tail.end * BLOCK_SAMPLES]
        whole = transcriber.transcribe(sound, before=before)
        transcriber.transcribe(samples[: sample_count(1)])  # discards the draft
        drafted = (len(sound) // BLOCK_SAMPLES - DRAFT_BLOCKS) // PREPARED_BLOCKS * PREPARED_BLOCKS
        if drafted > 0:
            drafted_sound = sound[: drafted * BLOCK_SAMPLES]
            transcriber.prepare(drafted_sound, before=before, go_on=lambda: True)
        yield (
            talks.text_of(said),
            talks.text_of(whole),
            talks.text_of(transcriber.conclude(sound, before=before)),
        )

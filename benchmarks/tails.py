"""A turn that is ended by a key: its last stretch is heard with less context. Does it cost words?

Every talk is ended again and again, right after a word, most often in mid-sentence, which is the
harder case. The last stretch is heard at once and with all context; both are held against what was
heard there when the talk went on.
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
"""A draft takes so long (0.8 s): one begun later is not ready."""


class Counting(WhisperTranscriber):
    again = 0
    """Stretches that were heard again with all context, since they could not be trusted."""

    def _at_once(self, sound, prompt):  # type: ignore[no-untyped-def]
        found = super()._at_once(sound, prompt)
        self.again += found is None
        return found


def tails() -> None:
    print("\n## Ended by a key: wrong words of the last stretch")
    print("| talks | times ended | words | wrong with all context | at once | sought again |")
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
    """For each end what is said in the last stretch, heard with all context, heard at once."""
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
        transcriber.transcribe(samples[: sample_count(1)])  # forgets the draft
        drafted = (len(sound) // BLOCK_SAMPLES - DRAFT_BLOCKS) // PREPARED_BLOCKS * PREPARED_BLOCKS
        if drafted > 0:
            drafted_sound = sound[: drafted * BLOCK_SAMPLES]
            transcriber.prepare(drafted_sound, before=before, go_on=lambda: True)
        yield (
            talks.text_of(said),
            talks.text_of(whole),
            talks.text_of(transcriber.conclude(sound, before=before)),
        )

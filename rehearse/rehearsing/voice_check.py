"""Voice check: which speech model recognises a user best?

A person reads READ_ALOUD; every installed model transcribes it; the words are compared.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rehearse.calling.line import Line, LineDown
from rehearse.calling.turn_taking import SpeechDetector
from rehearse.errors import RehearseError
from rehearse.scoring.unclear_reason import (
    TOO_FAST_WORDS_PER_S,
    clipped_share,
    frame_levels,
    loud_dbfs,
)
from rehearse.sound import BLOCK_SAMPLES, SAMPLE_RATE_HZ, Samples, seconds
from rehearse.transcript import Transcriber, Word

READ_ALOUD = (
    "Good morning. I have been thinking about what this job does for your customers, and I would "
    "like to tell you three things that I would do. I would answer every complaint on the same "
    "day, keep the store in better order, and help the new people learn the work. What do you "
    "expect this job to bring to your team?"
)
"""Typical words of such calls, without names, numbers or words with two spellings."""

LONGEST_S = 60.0
QUIET_S = 3.0
"""The silence that ends the reading."""
PATIENCE_S = 15.0
"""After this much silence at the start the check gives up."""
VOICED = 0.5

KEEPS_UP = 0.5
"""Seconds of work for a second of sound; a slower model falls behind in a call."""
GOOD = 0.15
"""Word error rate up to which a model understands a person well."""
POOR = 0.30
"""Above this rate every third word is wrong, and nothing can be judged."""
MISSES_WORDS = 0.20
"""Above this rate in the reading, a call may go as badly as above POOR: the reading is short."""
WORTH_CHANGING = 0.03
"""A larger model that is better by this much in word error rate is always used."""
HARDLY_ERRS = 0.08
"""Up to this word error rate a model is kept unless a larger one is clearly better."""

QUIET_DBFS = -45.0
NOISY_DB = 20.0
"""From the quietest tenth of the recording to the voice."""
CLIPPED_SHARE = 0.003
NARROW_DB = -40.0
"""Level from 4.5 to 7 kHz relative to 1 to 3.4 kHz; a telephone cuts it off altogether."""


@dataclass(frozen=True)
class ModelResult:
    """One model's result: `right` of `words` words. `error_rate` also counts inserted words.
    `work_s_per_s`: seconds of work for each second of sound, on this computer."""

    name: str
    right: int
    words: int
    error_rate: float
    work_s_per_s: float
    text: str

    @property
    def keeps_up(self) -> bool:
        return self.work_s_per_s <= KEEPS_UP


@dataclass(frozen=True)
class VoiceCheck:
    """The results of all models for one reading, the smallest first, and what the sound shows."""

    results: tuple[ModelResult, ...]
    faults: tuple[str, ...]

    @property
    def best(self) -> ModelResult:
        """The model to use, of those that keep up with speech. The reading is short: of two models
        with the same result the larger one usually makes fewer errors in the call after it."""
        those = [one for one in self.results if one.keeps_up] or list(self.results[:1])
        best = those[0]
        for one in those[1:]:
            clearly = one.error_rate < best.error_rate - WORTH_CHANGING
            if clearly or HARDLY_ERRS < best.error_rate >= one.error_rate:
                best = one
        return best

    @property
    def best_afterwards(self) -> ModelResult | None:
        """A model that recognises more but is too slow for a call; None if there is none."""
        slow = [one for one in self.results if not one.keeps_up and one is not self.best]
        better = [one for one in slow if one.error_rate < self.best.error_rate - WORTH_CHANGING]
        return min(better, key=lambda one: one.error_rate, default=None)

    @property
    def warned(self) -> bool:
        """Whether the user is told before a call that words will be missed."""
        return self.best.error_rate > MISSES_WORDS

    @property
    def another_may_help(self) -> bool:
        """Whether no model here understands the user well, and the sound is not the reason."""
        return not self.faults and min(one.error_rate for one in self.results) > GOOD


@dataclass(frozen=True)
class Reading:
    """A recorded reading and what the models made of it."""

    samples: Samples
    check: VoiceCheck


class NobodyReads(RehearseError):
    """No voice was heard."""


def record_reading(line: Line, detector: SpeechDetector) -> Samples:
    """Record until QUIET_S after the last voice. Raises NobodyReads, or RehearseError if the
    microphone is gone."""
    blocks: list[Samples] = []
    last_voice: int | None = None
    per_s = SAMPLE_RATE_HZ / BLOCK_SAMPLES
    detector.reset()
    while len(blocks) < LONGEST_S * per_s:
        try:
            blocks.append(line.read())
        except LineDown as error:
            raise RehearseError(error.problem, error.remedy) from error
        if detector.accept(blocks[-1]) >= VOICED:
            last_voice = len(blocks)
        quiet_s = (len(blocks) - (last_voice or 0)) / per_s
        if quiet_s >= (PATIENCE_S if last_voice is None else QUIET_S):
            break
    if last_voice is None:
        raise NobodyReads(
            "I could not hear anybody read.",
            "Check the microphone with 'rehearse check', then read the text aloud.",
        )
    return np.concatenate(blocks)


def check_voice(
    samples: Samples,
    models: Sequence[tuple[str, Callable[[], Transcriber]]],
    voice: Sequence[float],
) -> VoiceCheck:
    """Compare all `models` (name and loader, the smallest first). `voice`: the probability of a
    voice in each block of BLOCK_SAMPLES. Raises RehearseError if a model cannot be loaded."""
    results = tuple(_result_of(name, load(), samples) for name, load in models)
    voiced_s = seconds(sum(one >= VOICED for one in voice) * BLOCK_SAMPLES)
    return VoiceCheck(results, tuple(_faults(samples, len(results[0].text.split()), voiced_s)))


def also_with(
    reading: Reading, name: str, load: Callable[[], Transcriber], order: Sequence[str]
) -> Reading:
    """The same reading, transcribed by one more model. `order`: all models, the smallest first."""
    others = [one for one in reading.check.results if one.name != name]
    results = [*others, _result_of(name, load(), reading.samples)]
    results.sort(key=lambda one: order.index(one.name) if one.name in order else len(order))
    return Reading(reading.samples, VoiceCheck(tuple(results), reading.check.faults))


def _result_of(name: str, transcriber: Transcriber, samples: Samples) -> ModelResult:
    began = time.process_time()  # not wall time: other programs may be busy
    words = transcriber.transcribe(samples)
    work_s = time.process_time() - began
    return compared(name, words, work_s / seconds(len(samples)))


def compared(name: str, words: Sequence[Word], work_s_per_s: float) -> ModelResult:
    """The words that a model recognised beside those of READ_ALOUD."""
    expected, text = plain_words(READ_ALOUD), " ".join(word.text for word in words)
    right, wrong = _right_and_wrong(expected, plain_words(text))
    return ModelResult(name, right, len(expected), wrong / len(expected), work_s_per_s, text)


def plain_words(text: str) -> list[str]:
    """Lower case, without punctuation."""
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def _right_and_wrong(expected: Sequence[str], found: Sequence[str]) -> tuple[int, int]:
    """(right words, errors) of the best alignment. Errors: words replaced, missing, inserted."""
    row = [(place, 0) for place in range(len(found) + 1)]  # errors, right
    for line, word in enumerate(expected, 1):
        above, row = row, [(line, 0)]
        for place, other in enumerate(found, 1):
            same = word == other
            errors, right = above[place - 1]
            row.append(
                min(
                    (errors + (not same), right + same),
                    (above[place][0] + 1, above[place][1]),
                    (row[place - 1][0] + 1, row[place - 1][1]),
                    key=lambda cell: (cell[0], -cell[1]),
                )
            )
    errors, right = row[-1]
    return right, errors


def _faults(samples: Samples, words: int, voiced_s: float) -> Iterator[str]:
    """What in the recording keeps words from being recognised, and what helps."""
    levels = frame_levels(samples)
    level = loud_dbfs(samples)
    if level < QUIET_DBFS:
        yield "Your voice is very quiet. Move closer to the microphone or turn it up."
    if clipped_share(samples) >= CLIPPED_SHARE:
        yield "The microphone is too loud and distorts your voice. Turn it down a little."
    if level - float(np.percentile(levels, 10)) < NOISY_DB:
        yield "There is noise behind your voice. A quieter room helps."
    if voiced_s and words / voiced_s >= TOO_FAST_WORDS_PER_S:
        yield "You read very fast. Take a breath after each sentence."
    if _high_band_db(samples) < NARROW_DB:
        yield (
            "The sound has telephone quality, as from a Bluetooth headset. A cable or the built-in "
            "microphone helps."
        )


def _high_band_db(samples: Samples) -> float:
    power = np.abs(np.fft.rfft(samples.astype(np.float64))) ** 2
    hz = np.fft.rfftfreq(samples.size, 1 / SAMPLE_RATE_HZ)
    middle = power[(hz >= 1000) & (hz < 3400)].sum()
    high = power[(hz >= 4500) & (hz < 7000)].sum()
    return float(10 * np.log10((high + 1e-12) / (middle + 1e-12)))

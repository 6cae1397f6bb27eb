"""SampleCall: a scripted call to listen to.

It uses the real voices and the real scorer.

A voice gives no word times. Each sentence is rendered by itself, and its words share its voiced
part in proportion to their letters: the marked word is right to about a fifth of a second.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.scorecard import Scorecard, score_transcript
from rehearse.sound import Samples, sample_count, seconds, silence
from rehearse.transcript import Speaker, Transcript, Utterance, Word
from rehearse.voice import Voice

FILE = Path(__file__).with_name("sample_calls.toml")
NAMES = ("good", "bad")
BETWEEN_SENTENCES_S = 0.3
BETWEEN_TURNS_S = 0.7
READ_S = 0.4
"""Seconds for a word, at 150 words per minute."""
_LOUD = 0.02
"""Level (0..1) from which a sample belongs to the voice, not to the silence around it."""
_BREATH = 2
"""Letters that every word takes on top of its own."""


@dataclass(frozen=True)
class SampleLine:
    speaker: Speaker
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class SampleCall:
    """The person reads `introduction` before the call; `after` says what to learn from it."""

    name: str
    title: str
    introduction: str
    after: str
    lines: tuple[SampleLine, ...]


@dataclass(frozen=True)
class SampleHeard:
    """The call as sound (shape (n,), float32), with every word's times, and its scorecard."""

    call: SampleCall
    samples: Samples
    transcript: Transcript
    scorecard: Scorecard


class Unspoken:
    """A Voice for a call that is only read: the words take their time in silence."""

    name = "unspoken"

    def speak(self, text: str) -> Samples:
        return silence(len(text.split()) * READ_S)

    def prepare(self, texts: list[str]) -> None:
        """Nothing takes long here."""


def sample_call(name: str) -> SampleCall:
    """The call of this name, one of NAMES."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))[name]
    return SampleCall(
        name,
        table["title"],
        table["introduction"],
        table["after"],
        tuple(_line(line) for line in table["lines"]),
    )


def _line(table: Mapping[str, Any]) -> SampleLine:
    return SampleLine(Speaker(table["who"]), tuple(table["says"]))


def hear_sample(
    call: SampleCall, voices: Mapping[Speaker, Voice], tagger: ClauseTagger
) -> SampleHeard:
    """Speak and score the call. Raises RehearseError if a voice cannot speak."""
    pieces: list[Samples] = [silence(BETWEEN_TURNS_S)]
    length = len(pieces[0])
    utterances = []
    for line in call.lines:
        words: list[Word] = []
        start_s = seconds(length)
        for sentence in line.sentences:
            spoken = voices[line.speaker].speak(sentence)
            words += timed_words(sentence, spoken, seconds(length))
            pieces += [spoken, silence(BETWEEN_SENTENCES_S)]
            length += len(spoken) + sample_count(BETWEEN_SENTENCES_S)
        pieces.append(silence(BETWEEN_TURNS_S))
        utterances.append(Utterance(line.speaker, tuple(words), start_s, seconds(length)))
        length += sample_count(BETWEEN_TURNS_S)
    transcript = Transcript(tuple(utterances))
    return SampleHeard(
        call, np.concatenate(pieces), transcript, score_transcript(transcript, tagger)
    )


def timed_words(sentence: str, spoken: Samples, start_s: float) -> list[Word]:
    """The words of a sentence with times; `spoken` begins at `start_s`."""
    texts = sentence.split()
    loud = np.flatnonzero(np.abs(spoken) >= _LOUD)
    first_s, last_s = (
        (seconds(int(loud[0])), seconds(int(loud[-1]) + 1))
        if loud.size
        else (0.0, seconds(len(spoken)))
    )
    edges = np.cumsum([0, *(len(text) + _BREATH for text in texts)])
    times = start_s + first_s + (last_s - first_s) * edges / max(1, edges[-1])
    return [
        Word(text, round(float(start), 3), round(float(end), 3))
        for text, start, end in zip(texts, times[:-1], times[1:], strict=True)
    ]

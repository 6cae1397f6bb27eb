"""Calls for measuring: answer times and false cut-offs."""

from __future__ import annotations

import contextlib
import pathlib
import time
from dataclasses import dataclass

import numpy as np

from benchmarks import talks
from rehearse import wiring
from rehearse.calling.call import Call
from rehearse.calling.events import CandidateSaid, Event, ManagerSaid, TurnEnded
from rehearse.calling.line import Key
from rehearse.calling.manager import Manager
from rehearse.calling.parts import Parts, Tones
from rehearse.calling.scenario import find_scenario
from rehearse.calling.turn_taking import VOICED, Patience
from rehearse.calling.understood import Understood, understood
from rehearse.engines.activity.silero_vad import speech_probabilities
from rehearse.engines.audio.wav_line import WavLine
from rehearse.preparing.call_sheet import CallSheet
from rehearse.scoring.clauses import ClauseTagger
from rehearse.sound import BLOCK_SAMPLES, Samples, sample_count, seconds, silence
from rehearse.transcript import Transcriber, Utterance

BEFORE_QUESTION_S = 6.0
QUIET = silence(0.1)


@dataclass(frozen=True)
class Answer:
    name: str
    total_s: float
    """From the end of the candidate's voice to the manager's first sound."""
    after_decision_s: float
    """The part of it after the decision that the turn is over."""


class PacedLine(WavLine):
    """Recordings played at their own pace, like a microphone."""

    def __init__(self, clip: Samples) -> None:
        super().__init__([clip])
        self._begun = time.monotonic()
        self._read = 0

    def read(self) -> Samples:
        self._read += 1
        due = self._begun + seconds(self._read * BLOCK_SAMPLES)
        time.sleep(max(0.0, due - time.monotonic()))
        return super().read()

    def behind(self) -> bool:
        return time.monotonic() > self._begun + seconds((self._read + 1) * BLOCK_SAMPLES)


class HangUpAtSecondLine:
    """Controls of somebody who hangs up after the manager's answer."""

    def __init__(self) -> None:
        self.lines = 0

    def pressed(self) -> Key | None:
        return Key.HANG_UP if self.lines >= 2 else None


class NoKeys:
    def pressed(self) -> Key | None:
        return None


class NoRecorder:
    def add(self, candidate: Samples, manager: Samples) -> None:
        """Stores nothing."""


def questions(transcriber: Transcriber) -> list[tuple[str, Samples]]:
    """The candidates' critical question with what precedes it, then silence."""
    found = []
    for talk in talks.candidates():
        words = transcriber.transcribe(talk.samples)
        ends = [w.end_s for w in words if w.text.endswith("business?") and w.end_s is not None]
        if ends:
            first = sample_count(max(0.0, ends[-1] - BEFORE_QUESTION_S))
            clip = talk.samples[first : sample_count(ends[-1] + 0.1)]
            found.append((talk.name, np.concatenate([clip, silence(6)])))
    return found


def answer(
    name: str, clip: Samples, transcriber: Transcriber, tagger: ClauseTagger, home: pathlib.Path
) -> Answer:
    """Hold a call in real time until the manager's answer starts."""
    keys, line = HangUpAtSecondLine(), PacedLine(clip)
    seen: list[tuple[float, Event]] = []

    def emit(event: Event) -> None:
        keys.lines += isinstance(event, ManagerSaid)
        seen.append((time.monotonic(), event))

    _hold(line, keys, transcriber, tagger, home, emit, recorded=False)
    ended_at, ended = next((at, e) for at, e in seen if isinstance(e, TurnEnded))
    said_at = next(at for at, e in seen if isinstance(e, ManagerSaid) and at > ended_at)
    voiced = np.flatnonzero(speech_probabilities(clip) >= VOICED)
    listened = next(e for _, e in seen if isinstance(e, CandidateSaid))
    last_voice_s = listened.start_s + 0.4 + seconds(int(voiced[-1] + 1) * BLOCK_SAMPLES)
    after = said_at - ended_at
    return Answer(name, ended.at_s - last_voice_s + after, after)


def cut_offs(
    clip: Samples, transcriber: Transcriber, tagger: ClauseTagger, home: pathlib.Path
) -> int:
    """Turns with words after the first: each started because the manager spoke too early."""
    said: list[Event] = []
    _hold(WavLine([clip]), NoKeys(), transcriber, tagger, home, said.append, recorded=True)
    return sum(isinstance(event, CandidateSaid) for event in said) - 1


def _hold(line, keys, transcriber, tagger, home, emit, *, recorded: bool) -> None:  # type: ignore[no-untyped-def]
    scenario = find_scenario("friendly")
    acts, matters = wiring.load_act_classifier(), wiring.load_matter_finder()

    def understand(utterances: tuple[Utterance, ...]) -> Understood:
        return understood(utterances, tagger.tag(utterances), acts, matters)

    with (
        contextlib.closing(wiring.load_voice(home, None, scenario.voice)) as voice,
        contextlib.closing(wiring.live_listener(transcriber, recorded=recorded)) as listener,
    ):
        parts = Parts(line, voice, wiring.load_detector(), listener, NoRecorder(), keys,
                      Tones(QUIET, QUIET, QUIET, QUIET), understand)  # fmt: skip
        Call(parts, Manager(scenario, CallSheet(), 1), Patience(), emit).hold()

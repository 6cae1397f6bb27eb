"""Whole calls in call time: who speaks when. Voice, words and tagger are stand-ins."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from rehearse.calling.call import Call
from rehearse.calling.events import (
    CandidateSaid,
    Event,
    ManagerSaid,
    ManagerStopped,
    TurnBegan,
    TurnEnded,
    UnderstoodSoFar,
)
from rehearse.calling.line import Key
from rehearse.calling.live_listener import LiveListener
from rehearse.calling.manager import Manager
from rehearse.calling.own_echo import Echo
from rehearse.calling.parts import Parts, Tones
from rehearse.calling.scenario import find_scenario
from rehearse.calling.turn_taking import AFTER_QUESTION_S, OPEN_END_EXTRA_S, Patience
from rehearse.calling.understood import Understood
from rehearse.preparing.call_sheet import CallSheet
from rehearse.sound import BLOCK_SAMPLES, Samples, sample_count, seconds, silence
from rehearse.transcript import Transcript, Utterance, Word

QUIET = silence(0.1)
LINE_S = 3.0
"""How long each of the manager's lines is."""
QUESTION = "How do you expect this job to contribute?"


class Loudness:
    def accept(self, block: Samples) -> float:
        return float(np.abs(block).max() > 0.01)

    def reset(self) -> None:
        pass


class Script:
    """A transcriber that knows the text; all of it as soon as there is sound."""

    name = "script"

    def __init__(self, text: str) -> None:
        self.text = text

    def transcribe(
        self, samples: Samples, *, offset_s: float = 0.0, before: str = ""
    ) -> tuple[Word, ...]:
        end_s = offset_s + seconds(len(samples))
        return tuple(Word(text, offset_s, end_s, 1.0) for text in self.text.split())


class Voice:
    name = "hum"

    def __init__(self) -> None:
        self.prepared: set[str] = set()
        self.unprepared: list[str] = []

    def speak(self, text: str) -> Samples:
        if text not in self.prepared:
            self.unprepared.append(text)
        return np.full(sample_count(LINE_S), 0.1, dtype=np.float32)

    def prepare(self, texts: list[str]) -> None:
        self.prepared.update(texts)


@dataclass
class Line:
    """Voice in the candidate's microphone between the times of `voiced`, in call time."""

    voiced: list[tuple[float, float]]
    name: str = "test"
    latency_s: float = 0.0
    at: int = 0
    stopped_at_s: list[float] = field(default_factory=list)

    def play(self, samples: Samples) -> None:
        pass

    def stop_playing(self) -> None:
        self.stopped_at_s.append(seconds(self.at))

    def read(self) -> Samples:
        at_s = seconds(self.at)
        self.at += BLOCK_SAMPLES
        level = 0.1 if any(start <= at_s < end for start, end in self.voiced) else 0.0
        return np.full(BLOCK_SAMPLES, level, dtype=np.float32)

    def behind(self) -> bool:
        return False

    def lost_s(self) -> float:
        return 0.0

    def restored(self) -> bool:
        return True

    def close(self) -> None:
        pass


class HangUpAt:
    def __init__(self, line: Line, at_s: float) -> None:
        self._line, self._at_s = line, at_s

    def pressed(self) -> Key | None:
        return Key.HANG_UP if seconds(self._line.at) >= self._at_s else None


class Kept:
    def __init__(self) -> None:
        self.samples = 0

    def add(self, candidate: Samples, manager: Samples) -> None:
        self.samples += len(candidate)


@dataclass
class Held:
    events: list[Event]
    line: Line
    voice: Voice
    kept: Kept
    transcript: Transcript

    def of(self, kind: type) -> list:  # type: ignore[type-arg]
        return [event for event in self.events if isinstance(event, kind)]


def hold(
    text: str, voiced: list[tuple[float, float]], *, until_s: float = 30.0,
    headphones: bool = False, patience: Patience | None = None,
) -> Held:  # fmt: skip
    """The greeting is over at about 3.3 s."""
    line, voice, kept = Line(voiced), Voice(), Kept()
    listener = LiveListener(Script(text), Loudness(), waits=True)
    events: list[Event] = []

    def understand(utterances: tuple[Utterance, ...]) -> Understood:
        return Understood(spoke=True, substance=True, asked="?" in utterances[-1].text)

    parts = Parts(
        line, voice, Loudness(), listener, kept, HangUpAt(line, until_s),
        Tones(QUIET, QUIET, QUIET, QUIET), understand, echo=Echo.NONE if headphones else Echo.HEARD,
    )  # fmt: skip
    manager = Manager(find_scenario("friendly"), CallSheet(), 1)
    call = Call(parts, manager, patience or Patience(), events.append)
    call.hold()
    listener.close()
    return Held(events, line, voice, kept, call.transcript)


def silence_before_the_end_s(held: Held, last_voice_s: float) -> float:
    return float(held.of(TurnEnded)[0].at_s - last_voice_s)


@pytest.mark.parametrize(
    ("text", "silence_s"),
    [
        (QUESTION, AFTER_QUESTION_S),
        ("I would cut the backlog by half.", 2.5),
        ("I would cut the backlog, and", 2.5 + OPEN_END_EXTRA_S),
    ],
)
def test_the_words_so_far_decide_how_long_a_silence_may_last(text: str, silence_s: float) -> None:
    held = hold(text, [(5.0, 9.0)])
    assert silence_before_the_end_s(held, 9.0) == pytest.approx(silence_s, abs=0.07)


def test_the_manager_answers_a_finished_question_within_a_second() -> None:
    held = hold(QUESTION, [(5.0, 9.0)])
    answer = next(said for said in held.of(ManagerSaid) if said.at_s > 9.0)
    assert answer.at_s - 9.0 < 1.0


def test_a_speaker_with_long_pauses_gets_more_time() -> None:
    text = "I would cut the backlog by half."
    fluent = hold(text, [(5.0, 9.0)])
    hesitant = hold(text, [(5.0, 6.0), (8.0, 9.0)])
    assert len(hesitant.of(CandidateSaid)) == 1
    longer = silence_before_the_end_s(hesitant, 9.0) - silence_before_the_end_s(fluent, 9.0)
    assert longer == pytest.approx(1.0, abs=0.05)


def test_every_line_was_rendered_before_it_was_needed() -> None:
    held = hold(QUESTION, [(5.0, 9.0)])
    assert len(held.of(ManagerSaid)) >= 2
    assert held.voice.unprepared == []


def test_what_the_candidate_did_is_reported_in_the_pause() -> None:
    held = hold("I would cut the backlog by half.", [(5.0, 9.0)])
    [so_far] = held.of(UnderstoodSoFar)
    assert 9.5 <= so_far.at_s <= 9.6
    assert so_far.understood.substance


def test_the_same_sound_gives_the_same_events() -> None:
    assert hold(QUESTION, [(5.0, 9.0)]).events == hold(QUESTION, [(5.0, 9.0)]).events


def test_without_headphones_nobody_is_listened_to_while_the_manager_speaks() -> None:
    held = hold(QUESTION, [(1.0, 3.0)], until_s=8.0)
    assert held.of(ManagerStopped) == []
    assert held.of(CandidateSaid) == []


def test_with_headphones_speaking_over_the_manager_stops_them_within_a_fifth_of_a_second() -> None:
    held = hold(QUESTION, [(1.5, 4.0)], headphones=True)
    [stopped] = held.of(ManagerStopped)
    assert stopped.at_s - 1.5 <= 0.2
    assert held.line.stopped_at_s[0] - 1.5 <= 0.2


def test_what_stopped_the_manager_is_part_of_the_turn() -> None:
    held = hold(QUESTION, [(1.5, 4.0)], headphones=True)
    began, said = held.of(TurnBegan)[0], held.of(CandidateSaid)[0]
    assert began.at_s < 1.5
    assert said.start_s == began.at_s
    assert said.words


def test_the_transcript_holds_what_was_heard_of_an_interrupted_line() -> None:
    held = hold(QUESTION, [(1.5, 4.0)], headphones=True)
    greeting, transcribed = held.of(ManagerSaid)[0], held.transcript.utterances[0]
    assert transcribed.end_s is not None
    assert transcribed.end_s < greeting.end_s
    heard = transcribed.text.removesuffix(" –")
    assert heard != transcribed.text
    assert greeting.text.startswith(heard)


def test_a_cough_does_not_stop_the_manager() -> None:
    held = hold(QUESTION, [(1.5, 1.59)], headphones=True, until_s=5.0)
    assert held.of(ManagerStopped) == []


def test_a_goodbye_is_not_stopped() -> None:
    goodbye = hold(QUESTION, [], headphones=True, until_s=99.0).of(ManagerSaid)[-1]
    voiced = [(goodbye.at_s + 0.5, goodbye.at_s + 2.0)]
    held = hold(QUESTION, voiced, headphones=True, until_s=99.0)
    assert held.of(ManagerSaid)[-1] == goodbye
    assert held.of(ManagerStopped) == []


def test_every_sample_is_recorded() -> None:
    held = hold(QUESTION, [(5.0, 9.0)], headphones=True)
    assert held.kept.samples == held.line.at

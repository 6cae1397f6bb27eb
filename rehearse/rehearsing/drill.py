"""Drill: one part of the call, in short rounds."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rehearse.calling.events import (
    EventListener,
    Listening,
    ManagerSaid,
    TurnBegan,
    TurnEnd,
    TurnEnded,
)
from rehearse.calling.line import Controls, Key, Line
from rehearse.calling.turn_taking import VOICED, Patience, SpeechDetector, TurnState, TurnTaker
from rehearse.scoring.ask_then_stop import AskThenStop
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.rubric import WAYS_ASKED_FOR, Criterion
from rehearse.scoring.scorecard import Finding, Scorecard, score_transcript
from rehearse.sound import BLOCK_SAMPLES, Samples, level_dbfs, sample_count, seconds
from rehearse.transcript import Speaker, Transcriber, Transcript, Utterance, words_of_text

ROUND_S = 20.0
SILENCE_S = 2.0
"""Silence that ends a round unless the candidate asks for more or less."""
NOTHING_SAID_S = 8.0
CLEAN_ROUNDS = 3
"""After this many clean rounds of a part, the whole call is next."""
ECHO_TAIL_S = 0.15
STOP_THERE = (
    "You asked it, then talked on. Stop at the question and count to three: in a call, the manager "
    "answers."
)


class Part(enum.StrEnum):
    """The parts that a drill rehearses, in the order of the call."""

    OPENING = "opening"
    WAY1 = "way1"
    WAYS = "ways"
    QUESTION = "question"
    ALL = "all"


@dataclass(frozen=True)
class Exercise:
    """`cue` is the manager's line, `task` is shown first. `wanted`: criteria, or a number of ways.

    `advice` is given if a criterion is missing.
    """

    cue: str
    task: str
    wanted: tuple[Criterion, ...]
    ways: int
    advice: str


_OPENING = (Criterion.BUSINESS_LINK, Criterion.HUMILITY)
_QUESTION = (Criterion.CRITICAL_QUESTION,)
EXERCISES = {
    Part.OPENING: Exercise(
        "Hello?",
        "Say who you are, that you have thought about how the job helps their business, and "
        "that you know it only from outside.",
        _OPENING, 0,
        "Begin with: I've been thinking about how this job contributes to your business.",
    ),
    Part.WAY1: Exercise(
        "So, what would you do for us?",
        "Say one thing that you would do for them, and what of theirs gets better.",
        (), 1,
        "One sentence: I would ... , so that their cost, delay or customers ...",
    ),
    Part.WAYS: Exercise(
        "So, what would you do for us?",
        "Say your three ways, one sentence each.",
        (), WAYS_ASKED_FOR,
        "One sentence a way: first, I would ... ; second ... ; third ...",
    ),
    Part.QUESTION: Exercise(
        "I see. Thank you. Anything else?",
        "Ask how they expect this job to contribute to the business. Then stop.",
        _QUESTION, 0,
        "Ask: as the manager, how do you expect this job to contribute to the business?",
    ),
    Part.ALL: Exercise(
        "Hello, who is this?",
        "The business, three ways, the question: a sentence each.",
        (Criterion.BUSINESS_LINK, Criterion.CRITICAL_QUESTION), WAYS_ASKED_FOR,
        "One sentence each: the business, three ways, the question.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class DrillEngines:
    """The sound and the engines of a drill, chosen in wiring/."""

    line: Line
    controls: Controls
    detector: SpeechDetector
    transcriber: Transcriber
    tagger: ClauseTagger
    speak: Callable[[str], Samples]


@dataclass(frozen=True)
class Round:
    """One round. `findings`: the scorecard's findings for `wanted`.

    `then`: whether the person stopped after the question; None if there is no question. `typed`:
    the person typed, so that `length_s` is an estimate.
    """

    part: Part
    said: str
    length_s: float
    findings: tuple[Finding, ...]
    then: AskThenStop | None = None
    typed: bool = False

    @property
    def stopped(self) -> bool | None:
        """Whether the person said nothing more after the question; None if it is not wanted, or
        was not asked."""
        if Criterion.CRITICAL_QUESTION not in EXERCISES[self.part].wanted or self.then is None:
            return None
        return self.then is AskThenStop.STOPPED

    @property
    def clean(self) -> bool:
        return self._said_all and self.stopped is not False

    @property
    def advice(self) -> str:
        """What to try next; empty if the round is clean."""
        if self.clean:
            return ""
        return STOP_THERE if self._said_all else EXERCISES[self.part].advice

    @property
    def _said_all(self) -> bool:
        return all(map(self.is_there, self.findings))

    def is_there(self, finding: Finding) -> bool:
        """Whether the person said enough for this part."""
        if finding.count is None:
            return finding.met
        return finding.count >= EXERCISES[self.part].ways


def clean_in_a_row(rounds: Sequence[Round]) -> int:
    """How many of the latest rounds in a row were clean."""
    count = 0
    for one in reversed(rounds):
        if not one.clean:
            break
        count += 1
    return count


def patience(silence_s: float = SILENCE_S) -> Patience:
    """When a round ends: `silence_s` after speech, or NOTHING_SAID_S if there is none."""
    return Patience(silence_s, before_speech_s=NOTHING_SAID_S)


def hold_round(
    part: Part,
    engines: DrillEngines,
    patience: Patience,
    emit: EventListener = lambda _: None,
    *,
    longest_s: float = ROUND_S,
) -> Round | None:
    """Say the cue, listen for at most `longest_s`, judge. None if the candidate hung up.

    `emit` gets the events of a call, in seconds since the cue began. Raises LineDown if the line
    gives no sound.
    """
    samples = _Sounding(engines, patience, emit).cue_and_turn(EXERCISES[part].cue, longest_s)
    if samples is None:
        return None
    words = engines.transcriber.transcribe(samples)
    end_s = seconds(len(samples))
    said = (Utterance(Speaker.CANDIDATE, words, 0.0, end_s),) if words else ()
    return judge(part, score_transcript(Transcript(said), engines.tagger), Transcript(said))


def typed_round(part: Part, text: str, tagger: ClauseTagger) -> Round:
    """A round with a typed answer."""
    words = words_of_text(text)
    said = (Utterance(Speaker.CANDIDATE, words, None, None),) if words else ()
    return judge(part, score_transcript(Transcript(said), tagger), Transcript(said))


def judge(part: Part, scorecard: Scorecard, transcript: Transcript) -> Round:
    """Judge whether the part of this round was said. Pure."""
    exercise = EXERCISES[part]
    wanted = [*exercise.wanted, *([Criterion.CONTRIBUTIONS] if exercise.ways else [])]
    return Round(
        part=part,
        said=" ".join(word.text for word in transcript.candidate_words),
        length_s=scorecard.pitch_s,
        findings=tuple(map(scorecard.finding, wanted)),
        then=scorecard.ask_then_stop,
        typed=transcript.is_typed,
    )


class _Sounding:
    """Plays and records one round; its clock is the number of blocks read."""

    def __init__(self, engines: DrillEngines, patience: Patience, emit: EventListener) -> None:
        self._engines = engines
        self._patience = patience
        self._emit = emit
        self._blocks = 0

    @property
    def _now_s(self) -> float:
        return seconds(self._blocks * BLOCK_SAMPLES)

    def cue_and_turn(self, cue: str, longest_s: float) -> Samples | None:
        """What the candidate answered to `cue`; None if they hung up."""
        spoken = self._engines.speak(cue)
        self._emit(ManagerSaid(self._now_s, self._now_s + seconds(len(spoken)), cue, "drill"))
        return self._listen(longest_s) if self._say(spoken) else None

    def _read(self) -> Samples:
        block = self._engines.line.read()
        self._blocks += 1
        return block

    def _say(self, spoken: Samples) -> bool:
        """Play to the end; False if the candidate hung up."""
        line = self._engines.line
        line.play(spoken)
        left_s = seconds(len(spoken)) + (line.latency_s + ECHO_TAIL_S if spoken.size else 0.0)
        for _ in range(sample_count(left_s) // BLOCK_SAMPLES):
            self._read()
            if self._engines.controls.pressed() is Key.HANG_UP:
                line.stop_playing()
                return False
        return True

    def _listen(self, longest_s: float) -> Samples | None:
        """The candidate's turn: until silence, a key, or `longest_s` of sound."""
        self._emit(TurnBegan(self._now_s))
        self._engines.detector.reset()
        turn = TurnTaker(self._patience)
        blocks: list[Samples] = []
        reason = TurnEnd.CUT_OFF
        while len(blocks) * BLOCK_SAMPLES < sample_count(longest_s):
            block = self._read()
            blocks.append(block)
            probability = self._engines.detector.accept(block)
            self._emit(Listening(self._now_s, level_dbfs(block), probability >= VOICED))
            over = turn.accept(probability) is TurnState.ENDED
            pressed = self._engines.controls.pressed()
            if pressed is not None:
                reason = TurnEnd.HUNG_UP if pressed is Key.HANG_UP else TurnEnd.DONE_KEY
                break
            if over:
                reason = TurnEnd.SILENCE if turn.spoke else TurnEnd.NOTHING_SAID
                break
        self._emit(TurnEnded(self._now_s, reason))
        return None if reason is TurnEnd.HUNG_UP else np.concatenate(blocks)

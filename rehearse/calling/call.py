"""Call: rings, speaks, listens, until somebody hangs up.

The clock of a call is the number of samples recorded, so a call fed from a file runs as fast as
the machine allows and takes the same turns every time. Half duplex: while the manager speaks the
microphone is recorded but not listened to, unless it does not pick them up: with headphones or
echo cancellation the candidate may speak over them.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from rehearse.calling.barge_in import BargeIn
from rehearse.calling.events import (
    Answered,
    Beeped,
    CandidateSaid,
    Event,
    EventListener,
    HungUp,
    LineRestored,
    LineTrouble,
    Listening,
    ManagerSaid,
    ManagerStopped,
    NotPhrased,
    Ringing,
    SoundLost,
    TurnBegan,
    TurnEnd,
    TurnEnded,
    UnderstoodSoFar,
)
from rehearse.calling.line import Key, LineDown
from rehearse.calling.manager import Manager, ManagerLine, Understood, Who
from rehearse.calling.own_echo import Echo
from rehearse.calling.parts import Parts
from rehearse.calling.turn_taking import (
    VOICED,
    Patience,
    TurnState,
    TurnTaker,
)
from rehearse.calling.turn_terms import TurnTerms
from rehearse.delivery.open_ends import ending
from rehearse.sound import BLOCK_SAMPLES, Samples, level_dbfs, sample_count, seconds, silence
from rehearse.transcript import Speaker, Transcript, Utterance, Word, broken_off, words_of_text
from rehearse.voice import Voice

ECHO_TAIL_S = 0.15
"""The room echoes after the manager's last sound: the microphone is ignored for this long."""
ASK_AFTER_S = 0.5
"""Silence after which the call asks for the words so far, until it has them."""
LONGEST_CALL_S = 3600.0


class _HungUp(Exception):
    def __init__(self, by: str) -> None:
        self.by = by


class Call:
    """One call. `hold` runs it to its end; `transcript` holds what was said so far."""

    def __init__(
        self, parts: Parts, manager: Manager, patience: Patience, emit: EventListener
    ) -> None:
        self._parts = parts
        self._manager = manager
        self._patience = patience
        self._emit_to = emit
        self._samples = 0
        self._outgoing = silence(0)
        self._barge_in = BargeIn(parts.detector, parts.echo)
        self._utterances: list[Utterance] = []
        self._understood: tuple[tuple[Word, ...], Understood] | None = None
        self._spoken_over: list[Samples] = []

    @property
    def now_s(self) -> float:
        return seconds(self._samples)

    @property
    def transcript(self) -> Transcript:
        return Transcript(tuple(self._utterances))

    def hold(self) -> None:
        """Ring, talk in turns, hang up. Errors of the parts propagate; the transcript stays."""
        try:
            lines: tuple[ManagerLine, ...] = (self._manager.greet(),)
            self._prepare(lines)
            self._emit(Ringing(self.now_s))
            self._sound(self._parts.tones.ring)
            self._emit(Answered(self.now_s))
            self._sound(self._parts.tones.pick_up)
            while not self._say(lines):
                self._parts.voice.prepare(self._manager.likely_lines())
                lines = self._phrased(self._manager.reply(self._candidates_turn()))
            self._sound(self._parts.tones.hang_up)
            self._emit(HungUp(self.now_s, "manager"))
        except _HungUp as hung_up:
            self._emit(HungUp(self.now_s, hung_up.by))

    def _emit(self, event: Event) -> None:
        self._emit_to(event)

    def _phrased(self, lines: tuple[ManagerLine, ...]) -> tuple[ManagerLine, ...]:
        """In the words of a language model, if one is to phrase them and is ready."""
        if self._parts.phrasing is None:
            return lines
        lines, why_not = self._parts.phrasing.phrased(lines, self._utterances)
        if why_not:
            self._emit(NotPhrased(self.now_s, why_not))
        return lines

    def _say(self, lines: tuple[ManagerLine, ...]) -> bool:
        """Speak the lines; True when the manager hangs up after them."""
        # A manager who hangs up does so whatever the candidate says; a voicemail cannot listen.
        listens = not any(line.hangs_up or line.beep for line in lines)
        may_stop = self._parts.echo is not Echo.HEARD and listens
        for line in lines:
            if line.text and not self._speak(line, may_stop):
                return False
            if line.beep:
                self._emit(Beeped(self.now_s))
                self._sound(self._parts.tones.beep)
            if line.hangs_up:
                return True
        return False

    def _speak(self, line: ManagerLine, may_stop: bool) -> bool:
        """Say one line; False if the candidate stopped it."""
        spoken = self._voice_of(line).speak(line.text)
        self._catch_up()
        start_s = self.now_s + self._parts.line.latency_s
        end_s = start_s + seconds(len(spoken))
        words = words_of_text(line.text)
        self._emit(ManagerSaid(start_s, end_s, line.text, line.rule, line.who, line.scripted))
        said = Utterance(Speaker.MANAGER, words, start_s, end_s, line.who, line.scripted)
        self._utterances.append(said)
        said_it_all = self._sound(spoken, may_stop)
        if not said_it_all:
            self._utterances[-1] = broken_off(said, self.now_s)
            self._emit(ManagerStopped(self.now_s))
        return said_it_all

    def _prepare(self, lines: tuple[ManagerLine, ...]) -> None:
        for line in lines:
            self._voice_of(line).prepare([line.text])

    def _voice_of(self, line: ManagerLine) -> Voice:
        if line.who is Who.ASSISTANT and self._parts.assistant_voice is not None:
            return self._parts.assistant_voice
        return self._parts.voice

    def _sound(self, samples: Samples, may_stop: bool = False) -> bool:
        """Play the manager's sound; False if the candidate spoke over it and stopped it.

        Key.DONE has no meaning while the manager speaks.
        """
        self._catch_up()
        self._parts.line.play(samples)
        # The microphone and the recording get the sound this much later.
        wait = max(0, sample_count(self._parts.line.latency_s) - len(self._outgoing))
        self._outgoing = np.concatenate([self._outgoing, np.zeros(wait, np.float32), samples])
        end = self._samples + len(samples)
        self._barge_in.begin_line()
        while self._samples < end:
            block = self._tick()
            if self._parts.controls.pressed() is Key.HANG_UP:
                self._silence_manager()
                raise _HungUp("candidate")
            if may_stop and self._barge_in.interrupts(block):
                self._silence_manager()
                self._spoken_over = self._barge_in.recent
                return False
        return True

    def _silence_manager(self) -> None:
        self._parts.line.stop_playing()
        self._outgoing = silence(0)

    def _candidates_turn(self) -> Understood:
        parts = self._parts
        spoken_over, self._spoken_over = self._spoken_over, []
        echo_ends_s = self.now_s + parts.line.latency_s + ECHO_TAIL_S
        echoes = parts.echo is not Echo.NONE and parts.line.latency_s and not spoken_over
        while echoes and self.now_s < echo_ends_s:
            self._tick()
        start_s = self.now_s - seconds(len(spoken_over) * BLOCK_SAMPLES)
        self._emit(TurnBegan(start_s))
        parts.detector.reset()
        parts.listener.begin(start_s)
        terms = self._manager.terms(start_s)
        turn = TurnTaker(_patience(self._patience, terms))
        limit_s = math.inf if terms.limit_s is None else start_s + terms.limit_s
        if math.isinf(self._patience.in_pitch_s):
            limit_s = math.inf  # hold to talk: nothing but a key ends the turn
        self._understood = None
        reason = None
        try:
            for block in spoken_over:
                self._hear(turn, block)
            while reason is None:
                reason = self._key_pressed() or self._listen(turn, start_s)
                if reason is None and self.now_s >= limit_s:
                    reason = TurnEnd.CUT_OFF
        except _HungUp:
            reason = TurnEnd.HUNG_UP
        self._emit(TurnEnded(self.now_s, reason))
        words = parts.listener.finish()
        if words:
            said = Utterance(Speaker.CANDIDATE, words, start_s, self.now_s)
            self._utterances.append(said)
            self._emit(CandidateSaid(start_s, self.now_s, words))
        if reason is TurnEnd.HUNG_UP:
            raise _HungUp("candidate")
        understood = (
            self._understand(words, tuple(self._utterances)) if words else Understood(spoke=False)
        )
        return dataclasses.replace(
            understood,
            voiced=turn.spoke,
            at_s=self.now_s,
            cut_off=reason is TurnEnd.CUT_OFF,
            interrupted=bool(spoken_over),
        )

    def _hear(self, turn: TurnTaker, block: Samples) -> TurnState:
        self._parts.listener.hear(block)
        probability = self._parts.detector.accept(block)
        self._emit(Listening(self.now_s, level_dbfs(block), probability >= VOICED))
        return turn.accept(probability)

    def _understand(self, words: tuple[Word, ...], utterances: tuple[Utterance, ...]) -> Understood:
        """Transcribe in a pause, and not again if the turn ends there."""
        if self._understood is None or self._understood[0] != words:
            understood = self._parts.understand(utterances)
            self._understood = words, understood
            self._emit(UnderstoodSoFar(self.now_s, len(words), understood))
        return self._understood[1]

    def _think_ahead(self, turn: TurnTaker, start_s: float) -> None:
        """In a pause, find how the words end and what the manager would reply now."""
        words = self._parts.listener.so_far()
        if words is None:
            return
        said = Utterance(Speaker.CANDIDATE, words, start_s, self.now_s)
        turn.words_end(ending(said.text))
        if not words:
            return
        understood = self._understand(words, (*self._utterances, said))
        understood = dataclasses.replace(understood, voiced=True, at_s=self.now_s)
        lines = self._manager.would_reply(understood)
        self._prepare(lines)
        if self._parts.phrasing is not None:
            self._parts.phrasing.begin(lines, (*self._utterances, said))

    def _listen(self, turn: TurnTaker, start_s: float) -> TurnEnd | None:
        state = self._hear(turn, self._tick())
        if turn.awaits_words and turn.silent_s >= ASK_AFTER_S:
            self._think_ahead(turn, start_s)
        if self.now_s > LONGEST_CALL_S:
            return TurnEnd.HUNG_UP
        if state is TurnState.ENDED:
            return TurnEnd.SILENCE if turn.spoke else TurnEnd.NOTHING_SAID
        return None

    def _key_pressed(self) -> TurnEnd | None:
        key = self._parts.controls.pressed()
        if key is Key.DONE:
            return TurnEnd.DONE_KEY
        return TurnEnd.HUNG_UP if key is Key.HANG_UP else None

    def _catch_up(self) -> None:
        """Record what came in while the manager was thinking, so that the reply starts now."""
        while self._parts.line.behind():
            self._tick()

    def _tick(self) -> Samples:
        """Read and record one block of both sides; only this moves the clock."""
        block = self._read()
        outgoing, self._outgoing = (
            self._outgoing[:BLOCK_SAMPLES],
            self._outgoing[BLOCK_SAMPLES:],
        )
        manager = np.zeros(len(block), dtype=np.float32)
        manager[: len(outgoing)] = outgoing[: len(block)]
        self._parts.recorder.add(block, manager)
        self._barge_in.play(manager)
        self._samples += len(block)
        return block

    def _read(self) -> Samples:
        while True:
            try:
                block = self._parts.line.read()
            except LineDown as trouble:
                self._wait_for_line(trouble)
                continue
            if lost_s := self._parts.line.lost_s():
                self._emit(SoundLost(self.now_s, lost_s))
            return block

    def _wait_for_line(self, trouble: LineDown) -> None:
        self._emit(LineTrouble(self.now_s, trouble.problem, trouble.remedy))
        while not self._parts.line.restored():
            if self._parts.controls.pressed() is Key.HANG_UP:
                raise _HungUp("candidate")
        self._emit(LineRestored(self.now_s))


def _patience(usual: Patience, terms: TurnTerms) -> Patience:
    """`usual`, but never less patient than the candidate asked for."""
    return dataclasses.replace(
        usual,
        in_pitch_s=max(usual.in_pitch_s, terms.pause_s or 0.0),
        answers_questions=usual.answers_questions and terms.pause_s is None,
        before_speech_s=max(usual.before_speech_s, terms.wait_s or 0.0),
    )

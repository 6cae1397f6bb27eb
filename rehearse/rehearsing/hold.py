"""Hold: hold a call, assess it, store it."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rehearse import __version__
from rehearse.calling.acts import ActClassifier
from rehearse.calling.call import Call
from rehearse.calling.events import Event, EventListener, HungUp, SoundProcessed
from rehearse.calling.line import Controls, Line
from rehearse.calling.listener import Listener, TurnListener
from rehearse.calling.manager import STAND_IN_NAME, Manager
from rehearse.calling.matters import MatterFinder
from rehearse.calling.measuring_listener import MeasuringListener
from rehearse.calling.own_echo import Echo
from rehearse.calling.parts import Parts, Tones
from rehearse.calling.phrase_request import scene_of
from rehearse.calling.phrasing import Phraser, Phrasing
from rehearse.calling.scenario import Scenario
from rehearse.calling.turn_taking import Patience, SpeechDetector
from rehearse.calling.understood import Understood, understood
from rehearse.delivery.turn_sound import SoundMeasurer
from rehearse.errors import RehearseError
from rehearse.keeping.phrasings import Phrasings
from rehearse.keeping.rehearsal import Rehearsal, Versions
from rehearse.keeping.rehearsal_folder import RehearsalFolder
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import CallSheet
from rehearse.recording import CANDIDATE_CHANNEL
from rehearse.rehearsing.assess import appraised, earlier_than, measure_turns
from rehearse.rehearsing.recover import (
    pieced_together,
    processing_of,
    turns_s,
    typed_turns,
    with_unclear,
)
from rehearse.rehearsing.sound_tools import SoundTools
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.language import LanguageDetector
from rehearse.scoring.scorecard import score_transcript
from rehearse.scoring.sheet_match import Embedder, match_sheet
from rehearse.sound import seconds
from rehearse.transcript import Transcriber, Transcript, Utterance
from rehearse.voice import Voice


@dataclass(frozen=True)
class Engines:
    """The engines of a call, chosen in wiring/."""

    transcriber: Transcriber | None
    """None if the turns are typed."""
    tagger: ClauseTagger
    acts: ActClassifier
    """Tells what the caller does with a sentence."""
    voice: Voice
    detector: SpeechDetector
    tones: Tones
    tools: SoundTools
    assistant_voice: Voice | None = None
    measurer: SoundMeasurer | None = None
    """Measures how the candidate sounds; None to leave it out."""
    embedder: Embedder | None = None
    """Matches the ways of the call sheet; None to leave it out."""
    matters: MatterFinder | None = None
    """Finds what the caller asks about; None: the manager has only general answers."""
    listener: Listener | None = None
    """Gives the words of each turn; None: the transcriber, when the turn is over."""
    phraser: Phraser | None = None
    """Says the manager's lines in other words; None: as the script has them."""


@dataclass(frozen=True)
class Plan:
    """The choices for one call."""

    sheet: CallSheet
    scenario: Scenario
    seed: int
    patience: Patience
    fluency: bool = True
    """Whether to measure how the candidate sounds."""
    echo: Echo = Echo.HEARD
    """Unless a loudspeaker is heard, the candidate may speak over the manager."""
    typed: bool = False
    """Whether the candidate types instead of speaking."""
    processing: tuple[str, ...] = ()
    """What the browser does to the sound of the microphone."""
    remembers: bool = True
    """Whether the manager's lines of earlier calls come last; not where a seed repeats a call."""
    timed: bool = True
    """Whether time passes while the manager thinks; not where recordings speak and nobody hears."""


def hold(
    plan: Plan,
    line: Line,
    controls: Controls,
    engines: Engines,
    store: Store,
    now: datetime,
    listeners: Sequence[EventListener],
    scored: Callable[[Rehearsal], None] = lambda _: None,
) -> tuple[RehearsalFolder, Rehearsal]:
    """Hold one call from the ring to the scorecard and keep it.

    Sound and events go to disk as they happen; the recording stays whatever fails. `scored` gets
    the rehearsal as soon as there is a scorecard, before delivery and coaching are ready.
    """
    folder = store.new(now)
    rehearsal = Rehearsal(
        id=folder.id,
        started_at=now.astimezone().isoformat(timespec="seconds"),
        scenario=plan.scenario.name,
        seed=plan.seed,
        sheet=plan.sheet,
        versions=Versions(__version__, voice=engines.voice.name),
        number=store.next_number(),
        typed=plan.typed,
        processing=plan.processing,
    )
    folder.save(rehearsal)
    listener = _listener(engines)
    measuring = None
    if engines.measurer is not None:
        listener = measuring = MeasuringListener(listener, engines.measurer)
    with folder.held():
        held = _held(plan, line, controls, engines, listener, folder, listeners, store.home)
        if held.problem is not None and not held.call.transcript.candidate_words:
            raise held.problem
        keeping = _Keeping(folder)
        rehearsal = dataclasses.replace(
            rehearsal,
            duration_s=held.call.now_s,
            hung_up_by=held.hung_up_by,
            transcript=_with_unclear_parts(held.call.transcript, folder, engines),
        )
        if not rehearsal.only_rang:
            rehearsal = _assessed(
                keeping.save,
                rehearsal,
                engines.transcriber,
                engines.tagger,
                engines.embedder,
                engines.tools.languages,
            )
            scored(rehearsal)
            sounds = measuring.turns() if measuring is not None else ()
            rehearsal = appraised(
                rehearsal, sounds if plan.fluency else None, earlier_than(store, folder.id)
            )
        rehearsal = keeping.save(rehearsal)
    if (problem := held.problem or keeping.problem) is not None:
        raise NotAllKept(problem, rehearsal) from problem
    return folder, rehearsal


class NotAllKept(RehearseError):
    """The call was held and scored, but not all of it could be saved. `rehearsal` is the result."""

    def __init__(self, problem: RehearseError, rehearsal: Rehearsal) -> None:
        super().__init__(problem.problem, problem.remedy)
        self.rehearsal = rehearsal


class _Keeping:
    """Saves a rehearsal right after its call. A failure waits until the result was shown."""

    def __init__(self, folder: RehearsalFolder) -> None:
        self._folder = folder
        self.problem: RehearseError | None = None
        """Why the last state was not saved."""

    def save(self, rehearsal: Rehearsal) -> Rehearsal:
        self.problem = None
        try:
            return self._folder.save_result(rehearsal)
        except RehearseError:
            try:
                self._folder.save_again(rehearsal)
            except RehearseError as error:
                self.problem = error
        return rehearsal


@dataclass(frozen=True)
class _Held:
    """A finished call. `hung_up_by`: None if nobody hung up and `problem` ended the call."""

    call: Call
    hung_up_by: str | None
    problem: RehearseError | None


def _with_unclear_parts(
    transcript: Transcript, folder: RehearsalFolder, engines: Engines
) -> Transcript:
    """Add the unclear passages. Without its sound a call is scored all the same."""
    try:
        samples = engines.tools.read(folder.recording, channel=CANDIDATE_CHANNEL)
    except RehearseError:
        return transcript
    return with_unclear(
        transcript, samples, turns_s(folder.events(), seconds(len(samples))), engines.tools
    )


def _held(
    plan: Plan,
    line: Line,
    controls: Controls,
    engines: Engines,
    listener: Listener,
    folder: RehearsalFolder,
    listeners: Sequence[EventListener],
    home: Path,
) -> _Held:
    """Hold the call. If it cannot continue, as on a full disk, what was said so far counts."""
    journal = folder.journal()
    hung_up: list[HungUp] = []

    def emit(event: Event) -> None:
        journal(event)
        if isinstance(event, HungUp):
            hung_up.append(event)
        for listen in listeners:
            listen(event)

    def understand(utterances: tuple[Utterance, ...]) -> Understood:
        clauses = engines.tagger.tag(utterances)
        return understood(utterances, clauses, engines.acts, engines.matters)

    if plan.processing:
        journal(SoundProcessed(0.0, plan.processing))
    problem = None
    call = None
    said = Phrasings(home) if plan.remembers else None
    used = said.counts() if said is not None else {}
    manager = Manager(plan.scenario, plan.sheet, plan.seed, used=used)
    phrasing = _phrasing(plan, engines)
    try:
        try:
            with engines.tools.record(folder.recording) as recorder:
                parts = Parts(
                    line=line,
                    voice=engines.voice,
                    detector=engines.detector,
                    listener=listener,
                    recorder=recorder,
                    controls=controls,
                    tones=engines.tones,
                    understand=understand,
                    assistant_voice=engines.assistant_voice,
                    phrasing=phrasing,
                    echo=plan.echo,
                )
                call = Call(parts, manager, plan.patience, emit)
                try:
                    call.hold()
                except RehearseError as error:
                    problem = error
        except RehearseError as error:
            if call is None:
                raise
            problem = problem or error  # the last moment of the recording could not be written
        if said is not None:
            with contextlib.suppress(RehearseError):  # the next call may repeat a line, no more
                said.keep(manager.used)
    finally:
        if phrasing is not None:
            phrasing.close()
        journal.close()
        line.close()
    return _Held(call, hung_up[-1].by if hung_up else None, problem)


def _phrasing(plan: Plan, engines: Engines) -> Phrasing | None:
    if engines.phraser is None:
        return None
    scene = scene_of(plan.scenario, plan.sheet, plan.sheet.manager or STAND_IN_NAME)
    speak = engines.voice.speak
    return Phrasing(engines.phraser, scene, engines.tools.languages, speak, waits=not plan.timed)


def _listener(engines: Engines) -> Listener:
    if engines.listener is not None:
        return engines.listener
    assert engines.transcriber is not None
    return TurnListener(engines.transcriber)


def _assessed(
    save: Callable[[Rehearsal], Rehearsal],
    rehearsal: Rehearsal,
    transcriber: Transcriber | None,
    tagger: ClauseTagger,
    embedder: Embedder | None,
    languages: LanguageDetector,
) -> Rehearsal:
    """Save the transcript, then score it and save the scorecard."""
    transcript = rehearsal.transcript
    assert transcript is not None
    versions = rehearsal.versions
    if transcript.candidate_words and transcriber is not None:
        versions = dataclasses.replace(versions, transcriber=transcriber.name)
    rehearsal = dataclasses.replace(rehearsal, versions=versions)
    save(rehearsal)
    scorecard = score_transcript(transcript, tagger, languages=languages)
    versions = dataclasses.replace(
        versions, tagger=scorecard.tagger, rubric=scorecard.rubric_version
    )
    match = None
    if rehearsal.sheet.ways and embedder is not None and scorecard.can_be_compared:
        match = match_sheet(rehearsal.sheet, scorecard, embedder)
    rehearsal = dataclasses.replace(
        rehearsal, versions=versions, scorecard=scorecard, sheet_match=match
    )
    save(rehearsal)
    return rehearsal


def score_rehearsal(
    folder: RehearsalFolder,
    load_transcriber: Callable[[], Transcriber],
    tagger: ClauseTagger,
    tools: SoundTools,
    load_embedder: Callable[[], Embedder] | None = None,
    measurer: SoundMeasurer | None = None,
    store: Store | None = None,
) -> Rehearsal:
    """Score a stored rehearsal again. If its call was broken off or its file is damaged, piece it
    together from its events and sound first.

    Without `measurer` there is no delivery. `store`: to compare with earlier rehearsals.
    """
    try:
        rehearsal = folder.load()
    except RehearseError:
        if not folder.has_sound:
            raise
        rehearsal = folder.begin_again(__version__, processing_of(folder.events()))
    _check_uncorrected(rehearsal)
    transcriber = load_transcriber()
    samples = tools.read(folder.recording, channel=CANDIDATE_CHANNEL)
    events = folder.events()
    transcript = pieced_together(events, samples, transcriber, tools)
    hung_up = next((e["by"] for e in reversed(events) if e["event"] == HungUp.__name__), None)
    rehearsal = dataclasses.replace(
        rehearsal,
        duration_s=seconds(len(samples)),
        hung_up_by=hung_up,
        transcript=transcript,
    )
    if rehearsal.only_rang and not turns_s(events, seconds(len(samples))):
        raise RehearseError(
            f"In {folder.id} you hung up while it rang: there is nothing to score.",
            "Hold another: rehearse call",
        )
    was_typed = bool(typed_turns(events))
    embedder = load_embedder() if load_embedder is not None and rehearsal.sheet.ways else None
    transcriber_used = None if was_typed else transcriber
    with folder.scoring():
        _check_uncorrected(folder.load())
        rehearsal = _assessed(
            folder.save_result, rehearsal, transcriber_used, tagger, embedder, tools.languages
        )
        turns = measure_turns(transcript, samples, measurer) if measurer is not None else None
        earlier = earlier_than(store, folder.id) if store is not None else ()
        return folder.save_result(appraised(rehearsal, turns, earlier))


def _check_uncorrected(rehearsal: Rehearsal) -> None:
    """Raises RehearseError if a person has corrected the words, perhaps a moment ago."""
    if rehearsal.recognised is not None:
        raise RehearseError(
            f"The transcript of {rehearsal.id} was corrected by you; scoring it from its sound "
            "would undo that.",
            "It is scored as corrected already. 'rehearse review' can go back to what was "
            "recognised.",
        )

"""Practice: hold a call, assess it, keep it; piece together and score what was kept before."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rehearse import __version__
from rehearse.appraisal import appraised, as_earlier, measure_turns
from rehearse.call_sheet import CallSheet
from rehearse.calling.call import Call, Parts, Tones
from rehearse.calling.events import CandidateSaid, Event, EventListener, HungUp
from rehearse.calling.heard import Heard, heard_in
from rehearse.calling.line import Controls, Line
from rehearse.calling.listener import Listener, TurnListener
from rehearse.calling.manager import Manager
from rehearse.calling.measuring_listener import MeasuringListener
from rehearse.calling.turn_taking import Patience, SpeechDetector
from rehearse.coaching.progress import Earlier
from rehearse.delivery.turn_sound import SoundMeasurer, TurnSound
from rehearse.engines.audio_file import read_audio
from rehearse.engines.silero_vad import speech_probabilities
from rehearse.engines.wav_recorder import WavRecorder
from rehearse.errors import RehearseError
from rehearse.recording import CANDIDATE_CHANNEL
from rehearse.rehearsal import Rehearsal, Versions
from rehearse.scenario import Scenario
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.scorecard import score_transcript
from rehearse.scoring.sheet_match import Embedder, match_sheet
from rehearse.scoring.unclear import unclear_stretches
from rehearse.sound import BLOCK_SAMPLES, Samples, sample_count, seconds
from rehearse.store import RehearsalFolder, Store, rehearsals
from rehearse.transcript import (
    Speaker,
    Transcriber,
    Transcript,
    Utterance,
    Word,
    text_transcript,
    words_of_text,
)
from rehearse.voice import Voice

EARLIER_AT_MOST = 20
"""Rehearsals that a new one is compared with: reading them all would take longer each time."""


@dataclass(frozen=True)
class Engines:
    """The engines of a call, chosen in wiring.py."""

    transcriber: Transcriber | None
    """None where nothing is spoken: the turns are typed."""
    tagger: ClauseTagger
    voice: Voice
    detector: SpeechDetector
    tones: Tones
    assistant_voice: Voice | None = None
    measurer: SoundMeasurer | None = None
    """Measures how the candidate sounds; None where that is not to be looked at."""
    embedder: Embedder | None = None
    """Tells which ways of the call sheet were said; None: they are not compared."""
    listener: Listener | None = None
    """Has the words of each turn; None: the transcriber, when the turn is over."""


@dataclass(frozen=True)
class Plan:
    """What kind of call it is to be."""

    sheet: CallSheet
    scenario: Scenario
    seed: int
    patience: Patience
    fluency: bool = True
    """Whether to look at how the candidate sounds."""
    headphones: bool = False
    """Whether the candidate may speak over the manager."""


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

    Sound and events are on disk as they happen; whatever fails, what was recorded stays. `scored`
    gets the rehearsal as soon as there is a scorecard, before delivery and coaching are ready.
    """
    folder = store.new(now)
    rehearsal = Rehearsal(
        id=folder.id,
        started_at=now.isoformat(timespec="seconds"),
        scenario=plan.scenario.name,
        seed=plan.seed,
        sheet=plan.sheet,
        versions=Versions(__version__, voice=engines.voice.name),
    )
    folder.save(rehearsal)
    journal = folder.journal()
    hung_up: list[HungUp] = []

    def emit(event: Event) -> None:
        journal(event)
        if isinstance(event, HungUp):
            hung_up.append(event)
        for listener in listeners:
            listener(event)

    def understand(utterances: tuple[Utterance, ...]) -> Heard:
        return heard_in(utterances, engines.tagger.tag(utterances))

    listener = _listener(engines)
    measuring = None
    if engines.measurer is not None:
        listener = measuring = MeasuringListener(listener, engines.measurer)
    try:
        with WavRecorder(folder.recording) as recorder:
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
                headphones=plan.headphones,
            )
            call = Call(parts, Manager(plan.scenario, plan.sheet, plan.seed), plan.patience, emit)
            call.hold()
    finally:
        journal.close()
        line.close()
    samples = read_audio(folder.recording, channel=CANDIDATE_CHANNEL)
    rehearsal = dataclasses.replace(
        rehearsal,
        duration_s=call.now_s,
        hung_up_by=hung_up[-1].by if hung_up else None,
        transcript=_with_unclear(call.transcript, samples, _turns_s(folder.events(), samples)),
    )
    rehearsal = _assessed(folder, rehearsal, engines.transcriber, engines.tagger, engines.embedder)
    scored(rehearsal)
    turns = measuring.turns() if measuring is not None else ()
    rehearsal = appraised(rehearsal, turns if plan.fluency else None, _earlier(store, folder))
    folder.save(rehearsal)
    return folder, rehearsal


def _earlier(store: Store, folder: RehearsalFolder) -> tuple[Earlier, ...]:
    recent = itertools.islice(rehearsals(store), EARLIER_AT_MOST + 1)
    return as_earlier((kept for _, kept in recent), folder.id)


def _listener(engines: Engines) -> Listener:
    if engines.listener is not None:
        return engines.listener
    assert engines.transcriber is not None
    return TurnListener(engines.transcriber)


def _assessed(
    folder: RehearsalFolder,
    rehearsal: Rehearsal,
    transcriber: Transcriber | None,
    tagger: ClauseTagger,
    embedder: Embedder | None,
) -> Rehearsal:
    """Keep the transcript first, then score it and keep that too."""
    transcript = rehearsal.transcript
    assert transcript is not None
    versions = rehearsal.versions
    if transcript.candidate_words and transcriber is not None:
        versions = dataclasses.replace(versions, transcriber=transcriber.name)
    rehearsal = dataclasses.replace(rehearsal, versions=versions)
    folder.save(rehearsal)
    scorecard = score_transcript(transcript, tagger)
    versions = dataclasses.replace(
        versions, tagger=scorecard.tagger, rubric=scorecard.rubric_version
    )
    match = None
    if rehearsal.sheet.ways and embedder is not None:
        match = match_sheet(rehearsal.sheet, scorecard, embedder)
    rehearsal = dataclasses.replace(
        rehearsal, versions=versions, scorecard=scorecard, sheet_match=match
    )
    folder.save(rehearsal)
    return rehearsal


def score_rehearsal(
    folder: RehearsalFolder,
    load_transcriber: Callable[[], Transcriber],
    tagger: ClauseTagger,
    load_embedder: Callable[[], Embedder] | None = None,
    measurer: SoundMeasurer | None = None,
    store: Store | None = None,
) -> Rehearsal:
    """Score a kept rehearsal again; one that was broken off is first pieced together.

    Without `measurer` nothing is said on how it sounded. `store`: to compare with those before.
    """
    rehearsal = folder.load()
    if rehearsal.heard is not None:
        raise RehearseError(
            f"The transcript of {folder.id} was mended by you; scoring it from its sound would "
            "undo that.",
            "It is scored as mended already. 'rehearse review' can go back to what was heard.",
        )
    transcriber = load_transcriber()
    samples = read_audio(folder.recording, channel=CANDIDATE_CHANNEL)
    events = folder.events()
    transcript = _transcript(events, samples, transcriber)
    hung_up = next((e["by"] for e in reversed(events) if e["event"] == HungUp.__name__), None)
    rehearsal = dataclasses.replace(
        rehearsal,
        duration_s=seconds(len(samples)),
        hung_up_by=hung_up,
        transcript=transcript,
    )
    was_typed = bool(_typed_turns(events))
    embedder = load_embedder() if load_embedder is not None and rehearsal.sheet.ways else None
    transcriber_used = None if was_typed else transcriber
    rehearsal = _assessed(folder, rehearsal, transcriber_used, tagger, embedder)
    turns = measure_turns(transcript, samples, measurer) if measurer is not None else None
    earlier = _earlier(store, folder) if store is not None else ()
    rehearsal = appraised(rehearsal, turns, earlier)
    folder.save(rehearsal)
    return rehearsal


def _transcript(
    events: list[dict[str, Any]], samples: Samples, transcriber: Transcriber
) -> Transcript:
    """The turns that the events tell of; the last one may have no end but the recording's."""
    utterances = []
    typed = _typed_turns(events)
    begun_s: float | None = None
    for event in [*events, {"event": "TurnEnded", "at_s": seconds(len(samples))}]:
        if event["event"] == "ManagerSaid":
            words = words_of_text(event["text"])
            utterances.append(Utterance(Speaker.MANAGER, words, event["at_s"], event["end_s"]))
        elif event["event"] == "TurnBegan":
            begun_s = event["at_s"]
        elif event["event"] == "TurnEnded" and begun_s is not None:
            end_s = event["at_s"]
            turn = samples[sample_count(begun_s) : sample_count(end_s)]
            heard = typed.get(begun_s) or transcriber.transcribe(turn, offset_s=begun_s)
            if heard:
                utterances.append(Utterance(Speaker.CANDIDATE, heard, begun_s, end_s))
            begun_s = None
    return _with_unclear(Transcript(tuple(utterances)), samples, _turns_s(events, samples))


def _typed_turns(events: list[dict[str, Any]]) -> dict[float, tuple[Word, ...]]:
    """The words of turns that were typed, by their start_s; there is no sound of them."""
    said = [event for event in events if event["event"] == CandidateSaid.__name__]
    return {
        event["start_s"]: tuple(Word(word["text"]) for word in event["words"])
        for event in said
        if all(word["start_s"] is None for word in event["words"])
    }


def _turns_s(events: list[dict[str, Any]], samples: Samples) -> list[tuple[float, float]]:
    """(start_s, end_s) of the candidate's turns, those without a recognised word too."""
    turns = []
    begun_s: float | None = None
    for event in [*events, {"event": "TurnEnded", "at_s": seconds(len(samples))}]:
        if event["event"] == "TurnBegan":
            begun_s = event["at_s"]
        elif event["event"] == "TurnEnded" and begun_s is not None:
            turns.append((begun_s, event["at_s"]))
            begun_s = None
    return turns


def _with_unclear(
    transcript: Transcript, samples: Samples, turns_s: Sequence[tuple[float, float]]
) -> Transcript:
    """Look for unclear speech in the turns only: elsewhere the voice may be the manager's."""
    words = transcript.candidate_words
    found = [
        stretch
        for start_s, end_s in turns_s
        for stretch in unclear_stretches(
            [word for word in words if word.start_s is None or start_s <= word.start_s < end_s],
            speech_probabilities(samples[sample_count(start_s) : sample_count(end_s)]).tolist(),
            frame_s=seconds(BLOCK_SAMPLES),
            offset_s=start_s,
        )
    ]
    return dataclasses.replace(transcript, unclear_s=tuple(found))


def transcribe_file(path: Path, load_transcriber: Callable[[], Transcriber]) -> Transcript:
    """A recorded talk, without a manager, as one turn of the candidate's."""
    samples = read_audio(path)
    transcriber = load_transcriber()
    words = transcriber.transcribe(samples)
    length_s = seconds(len(samples))
    turn = (Utterance(Speaker.CANDIDATE, words, 0.0, length_s),) if words else ()
    return _with_unclear(Transcript(turn), samples, [(0.0, length_s)])


def read_text(path: Path) -> Transcript:
    """A typed pitch. Bytes that are not UTF-8 are read as well as can be."""
    from rehearse.engines.audio_file import check_readable

    if path.stat().st_size if path.is_file() else 1:
        check_readable(path)
    return text_transcript(path.read_text(encoding="utf-8-sig", errors="replace"))


def score_file(
    path: Path,
    load_transcriber: Callable[[], Transcriber],
    tagger: ClauseTagger,
    measurer: SoundMeasurer | None = None,
) -> Rehearsal:
    """Score a recorded or typed pitch, as a rehearsal that is not kept.

    Without `measurer` nothing is said on how it sounded.
    """
    turns: tuple[TurnSound, ...] = ()
    if path.suffix.lower() == ".txt":
        transcript = read_text(path)
    else:
        transcript = transcribe_file(path, load_transcriber)
        if measurer is not None:
            turns = measure_turns(transcript, read_audio(path), measurer)
    rehearsal = Rehearsal(
        id="",
        started_at="",
        scenario="",
        seed=0,
        sheet=CallSheet(),
        versions=Versions(__version__),
        transcript=transcript,
        scorecard=score_transcript(transcript, tagger),
    )
    return appraised(rehearsal, turns if measurer is not None else None)

"""Talks in files, recorded or typed: transcribed and scored, not kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rehearse import __version__
from rehearse.delivery.turn_sound import SoundMeasurer, TurnSound
from rehearse.keeping.rehearsal import Rehearsal, Versions
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.assess import appraised, measure_turns
from rehearse.rehearsing.recover import with_unclear
from rehearse.rehearsing.sound_tools import SoundTools
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.scorecard import score_transcript
from rehearse.sound import seconds
from rehearse.transcript import Speaker, Transcriber, Transcript, Utterance, text_transcript


def transcribe_file(
    path: Path, load_transcriber: Callable[[], Transcriber], tools: SoundTools
) -> Transcript:
    """A recorded talk, without a manager, as one turn of the candidate's."""
    samples = tools.read(path)
    transcriber = load_transcriber()
    words = transcriber.transcribe(samples)
    length_s = seconds(len(samples))
    turn = (Utterance(Speaker.CANDIDATE, words, 0.0, length_s),) if words else ()
    return with_unclear(Transcript(turn), samples, [(0.0, length_s)], tools)


def read_text(path: Path, tools: SoundTools) -> Transcript:
    """A typed pitch. Bytes that are not UTF-8 are read as well as can be."""
    if path.stat().st_size if path.is_file() else 1:
        tools.check_readable(path)
    return text_transcript(path.read_text(encoding="utf-8-sig", errors="replace"))


def score_file(
    path: Path,
    load_transcriber: Callable[[], Transcriber],
    tagger: ClauseTagger,
    tools: SoundTools,
    measurer: SoundMeasurer | None = None,
) -> Rehearsal:
    """Score a recorded or typed pitch, as a rehearsal that is not kept.

    Without `measurer` nothing is said on how it sounded.
    """
    turns: tuple[TurnSound, ...] = ()
    if path.suffix.lower() == ".txt":
        transcript = read_text(path, tools)
    else:
        transcript = transcribe_file(path, load_transcriber, tools)
        if measurer is not None:
            turns = measure_turns(transcript, tools.read(path), measurer)
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

"""Talk files: recordings or texts, scored but not stored."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rehearse import __version__
from rehearse.delivery.turn_sound import SoundMeasurer, TurnSound, joined
from rehearse.errors import RehearseError
from rehearse.keeping.rehearsal import Rehearsal, Versions
from rehearse.preparing.call_sheet import CallSheet
from rehearse.preparing.plain_text import plain_text
from rehearse.rehearsing.assess import appraised
from rehearse.rehearsing.pieces import cut_in_pauses
from rehearse.rehearsing.sound_tools import Note, SoundTools, say_nothing
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.language import LanguageDetector
from rehearse.scoring.scorecard import score_transcript
from rehearse.scoring.sheet_match import Embedder, match_sheet
from rehearse.scoring.unclear import unclear_passages
from rehearse.transcript import (
    Speaker,
    Transcriber,
    Transcript,
    UnclearPassage,
    Utterance,
    Word,
    text_transcript,
)

NO_SHEET = CallSheet()
CONTEXT_WORDS = 40
"""Of the piece before, given to the recogniser with the next one."""

NO_TEXT = 0.02
"""The share (0..1) of control characters above which bytes are no text; others become blanks."""
NO_TEXT_LETTERS = 20
"""A few control characters are a slip, whatever their share."""

Progress = Callable[[float, float | None], None]
"""Gets the seconds transcribed, and the length that the file claims."""


@dataclass(frozen=True)
class Talk:
    """A talk in a file. `turns` is its sound, empty if it was not measured or has no words.
    `stopped_at_s`: where a person stopped the work; None: it ran to the end. `typed`: it is text,
    not sound."""

    transcript: Transcript
    turns: tuple[TurnSound, ...] = ()
    stopped_at_s: float | None = None
    typed: bool = False


@dataclass(frozen=True)
class ScoredTalk:
    """A talk as a rehearsal that is not stored."""

    rehearsal: Rehearsal
    stopped_at_s: float | None


def no_progress(done_s: float, length_s: float | None) -> None:
    """A Progress that shows nothing."""


def transcribe_file(
    path: Path,
    load_transcriber: Callable[[], Transcriber],
    tools: SoundTools,
    measurer: SoundMeasurer | None = None,
    *,
    note: Note = say_nothing,
    progress: Progress = no_progress,
) -> Talk:
    """Transcribe a recorded talk without a manager, as one turn of the candidate's.

    A long one is transcribed piece by piece: memory use does not grow, and Ctrl-C
    (KeyboardInterrupt) ends it with what was transcribed so far.
    """
    stream = tools.stream(path, note=note)
    words: list[Word] = []
    unclear: list[UnclearPassage] = []
    sounds: list[tuple[TurnSound, int]] = []
    end_s = 0.0
    stopped_at_s = None
    try:
        for piece in cut_in_pauses(stream.parts, tools.voice_probabilities):
            before = " ".join(word.text for word in words[-CONTEXT_WORDS:])
            found = load_transcriber().transcribe(
                piece.samples, offset_s=piece.start_s, before=before
            )
            sound = None
            if measurer is not None:
                sound = measurer.measure(piece.samples, piece.start_s, found)
            words.extend(found)
            unclear += unclear_passages(
                found, piece.voice, piece.samples, piece.samples, offset_s=piece.start_s
            )
            if sound is not None:
                sounds.append((sound, len(found)))
            end_s = piece.end_s
            progress(end_s, stream.length_s)
    except KeyboardInterrupt:
        stopped_at_s = end_s
    turn = (Utterance(Speaker.CANDIDATE, tuple(words), 0.0, end_s),) if words else ()
    turns = (_one_turn(sounds, end_s),) if sounds and words else ()
    return Talk(Transcript(turn).with_unclear(unclear), turns, stopped_at_s)


def _one_turn(sounds: list[tuple[TurnSound, int]], end_s: float) -> TurnSound:
    return sounds[0][0] if len(sounds) == 1 else joined(sounds, 0.0, end_s)


def text_talk(typed: bytes, name: str = "The text", note: Note = say_nothing) -> Talk:
    """A typed pitch, of the file `name`; `note` gets a warning where its letters are in doubt.
    Raises RehearseError for bytes that are no text."""
    read = plain_text(typed)
    if warning := read.warning(name):
        note(warning)
    return Talk(text_transcript(_readable(read.text)), typed=True)


def _readable(text: str) -> str:
    controls = {one for one in set(text) if unicodedata.category(one) == "Cc" and not one.isspace()}
    if sum(map(text.count, controls)) > max(NO_TEXT * len(text), NO_TEXT_LETTERS):
        raise RehearseError(
            "This is no text: it holds characters that nobody can read.",
            "Save what was said as plain text (.txt), or give the recording itself.",
        )
    return text.translate(dict.fromkeys(map(ord, controls), " "))


def _read_text(path: Path, tools: SoundTools, note: Note) -> Talk:
    if not path.is_file() or path.stat().st_size:
        tools.check_readable(path)
    return text_talk(path.read_bytes(), path.name, note)


def score_file(
    path: Path,
    load_transcriber: Callable[[], Transcriber],
    tagger: ClauseTagger,
    tools: SoundTools,
    measurer: SoundMeasurer | None = None,
    *,
    note: Note = say_nothing,
    progress: Progress = no_progress,
    sheet: CallSheet = NO_SHEET,
    load_embedder: Callable[[], Embedder] | None = None,
) -> ScoredTalk:
    """Score a recorded or typed pitch. Without `measurer` there is no delivery, without
    `load_embedder` no comparison with the ways of `sheet`."""
    if path.suffix.lower() == ".txt":
        talk = _read_text(path, tools, note)
    else:
        talk = transcribe_file(
            path, load_transcriber, tools, measurer, note=note, progress=progress
        )
    rehearsal = score_talk(
        talk,
        tagger,
        with_sound=measurer is not None,
        sheet=sheet,
        load_embedder=load_embedder,
        languages=tools.languages,
    )
    return ScoredTalk(rehearsal, talk.stopped_at_s)


def score_talk(
    talk: Talk,
    tagger: ClauseTagger,
    *,
    with_sound: bool,
    sheet: CallSheet = NO_SHEET,
    load_embedder: Callable[[], Embedder] | None = None,
    languages: LanguageDetector | None = None,
) -> Rehearsal:
    """Score the words of `talk`; `with_sound`: measure delivery too."""
    scorecard = score_transcript(talk.transcript, tagger, languages=languages)
    match = None
    if sheet.ways and load_embedder is not None and scorecard.can_be_compared:
        match = match_sheet(sheet, scorecard, load_embedder())
    rehearsal = Rehearsal(
        id="",
        started_at="",
        scenario="",
        seed=0,
        sheet=sheet,
        versions=Versions(__version__),
        transcript=talk.transcript,
        scorecard=scorecard,
        sheet_match=match,
        typed=talk.typed,
    )
    return appraised(rehearsal, talk.turns if with_sound else None)

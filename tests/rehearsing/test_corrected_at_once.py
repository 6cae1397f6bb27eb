"""Corrections that meet each other, or a new transcription: no words of a person are lost."""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
import soundfile

from rehearse import wiring
from rehearse.calling.events import TurnBegan, TurnEnd, TurnEnded
from rehearse.errors import RehearseError
from rehearse.keeping import rehearsal_folder
from rehearse.keeping.rehearsal import Rehearsal, Versions
from rehearse.keeping.rehearsal_folder import RehearsalFolder
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.hold import score_rehearsal
from rehearse.rehearsing.listen_again import listen_again
from rehearse.rehearsing.rescore import Rescorer
from rehearse.scoring.scorecard import score_transcript
from rehearse.sound import SAMPLE_RATE_HZ
from rehearse.transcript import Speaker, Transcript, Utterance, Word

MISHEARD = "Hi Data this is an Amiller", "How do you eggs pecked this shop to come to at too"
SAID = "Hi Dana, this is Anna Miller.", "How do you expect this job to contribute to the business?"
TURNS_S = (0.5, 3.5), (4.0, 9.0)
MEETING_S = 2.0


def words(text: str, start_s: float, probability: float = 0.4) -> tuple[Word, ...]:
    return tuple(
        Word(word, start_s + 0.3 * at, start_s + 0.3 * (at + 1), probability)
        for at, word in enumerate(text.split())
    )


@pytest.fixture
def rescorer(tmp_path) -> Rescorer:
    return wiring.load_rescorer(Store(tmp_path))


@pytest.fixture
def folder(rescorer) -> RehearsalFolder:
    """A call with two misheard turns."""
    kept = rescorer.store.new(datetime(2026, 11, 28, 20, 0))
    soundfile.write(kept.recording, np.zeros((10 * SAMPLE_RATE_HZ, 2), np.float32), SAMPLE_RATE_HZ)
    journal = kept.journal()
    for start_s, end_s in TURNS_S:
        journal(TurnBegan(start_s))
        journal(TurnEnded(end_s, TurnEnd.SILENCE))
    journal.close()
    transcript = Transcript(
        tuple(
            Utterance(Speaker.CANDIDATE, words(text, start_s), start_s, end_s)
            for text, (start_s, end_s) in zip(MISHEARD, TURNS_S, strict=True)
        )
    )
    kept.save(
        Rehearsal(
            kept.id, "2026-11-28T20:00:00", "friendly", 1, CallSheet(),
            Versions("0", transcriber="tiny.en (x)"), 10.0, "you", transcript,
            score_transcript(transcript, rescorer.tagger),
        )
    )  # fmt: skip
    return kept


def texts(folder: RehearsalFolder) -> tuple[str, ...]:
    transcript = folder.load().transcript
    assert transcript is not None
    return tuple(turn.text for turn in transcript.utterances)


class MeetingTagger:
    """Tags when another correction has come as far, or will not."""

    def __init__(self, tagger, meeting: threading.Barrier) -> None:
        self._tagger, self._meeting = tagger, meeting
        self.name = tagger.name

    def tag(self, utterances):
        with contextlib.suppress(threading.BrokenBarrierError):
            self._meeting.wait(MEETING_S)
        return self._tagger.tag(utterances)


class Model:
    """A recogniser during whose work a person does something."""

    name = "base (y)"

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self._meanwhile = meanwhile

    def transcribe(self, samples, *, offset_s=0.0, before=""):
        if offset_s == TURNS_S[0][0]:
            self._meanwhile()
        return words("What the larger model understood", offset_s, 0.95)


def test_two_corrections_at_the_same_moment_are_both_kept(folder, rescorer) -> None:
    meeting = threading.Barrier(2)
    meeting_rescorer = replace(rescorer, tagger=MeetingTagger(rescorer.tagger, meeting))
    with ThreadPoolExecutor() as both:
        done = [
            both.submit(meeting_rescorer.correct, RehearsalFolder(folder.path), turn, text)
            for turn, text in enumerate(SAID)
        ]
    assert [one.exception() for one in done] == [None, None]
    assert texts(folder) == SAID
    kept = folder.load()
    assert kept.scorecard == score_transcript(
        kept.transcript, rescorer.tagger, languages=rescorer.tools.languages
    )
    assert tuple(turn.text for turn in kept.recognised.utterances) == MISHEARD


def test_a_correction_that_cannot_have_its_turn_says_so_and_changes_nothing(
    folder, rescorer, monkeypatch
) -> None:
    monkeypatch.setattr(rehearsal_folder, "LONGEST_SCORING_S", 0.1)
    with folder.scoring():
        for attempt in (
            lambda: rescorer.correct(RehearsalFolder(folder.path), 0, SAID[0]),
            lambda: rescorer.undo_correction(RehearsalFolder(folder.path)),
        ):
            with pytest.raises(RehearseError, match=r"still scoring .* nothing was changed"):
                attempt()
    assert texts(folder) == MISHEARD
    with folder.held(), pytest.raises(RehearseError, match="in use"):
        rescorer.correct(RehearsalFolder(folder.path), 0, SAID[0])


def test_a_correction_during_a_second_transcription_stays(folder, rescorer) -> None:
    model = Model(lambda: rescorer.correct(folder, 1, SAID[1]))
    with pytest.raises(RehearseError, match="your words count"):
        listen_again(folder, lambda: model, rescorer)
    assert texts(folder) == (MISHEARD[0], SAID[1])


def test_a_correction_while_it_is_scored_from_its_sound_stays(folder, rescorer) -> None:
    model = Model(lambda: rescorer.correct(folder, 1, SAID[1]))
    with pytest.raises(RehearseError, match="corrected by you"):
        score_rehearsal(folder, lambda: model, rescorer.tagger, rescorer.tools)
    assert texts(folder) == (MISHEARD[0], SAID[1])

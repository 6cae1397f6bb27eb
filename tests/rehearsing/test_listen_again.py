"""Listening again: both versions are kept, the more probable one counts, a person's words first."""

import dataclasses
from datetime import datetime

import numpy as np
import pytest
import soundfile

from rehearse import wiring
from rehearse.errors import RehearseError
from rehearse.keeping.rehearsal import Listen, Rehearsal, Versions
from rehearse.keeping.rehearsal_folder import RehearsalFolder
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.rehearsing.listen_again import listen_again, worth_listening_again
from rehearse.report.listen_again_text import listened_again
from rehearse.report.page import talk
from rehearse.scoring.scorecard import score_transcript
from rehearse.sound import SAMPLE_RATE_HZ
from rehearse.transcript import Speaker, Transcript, Utterance, Word

SAID = "What do you expect this job to bring to your team and to the whole business this year"
MISHEARD = "What do you inspect his jaw to ring to your tea and to the hole busy nest this ear"


def words(text: str, probability: float) -> tuple[Word, ...]:
    return tuple(
        Word(word, 1 + 0.3 * i, 1.3 + 0.3 * i, probability) for i, word in enumerate(text.split())
    )


class Model:
    """A recogniser with one answer."""

    def __init__(self, name: str, text: str, probability: float) -> None:
        self.name = name
        self.words = words(text, probability)

    def transcribe(self, samples, *, offset_s=0.0, before=""):
        return self.words


@pytest.fixture(scope="module")
def tagger():
    return wiring.load_tagger()


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def folder(store, tagger) -> RehearsalFolder:
    """A call whose only turn was misheard by tiny.en."""
    kept = store.new(datetime(2026, 11, 28, 20, 0))
    sound = np.zeros((8 * SAMPLE_RATE_HZ, 2), np.float32)
    soundfile.write(kept.recording, sound, SAMPLE_RATE_HZ)
    (kept.path / "events.jsonl").write_text(
        '{"event": "TurnBegan", "at_s": 0.5}\n{"event": "TurnEnded", "at_s": 7.5}\n'
    )
    turn = Utterance(Speaker.CANDIDATE, words(MISHEARD, 0.4), 0.5, 7.5)
    transcript = Transcript((turn,))
    kept.save(
        Rehearsal(
            kept.id, "2026-11-28T20:00:00", "friendly", 1, CallSheet(),
            Versions("0", transcriber="tiny.en (x)"), 8.0, "you", transcript,
            score_transcript(transcript, tagger),
        )
    )  # fmt: skip
    return kept


def test_a_doubtful_call_is_worth_it(folder) -> None:
    assert worth_listening_again(folder.load())


@pytest.mark.slow
def test_the_better_version_counts_and_the_first_is_kept(folder, store) -> None:
    again = listen_again(folder, lambda: Model("base (y)", SAID, 0.95), wiring.load_rescorer(store))
    assert folder.load() == again
    assert again.transcript.utterances[0].text == SAID
    assert again.other_listen.transcript.utterances[0].text == MISHEARD
    agreed = {word.text for word in again.transcript.candidate_words if word.agreed}
    assert {"What", "do", "you", "the"} <= agreed
    assert not {"expect", "job", "team"} & agreed
    lines = listened_again(again)
    assert lines[0] == (
        "Two models listened. What base understood counts; tiny.en is kept beside it."
    )
    assert "“inspect his jaw” is “expect this job”" in lines[1]
    assert not worth_listening_again(again)
    corrected = dataclasses.replace(again, recognised=again.transcript)
    assert listened_again(corrected) == [
        "Two models listened, and you corrected the words: yours count."
    ]


@pytest.mark.slow
def test_a_larger_model_that_understands_less_does_not_count(folder, store) -> None:
    again = listen_again(
        folder, lambda: Model("base (y)", "you you you you", 0.2), wiring.load_rescorer(store)
    )
    assert again.transcript.utterances[0].text == MISHEARD
    assert again.other_listen.transcriber == "base (y)"
    assert folder.load() == again
    assert all(word.agreed is not None for word in again.transcript.candidate_words)


@pytest.mark.slow
def test_words_too_doubtful_to_score_are_not_compared_with_the_sheet(folder, store) -> None:
    sheet = CallSheet(ways=(Way("cut the returns backlog", "refunds"),))
    folder.save(dataclasses.replace(folder.load(), sheet=sheet))
    again = listen_again(
        folder, lambda: Model("base (y)", MISHEARD + " again", 0.45), wiring.load_rescorer(store)
    )
    assert again.transcript.utterances[0].text == MISHEARD + " again"
    assert again.sheet_match is None  # no way is called dropped
    assert talk(again).share is None  # nor are its words about them or about the person
    lines = listened_again(again)
    assert "Words that differ: “again” is new." in lines
    assert lines[-1] == ("Both understood too few words to score them. You can type what you said.")


def test_where_neither_found_a_pitch_no_score_is_named(folder) -> None:
    first = folder.load()
    small_talk = Transcript((Utterance(Speaker.CANDIDATE, words(SAID, 0.95), 0.5, 7.5),))

    class Nothing:
        name = "nothing"

        def tag(self, utterances):
            return ()

    card = score_transcript(small_talk, Nothing())
    other = Listen("base (y)", small_talk, card)
    again = dataclasses.replace(first, transcript=small_talk, scorecard=card, other_listen=other)
    assert listened_again(again)[-1] == "Neither understood anything that can be scored."


@pytest.mark.slow
def test_words_corrected_by_the_person_count(folder, store) -> None:
    rescorer = wiring.load_rescorer(store)
    corrected = rescorer.correct(folder, 0, SAID)
    assert not worth_listening_again(corrected)
    with pytest.raises(RehearseError, match="your words count"):
        listen_again(folder, lambda: Model("base (y)", SAID, 0.9), rescorer)
    assert folder.load() == corrected

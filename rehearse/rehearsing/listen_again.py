"""Listening again: a doubtful call, transcribed by a larger model.

Both versions are kept. The one with the more probable words counts, so a model that gets stuck in
a loop cannot make things worse.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable

from rehearse.errors import RehearseError
from rehearse.keeping.rehearsal import Listen, Rehearsal
from rehearse.keeping.rehearsal_folder import RehearsalFolder
from rehearse.recording import CANDIDATE_CHANNEL
from rehearse.rehearsing.recover import pieced_together, typed_turns
from rehearse.rehearsing.rescore import Rescorer
from rehearse.scoring.recognition import compared, recognition
from rehearse.scoring.rubric import Verdict
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import Speaker, Transcriber, Transcript

DOUBTFUL_SHARE = 0.85
"""Share of the words understood below which it is worth listening again: about every seventh word
is wrong (`python -m benchmarks.voices`)."""


def worth_listening_again(rehearsal: Rehearsal) -> bool:
    """Whether enough words are doubtful or lost for a second transcription to change the result."""
    card, transcript = rehearsal.scorecard, rehearsal.transcript
    if card is None or transcript is None or rehearsal.recognised is not None:
        return False
    if rehearsal.other_listen is not None or card.recognition is None:
        return False
    lost = Verdict.COULDNT_HEAR in (card.business_contribution, card.critical_question)
    return lost or _share(transcript) < DOUBTFUL_SHARE


def listen_again(
    folder: RehearsalFolder, load_transcriber: Callable[[], Transcriber], rescorer: Rescorer
) -> Rehearsal:
    """Transcribe and score the call again, and keep both versions; if stopped, nothing changes.

    Raises RehearseError if there is no sound, or if a person has corrected the words, also
    meanwhile.
    """
    first = folder.load()
    events = folder.events()
    if first.transcript is None or first.scorecard is None:
        raise RehearseError(
            "This call is not scored yet.", f"Score it first: rehearse score {folder.id}"
        )
    if typed_turns(events):
        raise RehearseError("This call was typed: there is nothing to hear again.", "Call again.")
    _check_uncorrected(first)
    transcriber = load_transcriber()
    samples = rescorer.tools.read(folder.recording, channel=CANDIDATE_CHANNEL)
    transcript = pieced_together(events, samples, transcriber, rescorer.tools)
    if _share(transcript) <= _share(first.transcript):
        card = score_transcript(transcript, rescorer.tagger)
        again = dataclasses.replace(
            first,
            transcript=_compared(first.transcript, transcript),
            other_listen=Listen(transcriber.name, transcript, card),
        )
    else:
        again = dataclasses.replace(
            first,
            transcript=_compared(transcript, first.transcript),
            versions=dataclasses.replace(first.versions, transcriber=transcriber.name),
            other_listen=Listen(first.versions.transcriber, first.transcript, first.scorecard),
        )
    with folder.scoring():
        _check_uncorrected(folder.load())
        return rescorer.score(folder, again)


def _check_uncorrected(rehearsal: Rehearsal) -> None:
    if rehearsal.recognised is not None:
        raise RehearseError(
            f"You corrected the transcript of {rehearsal.id}: your words count.",
            "'rehearse review' can go back to what was recognised; then listen again.",
        )


def _compared(transcript: Transcript, other: Transcript) -> Transcript:
    """`transcript` with the candidate's words compared with those of `other`."""
    words = iter(compared(transcript.candidate_words, other.candidate_words))
    return dataclasses.replace(
        transcript,
        utterances=tuple(
            dataclasses.replace(one, words=tuple(itertools.islice(words, len(one.words))))
            if one.speaker is Speaker.CANDIDATE
            else one
            for one in transcript.utterances
        ),
    )


def _share(transcript: Transcript) -> float:
    """The share of words that were understood."""
    found = recognition(transcript.candidate_words)
    return found.understood / found.words if found is not None else 0.0

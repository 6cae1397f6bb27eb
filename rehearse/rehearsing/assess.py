"""Assess: adds delivery and coaching to a scored talk."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

from rehearse.coaching.coach import coach
from rehearse.coaching.progress import Earlier
from rehearse.delivery.delivery import delivery
from rehearse.delivery.turn_sound import SoundMeasurer, TurnSound
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.store import Store, rehearsals_before
from rehearse.sound import Samples, sample_count
from rehearse.transcript import Speaker, Transcript

EARLIER_AT_MOST = 20
"""How many earlier rehearsals to compare with: reading all would take ever longer."""


def appraised(
    rehearsal: Rehearsal, turns: Sequence[TurnSound] | None, earlier: Sequence[Earlier] = ()
) -> Rehearsal:
    """A scored rehearsal with delivery and coaching.

    `turns`: the sound of the candidate's turns, empty for typed ones; None if fluency should not
    be measured. `earlier`: the rehearsals before it, newest first.
    """
    transcript, scorecard = rehearsal.transcript, rehearsal.scorecard
    assert transcript is not None
    assert scorecard is not None
    # Pace and fillers count English words that were understood.
    unknown = not scorecard.can_be_compared
    figures = (
        None
        if turns is None or unknown
        else delivery(transcript, turns, scorecard, rehearsal.processing)
    )
    coaching = coach(
        transcript,
        scorecard,
        figures,
        rehearsal.sheet,
        sheet_match=rehearsal.sheet_match,
        earlier=earlier,
    )
    return dataclasses.replace(rehearsal, delivery=figures, coaching=coaching)


def earlier_than(store: Store, rehearsal_id: str) -> tuple[Earlier, ...]:
    """The last scored rehearsals before the one with this id, newest first."""
    recent = itertools.islice(rehearsals_before(store, rehearsal_id), EARLIER_AT_MOST)
    return tuple(
        Earlier(one.scorecard, one.delivery) for one in recent if one.scorecard is not None
    )


def measure_turns(
    transcript: Transcript, samples: Samples, measurer: SoundMeasurer
) -> tuple[TurnSound, ...]:
    """Measure the candidate's turns in a recording; typed turns have no sound."""
    return tuple(
        measurer.measure(
            samples[sample_count(turn.start_s) : sample_count(turn.end_s)], turn.start_s, turn.words
        )
        for turn in transcript.utterances
        if turn.speaker is Speaker.CANDIDATE
        and turn.start_s is not None
        and turn.end_s is not None
        and any(word.start_s is not None for word in turn.words)
    )


def without_fluency(rehearsal: Rehearsal, earlier: Sequence[Earlier]) -> Rehearsal:
    """A stored rehearsal without delivery; its coaching, and what changed since earlier calls,
    refer to words only."""
    if rehearsal.scorecard is None:
        return rehearsal
    return appraised(rehearsal, None, earlier)

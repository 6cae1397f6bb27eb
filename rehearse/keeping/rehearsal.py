"""Rehearsal: all that is stored of a call except sound."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.coaching.coach import Coaching
from rehearse.delivery.delivery import Delivery
from rehearse.keeping.judgements import Judgement
from rehearse.preparing.call_sheet import CallSheet
from rehearse.scoring.scorecard import Scorecard
from rehearse.scoring.sheet_match import SheetMatch
from rehearse.transcript import Transcript


@dataclass(frozen=True)
class Versions:
    """What made the rehearsal, so that a score can be understood later. None: not used yet."""

    rehearse: str
    transcriber: str | None = None
    voice: str | None = None
    tagger: str | None = None
    rubric: str | None = None


@dataclass(frozen=True)
class Listen:
    """What one model made of the call. `transcriber`: None where it is not known any more."""

    transcriber: str | None
    transcript: Transcript
    scorecard: Scorecard


@dataclass(frozen=True)
class Rehearsal:
    """`started_at` is local time in ISO 8601 with its offset (without in earlier versions).
    `number` counts rehearsals up, so that the newest is known whatever the clock says; 0 in earlier
    versions. `sheet_match` compares the call with the ways of its sheet, None where that has none.
    `transcript` and `scorecard` are None as long as the call was not transcribed or scored,
    `duration_s` and `hung_up_by` until it was over, `delivery` also where fluency is not to be
    looked at.

    `heard` is the transcript as it was recognised where the person has corrected it since; then
    `transcript` is the corrected one, which is scored. `other_listen`: where two models listened,
    the version that does not count. `judgements` are what people say about the scorecard, which
    they never change. `title`, `notes` and `starred` are the person's own.
    `typed`: the candidate typed instead of speaking."""

    id: str
    started_at: str
    scenario: str
    seed: int
    sheet: CallSheet
    versions: Versions
    duration_s: float | None = None
    hung_up_by: str | None = None
    transcript: Transcript | None = None
    scorecard: Scorecard | None = None
    delivery: Delivery | None = None
    coaching: Coaching | None = None
    sheet_match: SheetMatch | None = None
    heard: Transcript | None = None
    title: str = ""
    notes: str = ""
    starred: bool = False
    judgements: tuple[Judgement, ...] = ()
    number: int = 0
    typed: bool = False
    other_listen: Listen | None = None

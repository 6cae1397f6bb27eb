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
    """The versions that made the rehearsal, to understand a score later. None: not used."""

    rehearse: str
    transcriber: str | None = None
    voice: str | None = None
    tagger: str | None = None
    rubric: str | None = None


@dataclass(frozen=True)
class Listen:
    """One model's result for the call. `transcriber`: None if it is no longer known."""

    transcriber: str | None
    transcript: Transcript
    scorecard: Scorecard


@dataclass(frozen=True)
class Rehearsal:
    """`started_at` is local time in ISO 8601 with its offset (without in earlier versions).
    `number` counts rehearsals, so that the newest is known whatever the clock says; 0 in earlier
    versions. `sheet_match` compares the call with the ways of its sheet; None if that has no ways.
    `transcript` and `scorecard` are None until the call is transcribed and scored, `duration_s`
    and `hung_up_by` until it is over. `delivery` is also None if the person does not want fluency
    measured.

    If the person corrected the transcript, `recognised` is the transcript before that, and
    `transcript` the corrected one, which is scored. `other_listen`: if two models transcribed the
    call, the version that does not count. `judgements` are what people say about the scorecard;
    they never change it. `title`, `notes` and `starred` are the person's own.
    `typed`: the candidate typed instead of speaking. `processing`: what the browser did to their
    microphone's sound."""

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
    recognised: Transcript | None = None
    title: str = ""
    notes: str = ""
    starred: bool = False
    judgements: tuple[Judgement, ...] = ()
    number: int = 0
    typed: bool = False
    processing: tuple[str, ...] = ()
    other_listen: Listen | None = None

    @property
    def only_rang(self) -> bool:
        """Whether the candidate hung up before anybody spoke: there is nothing to score."""
        over = self.hung_up_by is not None and self.transcript is not None
        return over and not self.transcript.utterances  # type: ignore[union-attr]


@dataclass(frozen=True)
class EarlierNames:
    """Fields of a rehearsal by the names that earlier versions stored them under.
    `heard`: `recognised`."""

    heard: Transcript | None = None

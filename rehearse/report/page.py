"""Page: a rehearsal as plain values for a template."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from rehearse.calling.scenario import packaged_names, packaged_scenario
from rehearse.coaching.unclear_advice import voice_check_helps, why_lost
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.report.transcript_view import ShareView, TurnView, share_view, turn_views
from rehearse.report.wording import (
    BUSINESS_CONTRIBUTION,
    CRITERIA,
    CRITICAL_QUESTION,
    MARKED_AS,
    NO_WORDS_TYPED,
    NOTHING_RECOGNISED,
    NOTHING_SAID,
    SHORT_OF_RECITAL,
    SIGNS,
    VERDICT_MEANING,
    VERDICTS,
    clock,
    day_and_time,
    no_pitch,
    too_little_understood,
    ways_named,
)
from rehearse.scoring.evidence import Evidence
from rehearse.scoring.rubric import (
    FAULTS,
    POINTS,
    POINTS_PER_WAY,
    WAYS_ASKED_FOR,
    Criterion,
    Verdict,
)
from rehearse.scoring.scorecard import Finding, Scorecard
from rehearse.transcript import Transcript

RESTS_ON = {
    BUSINESS_CONTRIBUTION: (Criterion.BUSINESS_LINK, Criterion.CONTRIBUTIONS),
    CRITICAL_QUESTION: (Criterion.CRITICAL_QUESTION, Criterion.ROLE_IMPORTANCE),
}
"""The criteria of each verdict."""


@dataclass(frozen=True)
class QuoteView:
    """The candidate's words; if they were spoken, the page plays `start_s` to `end_s`."""

    text: str
    clock: str
    start_s: float | None
    end_s: float | None


@dataclass(frozen=True)
class CriterionView:
    """`result`: "yes", "no", "2 of 3", or "no" with its reason. `points` as shown: "10 of 10",
    "0 of 30", "-10". `doubtful`: the scorer is not sure of it."""

    key: str
    tag: str
    name: str
    fault: bool
    met: bool
    result: str
    points: str
    quotes: tuple[QuoteView, ...]
    doubtful: bool

    @property
    def state(self) -> str:
        """The sign beside it: "good", "none" (not gained), "fault", or "avoided" (no fault)."""
        if self.fault:
            return "fault" if self.met else "avoided"
        return "good" if self.met else "none"


@dataclass(frozen=True)
class VerdictView:
    """A verdict with the criteria that it rests on."""

    name: str
    key: str
    said: str
    sign: str
    meaning: str
    criteria: tuple[CriterionView, ...]

    @property
    def quotes(self) -> tuple[QuoteView, ...]:
        return tuple(quote for criterion in self.criteria for quote in criterion.quotes)


@dataclass(frozen=True)
class TalkView:
    """What the page shows once a rehearsal is scored.

    `others`: the criteria that no verdict rests on. `instead`: a kind sentence that stands where
    the verdicts would, "" where there is something to judge. `typed`: the words were typed, not
    spoken. `microphone`: whether that should be checked before the next call. `voice_check`:
    whether another model may understand more.
    """

    score: int
    verdicts: tuple[VerdictView, VerdictView]
    others: tuple[CriterionView, ...]
    turns: tuple[TurnView, ...]
    share: ShareView | None
    unclear: tuple[QuoteView, ...]
    corrected: bool
    instead: str
    typed: bool
    microphone: bool
    voice_check: bool

    @property
    def criteria(self) -> tuple[CriterionView, ...]:
        return (*(one for verdict in self.verdicts for one in verdict.criteria), *self.others)

    @property
    def both_covered(self) -> bool:
        return all(verdict.key == Verdict.COVERED for verdict in self.verdicts)


@dataclass(frozen=True)
class HeadView:
    """The head of every page of a rehearsal. `title` is never empty."""

    id: str
    title: str
    whom: str
    day: str
    length: str
    scenario: str
    starred: bool
    notes: str
    only_rang: bool


def head(rehearsal: Rehearsal) -> HeadView:
    """The rehearsal's name and circumstances."""
    sheet = rehearsal.sheet
    whom = ", ".join(part for part in (sheet.manager, sheet.company) if part)
    day = day_and_time(rehearsal.started_at)
    return HeadView(
        id=rehearsal.id,
        title=rehearsal.title or (f"Call to {whom}" if whom else f"Call of {day}"),
        whom=whom,
        day=day,
        length=clock(rehearsal.duration_s),
        scenario=scenario_title(rehearsal.scenario),
        starred=rehearsal.starred,
        notes=rehearsal.notes,
        only_rang=rehearsal.only_rang,
    )


@functools.cache
def scenario_title(name: str) -> str:
    """The character's title; for a scenario that is not packaged, its name."""
    return packaged_scenario(name).title if name in packaged_names() else name


def talk(rehearsal: Rehearsal) -> TalkView | None:
    """Verdicts, criteria and transcript; None until the rehearsal is scored."""
    transcript, scorecard = rehearsal.transcript, rehearsal.scorecard
    if transcript is None or scorecard is None or rehearsal.only_rang:
        return None
    manager = rehearsal.sheet.manager or "Manager"
    criteria = {
        finding.criterion: criterion_view(finding, scorecard) for finding in scorecard.findings
    }
    verdicts = (
        _verdict(BUSINESS_CONTRIBUTION, scorecard.business_contribution, criteria),
        _verdict(CRITICAL_QUESTION, scorecard.critical_question, criteria),
    )
    judged = {one for of_verdict in RESTS_ON.values() for one in of_verdict}
    return TalkView(
        score=scorecard.score,
        verdicts=verdicts,
        others=tuple(view for criterion, view in criteria.items() if criterion not in judged),
        turns=tuple(
            turn_views(transcript, rehearsal.recognised, scorecard, manager, typed=rehearsal.typed)
        ),
        share=share_view(scorecard.clauses) if scorecard.has_a_score else None,
        unclear=tuple(
            QuoteView(why_lost(one.reason), clock(one.start_s), one.start_s, one.end_s)
            for one in transcript.unclear
        ),
        corrected=rehearsal.recognised is not None,
        instead=_instead(transcript, scorecard, typed=rehearsal.typed),
        typed=rehearsal.typed,
        microphone=not transcript.candidate_words and not rehearsal.typed,
        voice_check=voice_check_helps(transcript.unclear, scorecard.recognition),
    )


def _instead(transcript: Transcript, scorecard: Scorecard, *, typed: bool) -> str:
    if not scorecard.clauses:
        if transcript.has_manager:
            return NOTHING_SAID
        return NO_WORDS_TYPED if typed else NOTHING_RECOGNISED
    if scorecard.recognition is not None and scorecard.recognition.too_little:
        return too_little_understood(scorecard.recognition)
    return "" if scorecard.is_pitch else no_pitch(scorecard)


def quote_view(evidence: Evidence) -> QuoteView:
    """Evidence with its time as people read it."""
    return QuoteView(evidence.quote, clock(evidence.start_s), evidence.start_s, evidence.end_s)


def _verdict(
    name: str, verdict: Verdict, criteria: Mapping[Criterion, CriterionView]
) -> VerdictView:
    return VerdictView(
        name=name,
        key=verdict.value,
        said=VERDICTS[verdict],
        sign=SIGNS[verdict],
        meaning=VERDICT_MEANING[name, verdict],
        criteria=tuple(criteria[one] for one in RESTS_ON[name]),
    )


def criterion_view(finding: Finding, scorecard: Scorecard) -> CriterionView:
    """A criterion as its page shows it."""
    criterion = finding.criterion
    fault = criterion in FAULTS
    if finding.count is not None:
        result = ways_named(finding.count)
        most = POINTS_PER_WAY * WAYS_ASKED_FOR
        points = f"{min(finding.count * POINTS_PER_WAY, most)} of {most}"
    else:
        result = "yes" if finding.met else "no"
        if criterion is Criterion.CREDENTIAL_RECITAL and scorecard.is_short_of_recital:
            result = f"{result}, {SHORT_OF_RECITAL}"
        worth = POINTS[criterion]
        points = f"{worth if finding.met else 0}" + ("" if fault else f" of {worth}")
    return CriterionView(
        key=criterion.value,
        tag=MARKED_AS[criterion],
        name=CRITERIA[criterion],
        fault=fault,
        met=finding.met,
        result=result,
        points=points,
        quotes=tuple(quote_view(evidence) for evidence in finding.evidence),
        doubtful=finding.doubtful,
    )

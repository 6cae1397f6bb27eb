"""Page: a rehearsal as plain values for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.calling.scenario import packaged_names, packaged_scenario
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.report.transcript_view import MeterView, TurnView, meter_view, turn_views
from rehearse.report.wording import (
    BUSINESS_CONTRIBUTION,
    CRITERIA,
    CRITICAL_QUESTION,
    SIGNS,
    TAGS,
    VERDICT_MEANING,
    VERDICTS,
    clock,
    day_and_time,
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


@dataclass(frozen=True)
class QuoteView:
    """Words of the candidate's, to be played from `start_s` to `end_s` where they were spoken."""

    text: str
    clock: str
    start_s: float | None
    end_s: float | None


@dataclass(frozen=True)
class VerdictView:
    name: str
    key: str
    said: str
    sign: str
    meaning: str
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True)
class CriterionView:
    """`result`: "yes", "no", "2 of 3". `points` as shown: "+10", "0 of 30", "-10"."""

    key: str
    tag: str
    name: str
    fault: bool
    met: bool
    result: str
    points: str
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True)
class TalkView:
    """What there is to see once a rehearsal is scored."""

    score: int
    verdicts: tuple[VerdictView, VerdictView]
    criteria: tuple[CriterionView, ...]
    turns: tuple[TurnView, ...]
    meter: MeterView | None
    unclear: tuple[QuoteView, ...]
    corrected: bool
    spoke: bool


@dataclass(frozen=True)
class HeadView:
    """What stands above every page of a rehearsal. `title` is never empty."""

    id: str
    title: str
    whom: str
    day: str
    length: str
    scenario: str
    starred: bool
    notes: str


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
        scenario=_scenario_title(rehearsal.scenario),
        starred=rehearsal.starred,
        notes=rehearsal.notes,
    )


def _scenario_title(name: str) -> str:
    return packaged_scenario(name).title if name in packaged_names() else name


def talk(rehearsal: Rehearsal) -> TalkView | None:
    """Verdicts, criteria and transcript; None as long as the rehearsal is not scored."""
    transcript, scorecard = rehearsal.transcript, rehearsal.scorecard
    if transcript is None or scorecard is None:
        return None
    manager = rehearsal.sheet.manager or "Manager"
    return TalkView(
        score=scorecard.score,
        verdicts=(
            _verdict(
                BUSINESS_CONTRIBUTION,
                scorecard.business_contribution,
                scorecard,
                (Criterion.BUSINESS_LINK, Criterion.CONTRIBUTIONS),
            ),
            _verdict(
                CRITICAL_QUESTION,
                scorecard.critical_question,
                scorecard,
                (Criterion.CRITICAL_QUESTION, Criterion.ROLE_IMPORTANCE),
            ),
        ),
        criteria=tuple(_criterion(finding) for finding in scorecard.findings),
        turns=tuple(turn_views(transcript, rehearsal.heard, scorecard, manager)),
        meter=meter_view(scorecard.clauses),
        unclear=tuple(
            QuoteView("", clock(start_s), start_s, end_s) for start_s, end_s in transcript.unclear_s
        ),
        corrected=rehearsal.heard is not None,
        spoke=bool(transcript.candidate_words),
    )


def quote_view(evidence: Evidence) -> QuoteView:
    """Evidence with its time as people read it."""
    return QuoteView(evidence.quote, clock(evidence.start_s), evidence.start_s, evidence.end_s)


def _verdict(
    name: str, verdict: Verdict, scorecard: Scorecard, criteria: Sequence[Criterion]
) -> VerdictView:
    quotes = [q for criterion in criteria for q in scorecard.finding(criterion).evidence]
    return VerdictView(
        name=name,
        key=verdict.value,
        said=VERDICTS[verdict],
        sign=SIGNS[verdict],
        meaning=VERDICT_MEANING[name, verdict],
        quotes=tuple(quote_view(quote) for quote in quotes),
    )


def _criterion(finding: Finding) -> CriterionView:
    criterion = finding.criterion
    fault = criterion in FAULTS
    if finding.count is not None:
        result = f"{finding.count} of {WAYS_ASKED_FOR}"
        if finding.count > WAYS_ASKED_FOR:
            result = f"{finding.count}, {WAYS_ASKED_FOR} count"
        most = POINTS_PER_WAY * WAYS_ASKED_FOR
        points = f"{min(finding.count * POINTS_PER_WAY, most)} of {most}"
    else:
        result = "yes" if finding.met else "no"
        worth = POINTS[criterion]
        points = f"{worth if finding.met else 0}" + ("" if fault else f" of {worth}")
    return CriterionView(
        key=criterion.value,
        tag=TAGS[criterion],
        name=CRITERIA[criterion],
        fault=fault,
        met=finding.met,
        result=result,
        points=points,
        quotes=tuple(quote_view(evidence) for evidence in finding.evidence),
    )

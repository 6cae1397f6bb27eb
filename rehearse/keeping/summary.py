"""Summary: what a long list shows of a rehearsal."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rehearse.keeping.rehearsal import Rehearsal
from rehearse.scoring.rubric import Criterion, Verdict

_TIME_IN_ID = re.compile(r"([0-9]{8}-[0-9]{6})(-[0-9]+)?")


@dataclass(frozen=True)
class Summary:
    """One row of the list. What did not happen in the call, or was not measured, is None.

    `question_s`: seconds from the candidate's first word to the critical question.
    `pace_wpm` in words per minute, `fillers_per_minute` of the candidate's speech. `number`: see
    Rehearsal.
    """

    id: str
    started_at: str = ""
    title: str = ""
    starred: bool = False
    manager: str = ""
    company: str = ""
    scenario: str = ""
    duration_s: float | None = None
    score: int | None = None
    business_contribution: Verdict | None = None
    critical_question: Verdict | None = None
    contributions: int | None = None
    question_s: float | None = None
    pace_wpm: float | None = None
    fillers_per_minute: float | None = None
    damaged: bool = False
    number: int = 0
    only_rang: bool = False
    """See Rehearsal."""
    nothing_to_score: bool = False
    """Whether nothing of the rubric was found, good or bad: its score of 0 says nothing."""

    @property
    def judged(self) -> bool:
        """Whether the score says anything: not if the call is unscored, was not understood, or
        had nothing to score."""
        verdicts = {self.business_contribution, self.critical_question}
        if self.score is None or self.nothing_to_score:
            return False
        return self.score > 0 or verdicts != {Verdict.COULDNT_HEAR}


def not_judged(summaries: Sequence[Summary]) -> int:
    """In how many of them the score of 0 says nothing."""
    return sum(one.score is not None and not one.judged for one in summaries)


def summary_of(rehearsal: Rehearsal) -> Summary:
    """The row of `rehearsal`."""
    scorecard, delivery = rehearsal.scorecard, rehearsal.delivery
    sheet = rehearsal.sheet
    summary = Summary(
        id=rehearsal.id,
        started_at=rehearsal.started_at,
        title=rehearsal.title,
        starred=rehearsal.starred,
        manager=sheet.manager,
        company=sheet.company,
        scenario=rehearsal.scenario,
        duration_s=rehearsal.duration_s,
        number=rehearsal.number,
        only_rang=rehearsal.only_rang,
    )
    if scorecard is None or rehearsal.only_rang:
        return summary
    return dataclasses.replace(
        summary,
        score=scorecard.score,
        business_contribution=scorecard.business_contribution,
        critical_question=scorecard.critical_question,
        nothing_to_score=not scorecard.is_pitch,
        contributions=scorecard.finding(Criterion.CONTRIBUTIONS).count,
        question_s=delivery.question_s if delivery else None,
        pace_wpm=delivery.words_per_minute if delivery else None,
        fillers_per_minute=delivery.hesitations_per_minute if delivery else None,
    )


def instant_s(summary: Summary) -> float:
    """Seconds since 1970; a time without an offset is this computer's local time."""
    with contextlib.suppress(ValueError, OverflowError, OSError):
        return datetime.fromisoformat(summary.started_at).timestamp()
    with contextlib.suppress(ValueError, OverflowError, OSError):
        if found := _TIME_IN_ID.fullmatch(summary.id):
            return datetime.strptime(found[1], "%Y%m%d-%H%M%S").timestamp()
    return 0.0

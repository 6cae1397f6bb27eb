"""Advice, Praise: what the candidate reads after a call."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.coaching.model_pitch import QUESTION
from rehearse.delivery.delivery import Delivery
from rehearse.preparing.call_sheet import CallSheet
from rehearse.scoring.evidence import Evidence
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import Scorecard
from rehearse.scoring.sheet_match import SheetMatch
from rehearse.transcript import Transcript


@dataclass(frozen=True)
class Talk:
    """All input for advice. `delivery` is None if advice must not mention it."""

    transcript: Transcript
    scorecard: Scorecard
    delivery: Delivery | None
    sheet: CallSheet
    sheet_match: SheetMatch | None = None

    def met(self, criterion: Criterion) -> bool:
        return self.scorecard.finding(criterion).met

    def is_sure_of(self, criterion: Criterion) -> bool:
        return self.scorecard.finding(criterion).certain

    @property
    def ways(self) -> int:
        return self.scorecard.finding(Criterion.CONTRIBUTIONS).count or 0

    @property
    def question(self) -> str:
        return self.sheet.question.strip() or QUESTION

    def evidence(self, criterion: Criterion) -> Evidence | None:
        return next(iter(self.scorecard.finding(criterion).evidence), None)

    @property
    def spoke(self) -> bool:
        return bool(self.scorecard.clauses)


@dataclass(frozen=True)
class Advice:
    """One thing to do better. `rule` names it for programs, `drill` the drill that practises it,
    None where no drill does.

    `value` is in points of the rubric. `quote` is what the advice refers to, verbatim; None if
    the point was not said at all.
    """

    rule: str
    text: str
    value: float
    quote: Evidence | None = None
    drill: str | None = None


@dataclass(frozen=True)
class Praise:
    """One thing that went well, with the words that show it."""

    rule: str
    text: str
    quote: Evidence | None

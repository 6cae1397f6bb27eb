"""Listing: which rehearsals are shown, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.keeping.summary import Summary
from rehearse.report.page import scenario_title
from rehearse.report.wording import (
    NOTHING_TO_SCORE,
    ONLY_RANG,
    SIGNS,
    VERDICTS,
    clock,
    day_and_time,
)
from rehearse.scoring.rubric import Verdict

ROWS_A_PAGE = 50
BOTH_COVERED = "both"
QUESTION_MISSING = "no-question"
CONTRIBUTION_MISSING = "no-contribution"


@dataclass(frozen=True)
class Filters:
    """What the person looks for. Empty and False let everything through."""

    words: str = ""
    verdict: str = ""
    scenario: str = ""
    starred: bool = False

    @property
    def any(self) -> bool:
        return bool(self.words or self.verdict or self.scenario or self.starred)

    def let_through(self, summary: Summary) -> bool:
        """Whether a row is shown."""
        if self.starred and not summary.starred:
            return False
        if self.scenario and summary.scenario != self.scenario:
            return False
        text = f"{summary.title} {summary.manager} {summary.company} {summary.id}".casefold()
        if any(word not in text for word in self.words.casefold().split()):
            return False
        verdicts = (summary.business_contribution, summary.critical_question)
        if self.verdict == BOTH_COVERED:
            return verdicts == (Verdict.COVERED, Verdict.COVERED)
        if self.verdict == QUESTION_MISSING:
            return verdicts[1] not in (None, Verdict.COVERED)
        if self.verdict == CONTRIBUTION_MISSING:
            return verdicts[0] not in (None, Verdict.COVERED)
        return True


@dataclass(frozen=True)
class BadgeView:
    key: str
    sign: str
    said: str


@dataclass(frozen=True)
class RowView:
    id: str
    day: str
    whom: str
    scenario: str
    starred: bool
    length: str
    score: str
    contribution: BadgeView | None
    question: BadgeView | None
    state: str
    """Empty, or why there is no score."""


@dataclass(frozen=True)
class ListingView:
    rows: tuple[RowView, ...]
    found: int
    total: int
    page: int
    pages: int


def listing(summaries: Sequence[Summary], filters: Filters, page: str) -> ListingView:
    """The rows of one page, newest first. `page` comes from the address and may be anything."""
    found = [s for s in summaries if filters.let_through(s)] if filters.any else summaries
    pages = max(1, -(-len(found) // ROWS_A_PAGE))
    number = min(max(int(page), 1), pages) if page.isdecimal() and len(page) < 7 else 1
    start = (number - 1) * ROWS_A_PAGE
    rows = tuple(_row(summary) for summary in found[start : start + ROWS_A_PAGE])
    return ListingView(rows, len(found), len(summaries), number, pages)


def _row(summary: Summary) -> RowView:
    whom = ", ".join(part for part in (summary.manager, summary.company) if part)
    state = ""
    if summary.damaged:
        state = "damaged; its sound may still be whole"
    elif summary.only_rang:
        state = ONLY_RANG
    elif summary.score is None:
        state = "broken off; its sound is kept"
    elif summary.nothing_to_score:
        state = NOTHING_TO_SCORE
    return RowView(
        id=summary.id,
        day=day_and_time(summary.started_at) if summary.started_at else summary.id,
        whom=summary.title or whom or "A hiring manager",
        scenario=scenario_title(summary.scenario),
        starred=summary.starred,
        length=clock(summary.duration_s),
        score="" if summary.score is None else str(summary.score) if summary.judged else "–",
        contribution=None if state else _badge(summary.business_contribution),
        question=None if state else _badge(summary.critical_question),
        state=state,
    )


def _badge(verdict: Verdict | None) -> BadgeView | None:
    return None if verdict is None else BadgeView(verdict.value, SIGNS[verdict], VERDICTS[verdict])

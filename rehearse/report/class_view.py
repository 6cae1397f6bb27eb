"""Class view: what the class page shows."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rehearse.report.class_rows import ClassRow
from rehearse.report.wording import BUSINESS_CONTRIBUTION, CRITICAL_QUESTION, SIGNS, VERDICTS
from rehearse.scoring.rubric import WAYS_ASKED_FOR, Criterion, Verdict

BAR_WIDTH = 100
MOST_BINS = 20


@dataclass(frozen=True)
class PartView:
    """A part of a bar: `x` and `width` of BAR_WIDTH."""

    key: str
    said: str
    sign: str
    count: int
    x: float
    width: float


@dataclass(frozen=True)
class VerdictBar:
    name: str
    parts: tuple[PartView, ...]


@dataclass(frozen=True)
class CriterionBar:
    """How many met a criterion: `count`, and `share` in percent."""

    name: str
    count: int
    share: int
    fault: bool


@dataclass(frozen=True)
class BinView:
    """`x`, `y`, `width` and `height` in a box of 100 by 40."""

    x: float
    y: float
    width: float
    height: float
    said: str


@dataclass(frozen=True)
class DistributionView:
    name: str
    summary: str
    bins: tuple[BinView, ...]
    low: str
    high: str


@dataclass(frozen=True)
class RowView:
    """A figure is "–" where it is not known. The verdicts are None where nothing can be scored:
    nothing is missing from a silent recording."""

    row: ClassRow
    ways: str
    score: str
    contribution: tuple[str, str, str] | None
    question: tuple[str, str, str] | None
    pace: str
    question_s: str


@dataclass(frozen=True)
class ClassView:
    """`people`: how many were scored, who alone count in the bars and the distributions of scores;
    `nothing`: those in whose talk there was nothing to score. `waiting`: how many are not scored
    yet."""

    title: str
    people: int
    nothing: int
    waiting: int
    verdicts: tuple[VerdictBar, ...]
    missed: tuple[CriterionBar, ...]
    faults: tuple[CriterionBar, ...]
    distributions: tuple[DistributionView, ...]
    rows: tuple[RowView, ...]
    doubtful: tuple[ClassRow, ...]
    errors: tuple[ClassRow, ...]
    ranked: bool


_DONE: tuple[tuple[Criterion, str, Callable[[ClassRow], bool]], ...] = (
    (Criterion.BUSINESS_LINK, "Said how the job helps the business",
     lambda row: bool(row.business_link)),
    (Criterion.CONTRIBUTIONS, f"Named {WAYS_ASKED_FOR} ways to add to its success",
     lambda row: (row.contributions or 0) >= WAYS_ASKED_FOR),
    (Criterion.CRITICAL_QUESTION, "Asked how the manager expects the job to contribute",
     lambda row: row.critical_question == Verdict.COVERED),
    (Criterion.ROLE_IMPORTANCE, "Said that their role at that level matters to them",
     lambda row: bool(row.role_importance)),
    (Criterion.MANAGER_CHOICE, "Said that this is the manager to work for",
     lambda row: bool(row.manager_choice)),
    (Criterion.HUMILITY, "Said that they know the business only from outside",
     lambda row: bool(row.humility)),
)  # fmt: skip
_FAULTS: tuple[tuple[Criterion, str, Callable[[ClassRow], bool]], ...] = (
    (Criterion.STATUS_CHECK, "Asked where they stand", lambda row: bool(row.status_check)),
    (Criterion.CREDENTIAL_RECITAL, "Recited credentials",
     lambda row: bool(row.credential_recital)),
)  # fmt: skip


def class_view(
    title: str, rows: Sequence[ClassRow], *, waiting: int = 0, ranked: bool = False
) -> ClassView:
    """The page of a class. Rows keep their order; `ranked` puts the best first."""
    read = [row for row in rows if not row.error]
    scored = [row for row in read if not row.nothing_to_score]
    shown = read
    if ranked:
        shown = sorted(read, key=lambda row: (bool(row.nothing_to_score), -(row.score or 0)))
    return ClassView(
        title=title,
        people=len(scored),
        nothing=len(read) - len(scored),
        waiting=waiting,
        verdicts=(
            _verdicts(BUSINESS_CONTRIBUTION, [row.business_contribution for row in scored]),
            _verdicts(CRITICAL_QUESTION, [row.critical_question for row in scored]),
        )
        if scored
        else (),
        missed=tuple(sorted(_bars(_DONE, scored, fault=False), key=lambda bar: bar.count)),
        faults=tuple(_bars(_FAULTS, scored, fault=True)),
        distributions=tuple(
            view
            for view in (
                _distribution("Score", "of 100", [row.score for row in scored], top=100.0),
                _distribution("Pace", "words a minute", [row.pace_wpm for row in read]),
                _distribution(
                    "Time to the question", "seconds", [row.question_s for row in scored]
                ),
            )
            if view is not None
        ),
        rows=tuple(_row(row) for row in shown),
        doubtful=tuple(row for row in rows if row.note),
        errors=tuple(row for row in rows if row.error),
        ranked=ranked,
    )


def _verdicts(name: str, found: Sequence[str | None]) -> VerdictBar:
    counts = Counter(found)
    parts, x = [], 0.0
    for verdict in Verdict:
        count = counts[verdict.value]
        width = BAR_WIDTH * count / len(found)
        if count:
            parts.append(
                PartView(
                    verdict.value, VERDICTS[verdict], SIGNS[verdict], count,
                    round(x, 2), round(width, 2),
                )
            )  # fmt: skip
        x += width
    return VerdictBar(name, tuple(parts))


def _bars(
    which: Sequence[tuple[Criterion, str, Callable[[ClassRow], bool]]],
    rows: Sequence[ClassRow],
    *,
    fault: bool,
) -> list[CriterionBar]:
    if not rows:
        return []
    counts = [(name, sum(map(holds, rows))) for _, name, holds in which]
    return [CriterionBar(name, n, round(100 * n / len(rows)), fault) for name, n in counts]


def _distribution(
    name: str, unit: str, values: Sequence[float | None], *, top: float | None = None
) -> DistributionView | None:
    known = sorted(float(value) for value in values if value is not None)
    if len(known) < 2:
        return None
    low = 0.0 if top is not None else known[0]
    high = top if top is not None else known[-1]
    count = min(MOST_BINS, max(5, math.ceil(math.sqrt(len(known)))))
    step = (high - low) / count or 1.0
    heights = Counter(min(count - 1, int((value - low) / step)) for value in known)
    most = max(heights.values())
    width = 100 / count
    bins = tuple(
        BinView(
            round(place * width, 2), round(40 - 40 * heights[place] / most, 2),
            round(width * 0.92, 2), round(40 * heights[place] / most, 2),
            f"{low + place * step:.0f} to {low + (place + 1) * step:.0f} {unit}: {heights[place]}",
        )
        for place in range(count)
    )  # fmt: skip
    quarters = statistics.quantiles(known, n=4, method="inclusive")
    summary = (
        f"half of the {len(known)} are between {quarters[0]:.0f} and {quarters[2]:.0f} {unit}; "
        f"the middle one is at {quarters[1]:.0f}"
    )
    return DistributionView(name, summary, bins, f"{low:.0f}", f"{high:.0f}")


def _row(row: ClassRow) -> RowView:
    verdicts = (row.business_contribution, row.critical_question)
    nothing = row.nothing_to_score and Verdict.COULDNT_HEAR not in verdicts
    contribution, question = (None, None) if nothing else map(_badge, verdicts)
    return RowView(
        row,
        _figure(None if row.nothing_to_score else row.contributions),
        _figure(None if row.nothing_to_score else row.score),
        contribution,
        question,
        _figure(row.pace_wpm),
        _figure(row.question_s),
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _badge(verdict: str | None) -> tuple[str, str, str] | None:
    if verdict is None:
        return None
    return verdict, SIGNS[Verdict(verdict)], VERDICTS[Verdict(verdict)]

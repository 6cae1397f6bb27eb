"""Comparison: two rehearsals side by side.

Points gained and lost, the same way in both, and how they sounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rehearse.delivery.delivery import Delivery
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.report.page import CriterionView, QuoteView, quote_view, scenario_title, talk
from rehearse.scoring.rubric import FAULTS, Criterion

BETTER, WORSE, SAME = "gained", "lost", "same"
_SAID = {
    False: {BETTER: "gained", WORSE: "lost", SAME: "same"},
    True: {BETTER: "no longer", WORSE: "this time", SAME: "same"},
}
"""By whether the point is a fault."""


@dataclass(frozen=True)
class LineView:
    """One criterion in both. `change` is "gained", "lost" or "same"; a fault made is a loss."""

    name: str
    earlier: CriterionView
    later: CriterionView
    change: str
    said: str


@dataclass(frozen=True)
class WordingView:
    """How the same thing was said in both calls; None if it was not said."""

    name: str
    earlier: QuoteView | None
    later: QuoteView | None


@dataclass(frozen=True)
class FigureView:
    """A delivery figure in both calls; "–" if it is unknown."""

    name: str
    earlier: str
    later: str


@dataclass(frozen=True)
class ComparisonView:
    """`note` warns if the two calls are hard to compare; "" otherwise."""

    points: int
    lines: tuple[LineView, ...]
    summary: str
    note: str
    wordings: tuple[WordingView, ...]
    figures: tuple[FigureView, ...]


def comparison(earlier: Rehearsal, later: Rehearsal) -> ComparisonView:
    """Compare two scored rehearsals."""
    before, after = talk(earlier), talk(later)
    assert before is not None
    assert after is not None
    lines = tuple(
        LineView(old.name, old, new, _change(old, new), _SAID[old.fault][_change(old, new)])
        for old, new in zip(before.criteria, after.criteria, strict=True)
    )
    points = after.score - before.score
    gained = sum(line.change == BETTER for line in lines)
    lost = sum(line.change == WORSE for line in lines)
    direction = "the same score" if not points else f"{abs(points)} points {_way(points)}"
    return ComparisonView(
        points,
        lines,
        f"The later rehearsal has {direction}: {gained} gained, {lost} lost.",
        _note(earlier, later),
        tuple(_wordings(earlier, later)),
        tuple(_figures(earlier.delivery, later.delivery)),
    )


def _way(points: int) -> str:
    return "more" if points > 0 else "fewer"


def _change(old: CriterionView, new: CriterionView) -> str:
    fault = Criterion(old.key) in FAULTS
    before, after = _worth(old), _worth(new)
    if before == after:
        return SAME
    return BETTER if (after > before) is not fault else WORSE


def _worth(view: CriterionView) -> int:
    return len(view.quotes) if view.key == Criterion.CONTRIBUTIONS else int(view.met)


def _note(earlier: Rehearsal, later: Rehearsal) -> str:
    if earlier.scenario == later.scenario:
        return ""
    first, second = (scenario_title(one.scenario) for one in (earlier, later))
    return (
        f"Two different people were on the phone: first {_inside(first)}, then {_inside(second)}. "
        "What they leave you time for differs, so compare the words rather than the points."
    )


def _inside(title: str) -> str:
    return title[:1].lower() + title[1:]


def _wordings(earlier: Rehearsal, later: Rehearsal) -> Iterator[WordingView]:
    """Each way, and the question. Ways of the same call sheet are paired by the plan, others by the
    order in which they were said."""
    yield from _ways(earlier, later)
    asked = [_evidence(one, Criterion.CRITICAL_QUESTION) for one in (earlier, later)]
    first, second = (quotes[0] if quotes else None for quotes in asked)
    if first or second:
        yield WordingView("The question", first, second)


def _ways(earlier: Rehearsal, later: Rehearsal) -> Iterator[WordingView]:
    before, after = earlier.sheet_match, later.sheet_match
    if before is not None and after is not None and earlier.sheet.ways == later.sheet.ways:
        for old, new in zip(before.planned, after.planned, strict=True):
            first, second = (quote_view(one.said) if one.said else None for one in (old, new))
            yield WordingView(old.way.action[:1].upper() + old.way.action[1:], first, second)
        old_ways, new_ways = (tuple(map(quote_view, one.new)) for one in (before, after))
        name = "A way not on the sheet,"
    else:
        old_ways, new_ways = (_evidence(one, Criterion.CONTRIBUTIONS) for one in (earlier, later))
        name = "Way"
    for at in range(max(len(old_ways), len(new_ways))):
        yield WordingView(
            f"{name} {at + 1}",
            old_ways[at] if at < len(old_ways) else None,
            new_ways[at] if at < len(new_ways) else None,
        )


def _evidence(rehearsal: Rehearsal, criterion: Criterion) -> tuple[QuoteView, ...]:
    assert rehearsal.scorecard is not None
    return tuple(map(quote_view, rehearsal.scorecard.finding(criterion).evidence))


def _figures(earlier: Delivery | None, later: Delivery | None) -> Iterator[FigureView]:
    if earlier is None and later is None:
        return
    for name, field, unit in (
        ("First way after", "first_way_s", "s"),
        ("Question after", "question_s", "s"),
        ("Length of the pitch", "pitch_s", "s"),
        ("Pace", "words_per_minute", "words a minute"),
        ("Um and uh, at least", "hesitations_per_minute", "a minute"),
        ("Longest pause", "longest_pause_s", "s"),
    ):
        values = [getattr(one, field) if one is not None else None for one in (earlier, later)]
        if any(value is not None for value in values):
            first, second = ("–" if v is None else f"{v:.0f} {unit}" for v in values)
            yield FigureView(name, first, second)
    fillers = [
        None if one is None else len(one.lexical_fillers) + len(one.hedges)
        for one in (earlier, later)
    ]
    if any(fillers):
        first, second = ("–" if count is None else str(count) for count in fillers)
        yield FigureView("Filler words and hedges", first, second)

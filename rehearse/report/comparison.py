"""Comparison: what the later of two rehearsals gained or lost."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.keeping.rehearsal import Rehearsal
from rehearse.report.page import CriterionView, talk
from rehearse.scoring.rubric import FAULTS, Criterion

BETTER, WORSE, SAME = "gained", "lost", "same"
_SAID = {
    False: {BETTER: "▲ gained", WORSE: "▼ lost", SAME: "same"},
    True: {BETTER: "▲ no longer", WORSE: "▼ this time", SAME: "same"},
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
class ComparisonView:
    points: int
    lines: tuple[LineView, ...]
    summary: str


def comparison(earlier: Rehearsal, later: Rehearsal) -> ComparisonView:
    """Both rehearsals are scored."""
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

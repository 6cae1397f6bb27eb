"""Charts: a figure over all rehearsals, drawn and in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rehearse.keeping.summary import Summary
from rehearse.report.wording import day_and_time

WIDTH, HEIGHT = 320, 96
_PAD = 10
MOST_POINTS = 40
"""The newest so many rehearsals that have the figure."""


@dataclass(frozen=True)
class PointView:
    x: float
    y: float
    label: str
    id: str


@dataclass(frozen=True)
class ChartView:
    """`points` in a box WIDTH by HEIGHT; `line` joins them. `summary` says the same in words."""

    key: str
    title: str
    unit: str
    low: str
    high: str
    points: tuple[PointView, ...]
    line: str
    summary: str


@dataclass(frozen=True)
class _Figure:
    key: str
    title: str
    unit: str
    value: Callable[[Summary], float | None]
    top: float | None = None


FIGURES = (
    _Figure("score", "Score", "of 100", lambda s: s.score, top=100),
    _Figure("contributions", "Ways you would add", "ways", lambda s: s.contributions, top=3),
    _Figure("question", "Seconds to the question", "s", lambda s: s.question_s),
    _Figure("pace", "Pace", "words a minute", lambda s: s.pace_wpm),
    _Figure("fillers", "Um and uh", "a minute, at least", lambda s: s.fillers_per_minute),
)


def charts(newest_first: Sequence[Summary]) -> tuple[ChartView, ...]:
    """A chart for each figure that at least two rehearsals have."""
    drawn = (_chart(figure, newest_first) for figure in FIGURES)
    return tuple(chart for chart in drawn if chart is not None)


def _chart(figure: _Figure, newest_first: Sequence[Summary]) -> ChartView | None:
    found: list[tuple[Summary, float]] = []
    for summary in newest_first:
        value = figure.value(summary)
        if value is not None:
            found.append((summary, float(value)))
            if len(found) == MOST_POINTS:
                break
    found.reverse()
    if len(found) < 2:
        return None
    values = [value for _, value in found]
    top = max(*values, figure.top or 0, 1)
    step = (WIDTH - 2 * _PAD) / (len(found) - 1)
    points = tuple(
        PointView(
            x=round(_PAD + place * step, 1),
            y=round(HEIGHT - _PAD - (HEIGHT - 2 * _PAD) * value / top, 1),
            label=f"{day_and_time(summary.started_at)}: {value:.0f} {figure.unit}",
            id=summary.id,
        )
        for place, (summary, value) in enumerate(found)
    )
    return ChartView(
        key=figure.key,
        title=figure.title,
        unit=figure.unit,
        low="0",
        high=f"{top:.0f}",
        points=points,
        line=" ".join(f"{point.x},{point.y}" for point in points),
        summary=(
            f"{figure.title} over the last {len(values)} rehearsals: first {values[0]:.0f}, "
            f"latest {values[-1]:.0f}, lowest {min(values):.0f}, highest {max(values):.0f} "
            f"({figure.unit})."
        ),
    )

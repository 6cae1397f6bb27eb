"""Trends: a few figures from call to call, as charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rehearse.delivery.norms import norm_of
from rehearse.keeping.summary import Summary, not_judged
from rehearse.report.page import scenario_title
from rehearse.report.wording import day, day_and_time, left_out
from rehearse.scoring.rubric import WAYS_ASKED_FOR as WAYS

MOST_CALLS = 30
"""How many calls a chart shows: the newest that have the figure."""
HEIGHT, TOP, BOTTOM = 210, 26, 170
"""Of the drawing, in pixels: its whole height, and where the highest and lowest value lie."""
LEFT, RIGHT = 9, 97
"""The positions of the first and the last call, in percent of the width."""
SHAPES = ("circle", "square", "triangle", "diamond", "ring", "cross", "box")


@dataclass(frozen=True)
class PointView:
    """`x` in percent of the width, `y` in pixels. `shape`: which character it was."""

    x: float
    y: float
    shape: str
    id: str
    when: str
    value: str
    who: str


@dataclass(frozen=True)
class StrokeView:
    """A line from one call to the next with the same character."""

    x1: float
    y1: float
    x2: float
    y2: float
    shape: str


@dataclass(frozen=True)
class BandView:
    """The usual range, in pixels from the top."""

    y: float
    height: float
    said: str


@dataclass(frozen=True)
class LevelView:
    """A line across, with its value."""

    y: float
    value: str


@dataclass(frozen=True)
class DateView:
    """A date below the drawing. `anchor`: start, middle or end."""

    x: float
    said: str
    anchor: str


@dataclass(frozen=True)
class TrendView:
    """A figure over time. `said` says the same in a sentence."""

    key: str
    title: str
    unit: str
    points: tuple[PointView, ...]
    strokes: tuple[StrokeView, ...]
    levels: tuple[LevelView, ...]
    dates: tuple[DateView, ...]
    band: BandView | None
    said: str


@dataclass(frozen=True)
class CharacterView:
    """A character and its shape in every drawing."""

    title: str
    shape: str


@dataclass(frozen=True)
class _Figure:
    key: str
    title: str
    unit: str
    value: Callable[[Summary], float | None]
    top: float
    bottom: float = 0
    usual: tuple[float | None, float | None] | None = None


def _usual(figure: str) -> tuple[float | None, float | None] | None:
    norm = norm_of(figure)
    return None if norm is None else (norm.low, norm.high)


def _if_judged(summary: Summary, figure: int | None) -> int | None:
    """None for a call of which too little was understood: its nought says nothing."""
    return figure if summary.judged else None


FIGURES = (
    _Figure("score", "Score", "of 100", lambda s: _if_judged(s, s.score), 100),
    _Figure("ways", "Ways named", f"of {WAYS}", lambda s: _if_judged(s, s.contributions), WAYS),
    _Figure("question", "Time until you asked", "seconds", lambda s: s.question_s, 60),
    _Figure(
        "pace", "Pace", "words a minute", lambda s: s.pace_wpm, 200, 60, _usual("words_per_minute")
    ),
    _Figure(
        "fillers", "Um and uh", "a minute", lambda s: s.fillers_per_minute, 10, 0,
        _usual("hesitations_per_minute"),
    ),
)  # fmt: skip


def characters(newest_first: Sequence[Summary]) -> tuple[CharacterView, ...]:
    """The characters called lately, the most frequent first."""
    scored = [one for one in newest_first if one.score is not None and not one.nothing_to_score]
    called = [one.scenario for one in scored[:MOST_CALLS]]
    names = sorted(dict.fromkeys(called), key=lambda name: -called.count(name))
    return tuple(
        CharacterView(scenario_title(name), SHAPES[place % len(SHAPES)])
        for place, name in enumerate(names)
    )


def trends(newest_first: Sequence[Summary]) -> tuple[TrendView, ...]:
    """A chart for each figure that at least two calls have."""
    shapes = {one.title: one.shape for one in characters(newest_first)}
    drawn = (_trend(figure, newest_first, shapes) for figure in FIGURES)
    return tuple(one for one in drawn if one is not None)


def _trend(
    figure: _Figure, newest_first: Sequence[Summary], shapes: dict[str, str]
) -> TrendView | None:
    found = [
        (summary, float(value))
        for summary in newest_first[: 4 * MOST_CALLS]
        if not summary.nothing_to_score and (value := figure.value(summary)) is not None
    ][:MOST_CALLS][::-1]
    if len(found) < 2:
        return None
    values = [value for _, value in found]
    since = newest_first[: newest_first.index(found[0][0])]
    note = left_out(not_judged(since))
    top = max(figure.top, _rounded_up(max(values))) if max(values) > figure.top else figure.top

    def y(value: float) -> float:
        share = (min(value, top) - figure.bottom) / (top - figure.bottom)
        return round(BOTTOM - (BOTTOM - TOP) * max(share, 0.0), 1)

    step = (RIGHT - LEFT) / (len(found) - 1)
    points = tuple(
        PointView(
            x=round(LEFT + place * step, 2),
            y=y(value),
            shape=shapes.get(scenario_title(summary.scenario), SHAPES[0]),
            id=summary.id,
            when=day_and_time(summary.started_at),
            value=f"{value:.0f}",
            who=scenario_title(summary.scenario),
        )
        for place, (summary, value) in enumerate(found)
    )
    days = [day(summary.started_at) for summary, _ in found]
    return TrendView(
        key=figure.key,
        title=figure.title,
        unit=figure.unit,
        points=points,
        strokes=tuple(_strokes(points)),
        levels=tuple(LevelView(y(level), f"{level:.0f}") for level in _levels(figure.bottom, top)),
        dates=(DateView(LEFT, days[0], "start"), DateView(RIGHT, days[-1], "end")),
        band=_band(figure, y, top),
        said=(
            f"{figure.title}: {values[0]:.0f} {figure.unit} in the first of these "
            f"{len(values)} calls, {values[-1]:.0f} in the last{f' ({note})' if note else ''}."
        ),
    )


def _strokes(points: Sequence[PointView]) -> list[StrokeView]:
    last: dict[str, PointView] = {}
    strokes = []
    for point in points:
        if before := last.get(point.shape):
            strokes.append(StrokeView(before.x, before.y, point.x, point.y, point.shape))
        last[point.shape] = point
    return strokes


def _band(figure: _Figure, y: Callable[[float], float], top: float) -> BandView | None:
    if figure.usual is None:
        return None
    low, high = figure.usual
    upper, lower = y(top if high is None else high), y(figure.bottom if low is None else low)
    norm_said = f"{low:g} to {high:g}" if low is not None else f"up to {high:g}"
    return BandView(upper, round(lower - upper, 1), f"usual: {norm_said}")


def _levels(bottom: float, top: float) -> tuple[float, ...]:
    """Few enough to read: each way, or the lowest, the middle and the highest."""
    if top <= WAYS:
        return tuple(range(int(top) + 1))
    return (bottom, (bottom + top) / 2, top)


def _rounded_up(value: float) -> float:
    step = 10 if value > 20 else 2
    return -(-value // step) * step

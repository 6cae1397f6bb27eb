"""Trends: characters kept apart, what is usual shaded, readable dates, nothing from one call."""

import dataclasses

import pytest

from rehearse.keeping.summary import Summary
from rehearse.report.listing import Filters, listing
from rehearse.report.text import rehearsal_line
from rehearse.report.trends import BOTTOM, TOP, characters, trends
from rehearse.scoring.rubric import Verdict


def call(day: int, score: int, scenario: str = "friendly", pace: float | None = 140) -> Summary:
    return Summary(
        f"202611{day:02d}-100000", started_at=f"2026-11-{day:02d}T10:00:00", scenario=scenario,
        score=score, contributions=2, pace_wpm=pace,
    )  # fmt: skip


NEWEST_FIRST = [call(4, 90), call(3, 40, "busy"), call(2, 60), call(1, 30)]


def test_a_drawing_for_each_figure_that_two_calls_have() -> None:
    assert [one.key for one in trends(NEWEST_FIRST)] == ["score", "ways", "pace"]
    assert trends(NEWEST_FIRST[:1]) == ()
    assert trends([]) == ()


def test_time_runs_to_the_right_and_the_days_stand_below() -> None:
    score = trends(NEWEST_FIRST)[0]
    assert [point.value for point in score.points] == ["30", "60", "40", "90"]
    assert [date.said for date in score.dates] == ["1 Nov", "4 Nov"]
    assert [level.value for level in score.levels] == ["0", "50", "100"]
    assert score.points[0].y == pytest.approx(BOTTOM - 0.3 * (BOTTOM - TOP))
    assert score.said == "Score: 30 of 100 in the first of these 4 calls, 90 in the last."


def test_characters_are_told_apart_and_only_the_same_one_is_joined() -> None:
    score = trends(NEWEST_FIRST)[0]
    assert [point.shape for point in score.points] == ["circle", "circle", "square", "circle"]
    assert len(score.strokes) == 2
    assert {stroke.shape for stroke in score.strokes} == {"circle"}
    assert [one.title for one in characters(NEWEST_FIRST)] == [
        "A manager who has a few minutes", "A manager with one minute",
    ]  # fmt: skip


def test_what_is_usual_is_shaded_and_named() -> None:
    score, _, pace = trends(NEWEST_FIRST)
    assert score.band is None
    assert pace.band is not None
    assert pace.band.said == "usual: 100 to 165"


def test_units_stand_once() -> None:
    for one in trends(NEWEST_FIRST):
        assert one.said.count(one.unit) == 1
        assert all(one.unit not in point.value for point in one.points)


NOTHING = dataclasses.replace(
    call(3, 0), id="20261103-110000", contributions=0, nothing_to_score=True,
    business_contribution=Verdict.MISSING, critical_question=Verdict.MISSING,
)  # fmt: skip


def test_a_call_with_nothing_to_score_is_in_no_trend_and_the_trend_says_so() -> None:
    with_it = [*NEWEST_FIRST[:2], NOTHING, *NEWEST_FIRST[2:]]
    for one, as_before in zip(trends(with_it), trends(NEWEST_FIRST), strict=True):
        assert one.points == as_before.points
        assert one.said == f"{as_before.said[:-1]} (without the one that could not be scored)."
    assert trends([*NEWEST_FIRST, NOTHING]) == trends(NEWEST_FIRST), "older than the first shown"
    assert characters([dataclasses.replace(NOTHING, scenario="busy")]) == ()


def test_a_call_with_nothing_to_score_is_listed_as_such() -> None:
    [row] = listing([NOTHING], Filters(), "1").rows
    assert (row.contribution, row.question, row.score) == (None, None, "–")
    assert row.state == "nothing to score"
    assert rehearsal_line(NOTHING).endswith("nothing to score")


def test_a_call_that_was_not_understood_is_no_nought() -> None:
    lost = Verdict.COULDNT_HEAR
    unheard = dataclasses.replace(
        call(5, 0), business_contribution=lost, critical_question=lost, contributions=0
    )
    score, ways, _ = trends([unheard, *NEWEST_FIRST])
    assert [point.value for point in score.points] == ["30", "60", "40", "90"]
    assert score.said.endswith("90 in the last (without the one that could not be scored).")
    assert len(ways.points) == 4
    assert rehearsal_line(unheard).endswith("[?] contribution  [?] question    -")
    [row] = listing([unheard], Filters(), "1").rows
    assert (row.score, row.state) == ("–", "")

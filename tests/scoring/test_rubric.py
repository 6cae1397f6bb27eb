"""The arithmetic of the rubric, as ../shared/rubric.md and docs/rubric.md state it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.scoring import rubric
from rehearse.scoring.rubric import FAULTS, Criterion, Findings, Verdict

LINK = Criterion.BUSINESS_LINK
ASKED = Criterion.CRITICAL_QUESTION
ROLE = Criterion.ROLE_IMPORTANCE
YES_NO = frozenset(Criterion) - {Criterion.CONTRIBUTIONS}
GOOD = YES_NO - FAULTS

some_findings = st.builds(
    Findings, st.frozensets(st.sampled_from(sorted(YES_NO))), st.integers(0, 6)
)


@pytest.mark.parametrize(
    ("met", "ways", "verdict"),
    [
        ({LINK}, 3, Verdict.COVERED),
        ({LINK}, 5, Verdict.COVERED),
        ({LINK}, 2, Verdict.PARTLY),
        ({LINK}, 0, Verdict.PARTLY),
        (set(), 3, Verdict.PARTLY),
        (set(), 1, Verdict.PARTLY),
        (set(), 0, Verdict.MISSING),
        ({ASKED, ROLE}, 0, Verdict.MISSING),
    ],
)
def test_business_contribution(met: set[Criterion], ways: int, verdict: Verdict) -> None:
    assert rubric.business_contribution(Findings(frozenset(met), ways)) is verdict


@pytest.mark.parametrize(
    ("met", "verdict"),
    [
        ({ASKED}, Verdict.COVERED),
        ({ASKED, ROLE}, Verdict.COVERED),
        ({ROLE}, Verdict.PARTLY),
        ({LINK}, Verdict.MISSING),
        (set(), Verdict.MISSING),
    ],
)
def test_critical_question(met: set[Criterion], verdict: Verdict) -> None:
    assert rubric.critical_question(Findings(frozenset(met), 3)) is verdict


def test_saying_everything_briefly_scores_a_hundred() -> None:
    assert rubric.score(Findings(GOOD, 3), 60.0) == 100


def test_a_long_pitch_loses_the_points_for_brevity() -> None:
    assert rubric.score(Findings(GOOD, 3), 90.1) == 95
    assert rubric.score(Findings(GOOD, 3), 90.1, brief_s=120.0) == 100


def test_points_of_each_finding() -> None:
    def points(*met: Criterion, ways: int = 0) -> int:
        return rubric.score(Findings(frozenset(met), ways), 1000.0)

    assert points(LINK) == 10
    assert points(ways=1) == 10
    assert points(ways=3) == points(ways=4) == 30
    assert points(ASKED) == 30
    assert points(ROLE) == 10
    assert points(Criterion.MANAGER_CHOICE) == 10
    assert points(Criterion.HUMILITY) == 5
    assert points(ASKED, Criterion.STATUS_CHECK) == 20
    assert points(ASKED, *FAULTS) == 10
    assert points(*FAULTS) == 0


def test_a_call_in_which_nothing_good_was_said_scores_nothing_however_brief() -> None:
    assert rubric.score(Findings(frozenset(), 0), 0.0) == 0
    assert rubric.score(Findings(frozenset(FAULTS), 0), 10.0) == 0


@given(some_findings, st.floats(0, 3600))
def test_a_score_is_between_0_and_100_and_a_fault_never_raises_it(
    findings: Findings, pitch_s: float
) -> None:
    score = rubric.score(findings, pitch_s)
    assert 0 <= score <= 100
    for fault in FAULTS:
        worse = Findings(findings.met | {fault}, findings.contributions)
        assert rubric.score(worse, pitch_s) <= score

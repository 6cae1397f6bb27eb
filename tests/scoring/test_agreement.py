"""Two judges of the same talks: shares with intervals, Cohen's kappa, and what they differ in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.scoring.agreement import agreement, cohens_kappa, wilson


def test_the_example_that_everybody_knows() -> None:
    found = agreement(
        [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    )
    assert found.talks == 50
    assert found.precision is not None
    assert found.precision.value == pytest.approx(0.8)
    assert found.recall is not None
    assert found.recall.value == pytest.approx(2 / 3)
    assert found.kappa is not None
    assert found.kappa.value == pytest.approx(0.4)
    # Large-sample standard error 0.127, as R's psych::cohen.kappa gives it.
    assert (found.kappa.low, found.kappa.high) == pytest.approx((0.15, 0.65), abs=0.005)


def test_wilson_holds_at_the_ends() -> None:
    all_of_ten = wilson(10, 10)
    assert all_of_ten is not None
    assert (all_of_ten.low, all_of_ten.high) == pytest.approx((0.722, 1.0), abs=0.001)
    assert wilson(0, 0) is None


def test_who_always_says_the_same_has_no_kappa() -> None:
    assert agreement([(True, True)] * 9).kappa is None
    assert agreement([]).kappa is None


@given(st.lists(st.lists(st.integers(0, 50), min_size=3, max_size=3), min_size=3, max_size=3))
def test_kappa_lies_within_its_interval_and_is_one_only_where_all_agree(
    table: list[list[int]],
) -> None:
    kappa = cohens_kappa(table)
    if kappa is None:
        return
    assert -1 <= kappa.low <= kappa.value <= kappa.high <= 1
    off = sum(table[i][j] for i in range(3) for j in range(3) if i != j)
    assert (kappa.value == pytest.approx(1)) == (off == 0)

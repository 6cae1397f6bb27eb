"""The likeliest token, found with a copy of the weights in int8."""

import pytest
import torch

from rehearse.engines.whisper.likeliest_tokens import MANY, LikeliestTokens


def weights(rows: int, width: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(rows, width, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("largest", [1.0, 60.0, 1e-6])
def test_each_value_lies_between_its_bounds(largest: float) -> None:
    rows = weights(1000, 384)
    rows[3] = 0
    found = LikeliestTokens(rows)
    for seed in range(20):
        state = weights(1, 384, seed + 1)[0]
        state[seed] *= largest  # as in Whisper: a few of the state's values are far larger
        least, most = found.bounds(state)
        exact = rows.double() @ state.double()
        assert bool((least <= exact).all())
        assert bool((exact <= most).all())
        assert float((most - least).max()) < 10 * float(exact.std())


def test_one_value_far_larger_than_the_others_leaves_few_tokens_to_choose_from() -> None:
    """With the model base, one value of each state is about 200, the others about 6."""
    rows, state = weights(50_000, 512) * 0.027, weights(1, 512, 1)[0] * 6
    state[497] = 200
    least, most = LikeliestTokens(rows).bounds(state)
    assert int((most >= least.max()).sum()) < 20  # of thousands, with one int8 a value


@pytest.mark.parametrize("count", [3, MANY])
def test_the_exact_values_are_those_of_float32(count: int) -> None:
    rows, state = weights(2 * MANY, 384), weights(1, 384, 1)[0]
    some = torch.randperm(2 * MANY)[:count]
    assert torch.allclose(LikeliestTokens(rows).exact(state, some), (rows @ state)[some], atol=1e-4)


def test_a_state_of_zeros_has_bounds_around_zero() -> None:
    least, most = LikeliestTokens(weights(300, 64)).bounds(torch.zeros(64))
    assert bool((least <= 0).all())
    assert bool((most >= 0).all())

"""The likeliest token, found with a copy of the weights in int8."""

import pytest
import torch

from rehearse.engines.whisper.likeliest_tokens import LikeliestTokens


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


def test_the_exact_values_are_those_of_float32() -> None:
    rows, state = weights(1000, 384), weights(1, 384, 1)[0]
    some = torch.tensor([5, 999, 0])
    assert torch.allclose(LikeliestTokens(rows).exact(state, some), (rows @ state)[some])


def test_a_state_of_zeros_has_bounds_around_zero() -> None:
    least, most = LikeliestTokens(weights(300, 64)).bounds(torch.zeros(64))
    assert bool((least <= 0).all())
    assert bool((most >= 0).all())

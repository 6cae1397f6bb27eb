"""HighPass removes rumble from a stream, however it is cut into blocks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import lfilter

from rehearse.engines.activity.high_pass import CUTOFF_HZ, HighPass
from rehearse.sound import SAMPLE_RATE_HZ, level_dbfs


def tone(hz):
    time_s = np.arange(2 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    return (0.5 * np.sin(2 * np.pi * hz * time_s)).astype(np.float32)


@pytest.mark.slow
@given(cuts=st.lists(st.integers(0, 3000), max_size=6), seed=st.integers(0, 99))
def test_a_stream_cut_anywhere_is_filtered_like_the_reference(cuts, seed):
    samples = np.random.default_rng(seed).uniform(-1, 1, 3000).astype(np.float32)
    pole = 1 / (1 + 2 * np.pi * CUTOFF_HZ / SAMPLE_RATE_HZ)
    reference = lfilter([pole, -pole], [1, -pole], samples.astype(np.float64))
    high_pass = HighPass()
    found = np.concatenate([high_pass.filtered(part) for part in np.split(samples, sorted(cuts))])
    assert found.dtype == np.float32
    assert found == pytest.approx(reference, abs=1e-5)


@pytest.mark.parametrize(("hz", "least", "most"), [(5, 18, 60), (50, 2, 4), (300, 0, 0.3)])
def test_rumble_is_removed_and_voice_stays(hz, least, most):
    sound = tone(hz)
    taken_db = level_dbfs(sound) - level_dbfs(HighPass().filtered(sound))
    assert least <= taken_db <= most

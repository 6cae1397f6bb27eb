"""Mutated sound files: what can be decoded is read, or a sentence says what is wrong."""

import contextlib
import random
from pathlib import Path

import numpy as np
import pytest

from rehearse.engines.audio.audio_file import read_audio
from rehearse.errors import RehearseError
from tests.engines.audio.damaged_files import CODECS, encode
from tests.mutations import bytes_mutated

MUTATIONS = 60


@pytest.mark.parametrize("suffix", CODECS)
def test_any_damage_is_read_or_refused(tmp_path: Path, suffix: str) -> None:
    path, chance = tmp_path / f"clip.{suffix}", random.Random(20)
    sound = np.random.default_rng(1).normal(0, 0.1, 24_000).astype(np.float32)
    whole = encode(path, sound, rate_hz=48_000).read_bytes()
    for number in range(MUTATIONS):
        head = chance.choice([len(whole), 100, 400])  # most decisions lie in the first bytes
        path.write_bytes(bytes_mutated(whole[:head], chance) + whole[head:])
        try:
            with contextlib.suppress(RehearseError):
                samples = read_audio(path)
                assert np.isfinite(samples).all()
                assert len(samples) < 16_000 * 600
        except Exception as error:
            raise AssertionError(f"mutation {number}") from error

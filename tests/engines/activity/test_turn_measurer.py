"""TurnMeasurer with the real engines."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.engines.activity.swift_pitch import SwiftPitch
from rehearse.engines.activity.turn_measurer import TurnMeasurer
from rehearse.sound import SAMPLE_RATE_HZ
from tests.noises import at_level, fixture


def test_the_level_is_that_of_the_voice_without_rumble() -> None:
    speech = at_level(fixture("d_question_only__piper-joe"), -35)
    time_s = np.arange(len(speech)) / SAMPLE_RATE_HZ
    rumble = (0.1 * np.sin(2 * np.pi * 4 * time_s)).astype(np.float32)  # -23 dBFS
    measurer = TurnMeasurer(SwiftPitch(), None)
    clean = measurer.measure(speech, 0.0, ())
    rumbling = measurer.measure(speech + rumble, 0.0, ())
    assert rumbling.level_dbfs == pytest.approx(clean.level_dbfs, abs=1.0)
    assert rumbling.clipped_share == 0.0

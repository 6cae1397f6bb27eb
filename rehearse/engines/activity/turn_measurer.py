"""TurnMeasurer: voice activity, level, pitch and hesitations of one turn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rehearse.delivery.fillers import HesitationFinder
from rehearse.delivery.pauses import voiced_spans
from rehearse.delivery.turn_sound import (
    PitchTracker,
    TurnSound,
    clipped_share,
    voice_only,
    voiced_level_dbfs,
)
from rehearse.engines.activity.high_pass import HighPass
from rehearse.engines.activity.silero_vad import speech_probabilities
from rehearse.sound import Samples, seconds
from rehearse.transcript import Word

MELODY_SHARE = 1 / 3
MELODY_S = (4.0, 15.0)
"""Pitch is tracked in this share of the voice, spread evenly, but within these limits (seconds) for
each piece of a turn: tracking takes 20 ms per second."""


class TurnMeasurer:
    """A SoundMeasurer. Without `hesitations` it does not look for um and uh in the sound."""

    def __init__(self, pitch: PitchTracker, hesitations: HesitationFinder | None) -> None:
        self._pitch = pitch
        self._hesitations = hesitations

    def measure(self, samples: Samples, start_s: float, words: Sequence[Word]) -> TurnSound:
        probabilities = speech_probabilities(samples)
        voiced = voiced_spans(probabilities, start_s=start_s)
        voiced_s = sum(end - start for start, end in voiced)
        melody = voice_only(samples, voiced, start_s, np.clip(voiced_s * MELODY_SHARE, *MELODY_S))
        finder = self._hesitations
        return TurnSound(
            start_s=start_s,
            end_s=start_s + seconds(len(samples)),
            voiced_s=voiced,
            level_dbfs=voiced_level_dbfs(HighPass().filtered(samples), probabilities),
            clipped_share=clipped_share(samples),
            pitch_hz=self._pitch.pitch_hz(melody),
            hesitations=finder.find(samples, start_s, words) if finder and words else None,
        )

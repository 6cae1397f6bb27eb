"""HeardLine: a recording speaks, and the loudspeaker plays both sides."""

from __future__ import annotations

import numpy as np

from rehearse.engines.audio.speaker_line import SpeakerLine
from rehearse.engines.audio.wav_line import WavLine
from rehearse.sound import Samples, silence

LEAD_S = 0.3
"""Silence queued before the recording speaks: its blocks come one by one, and none may be late."""


class HeardLine:
    """The line of `recorded`, with both sides on the loudspeaker of `speaker`, which is paced.

    Hears what `recorded` hears, block by block, so the call takes the same turns as without sound.
    """

    latency_s = 0.0

    def __init__(self, recorded: WavLine, speaker: SpeakerLine) -> None:
        self.name = recorded.name
        self._recorded = recorded
        self._speaker = speaker
        self._speaks = False

    @property
    def recordings_over(self) -> bool:
        return self._recorded.recordings_over

    def play(self, samples: Samples) -> None:
        self._recorded.play(samples)
        self._speaker.play(samples)

    def stop_playing(self) -> None:
        self._recorded.stop_playing()
        self._speaker.stop_playing()

    def read(self) -> Samples:
        self._speaker.read()
        block = self._recorded.read()
        speaks = bool(np.any(block))
        if speaks and not self._speaks:
            self._speaker.play(silence(LEAD_S))
        if speaks:
            self._speaker.play(block)
        self._speaks = speaks
        return block

    def behind(self) -> bool:
        return self._recorded.behind()

    def lost_s(self) -> float:
        return self._recorded.lost_s()

    def restored(self) -> bool:
        return self._recorded.restored()

    def close(self) -> None:
        self._recorded.close()
        self._speaker.close()

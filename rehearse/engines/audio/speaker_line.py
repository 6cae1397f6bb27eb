"""SpeakerLine: a line without a microphone.

It serves typed calls and voice samples.
"""

from __future__ import annotations

import time

from rehearse.calling.line import NoLine
from rehearse.engines.audio.sounddevice_line import Loudspeaker, find_device, load_sounddevice
from rehearse.sound import BLOCK_SAMPLES, Samples, seconds, silence

_END_PADDING_S = 0.3  # what the device still has to play when its queue is empty


class SpeakerLine:
    """Plays the manager and records nothing. `paced` keeps to real time, a block every 32 ms.

    `speaker=False` plays nothing either. Raises RehearseError if there is no loudspeaker.
    """

    latency_s = 0.0

    def __init__(
        self, loudspeaker: str | None = None, *, speaker: bool = True, paced: bool = True
    ) -> None:
        self._loudspeaker: Loudspeaker | None = None
        self.name = "typed"
        self._paced = paced
        self._next_block_s = time.monotonic()
        if not speaker:
            return
        sink = find_device(loudspeaker, "output")
        if sink is None:
            raise NoLine(
                "No loudspeaker was found.",
                "Plug one in, or call without sound (in the terminal: --no-sound).",
            )
        self._loudspeaker = Loudspeaker(load_sounddevice(), sink)
        self.name = f"typed / {sink['name']}"

    def play(self, samples: Samples) -> None:
        if self._loudspeaker is not None:
            self._loudspeaker.play(samples)

    def play_to_the_end(self, samples: Samples) -> None:
        """Play `samples` and wait for the end."""
        self.play(samples)
        if self._loudspeaker is not None:
            time.sleep(seconds(len(samples)) + self._loudspeaker.latency_s + _END_PADDING_S)

    def stop_playing(self) -> None:
        if self._loudspeaker is not None:
            self._loudspeaker.stop()

    def read(self) -> Samples:
        if self._paced:
            now_s = time.monotonic()
            self._next_block_s = max(self._next_block_s + seconds(BLOCK_SAMPLES), now_s - 1.0)
            time.sleep(max(0.0, self._next_block_s - now_s))
        return silence(seconds(BLOCK_SAMPLES))

    def behind(self) -> bool:
        return False

    def lost_s(self) -> float:
        return 0.0

    def restored(self) -> bool:
        return True

    def close(self) -> None:
        if self._loudspeaker is not None:
            self._loudspeaker.close()

"""A sound system that does not answer for a while, as after a suspend: the call waits for it."""

import threading
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from rehearse.calling.line import LineDown
from rehearse.engines.audio import sounddevice_line
from rehearse.engines.audio.sounddevice_line import SounddeviceLine


class PortAudioError(Exception):
    pass


class SoundSystem:
    """In place of the module sounddevice: one microphone. After `fail`, a number of attempts to
    start PortAudio again are refused, and stopping what does not run is refused, too."""

    PortAudioError = PortAudioError

    def __init__(self) -> None:
        self.refusals = 0
        self.runs = True
        self.opened = 0
        self.finished: Callable[[], None] = lambda: None

    def _terminate(self) -> None:
        if not self.runs:
            raise PortAudioError("PortAudio not initialized")
        self.runs = False

    def _initialize(self) -> None:
        if self.refusals:
            self.refusals -= 1
            raise PortAudioError("Unanticipated host error")
        self.runs = True

    def query_devices(self, kind: str | None = None) -> object:
        if not self.runs:
            raise PortAudioError("PortAudio not initialized")
        device = {
            "index": 0, "name": "mic", "max_input_channels": 1, "max_output_channels": 0,
            "default_samplerate": 16_000,
        }  # fmt: skip
        return device if kind else [device]

    def InputStream(self, *, finished_callback: Callable[[], None], callback, **_: object):
        self.opened += 1
        self.finished = finished_callback

        def start() -> None:
            callback(np.full((512, 1), 0.5, np.float32), 512, None, None)

        return SimpleNamespace(latency=0.0, start=start, close=lambda ignore_errors: None)


def test_it_is_asked_again_until_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    system = SoundSystem()
    monkeypatch.setattr(sounddevice_line, "load_sounddevice", lambda: system)
    monkeypatch.setattr(sounddevice_line, "RETRY_S", 0.0)
    monkeypatch.setattr(sounddevice_line, "NO_FRAMES_AFTER_S", 0.0)
    line = SounddeviceLine(speaker=False)
    assert line.read().max() == 0.5
    system.refusals = 2
    system.finished()
    with pytest.raises(LineDown):
        line.read()
    assert [line.restored() for _ in range(3)] == [False, False, True]
    assert line.read().max() == 0.5
    assert system.opened == 2
    assert threading.active_count() < 20

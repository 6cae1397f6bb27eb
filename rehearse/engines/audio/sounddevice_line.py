"""SounddeviceLine: microphone and loudspeaker of this computer, through PortAudio."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from rehearse.calling.line import LineDown, NoLine
from rehearse.errors import RehearseError
from rehearse.sound import BLOCK_SAMPLES, SAMPLE_RATE_HZ, Samples, seconds, silence

DEAD_AFTER_ZEROS_S = 3.0
NO_FRAMES_AFTER_S = 1.5
RETRY_S = 0.5
_MICROPHONE_REMEDY = (
    "Check that the microphone is plugged in, not muted, and that this program may use it; "
    "'rehearse check' shows what is found."
)


def load_sounddevice() -> Any:
    """The sounddevice module. Raises RehearseError if PortAudio is missing."""
    try:
        import sounddevice
    except OSError as error:
        raise NoLine(
            "PortAudio, which records and plays sound, is not installed.",
            "On Debian or Ubuntu: sudo apt install libportaudio2. On Fedora: sudo dnf install "
            "portaudio. Or type what you say: rehearse call --typed --no-sound.",
        ) from error
    return sounddevice


@dataclass(frozen=True)
class DeviceChoice:
    """A device to choose: `find_device` takes `wanted`; people read `name`."""

    wanted: str
    name: str


def device_choices(kind: str) -> list[DeviceChoice]:
    """All devices of `kind` ("input" or "output"), by number if a name is ambiguous.

    Raises RehearseError if PortAudio is missing.
    """
    devices = _devices(load_sounddevice(), kind)
    names = [str(device["name"]) for device in devices]
    return [
        DeviceChoice(name, name)
        if names.count(name) == 1 and not name.isdigit()
        else DeviceChoice(str(device["index"]), f"{name} ({device['index']})")
        for device, name in zip(devices, names, strict=True)
    ]


def look_again() -> None:
    """Find newly plugged devices: PortAudio caches its list. Only while no line is open.

    Raises RehearseError while the sound system does not answer, as right after a suspend.
    """
    sounddevice = load_sounddevice()
    with contextlib.suppress(sounddevice.PortAudioError):  # it may have failed to start before
        sounddevice._terminate()
    try:
        sounddevice._initialize()
    except sounddevice.PortAudioError as error:
        raise NoLine(
            f"The sound system does not answer: {error.args[0]}.",
            "Wait a moment and try again, or start the computer again.",
        ) from error


def _devices(sounddevice: Any, kind: str) -> list[dict[str, Any]]:
    channels = f"max_{kind}_channels"
    try:
        found = sounddevice.query_devices()
    except sounddevice.PortAudioError:
        return []  # it is not running
    return [dict(device) for device in found if device[channels] > 0]


def find_device(wanted: str | None, kind: str) -> dict[str, Any] | None:
    """The device of `kind` ("input" or "output") by number or part of its name; None: the default.

    Returns None if there is no device of this kind. Raises RehearseError for a name that no
    device or several devices have.
    """
    sounddevice = load_sounddevice()
    devices = _devices(sounddevice, kind)
    if wanted is None:
        try:
            return dict(sounddevice.query_devices(kind=kind))
        except (sounddevice.PortAudioError, ValueError):
            return devices[0] if devices else None
    if wanted.isdigit():
        matches = [device for device in devices if device["index"] == int(wanted)]
    else:
        matches = [device for device in devices if wanted.lower() in device["name"].lower()]
        matches = [device for device in matches if device["name"] == wanted] or matches
    if len(matches) == 1:
        return matches[0]
    listed = "; ".join(f"{device['index']}: {device['name']}" for device in devices) or "none"
    found = "No" if not matches else "More than one"
    raise NoLine(
        f"{found} {kind} device matches {wanted!r}.", f"Name one of these by its number: {listed}."
    )


class SounddeviceLine:
    """16 kHz mono in and out; converts to and from the device's own rate if it refuses 16 kHz.

    `speaker=False`, or no output device: plays nothing. Raises RehearseError if there is no
    microphone or it cannot be opened.
    """

    def __init__(
        self, *, microphone: str | None = None, loudspeaker: str | None = None, speaker: bool = True
    ) -> None:
        self._sounddevice = load_sounddevice()
        self._wanted = (microphone, loudspeaker, speaker)
        self._open()

    def _open(self) -> None:
        microphone, loudspeaker, speaker = self._wanted
        source = find_device(microphone, "input")
        if source is None:
            raise NoLine(
                "No microphone was found.",
                "Plug one in and try again, or type what you say: rehearse call --typed.",
            )
        sink = find_device(loudspeaker, "output") if speaker else None
        self._stopped = threading.Event()
        self._microphone = _Microphone(self._sounddevice, source, self._stopped)
        self._loudspeaker = None
        if sink is not None:
            try:
                self._loudspeaker = Loudspeaker(self._sounddevice, sink)
            except RehearseError:
                self._microphone.close()
                raise
        self.microphone_name = str(source["name"])
        self.loudspeaker_name = str(sink["name"]) if sink is not None else None
        self.name = f"{self.microphone_name} / {self.loudspeaker_name or 'no loudspeaker'}"
        self.latency_s = (
            self._loudspeaker.latency_s + self._microphone.latency_s if self._loudspeaker else 0.0
        )
        self._zeros_s = 0.0

    def play(self, samples: Samples) -> None:
        if self._loudspeaker is not None:
            self._loudspeaker.play(samples)

    def stop_playing(self) -> None:
        if self._loudspeaker is not None:
            self._loudspeaker.stop()

    def read(self) -> Samples:
        block = self._microphone.read(NO_FRAMES_AFTER_S)
        if block is None:
            raise LineDown("The microphone gives no sound any more.", _MICROPHONE_REMEDY)
        self._zeros_s = 0.0 if block.any() else self._zeros_s + seconds(len(block))
        if self._zeros_s >= DEAD_AFTER_ZEROS_S:
            self._zeros_s = 0.0
            raise LineDown(
                "The microphone gives nothing but silence: it is muted or not connected.",
                _MICROPHONE_REMEDY,
            )
        return block

    def behind(self) -> bool:
        return self._microphone.has_block()

    def lost_s(self) -> float:
        return 0.0

    def restored(self) -> bool:
        if not self._stopped.is_set():
            block = self._microphone.read(RETRY_S)
            return block is not None and bool(block.any())
        time.sleep(RETRY_S)
        self.close()
        try:
            look_again()
            self._open()
        except RehearseError:
            self._stopped.set()
            return False
        return True

    def close(self) -> None:
        self._microphone.close()
        if self._loudspeaker is not None:
            self._loudspeaker.close()


class _Microphone:
    """The callback only copies; the reader cuts and converts blocks."""

    def __init__(self, sounddevice: Any, device: dict[str, Any], stopped: threading.Event) -> None:
        self._frames: queue.SimpleQueue[Samples] = queue.SimpleQueue()
        self._waiting = silence(0)

        def copy(indata: Any, frames: int, when: Any, status: Any) -> None:
            self._frames.put(indata[:, 0].copy())

        def open_at(rate_hz: int) -> Any:
            return sounddevice.InputStream(
                device=device["index"], samplerate=rate_hz, channels=1, dtype="float32",
                blocksize=0, callback=copy, finished_callback=stopped.set,
            )  # fmt: skip

        with _explained(sounddevice, "microphone", device):
            self._stream, rate_hz = _open_stream(sounddevice, open_at, device)
            self._resampler = _resampler(rate_hz, SAMPLE_RATE_HZ)
            self._stream.start()
        self.latency_s = float(self._stream.latency)

    def read(self, timeout_s: float) -> Samples | None:
        while len(self._waiting) < BLOCK_SAMPLES:
            try:
                frames = self._frames.get(timeout=timeout_s)
            except queue.Empty:
                return None
            if self._resampler is not None:
                frames = self._resampler.resample_chunk(frames)
            self._waiting = np.concatenate([self._waiting, frames])
        block, self._waiting = self._waiting[:BLOCK_SAMPLES], self._waiting[BLOCK_SAMPLES:]
        return block

    def has_block(self) -> bool:
        return len(self._waiting) >= BLOCK_SAMPLES or not self._frames.empty()

    def close(self) -> None:
        self._stream.close(ignore_errors=True)


class Loudspeaker:
    """Plays its queue, then silence, so that the end of a line is never cut off."""

    def __init__(self, sounddevice: Any, device: dict[str, Any]) -> None:
        self._lock = threading.Lock()
        self._queued = silence(0)

        def fill(outdata: Any, frames: int, when: Any, status: Any) -> None:
            with self._lock:
                piece, self._queued = self._queued[:frames], self._queued[frames:]
            outdata[:] = 0
            outdata[: len(piece), :] = piece[:, None]

        channels = min(2, int(device["max_output_channels"]))

        def open_at(rate_hz: int) -> Any:
            return sounddevice.OutputStream(
                device=device["index"], samplerate=rate_hz, channels=channels, dtype="float32",
                blocksize=0, callback=fill,
            )  # fmt: skip

        with _explained(sounddevice, "loudspeaker", device):
            self._stream, self._rate_hz = _open_stream(sounddevice, open_at, device)
            self._stream.start()
        self.latency_s = float(self._stream.latency)

    def play(self, samples: Samples) -> None:
        if self._rate_hz != SAMPLE_RATE_HZ:
            import soxr

            samples = soxr.resample(samples, SAMPLE_RATE_HZ, self._rate_hz).astype(np.float32)
        with self._lock:
            self._queued = np.concatenate([self._queued, samples])

    def stop(self) -> None:
        with self._lock:
            self._queued = silence(0)

    def close(self) -> None:
        self._stream.close(ignore_errors=True)


def _open_stream(sounddevice: Any, open_at: Any, device: dict[str, Any]) -> tuple[Any, int]:
    try:
        return open_at(SAMPLE_RATE_HZ), SAMPLE_RATE_HZ
    except sounddevice.PortAudioError:
        rate_hz = int(device["default_samplerate"])
        return open_at(rate_hz), rate_hz


def _resampler(from_hz: int, to_hz: int) -> Any:
    if from_hz == to_hz:
        return None
    import soxr

    return soxr.ResampleStream(from_hz, to_hz, 1, dtype="float32")


@contextlib.contextmanager
def _explained(sounddevice: Any, what: str, device: dict[str, Any]) -> Iterator[None]:
    try:
        yield
    except sounddevice.PortAudioError as error:
        raise NoLine(
            f"The {what} {device['name']!r} cannot be opened: {error.args[0]}.",
            f"Close other programs that use it, or choose another (in the terminal: --{what}).",
        ) from error

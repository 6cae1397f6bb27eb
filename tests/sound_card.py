"""A real sound card without hardware: a private PulseAudio daemon with two null sinks.

Programs that run with `env` see ordinary PortAudio devices. They record what is played into the
virtual microphone, and what they play on the virtual loudspeaker can be captured.
"""

import contextlib
import ctypes.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt
import soundfile

RATE_HZ = 16_000
_DEVICE_RATE_HZ = 48_000  # the rate of real cards, so that resampling is part of the test
_START_LIMIT_S = 10.0
_CAPTURE_TAIL_S = 0.3

# norewinds=1: without it PulseAudio rewrites what it has played, and the sound is chopped.
_STARTUP = """
load-module module-native-protocol-unix socket={socket} auth-anonymous=1
load-module module-null-sink sink_name=speaker rate={rate} channels=2 norewinds=1
load-module module-null-sink sink_name=microphone rate={rate} channels=1 norewinds=1
set-default-sink speaker
set-default-source microphone.monitor
"""
_ALSA_CONFIG = """
pcm.!default { type pulse hint { show on description "Virtual sound card" } }
ctl.!default { type pulse }
"""
_PROGRAMS = {
    "pulseaudio": "pulseaudio",
    "pactl": "pulseaudio-utils",
    "paplay": "pulseaudio-utils",
    "parec": "pulseaudio-utils",
}

Sound = npt.NDArray[np.float32]
"""Mono samples, shape (n,), float32, at RATE_HZ."""


def missing_packages() -> list[str]:
    """The Debian packages that a virtual sound card needs and this machine does not have."""
    missing = {package for name, package in _PROGRAMS.items() if shutil.which(name) is None}
    if ctypes.util.find_library("portaudio") is None:
        missing.add("libportaudio2")
    if not list(Path("/usr/lib").glob("**/alsa-lib/libasound_module_pcm_pulse.so")):
        missing.add("libasound2-plugins")
    return sorted(missing)


class VirtualSoundCard:
    """A sound card for as long as the `with` block lasts.

    `env` is the whole environment for a program that uses it. Several cards can exist at once; none
    affects the user's own sound.
    """

    env: dict[str, str]

    def __init__(self) -> None:
        # Not in pytest's folder: the path of a socket has at most 107 characters.
        self._folder = Path(tempfile.mkdtemp(prefix="rehearse-card-"))
        socket = self._folder / "socket"
        self.env = {
            **os.environ,
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_RUNTIME_PATH": str(self._folder),
            "PULSE_STATE_PATH": str(self._folder),
            "XDG_CONFIG_HOME": str(self._folder),
            "ALSA_CONFIG_PATH": str(self._folder / "asound.conf"),
        }
        (self._folder / "asound.conf").write_text(_ALSA_CONFIG, encoding="utf-8")
        script = _STARTUP.format(socket=socket, rate=_DEVICE_RATE_HZ)
        (self._folder / "startup.pa").write_text(script, encoding="utf-8")
        self._daemon: subprocess.Popen[bytes] | None = None
        self._capture: subprocess.Popen[bytes] | None = None
        self._players: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        try:
            self._start_daemon()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def play(self, source: Path | Sound) -> None:
        """Play a sound file, or samples at RATE_HZ, into the microphone, to its end."""
        player = self.start_playing(source)
        if player.wait() != 0:
            raise RuntimeError("paplay failed; see its message on standard error")

    def start_playing(self, source: Path | Sound) -> subprocess.Popen[bytes]:
        """As `play`, but returns at once; wait for the returned process or terminate it."""
        if isinstance(source, Path):
            path = source
        else:
            path = self._folder / f"play-{len(self._players)}.wav"
            soundfile.write(path, source, RATE_HZ, subtype="FLOAT")
        player = subprocess.Popen(["paplay", "--device=microphone", str(path)], env=self.env)
        self._players.append(player)
        return player

    def start_capture(self) -> None:
        """Start to capture what is played on the loudspeaker; returns once capture runs."""
        if self._capture is not None:
            raise RuntimeError("a capture is under way already")
        file = self._folder / "capture.raw"
        with file.open("wb") as output:
            self._capture = subprocess.Popen(
                [
                    "parec",
                    "--device=speaker.monitor",
                    f"--rate={RATE_HZ}",
                    "--channels=1",
                    "--format=float32le",
                    "--latency-msec=20",
                ],
                stdout=output,
                env=self.env,
            )
        self._wait_for("parec gives no sound", lambda: file.stat().st_size > 0)

    def stop_capture(self) -> Sound:
        """What was played on the loudspeaker since `start_capture`."""
        if self._capture is None:
            raise RuntimeError("no capture is under way")
        time.sleep(_CAPTURE_TAIL_S)
        _end(self._capture)
        self._capture = None
        raw = (self._folder / "capture.raw").read_bytes()
        return np.frombuffer(raw[: len(raw) // 4 * 4], dtype="<f4").astype(np.float32)

    def add_microphone(self, pipe: Path) -> None:
        """One microphone more, the usual one from now on: it hears what is written into `pipe`,
        16 bit at 48 kHz. Browsers do not open the other one, which is a monitor."""
        self._pactl(
            "load-module", "module-pipe-source", "source_name=room", f"file={pipe}",
            "format=s16le", "rate=48000", "channels=1", "source_properties=device.description=Room",
        )  # fmt: skip
        self._pactl("set-default-source", "room")

    def unplug_microphone(self) -> None:
        """Take the microphone away, as when its cable is pulled."""
        self._unplug("microphone")

    def unplug_loudspeaker(self) -> None:
        """Take the loudspeaker away."""
        self._unplug("speaker")

    def _unplug(self, name: str) -> None:
        modules = self._pactl("list", "short", "modules")
        (module,) = [line for line in modules.splitlines() if f"sink_name={name} " in line]
        self._pactl("unload-module", module.split()[0])

    def kill_daemon(self) -> None:
        """Kill the sound system, as in a crash."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()

    @property
    def processes(self) -> list[int]:
        """The process ids of the daemon and of everything that plays or captures."""
        running = [*self._players, self._capture, self._daemon]
        return [one.pid for one in running if one is not None and one.poll() is None]

    def close(self) -> None:
        """End the daemon and everything that plays or captures; remove the folder."""
        for process in [*self._players, self._capture, self._daemon]:
            if process is not None:
                _end(process)
        self._players, self._capture, self._daemon = [], None, None
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start_daemon(self) -> None:
        command = ["pulseaudio", "-n", "-F", str(self._folder / "startup.pa")]
        command += ["--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"]
        command += ["--disable-shm=yes", "--fail=yes", "--realtime=no", "--high-priority=no"]
        # Test runs get killed: the daemon ends with the process that started it.
        if shutil.which("setpriv"):
            command = ["setpriv", "--pdeathsig", "TERM", *command]
        with (self._folder / "daemon.log").open("wb") as log:
            self._daemon = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.env
            )
        self._wait_for("the PulseAudio daemon does not answer", self._answers)

    def _answers(self) -> bool:
        with contextlib.suppress(subprocess.CalledProcessError):
            return "microphone.monitor" in self._pactl("info")
        return False

    def _pactl(self, *arguments: str) -> str:
        return subprocess.run(
            ["pactl", *arguments],
            env=self.env,
            check=True,
            timeout=_START_LIMIT_S + 1,
            capture_output=True,
            text=True,
        ).stdout

    def _wait_for(self, problem: str, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + _START_LIMIT_S
        while not condition():
            if time.monotonic() > end:
                log = (self._folder / "daemon.log").read_text(errors="replace")
                raise RuntimeError(f"{problem} after {_START_LIMIT_S:g} s; its log:\n{log[-2000:]}")
            time.sleep(0.02)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=3)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

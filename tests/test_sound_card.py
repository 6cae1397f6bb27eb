"""The virtual sound card passes sound both ways and cleans up."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from scipy.signal import correlate, resample_poly

from tests import sound_card as module
from tests.sound_card import RATE_HZ, Sound, VirtualSoundCard

RECORD = """
import sys, numpy, sounddevice
samples = sounddevice.rec(int(16000 * float(sys.argv[2])), 16000, 1, dtype="float32")
print("recording", flush=True)
sounddevice.wait()
numpy.save(sys.argv[1], samples[:, 0])
"""
PLAY = """
import sys, numpy, sounddevice
sounddevice.play(numpy.load(sys.argv[1]), 16000)
sounddevice.wait()
"""


def unmistakable(duration_s: float = 1.5, seed: int = 0) -> Sound:
    """Noise in the band of speech, swelling and fading like syllables."""
    size = round(duration_s * RATE_HZ)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(size))
    frequency_hz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    spectrum[(frequency_hz < 200) | (frequency_hz > 4000)] = 0
    syllables = 1 + np.sin(2 * np.pi * 3 * np.arange(size) / RATE_HZ)
    sound = np.fft.irfft(spectrum, size) * syllables
    return np.asarray(0.4 * sound / np.abs(sound).max(), dtype=np.float32)


def correlation(sent: Sound, heard: Sound) -> float:
    """The correlation of `sent` with the best match in `heard`, to 1/16 sample."""
    sent, heard = resample_poly(sent, 8, 1), resample_poly(heard, 8, 1)
    assert heard.size >= sent.size, "less was heard than was sent"
    start = int(np.argmax(correlate(heard, sent, mode="valid", method="fft")))
    return float(np.corrcoef(sent, heard[start : start + sent.size])[0, 1])


def run(card: VirtualSoundCard, program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=card.env,
        stdout=subprocess.PIPE,
        text=True,
    )


def runs(process_id: int) -> bool:
    """Whether such a process runs; one that has ended but was not waited for does not."""
    try:
        return ") Z " not in Path(f"/proc/{process_id}/stat").read_text()
    except OSError:
        return False


def daemon_of(card: VirtualSoundCard) -> int:
    assert card._daemon is not None
    return card._daemon.pid


@pytest.mark.parametrize("by_file", [False, True], ids=["samples", "file"])
def test_a_program_records_what_is_played_into_the_microphone(
    sound_card: VirtualSoundCard, tmp_path: Path, by_file: bool
) -> None:
    sent = unmistakable()
    source: Path | Sound = sent
    if by_file:
        import soundfile

        source = tmp_path / "sent.wav"
        soundfile.write(source, sent, RATE_HZ)

    with run(sound_card, RECORD, str(tmp_path / "heard.npy"), "3") as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "recording\n"
        sound_card.play(source)
    assert program.returncode == 0

    assert correlation(sent, np.load(tmp_path / "heard.npy")) > 0.99


def test_what_a_program_plays_is_captured(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    sent = unmistakable()
    # PortAudio loses the end of what it plays.
    np.save(tmp_path / "sent.npy", np.concatenate([sent, np.zeros(3200, dtype=np.float32)]))

    sound_card.start_capture()
    program = run(sound_card, PLAY, str(tmp_path / "sent.npy"))
    program.communicate()
    heard = sound_card.stop_capture()

    assert program.returncode == 0
    assert heard.dtype == np.float32
    assert correlation(sent, heard) > 0.99


def test_both_directions_at_once_do_not_mix(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    candidate, manager = unmistakable(seed=1), unmistakable(seed=2)
    np.save(tmp_path / "manager.npy", np.concatenate([manager, np.zeros(3200, dtype=np.float32)]))

    sound_card.start_capture()
    with run(sound_card, RECORD, str(tmp_path / "heard.npy"), "3") as program:
        assert program.stdout is not None
        program.stdout.readline()
        with run(sound_card, PLAY, str(tmp_path / "manager.npy")):
            sound_card.play(candidate)
    at_loudspeaker, at_microphone = sound_card.stop_capture(), np.load(tmp_path / "heard.npy")

    assert correlation(candidate, at_microphone) > 0.99
    assert correlation(manager, at_loudspeaker) > 0.99
    assert abs(correlation(manager, at_microphone)) < 0.1


def test_a_silent_microphone_gives_exact_zeros(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    run(sound_card, RECORD, str(tmp_path / "heard.npy"), "1").communicate()
    heard = np.load(tmp_path / "heard.npy")

    assert heard.shape == (RATE_HZ,)
    assert not heard.any()


def test_a_second_capture_starts_empty(sound_card: VirtualSoundCard) -> None:
    sound_card.start_capture()
    time.sleep(0.5)
    first = sound_card.stop_capture()
    sound_card.start_capture()
    second = sound_card.stop_capture()

    assert first.size > second.size > 0
    with pytest.raises(RuntimeError, match="no capture is under way"):
        sound_card.stop_capture()


def test_two_cards_do_not_hear_each_other(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    np.save(tmp_path / "sent.npy", unmistakable(1.0))
    with VirtualSoundCard() as other:
        other.start_capture()
        run(sound_card, PLAY, str(tmp_path / "sent.npy")).communicate()
        assert not other.stop_capture().any()


def test_an_unplugged_microphone_is_gone(sound_card: VirtualSoundCard) -> None:
    sound_card.unplug_microphone()

    assert sound_card.start_playing(unmistakable(0.5)).wait() != 0


@pytest.mark.usefixtures("sound_card")
def test_nothing_is_left_behind_even_after_a_failure() -> None:
    card = VirtualSoundCard()
    folder = Path(card.env["ALSA_CONFIG_PATH"]).parent
    with contextlib.suppress(ZeroDivisionError), card:
        daemon = daemon_of(card)
        card.start_capture()
        player = card.start_playing(unmistakable(30.0))
        raise ZeroDivisionError

    assert not runs(daemon)
    assert player.returncode is not None
    assert not folder.exists()


@pytest.mark.usefixtures("sound_card")
def test_nothing_is_left_behind_when_the_card_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_START_LIMIT_S", 0.0)
    card = VirtualSoundCard()
    with pytest.raises(RuntimeError, match="the PulseAudio daemon does not answer"):
        card.__enter__()

    assert card._daemon is None
    assert not Path(card.env["ALSA_CONFIG_PATH"]).exists()


@pytest.mark.usefixtures("sound_card")
def test_the_daemon_ends_with_a_killed_test_run() -> None:
    program = "\n".join(
        [
            "import time",
            "from tests.sound_card import VirtualSoundCard",
            "with VirtualSoundCard() as card:",
            "    print(card._daemon.pid, card._folder, flush=True)",
            "    time.sleep(60)",
        ]
    )
    killed = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert killed.stdout is not None
    daemon, folder = killed.stdout.readline().split()
    assert runs(int(daemon))
    killed.kill()
    killed.communicate()

    end = time.monotonic() + 5
    while runs(int(daemon)):
        assert time.monotonic() < end, "the daemon still runs"
        time.sleep(0.05)
    shutil.rmtree(folder)


@pytest.mark.slow
@pytest.mark.parametrize(("required", "outcome"), [("", "1 skipped"), ("1", "1 error")])
def test_without_its_packages_a_test_is_skipped_unless_everything_is_required(
    tmp_path: Path, required: str, outcome: str
) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", "-ra", __file__, "-k", "unplugged"],
        env={**os.environ, "PATH": str(tmp_path), "REHEARSE_REQUIRE_ALL": required},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
    )

    assert outcome in finished.stdout
    assert re.search("sudo apt install .*pulseaudio pulseaudio-utils", finished.stdout)

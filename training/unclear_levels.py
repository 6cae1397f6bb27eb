"""Unclear levels: unclear passages found in damaged sound.

For the thresholds of scoring/unclear.py.

`python -m training.unclear_levels` damages 8 s in the middle of the fixtures in several ways and
prints, for each, how much was found inside the damaged part and outside of it.
"""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Callable

import numpy as np
import scipy.signal

from rehearse.engines.activity.silero_vad import speech_probabilities
from rehearse.engines.audio.audio_file import read_audio
from rehearse.engines.whisper.transcriber import WhisperTranscriber
from rehearse.engines.whisper.weights import load_model
from rehearse.scoring import unclear
from rehearse.sound import BLOCK_SAMPLES, SAMPLE_RATE_HZ, Samples, seconds

FROM_S, TO_S = 12.0, 20.0
FIXTURES = ("a_strong__piper-joe", "c_contribution_only__kokoro-jm_kumo", "e_hesitant__piper-joe")


def noisy(snr_db: float) -> Callable[[Samples], Samples]:
    def spoil(part: Samples) -> Samples:
        noise = np.random.default_rng(1).standard_normal(len(part))
        noise = scipy.signal.lfilter([0.1], [1, -0.9], noise)
        power = np.mean(part**2) / 10 ** (snr_db / 10)
        return part + noise * np.sqrt(power / np.mean(noise**2))

    return spoil


def clipped(gain_db: float) -> Callable[[Samples], Samples]:
    return lambda part: np.clip(part * 10 ** (gain_db / 20), -0.3, 0.3)


def muffled(part: Samples) -> Samples:
    low = scipy.signal.butter(6, 350, "lowpass", fs=SAMPLE_RATE_HZ, output="sos")
    return scipy.signal.sosfilt(low, part)


def dropouts(part: Samples) -> Samples:
    """Every other tenth of a second lost, as on a bad connection."""
    at = np.arange(len(part)) // (SAMPLE_RATE_HZ // 10)
    return part * (at % 2)


SPOILT: dict[str, Callable[[Samples], Samples]] = {
    "as it is": lambda part: part,
    "noise 10 dB": noisy(10),
    "noise 0 dB": noisy(0),
    "noise -5 dB": noisy(-5),
    "clipped 30 dB": clipped(30),
    "clipped 50 dB": clipped(50),
    "muffled": muffled,
    "dropouts": dropouts,
}


def main() -> None:
    transcriber = WhisperTranscriber(load_model(None, pathlib.Path("build")))
    for name in sys.argv[1:] or FIXTURES:
        sound = read_audio(pathlib.Path(f"audio_fixtures/{name}.flac"))
        first, last = int(FROM_S * SAMPLE_RATE_HZ), int(TO_S * SAMPLE_RATE_HZ)
        for how, spoil in SPOILT.items():
            spoilt = sound.copy()
            spoilt[first:last] = spoil(sound[first:last]).astype(np.float32)
            words = transcriber.transcribe(spoilt)
            voice = speech_probabilities(spoilt).tolist()
            found = unclear.unclear_spans(words, voice, frame_s=seconds(BLOCK_SAMPLES))
            inside = sum(max(0.0, min(b, TO_S) - max(a, FROM_S)) for a, b in found)
            outside = sum(b - a for a, b in found) - inside
            middle = [w for w in words if w.start_s is not None and FROM_S <= w.start_s < TO_S]
            mean = np.mean([w.probability or 0 for w in middle]) if middle else float("nan")
            voiced = np.mean(np.array(voice[int(FROM_S / 0.032) : int(TO_S / 0.032)]) > 0.5)
            print(
                f"{name[:14]:15}{how:14} marked inside {inside:4.1f} s, outside {outside:4.1f} s; "
                f"{len(middle):2} words, mean {mean:.2f}, voiced {voiced:.2f}: "
                f"{' '.join(w.text for w in middle)[:70]}",
                flush=True,
            )


if __name__ == "__main__":
    main()

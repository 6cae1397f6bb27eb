"""Held: whether a call with a model keeps up.

`python -m benchmarks.voices.held --model base`, on a quiet machine: a talk of a minute fed in real
time, and a whole call in a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time

from benchmarks import talks
from benchmarks.live import HOME, _feed, _said
from rehearse import wiring
from rehearse.calling.live_listener import LiveListener
from rehearse.scoring.scorecard import score_transcript

TALK_S = 60.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="base", choices=("tiny.en", "base"))
    model = parser.parse_args().model
    print(talks.machine())
    transcriber, tagger = wiring.load_transcriber(HOME, model), wiring.load_tagger()
    talk = talks.of_length(TALK_S)
    score_transcript(_said(transcriber.transcribe(talk.samples[: 16_000 * 5])), tagger)  # warm
    listener = LiveListener(transcriber, wiring.load_detector(), transcriber)
    listener.begin(0.0)
    cpu_s, began_s = time.process_time(), time.monotonic()
    _feed(listener, talk.samples, paced=True)
    late_s = time.monotonic() - began_s - TALK_S
    cpu_s = time.process_time() - cpu_s
    end_s, _ = talks.timed(lambda: score_transcript(_said(listener.finish()), tagger))
    listener.close()
    print(
        f"{model}: {cpu_s / TALK_S:.2f} s of work a second of speech; {max(0.0, late_s):.2f} s "
        f"late after {TALK_S:g} s; scored {end_s:.2f} s after Enter; "
        f"a whole call peaks at {_peak_mb(model):.0f} MB"
    )


def _peak_mb(model: str) -> float:
    """The memory of a whole call, with score, delivery and coaching."""
    clip = talks.ROOT / "audio_fixtures" / "a_strong__piper-joe.flac"
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            [sys.executable, "-m", "rehearse", "--home", home, "call", "--candidate", str(clip),
             "--no-sound", "--seed", "1", "--model", model],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3


if __name__ == "__main__":
    main()

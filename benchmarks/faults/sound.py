"""Sound: devices that fail during a call."""

from __future__ import annotations

import argparse
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.faults.programs import OURS, TALK, command, recorded_s, run, wait_for
from benchmarks.faults.row import Row
from rehearse.keeping.store import Store
from tests.sound_card import RATE_HZ, VirtualSoundCard, missing_packages

TALK_S = 8.0
AFTER_S = 6.0


def rows(folder: Path, options: argparse.Namespace) -> list[Row]:
    if missing := missing_packages():
        return [Row("sound devices", 0, f"not tried: apt install {' '.join(missing)}", True)]
    faults: dict[str, Callable[[VirtualSoundCard, subprocess.Popen[str]], None]] = {
        "microphone unplugged": lambda card, _: card.unplug_microphone(),
        "sound daemon killed": lambda card, _: card.kill_daemon(),
        "loudspeaker unplugged": lambda card, _: card.unplug_loudspeaker(),
    }
    return [tried(folder / str(place), what, fault)
            for place, (what, fault) in enumerate(faults.items())]  # fmt: skip


def tried(
    home: Path,
    what: str,
    fault: Callable[[VirtualSoundCard, subprocess.Popen[str]], None],
    env: dict[str, str] | None = None,
) -> Row:
    """A call with `fault` after TALK_S of a talk, which goes on for AFTER_S; `env`: added to the
    program's."""
    with VirtualSoundCard() as card:
        room = np.random.default_rng(1).normal(0, 0.001, 300 * RATE_HZ).astype(np.float32)
        card.start_playing(room)
        process = subprocess.Popen(
            command(home, "call"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env={**card.env, **OURS, **(env or {})},
        )  # fmt: skip
        wait_for(process, "speak now")
        card.start_playing(TALK)
        time.sleep(TALK_S)
        fault(card, process)
        time.sleep(AFTER_S)
        process.send_signal(signal.SIGTERM)
        try:
            out, err = process.communicate(timeout=180)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
    [kept] = Store(home).folders()
    length_s = recorded_s(kept.recording)
    scored = "Score:" in out or run(home, "score", kept.id).returncode == 0
    odd = "Traceback" in err or "Something went wrong" in err
    problem = f"; ODD: {' '.join(err.split())[-400:]}" if odd else ""
    transcript = kept.load().transcript
    words = len(transcript.candidate_words) if transcript is not None else 0
    happened = f"{length_s:.0f} s recorded, {words} words, {'scored' if scored else 'NOT SCORED'}"
    happened += problem
    return Row(what, 1, happened, length_s > TALK_S and scored and words > 0 and not odd)

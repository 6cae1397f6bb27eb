"""Kills: `kill -9` at random moments of a call."""

from __future__ import annotations

import argparse
import contextlib
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.faults.programs import OURS, TALK, command, recorded_s, run
from benchmarks.faults.row import Row
from tests.sound_card import RATE_HZ, VirtualSoundCard, missing_packages

LATEST_S = 15.0
"""From the first sound of the call; by then the manager has answered and listens."""
AT_ONCE = 2
SCORED_EVERY = 10


@dataclass(frozen=True)
class Kept:
    """What one killed call left behind. `lost_s`: sound that passed and is not in the file; None
    if there is no readable recording."""

    lost_s: float | None
    usable: bool


def rows(folder: Path, options: argparse.Namespace) -> list[Row]:
    """Real calls in real time, several at once in homes of their own."""
    if missing := missing_packages():
        return [Row("kill -9 in a call", 0, f"not tried: apt install {' '.join(missing)}", True)]
    chance = random.Random(15)
    moments_s = [chance.uniform(0.0, LATEST_S) for _ in range(options.kills)]
    with _talking_card() as env, ThreadPoolExecutor(AT_ONCE) as pool:
        running = [
            pool.submit(_killed, folder / str(number), after_s, env, number)
            for number, after_s in enumerate(moments_s)
        ]
        kept = [one.result() for one in running]
    lost = sum(one.lost_s is None for one in kept)
    losses_s = sorted(one.lost_s for one in kept if one.lost_s is not None)
    unusable = sum(not one.usable for one in kept)
    happened = (
        f"{lost} recordings lost; at most {losses_s[-1]:.2f} s of sound lost, half the time under "
        f"{losses_s[len(losses_s) // 2]:.2f} s; next command failed {unusable} times"
    )
    return [Row("kill -9 at a random moment of a call", len(kept), happened,
                not lost and not unusable and losses_s[-1] < 1.0)]  # fmt: skip


@contextlib.contextmanager
def _talking_card() -> Iterator[dict[str, str]]:
    """A sound card on whose microphone somebody talks until the end."""
    with VirtualSoundCard() as card:
        room = np.random.default_rng(1).normal(0, 0.001, 1800 * RATE_HZ).astype(np.float32)
        card.start_playing(room)
        yield {**card.env, **OURS}


def _killed(home: Path, after_s: float, env: dict[str, str], number: int) -> Kept:
    log = home.with_suffix(".log")
    with log.open("w") as printed:
        process = subprocess.Popen(
            command(home, "call"), stdin=subprocess.DEVNULL, stdout=printed,
            stderr=subprocess.STDOUT, env=env,
        )  # fmt: skip
    talk = None
    recording = _soon(lambda: next(home.glob("rehearsals/*/call.wav"), None), process, log)
    end = time.monotonic() + after_s
    began = time.monotonic()
    while (now := time.monotonic()) < end:
        if talk is None and "speak now" in log.read_text():
            talk = subprocess.Popen(["paplay", "--device=microphone", str(TALK)], env=env)
        with contextlib.suppress(OSError, EOFError):
            began = min(began, now - recorded_s(recording))
        time.sleep(0.02)
    process.kill()
    killed = time.monotonic()
    process.wait()
    if talk is not None:
        talk.kill()
        talk.wait()
    try:
        length_s = recorded_s(recording)
    except (OSError, EOFError):
        return Kept(None, usable=False)
    usable = run(home, "list").returncode == 0
    if number % SCORED_EVERY == 0 and length_s > 1.0:
        usable = usable and run(home, "score", recording.parent.name).returncode == 0
    return Kept(max(0.0, killed - began - length_s), usable)


def _soon(find: Callable[[], Path | None], process: subprocess.Popen[bytes], log: Path) -> Path:
    while process.poll() is None:
        if found := find():
            return found
        time.sleep(0.02)
    raise RuntimeError(f"the call ended too early: {log.read_text()[-500:]}")

"""Kills: `kill -9` at random moments of a call."""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import time
from pathlib import Path

from benchmarks.faults.programs import ENV, TALK, command, recorded_s, run
from benchmarks.faults.row import Row

LATEST_S = 4.0


def rows(folder: Path, options: argparse.Namespace) -> list[Row]:
    chance = random.Random(15)
    calls = lost = unusable = 0
    most_lost_s = 0.0
    for number in range(options.kills):
        home = folder / str(number)
        process = subprocess.Popen(
            command(home, "call", "--candidate", TALK, "--no-sound"), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=ENV,
        )  # fmt: skip
        while process.poll() is None and not list(home.glob("rehearsals/*/events.jsonl")):
            time.sleep(0.01)
        time.sleep(chance.uniform(0.0, LATEST_S))
        process.kill()
        process.wait()
        calls += 1
        [kept] = home.glob("rehearsals/*")
        try:
            length_s = recorded_s(kept / "call.wav")
        except (OSError, EOFError, ValueError):
            lost += 1
            continue
        told_s = max((event["at_s"] for event in _events(kept) if "at_s" in event), default=0.0)
        most_lost_s = max(most_lost_s, told_s - length_s)
        unusable += run(home, "list").returncode != 0
    return [
        Row("kill -9 at a random moment of a call", calls,
            f"{lost} recordings lost; at most {max(0.0, most_lost_s):.2f} s of sound lost; next "
            f"command failed {unusable} times", not lost and not unusable and most_lost_s < 0.5),
    ]  # fmt: skip


def _events(kept: Path) -> list[dict[str, object]]:
    found = []
    for line in (kept / "events.jsonl").read_bytes().split(b"\n"):
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found

"""Disk: full, not writable, or a deleted home folder."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from benchmarks.faults.programs import QUESTION, SHORT_TALK, run, typed_call, wait_for
from benchmarks.faults.row import Row
from rehearse.keeping.store import Store

SPACE = {
    "before the recording's header": 0,
    "in the recording": 60_000,
    "in the recording or the event log": 200_000,
    "in the recording, later": 1_000_000,
}


def rows(folder: Path, options: argparse.Namespace) -> list[Row]:
    found = [_deleted(folder / "deleted"), _clock(folder / "clock")]
    if os.geteuid():
        return [*found, Row("disk full, read-only home", 0, "not tried: needs root", True)]
    return [*found, *(_full(folder, what, size) for what, size in SPACE.items()),
            _cache_full(folder / "cache"), _read_only(folder / "read-only")]  # fmt: skip


def _full(folder: Path, what: str, size: int) -> Row:
    home = folder / f"full-{size}"
    home.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(home)], check=True)
    try:
        filler = home / "filler"
        with filler.open("wb") as file:
            file.write(bytes(4_000_000 - size - 150_000 * (size > 0)))
        done = run(home, "call", "--candidate", SHORT_TALK, "--no-sound")
        filler.unlink()
        says = [line for line in done.stderr.splitlines() if line.startswith("rehearse: ")]
        odd = "Something went wrong" in done.stderr or "Traceback" in done.stderr
        kept = Store(home).folders()
        sound = any(one.has_sound and one.recording.stat().st_size > 44 for one in kept)
        scored = kept and run(home, "score", kept[0].id).returncode == 0 if sound else None
        happened = f"status {done.returncode}, {'one sentence' if says and not odd else 'ODD'}"
        if sound:
            happened += f"; what was recorded is {'scored later' if scored else 'LOST'}"
        return Row(f"disk full {what}", 1, happened, bool(says) and not odd and scored is not False)
    finally:
        subprocess.run(["umount", str(home)], check=True)


def _cache_full(home: Path) -> Row:
    """No room for the manager's lines only."""
    cache = home / "voice-cache"
    cache.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(cache)], check=True)
    try:
        done = run(home, "call", "--candidate", SHORT_TALK, "--no-sound")
        left = [path.name for path in cache.iterdir() if path.suffix == ".part"]
    finally:
        subprocess.run(["umount", str(cache)], check=True)
    ok = done.returncode == 0 and "Score:" in done.stdout and not left
    happened = "the call is held and scored" if ok else f"status {done.returncode}"
    return Row("disk full in the cache of the manager's lines", 1, happened, ok)


def _read_only(home: Path) -> Row:
    home.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(home)], check=True)
    try:
        done = [run(home, *arguments) for arguments in (
            ("call", "--candidate", SHORT_TALK, "--no-sound"), ("list",),
            ("review", "--no-browser"),
        )]  # fmt: skip
    finally:
        subprocess.run(["umount", str(home)], check=True)
    odd = any("Traceback" in one.stderr or "Something went" in one.stderr for one in done)
    statuses = [one.returncode for one in done]
    return Row("read-only home: call, list, review", 1,
               f"status {', '.join(map(str, statuses))}; a sentence each" if not odd else "ODD",
               statuses == [1, 0, 1] and not odd)  # fmt: skip


def _deleted(home: Path) -> Row:
    process = typed_call(home)
    process.stdin.write(QUESTION)
    process.stdin.flush()
    wait_for(process, "You:")
    for _ in range(100):  # the program writes in it at the same time
        with contextlib.suppress(OSError):
            shutil.rmtree(home)
            break
    time.sleep(1.0)
    process.send_signal(signal.SIGTERM)
    out, complaint = process.communicate(timeout=120)
    kept = Store(home).folders()
    whole = bool(kept) and kept[0].has_sound and bool(kept[0].events())
    lost = f"LOST: status {process.returncode}, {' '.join(complaint.split())[-300:]}"
    return Row("home deleted during a call", 1,
               "call, events and sound are written once more" if whole else lost,
               whole and process.returncode == 0 and "Score:" in out)  # fmt: skip


def _clock(home: Path) -> Row:
    """As after a clock that is set back by a year: the rehearsal held last is the newest."""
    if shutil.which("faketime") is None:
        return Row("clock set back", 0, "not tried: sudo apt install faketime", True)
    for wrapper in ((), ("faketime", "-f", "-365d")):
        process = typed_call(home, *wrapper)
        process.communicate("/q\n", timeout=120)
    newest, oldest = Store(home).summaries()
    return Row("clock set back by a year between calls", 1,
               "the one held last is the newest", newest.number > oldest.number)  # fmt: skip

"""Suspend: a call that stands still, and clock jumps."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import psutil

from benchmarks.faults.row import Row
from benchmarks.faults.sound import tried
from tests.sound_card import VirtualSoundCard, missing_packages

ASLEEP_S = 10.0
CGROUPS = (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/unified"), Path("/sys/fs/cgroup/freezer"))
"""Where version 2 is mounted, or version 1's freezer."""
WALL_CLOCK = Path(__file__).with_name("wall_clock.c")
_CGROUP = "rehearse-faults"


def rows(folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    if missing := missing_packages():
        yield Row("suspended", 0, f"not tried: apt install {' '.join(missing)}", True)
        return
    yield tried(folder / "none", "no fault, to compare with", lambda *_: None)
    what = "the program stopped for 10 s (SIGSTOP)"
    yield tried(folder / "alone", what, lambda _, process: _stop([process.pid]))
    what = "program, voices, sound daemon and players stopped for 10 s (SIGSTOP)"
    yield tried(folder / "all", what, lambda *both: _stop(_all(*both)))
    what = "all of them frozen at once for 10 s (cgroup freezer)"
    cgroup = _freezer()
    if cgroup is None:
        yield Row(what, 0, "not tried: needs root and a writable cgroup", True)
        return
    yield tried(folder / "frozen", what, lambda *both: _freeze(cgroup, _all(*both)))
    yield from _clock_jumps(folder, cgroup)


def _clock_jumps(folder: Path, cgroup: Path) -> Iterator[Row]:
    """The wall clock jumps during a call, once while everything is frozen, as in a suspend."""
    if shutil.which("cc") is None:
        yield Row("wall clock jumps", 0, "not tried: sudo apt install gcc libc6-dev", True)
        return
    library = folder / "wall_clock.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", str(library), str(WALL_CLOCK)], check=True)
    clock = folder / "clock"
    clock.write_bytes(bytes(8))
    env = {"LD_PRELOAD": str(library), "WALL_CLOCK": str(clock)}

    def set_by(off_s: int) -> None:
        with clock.open("r+b") as file:
            file.write(off_s.to_bytes(8, "little", signed=True))

    what = "wall clock set back by an hour during a call"
    yield tried(folder / "back", what, lambda *_: set_by(-3600), env)
    set_by(0)
    what = "all frozen for 10 s, and the wall clock is a day ahead afterwards"
    yield tried(
        folder / "ahead",
        what,
        lambda *both: _freeze(cgroup, _all(*both), lambda: set_by(86_400)),
        env,
    )


def _all(card: VirtualSoundCard, process: subprocess.Popen[str]) -> list[int]:
    """The program, its child processes, the sound daemon and what plays into the microphone."""
    children = psutil.Process(process.pid).children(recursive=True)
    return [process.pid, *(child.pid for child in children), *card.processes]


def _stop(processes: Iterable[int]) -> None:
    processes = list(processes)
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    time.sleep(ASLEEP_S)
    for process in reversed(processes):
        os.kill(process, signal.SIGCONT)


def _freezer() -> Path | None:
    """A cgroup hierarchy in which we can freeze processes."""
    for place in CGROUPS:
        mine = place / _CGROUP
        try:
            mine.mkdir(exist_ok=True)
            able = any((mine / name).exists() for name in ("cgroup.freeze", "freezer.state"))
            mine.rmdir()
        except OSError:
            continue
        if able:
            return place
    return None


def _freeze(
    place: Path, processes: Iterable[int], meanwhile: Callable[[], object] = lambda: None
) -> None:
    mine = place / _CGROUP
    mine.mkdir(exist_ok=True)
    switch, on, off = mine / "cgroup.freeze", "1", "0"
    if not switch.exists():
        switch, on, off = mine / "freezer.state", "FROZEN", "THAWED"
    try:
        for process in processes:
            (mine / "cgroup.procs").write_text(str(process))
        switch.write_text(on)
        time.sleep(ASLEEP_S)
        meanwhile()
    finally:
        switch.write_text(off)
        for process in (mine / "cgroup.procs").read_text().split():
            (place / "cgroup.procs").write_text(process)
        mine.rmdir()

"""`python -m benchmarks.small_machine`: a call with little memory and processor.

Linux with version 1 control groups, as root. A call from a recording runs as fast as the machine
allows, so "keeps up" means that it takes less time than the call itself.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rehearse.rehearsing.demo_talk import DEMO_TALK

GROUPS = Path("/sys/fs/cgroup")
PERIOD_US = 100_000
SHARES = 100 * 1024
"""Beside other work the call still gets the processor time that it is allowed."""
ROWS = ((None, 2.0), (1.5, 1.0), (1.5, 1 / 3), (1.0, 1 / 3))
"""(memory in GB, cores); None: no limit."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.small_machine")
    parser.add_argument("--program", nargs="*", default=[sys.executable, "-m", "rehearse"])
    parser.add_argument("--rows", type=int, nargs="*", default=range(len(ROWS)))
    chosen = parser.parse_args()
    print("memory GB  cores  options        to ringing s  whole call s  of s  peak MB  score")
    for number in chosen.rows:
        for options in ((), ("--no-fluency",)):
            print(row(chosen.program, *ROWS[number], options), flush=True)


def row(program: list[str], memory_gb: float | None, cores: float, options: tuple[str, ...]) -> str:
    """One call, as a line of the table."""
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory())
        memory = stack.enter_context(group("memory"))
        processor = stack.enter_context(group("cpu"))
        if memory_gb is not None:
            (memory / "memory.limit_in_bytes").write_text(str(round(memory_gb * 1e9)))
        (processor / "cpu.cfs_period_us").write_text(str(PERIOD_US))
        (processor / "cpu.shares").write_text(str(SHARES))
        (processor / "cpu.cfs_quota_us").write_text(str(round(cores * PERIOD_US)))

        def join() -> None:
            for one in (memory, processor):
                (one / "cgroup.procs").write_text(str(os.getpid()))

        base = [*program, "--home", home]
        began_s = time.monotonic()
        call = subprocess.Popen(
            [*base, "call", "--no-sound", "--seed", "7", *options, "--candidate", str(DEMO_TALK)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"}, preexec_fn=join,
        )  # fmt: skip
        assert call.stdout is not None
        ringing_s = 0.0
        for line in call.stdout:
            if "Ringing" in line:
                ringing_s = time.monotonic() - began_s
        status = call.wait()
        took_s = time.monotonic() - began_s
        peak_mb = int((memory / "memory.max_usage_in_bytes").read_text()) / 1e6
        limit = "none" if memory_gb is None else f"{memory_gb:.1f}"
        start = f"{limit:>9}  {cores:5.2f}  {' '.join(options) or '-':<14}"
        if status:
            return f"{start} ended with status {status} after {took_s:.0f} s, peak {peak_mb:.0f} MB"
        shown = subprocess.run([*base, "show", "--json"], capture_output=True, check=True).stdout
        kept = json.loads(shown)
        return (
            f"{start} {ringing_s:12.1f}  {took_s:12.1f}  {kept['duration_s']:4.0f}  {peak_mb:7.0f}"
            f"  {kept['score']:5}"
        )


@contextmanager
def group(controller: str) -> Iterator[Path]:
    """A control group of our own, removed afterwards."""
    path = GROUPS / controller / f"rehearse-{os.getpid()}"
    path.mkdir()
    try:
        yield path
    finally:
        path.rmdir()


if __name__ == "__main__":
    main()

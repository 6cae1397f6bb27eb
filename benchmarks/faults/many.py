"""Many: calls through one server, and thousands of rehearsals."""

from __future__ import annotations

import argparse
import json
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.faults.programs import TALK, run
from benchmarks.faults.row import Row
from benchmarks.faults.server import Visitor, served

CALL_LIMIT_S = 120.0


def rows(folder: Path, options: argparse.Namespace) -> list[Row]:
    return [_calls(folder / "calls", options.calls), *_rehearsals(folder, options.rehearsals)]


def _calls(home: Path, count: int) -> Row:
    """Typed calls without sound, hung up at once; the first tenth warms up."""
    with served(home) as (process, visitor):
        before = None
        for number in range(count):
            _hold_call(visitor, home, number + 1)
            if number == count // 10:
                before = _resources(process.pid)
        after = _resources(process.pid)
    assert before is not None
    change = [f"{name} {before[name]} to {after[name]}" for name in after]
    grew = after["memory in MB"] - before["memory in MB"]
    flat = all(after[name] <= before[name] + 2 for name in ("threads", "files", "children"))
    return Row("calls through one server", count, "; ".join(change), flat and grew < 30)


def _hold_call(visitor: Visitor, home: Path, number: int) -> None:
    """Begin the call as soon as the one before is scored, hang up, and wait for its end."""
    end = time.monotonic() + CALL_LIMIT_S
    while _ended(home) < number:
        if time.monotonic() > end:
            raise RuntimeError(f"call {number} did not end within {CALL_LIMIT_S} s")
        status, page = visitor.post("/call", speaking="typed", scenario="friendly", silent="1")
        if status != 303:
            raise RuntimeError(f"call {number} did not begin: status {status}, {page[:300]}")
        visitor.post("/call/key", key="hang up")
        time.sleep(0.2)


def _ended(home: Path) -> int:
    """The number of calls that were hung up."""
    return sum("HungUp" in log.read_text() for log in home.glob("rehearsals/*/events.jsonl"))


def _resources(pid: int) -> dict[str, int]:
    status = Path(f"/proc/{pid}/status").read_text()
    fields = dict(line.split(":", 1) for line in status.splitlines())
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {
        "threads": int(fields["Threads"]),
        "files": len(list(Path(f"/proc/{pid}/fd").iterdir())),
        "children": len(children),
        "memory in MB": int(fields["VmRSS"].split()[0]) // 1000,
    }


def _rehearsals(folder: Path, count: int) -> list[Row]:
    home = folder / "thousands"
    run(home, "call", "--candidate", TALK, "--no-sound")
    [first] = home.glob("rehearsals/*")
    kept = json.loads((first / "rehearsal.json").read_text())
    for number in range(1, count):
        at = datetime(2020, 1, 1) + timedelta(hours=number)
        copy = home / "rehearsals" / f"{at:%Y%m%d-%H%M%S}"
        copy.mkdir()
        (copy / "rehearsal.json").write_text(
            json.dumps(kept | {"id": copy.name, "started_at": at.isoformat(), "number": 0})
        )
    (home / "index.json").unlink(missing_ok=True)
    times = {
        "list, the first time": _took(lambda: run(home, "list")),
        "list": _took(lambda: run(home, "list")),
    }
    with served(home) as (_, visitor):
        times["first page"] = _took(lambda: visitor.ask("GET", "/"))
        times["search"] = _took(lambda: visitor.ask("GET", "/?q=keller"))
    shutil.rmtree(home)
    return [
        Row(f"{count} rehearsals: {what}", 1, f"{took_s:.1f} s", took_s < 60)
        for what, took_s in times.items()
    ]


def _took(work: object) -> float:
    began = time.monotonic()
    work()  # type: ignore[operator]
    return time.monotonic() - began

"""`python -m benchmarks.faults`: the table of docs/reliability.md.

For Linux. Rows that need root or a virtual sound card say so where it is missing.

python -m benchmarks.faults [--only kills,disk,...] [--kills 100] [--calls 100]
        [--rehearsals 10000]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.faults import disk, kills, many, pages, sharing, sound, suspend
from benchmarks.faults.row import Row

GROUPS: dict[str, Callable[[Path, argparse.Namespace], Iterable[Row]]] = {
    "kills": kills.rows,
    "disk": disk.rows,
    "sharing": sharing.rows,
    "sound": sound.rows,
    "suspend": suspend.rows,
    "pages": pages.rows,
    "many": many.rows,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults")
    parser.add_argument("--only", default=",".join(GROUPS), metavar="GROUPS")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--rehearsals", type=int, default=10_000)
    options = parser.parse_args()
    print("| fault | tries | what happened | |\n|---|---|---|---|")
    wrong = 0
    for name in options.only.split(","):
        with tempfile.TemporaryDirectory(prefix="rehearse-faults-") as folder:
            for row in GROUPS[name](Path(folder), options):
                wrong += not row.ok
                print(row, flush=True)
    if wrong:
        raise SystemExit(f"{wrong} rows are not as they should be")


if __name__ == "__main__":
    main()

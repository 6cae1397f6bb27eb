"""`python -m benchmarks.telephone`: calls through a browser, measured."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.telephone import echo, gap, network, processing

TABLES = {
    "gap": gap.table,
    "echo": echo.table,
    "processing": processing.table,
    "network": network.table,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.telephone")
    parser.add_argument("--only", choices=TABLES)
    parser.add_argument("--keep", type=Path, help="keep the calls in this folder")
    options = parser.parse_args()
    for name, table in TABLES.items():
        if options.only in (None, name):
            table(options.keep)


if __name__ == "__main__":
    main()

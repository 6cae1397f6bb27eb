"""`python -m benchmarks.review`: what pages take and weigh.

The rehearsals are copies of one real rehearsal (REHEARSAL_FOLDER) under other ids, one of them with
a long call.
Starlette's test client needs httpx: python -m pip install -e '.[benchmarks]'.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.long_call import long_call
from rehearse.keeping.index import INDEX
from rehearse.keeping.store import Store
from rehearse.web.app import make_app
from rehearse.web.security import Keys
from rehearse.web.site import Choices, Site


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review")
    parser.add_argument("rehearsal", type=Path, metavar="REHEARSAL_FOLDER")
    parser.add_argument("--rehearsals", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _copies(options.rehearsal, home, options.rehearsals)
        long_id = long_call(options.rehearsal, home)
        store = Store(home)
        _tell("index made from nothing (once)", [_took(store.summaries)])
        size = (home / INDEX).stat().st_size
        print(f"{'index file':<44} {size / 1e6:8.1f} MB")
        _tell("index read, all unchanged", [_took(store.summaries) for _ in range(5)])
        keys = Keys(80)
        client = TestClient(
            make_app(Site(store, keys, Choices())), base_url="http://127.0.0.1:80",
            headers={"host": "127.0.0.1:80"}, cookies={keys.cookie_name: keys.session},
        )  # fmt: skip

        def get(path: str) -> Callable[[], object]:
            def ask() -> object:
                answer = client.get(path)
                assert answer.status_code == 200, answer.text[:200]
                return answer

            return ask

        _tell("first page", [_took(get("/")) for _ in range(5)])
        _tell("first page, filtered", [_took(get("/?verdict=both")) for _ in range(5)])
        path = f"/rehearsals/{long_id}"
        _tell("page of a call of 10 minutes", [_took(get(path)) for _ in range(5)])
        short = f"/rehearsals/{store.summaries()[-1].id}"
        for what, address in (
            ("first page", "/"),
            ("result", short),
            ("result of 10 minutes", path),
            ("progress", "/trends"),
            ("coach", "/new-sheet"),
        ):
            print(
                f"{what + ', with styles and scripts':<44} {_weight(client, address) / 1e3:8.0f} kB"
            )


def _weight(client: TestClient, path: str) -> int:
    """Bytes of a page with all that it loads, without sound."""
    page = client.get(path)
    loaded = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
    return len(page.content) + sum(len(client.get(one).content) for one in loaded)


def _copies(rehearsal: Path, home: Path, count: int) -> None:
    kept = json.loads((rehearsal / "rehearsal.json").read_text(encoding="utf-8"))
    begin = datetime.datetime(2020, 1, 1)
    for number in range(count):
        at = begin + datetime.timedelta(minutes=number)
        folder = home / "rehearsals" / f"{at:%Y%m%d-%H%M%S}"
        folder.mkdir(parents=True)
        text = json.dumps(kept | {"id": folder.name, "started_at": at.isoformat()})
        (folder / "rehearsal.json").write_text(text, encoding="utf-8")


def _took(action: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of the processor: the latter also counts on a busy machine."""
    begun, computed = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - begun, time.process_time() - computed


def _tell(what: str, took: list[tuple[float, float]]) -> None:
    clock, computing = (statistics.median(times) * 1000 for times in zip(*took, strict=True))
    print(f"{what:<44} {clock:8.0f} ms, computing {computing:6.0f} ms  (n={len(took)})")


if __name__ == "__main__":
    main()

"""Tests beside each other: what waits, what computes, and what shares a process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.side_by_side import MOST_WAIT

ROOT = Path(__file__).parent.parent
WRITES_WHEN_IT_RAN = """
import json, os, pathlib, time, pytest
@pytest.mark.parametrize("number", range({count}))
def test_one(number):
    began = time.time()
    time.sleep(0.05)
    ran = ["{kind}", os.environ["PYTEST_XDIST_WORKER"], began, time.time()]
    pathlib.Path("{folder}", f"{{number}}-{kind}.json").write_text(json.dumps(ran))
"""
FILES = {"tests/web/test_page.py": 8, "tests/cli/test_a.py": 8, "tests/calling/test_b.py": 8}


@pytest.mark.parametrize("only", [tuple(FILES), ("tests/web/test_page.py",)], ids=["all", "waits"])
def test_every_test_runs_once_and_few_wait_at_once(tmp_path: Path, only: tuple[str, ...]) -> None:
    ran = tmp_path / "ran"
    ran.mkdir()
    for file in only:
        path = tmp_path / file
        path.parent.mkdir(parents=True)
        kind = path.parent.name
        path.write_text(WRITES_WHEN_IT_RAN.format(count=FILES[file], kind=kind, folder=ran))
    (tmp_path / "conftest.py").write_text(
        "from tests.side_by_side import SideBySide\n"
        "def pytest_xdist_make_scheduler(config, log):\n    return SideBySide(config, log)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "4", "-p", "no:cacheprovider",
         "--rootdir", str(tmp_path), "--import-mode", "importlib", "-c", os.devnull, "tests"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert f"{sum(FILES[file] for file in only)} passed" in done.stdout, done.stdout + done.stderr
    spans = [json.loads(file.read_text()) for file in ran.iterdir()]
    for kind, _, began, _ in spans:
        beside = [one for one in spans if one[0] == kind == "web" and one[2] <= began < one[3]]
        assert len(beside) <= MOST_WAIT
    assert len({worker for kind, worker, *_ in spans if kind == "calling"}) <= 1

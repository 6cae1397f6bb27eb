"""A class on a real Dask cluster: a scheduler and two workers as processes, one of them killed."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.program import FIXTURES, command, rehearse

pytest.importorskip("distributed", reason="needs Dask: pip install 'rehearse[cluster]'")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


class Cluster:
    """A scheduler and workers of one thread each, on this machine."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        contact = folder / "scheduler.json"
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                    "--no-show", "--scheduler-file", str(contact))  # fmt: skip
        while not contact.exists() or '"address"' not in contact.read_text():
            time.sleep(0.05)
        self.contact = contact
        self.address = contact.read_text().split('"address": "')[1].split('"')[0]

    def worker(self, *options: str) -> subprocess.Popen[bytes]:
        return self._start("worker", self.address, "--nthreads", "1", "--no-nanny",
                           "--no-dashboard", *options)  # fmt: skip

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + kind, *options],
            cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:
        (tmp_path / "dask").mkdir()
        yield Cluster(tmp_path / "dask", stack)


def test_a_worker_killed_midway_costs_nothing_and_the_results_are_those_of_one_core(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    text = (FIXTURES / "a_strong__piper-joe.txt").read_text()
    for number in range(12):
        (folder / f"memo-{number}.txt").write_text(f"{text} And that is reason {number}.")
    shutil.copy(FIXTURES / "d_question_only__piper-joe.flac", folder / "zoe.flac")
    first, _ = cluster.worker(), cluster.worker()
    home = tmp_path / "home"
    process = subprocess.Popen(
        command(home, "class", folder, "--dask", cluster.address),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not list(home.rglob("*.json")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    first.kill()
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, out + err
    assert "13 scored" in out
    assert "the recordings travel there" in err
    alone = rehearse(tmp_path / "alone", "class", folder, "--jobs", "1", "--to", tmp_path / "one")
    assert alone.status == 0, alone.all
    assert (tmp_path / "one" / "results.jsonl").read_bytes() == (
        tmp_path / "class-results" / "results.jsonl"
    ).read_bytes()


def test_nobody_at_the_address_and_no_workers_are_said_plainly(
    cluster: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "anna.txt").write_text("I would cut your returns.")
    nobody = rehearse(tmp_path, "class", tmp_path / "class", "--dask", "tcp://127.0.0.1:9")
    assert nobody.status == 1
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in nobody.err
    idle = rehearse(tmp_path, "class", tmp_path / "class", "--dask", cluster.address)
    assert idle.status == 1
    assert "has no workers" in idle.err

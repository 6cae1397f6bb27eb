"""The process pool: a recording that ends its worker costs only itself."""

import os
import signal
from pathlib import Path

import pytest

from rehearse.engines.many.process_pool import MOST_IN_A_ROW, ProcessPool
from rehearse.errors import RehearseError
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.class_scoring import Identity, Outcome, Task

IDENTITY = Identity("1", "t", "t", "1", fluency=False)


class DeadlyScorer:
    """Scores nothing; the process that gets a recording named "deadly" is killed."""

    def identity(self) -> Identity:
        return IDENTITY

    def __call__(self, task: Task) -> Outcome:
        if task.path.name.startswith("deadly"):
            os.kill(os.getpid(), signal.SIGKILL)
        return Outcome(task.key, b"{}")


def tasks(names: list[str]) -> list[Task]:
    return [Task(name, Path(name), "", CallSheet(), IDENTITY) for name in names]


@pytest.mark.parametrize("at", [0, 5, 19])
def test_the_others_are_scored_once_each_and_it_gets_an_error(at: int) -> None:
    names = [f"fine-{number}.wav" for number in range(20)]
    names.insert(at, "deadly.wav")
    pool = ProcessPool(DeadlyScorer(), jobs=2)
    try:
        outcomes = list(pool.run(tasks(names)))
    finally:
        pool.close()
    assert sorted(outcome.key for outcome in outcomes) == sorted(names)
    failed = [outcome for outcome in outcomes if outcome.result is None]
    assert [outcome.key for outcome in failed] == ["deadly.wav"]
    assert "memory" in failed[0].problem


def test_when_every_recording_ends_its_worker_the_run_stops_and_says_so() -> None:
    names = [f"deadly-{number}.wav" for number in range(2 * MOST_IN_A_ROW)]
    pool = ProcessPool(DeadlyScorer(), jobs=1)
    try:
        with pytest.raises(RehearseError, match="memory"):
            list(pool.run(tasks(names)))
    finally:
        pool.close()

"""ProcessPool: a Runner on the cores of this computer."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from rehearse.errors import RehearseError
from rehearse.rehearsing.class_scoring import Identity, Outcome, Task

AHEAD = 4
"""Tasks handed out for each worker: enough that none waits, few enough to hold in memory."""
MOST_IN_A_ROW = 3
"""Recordings that each end their worker: then it is not the recordings."""
_ENDED = "The program that scored this recording ended; perhaps it needs more memory than there is."
_ENDED_REMEDY = (
    "Close other programs and run the same command again, or score it on another computer."
)


class Scorer(Protocol):
    """Can be pickled; keeps its models in the process that it comes to."""

    def __call__(self, task: Task) -> Outcome: ...

    def identity(self) -> Identity: ...


def cores() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class ProcessPool:
    """A Runner. Each worker loads its own models once and uses one thread."""

    def __init__(self, scorer: Scorer, jobs: int) -> None:
        self._scorer = scorer
        self._jobs = jobs
        self._pool = _workers(jobs)

    def identity(self) -> Identity:
        try:
            return self._pool.submit(self._scorer.identity).result()
        except BrokenProcessPool as error:
            raise _broken() from error

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """A recording that ends the worker that scores it is tried once more, alone."""
        waiting = iter(tasks)
        running: dict[Future[Outcome], Task] = {}
        while True:
            try:
                while len(running) < AHEAD * self._jobs and (task := next(waiting, None)):
                    suspect = task
                    running[self._pool.submit(self._scorer, task)] = task
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    suspect = running.pop(future)
                    yield future.result()
            except BrokenProcessPool:
                yield from self._alone([suspect, *running.values()])
                running = {}

    def _alone(self, suspects: Sequence[Task]) -> Iterator[Outcome]:
        """Nobody knows which of them ended the worker. Raises RehearseError when one after the
        other does."""
        in_a_row = 0
        for task in suspects:
            self.close()
            self._pool = _workers(1)
            try:
                yield self._pool.submit(self._scorer, task).result()
                in_a_row = 0
            except BrokenProcessPool as error:
                in_a_row += 1
                if in_a_row == MOST_IN_A_ROW:
                    raise _broken() from error
                yield Outcome(task.key, None, _ENDED, _ENDED_REMEDY)
        self.close()
        self._pool = _workers(self._jobs)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.terminate()


def _workers(count: int) -> ProcessPoolExecutor:
    """A fresh interpreter on every system: a fork of one with threads may hang."""
    return ProcessPoolExecutor(
        count, mp_context=multiprocessing.get_context("spawn"), initializer=_begin
    )


def _broken() -> RehearseError:
    return RehearseError(
        "A worker ended before it was done; perhaps the computer ran out of memory.",
        "What is scored is kept. Run the same command again with a smaller --jobs.",
    )


def _begin() -> None:
    """Ctrl-C is the parent's to answer; a worker whose parent was killed ends as well."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_NUM_THREADS"] = "1"
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

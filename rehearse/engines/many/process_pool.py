"""ProcessPool: a Runner on the cores of this computer."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from rehearse.errors import RehearseError
from rehearse.rehearsing.class_scoring import Identity, Outcome, Task

AHEAD = 4
"""Tasks handed out for each worker: enough that none waits, few enough to hold in memory."""


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
        # A fresh interpreter on every system: a fork of one with threads may hang.
        self._pool = ProcessPoolExecutor(
            jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin
        )

    def identity(self) -> Identity:
        try:
            return self._pool.submit(self._scorer.identity).result()
        except BrokenProcessPool as error:
            raise _broken() from error

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        waiting = iter(tasks)
        running: set[Future[Outcome]] = set()
        try:
            while True:
                while len(running) < AHEAD * self._jobs and (task := next(waiting, None)):
                    running.add(self._pool.submit(self._scorer, task))
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        except BrokenProcessPool as error:
            raise _broken() from error

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.terminate()


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

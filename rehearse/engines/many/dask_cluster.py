"""DaskCluster: a Runner on an existing Dask cluster.

Dask schedules, moves and retries the work.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.engines.many.process_pool import Scorer
from rehearse.errors import RehearseError
from rehearse.rehearsing.class_scoring import Identity, Outcome, Task

if TYPE_CHECKING:
    from distributed import Client

AHEAD = 2
"""Tasks handed out for each thread of the cluster: one is scored while the next one travels. With
more, a worker that got the long recordings is still busy when the others have nothing left."""
CONNECT_S = 10


class DaskCluster:
    """A Runner. Recordings go by path where every worker can read the first one, else by content.

    Raises RehearseError when Dask is not installed, or nobody answers at `address`.
    """

    def __init__(self, scorer: Scorer, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise RehearseError(
                "Dask is not installed.", "Install it: pip install 'rehearse[cluster]'"
            ) from error
        self._scorer = scorer
        self._run_id = uuid.uuid4().hex[:8]
        try:
            self._client: Client = Client(address, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise RehearseError(
                f"No Dask scheduler answers at {address}.",
                "Start one with 'dask scheduler', and name the address that it prints.",
            ) from error
        self.workers = len(self._client.nthreads())
        if not self.workers:
            raise RehearseError(
                f"The Dask cluster at {address} has no workers.",
                f"Start some: dask worker {address} --nworkers 2 --nthreads 1",
            )

    def identity(self) -> Identity:
        asked = {
            address: self._client.submit(
                self._scorer.identity, workers=[address], pure=False, allow_other_workers=False
            )
            for address in self._client.nthreads()
        }
        found: set[Identity] = set()
        for address, answer in asked.items():
            try:
                found.add(answer.result())
            except Exception as error:
                raise RehearseError(
                    f"The worker at {address} cannot score: {type(error).__name__}.",
                    "Install the same version of rehearse there as here.",
                ) from error
        if len(found) != 1:
            raise RehearseError(
                "The workers have different versions of rehearse or its models.",
                "Install the same version on all of them.",
            )
        return found.pop()

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        from distributed import as_completed

        waiting = iter(tasks)
        first = next(waiting, None)
        if first is None:
            return
        by_path = all(self._client.run(_size, first.path).values())
        keys: dict[str, str] = {}

        def submitted(task: Task) -> object:
            name = f"rehearse-{self._run_id}-{task.key}"
            keys[name] = task.key
            if not by_path:
                task = dataclasses.replace(task, content=task.path.read_bytes())
            return self._client.submit(self._scorer, task, key=name, pure=False)

        def next_ones(count: int) -> Iterator[object]:
            for _ in range(count):
                if (task := next(waiting, None)) is None:
                    return
                yield submitted(task)

        threads = sum(self._client.nthreads().values()) or 1
        futures = as_completed(
            [submitted(first), *next_ones(AHEAD * threads - 1)], loop=self._client.loop
        )
        for future in futures:
            key = keys.pop(future.key)
            try:
                outcome = future.result()
            except Exception as error:  # Dask gave it up: its workers died of it
                outcome = Outcome(
                    key,
                    None,
                    f"The cluster gave it up ({type(error).__name__}).",
                    "Score this one alone for details: rehearse --debug score FILE",
                )
            future.release()
            for new in next_ones(1):
                futures.add(new)
            yield outcome

    def close(self) -> None:
        self._client.close(timeout=2)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

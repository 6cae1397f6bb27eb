"""DaskCluster: a Runner on an existing Dask cluster.

Dask schedules, moves and retries the work.
"""

from __future__ import annotations

import dataclasses
import logging
import uuid
from collections.abc import Iterable, Iterator, Sequence
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
    """A Runner. A recording goes by path where every worker can read it, else by content.

    Raises RehearseError when Dask is not installed, or nobody answers at `address`.
    """

    def __init__(self, scorer: Scorer, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise RehearseError(
                "Dask is not installed.", "Install it: pip install 'rehearse[cluster]'"
            ) from error
        # A lost scheduler is a sentence of ours, not a traceback of Dask's.
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        self._scorer = scorer
        self._address = address
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
        try:
            yield from self._outcomes(tasks)
        except Exception as error:
            if self._answers:
                raise
            raise RehearseError(
                f"The Dask scheduler at {self._address} does not answer any more.",
                "What is scored is kept. Start the cluster again and run the same command again.",
            ) from error

    @property
    def _answers(self) -> bool:
        return bool(self._client.status == "running")

    def _outcomes(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        from distributed import as_completed

        tasks = list(tasks)
        by_path = self._readable_everywhere([task.path for task in tasks])
        waiting = iter(tasks)
        keys: dict[str, str] = {}

        def submitted(task: Task) -> object:
            name = f"rehearse-{self._run_id}-{task.key}"
            keys[name] = task.key
            if task.path not in by_path:
                task = dataclasses.replace(task, content=_content(task.path))
            return self._client.submit(self._scorer, task, key=name, pure=False)

        def next_ones(count: int) -> Iterator[object]:
            for _ in range(count):
                if (task := next(waiting, None)) is None:
                    return
                yield submitted(task)

        threads = sum(self._client.nthreads().values()) or 1
        futures = as_completed(list(next_ones(AHEAD * threads)), loop=self._client.loop)
        for future in futures:
            key = keys.pop(future.key)
            try:
                outcome = future.result()
            except Exception as error:  # Dask gave it up: its workers died of it
                if not self._answers:
                    raise
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

    def _readable_everywhere(self, paths: Sequence[Path]) -> set[Path]:
        """Those that each worker sees as they are here. A worker that dies now sees none."""
        if not paths:
            return set()
        ours = _sizes(paths)
        found = list(self._client.run(_sizes, paths, on_error="return").values())
        if not found or not all(isinstance(sizes, list) for sizes in found):
            return set()
        return {
            path
            for place, path in enumerate(paths)
            if ours[place] and all(sizes[place] == ours[place] for sizes in found)
        }

    def close(self) -> None:
        self._client.close(timeout=2)


def _sizes(paths: Sequence[Path]) -> list[int]:
    """In bytes; 0 for one that cannot be read."""
    return [_size(path) for path in paths]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _content(path: Path) -> bytes:
    """Nothing if the file is gone meanwhile: the worker then reports that it changed."""
    try:
        return path.read_bytes()
    except OSError:
        return b""

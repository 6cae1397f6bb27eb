"""Which tests run beside each other in several processes.

Calls in real time wait most of the time: a few run at once, and what computes fills the cores
beside them. In the order of the files the cores would be too full first and half empty then. The
longest come first, so that none is left alone at the end.
"""

from __future__ import annotations

import os
import re

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

WAIT = (
    "tests/cli/test_call_live.py", "tests/cli/test_local_manager.py", "tests/test_faults.py",
    "tests/test_sound_card.py", "tests/web/",
)  # fmt: skip
"""Calls in real time, pages in a browser, and answers that have to come in time."""
WAIT_FIRST = 2
"""So many processes begin with tests that wait; the others begin with those that compute."""
MOST_WAIT = 3
"""Never do more of them run at once."""
ONE_BY_ONE = re.compile("tests/(app/|cli/(?!test_class[.])|test_)")
"""Files whose tests may run in several processes. Those of the other files share what is costly to
prepare, such as a model that is loaded or a class that is scored."""
NICE = 5
"""Of tests that compute, so that those in real time get a core at once."""


def waits(node_id: str) -> bool:
    return node_id.startswith(WAIT)


def longest_first(items: list[pytest.Item]) -> None:
    """What may take long has a limit that says so."""
    limits = {item: item.get_closest_marker("timeout") for item in items}
    items.sort(key=lambda item: -limit.args[0] if (limit := limits[item]) else 0)


def make_way(item: pytest.Item) -> None:
    """A process may not take back that it makes way, unless it is root's, as in CI."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.setpriority(os.PRIO_PROCESS, 0, 0 if waits(item.nodeid) else NICE)


class SideBySide(LoadScopeScheduling):
    """Gives each process what it begins with, as long as there is any, and then what is left."""

    def __init__(self, config: pytest.Config, log: object) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)  # type: ignore[arg-type]

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return nodeid if waits(nodeid) or ONE_BY_ONE.match(file) else file

    def _assign_work_unit(self, node: WorkerController) -> None:
        unit = self._next_for(node)
        if unit is None:
            node.shutdown()
            return
        self.workqueue.move_to_end(unit, last=False)
        super()._assign_work_unit(node)

    def _reschedule(self, node: WorkerController) -> None:
        if node.shutting_down or self._next_for(node) is not None:
            super()._reschedule(node)
        else:
            node.shutdown()

    def _next_for(self, node: WorkerController) -> str | None:
        waiting = next(filter(waits, self.workqueue), None)
        computing = next((unit for unit in self.workqueue if not waits(unit)), None)
        number = int(node.gateway.id.removeprefix("gw"))
        if number < min(WAIT_FIRST, self.numnodes - 1):
            return waiting or computing
        return computing or (waiting if number < MOST_WAIT else None)

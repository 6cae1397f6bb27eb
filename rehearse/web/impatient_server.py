"""ImpatientServer: closes connections that ask for nothing."""

from __future__ import annotations

import time
from typing import Any

import uvicorn

FIRST_REQUEST_S = 20.0
"""A connection that sends no whole request for this long is closed."""


class ImpatientServer(uvicorn.Server):
    """Uvicorn itself only closes connections that are idle after an answer."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._waiting_since_s: dict[Any, float] = {}

    async def on_tick(self, counter: int) -> bool:
        """Close connections that send no whole request; runs ten times a second."""
        now_s = time.monotonic()
        waiting = [c for c in self.server_state.connections if getattr(c, "cycle", 0) is None]
        self._waiting_since_s = {c: self._waiting_since_s.get(c, now_s) for c in waiting}
        for connection, since_s in self._waiting_since_s.items():
            if now_s - since_s > FIRST_REQUEST_S:
                connection.transport.close()
        return await super().on_tick(counter)

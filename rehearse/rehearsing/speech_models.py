"""Speech models: what is here, what can be downloaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int], None]
"""Gets the bytes that are on this computer so far."""
GoOn = Callable[[], bool]
"""Whether to continue."""


@dataclass(frozen=True)
class SpeechModel:
    """A speech model by its name.

    `here`: it is installed or downloaded. For what can be downloaded: `size_bytes` in all, from
    `host`; `begun_bytes` of them are here from a download that broke off.
    """

    name: str
    here: bool
    size_bytes: int | None
    host: str | None = None
    begun_bytes: int = 0


class DownloadStopped(Exception):
    """The user stopped a download; what has arrived is kept."""

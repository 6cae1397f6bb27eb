"""ModelDownload: a speech model arrives in a thread."""

from __future__ import annotations

import threading
from enum import StrEnum
from pathlib import Path

from rehearse import wiring
from rehearse.errors import RehearseError
from rehearse.rehearsing.speech_models import DownloadStopped


class Stage(StrEnum):
    ARRIVING = "arriving"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FAILED = "failed"
    HERE = "here"


class ModelDownload:
    """The download of one model. `trouble`: why it failed."""

    def __init__(self, home: Path, name: str, size_bytes: int) -> None:
        """Begin; the user has agreed to it."""
        self.name = name
        self.size_bytes = size_bytes
        self.done_bytes = 0
        self.trouble: RehearseError | None = None
        self._stage = Stage.ARRIVING
        self._home = home
        self._wanted = True
        threading.Thread(target=self._run, name="download", daemon=True).start()

    @property
    def stage(self) -> Stage:
        return Stage.STOPPING if self.is_on and not self._wanted else self._stage

    @property
    def is_on(self) -> bool:
        return self._stage is Stage.ARRIVING

    def stop(self) -> None:
        """End it at the next bytes; what has arrived is kept."""
        self._wanted = False

    def _run(self) -> None:
        try:
            wiring.download_model(self._home, self.name, self._arrived, lambda: self._wanted)
            self._stage = Stage.HERE
        except DownloadStopped:
            self._stage = Stage.STOPPED
        except RehearseError as error:
            self.trouble, self._stage = error, Stage.FAILED
        except Exception as error:
            self.trouble = RehearseError(
                f"Something went wrong inside the program ({type(error).__name__}).",
                "Try again: what has arrived is kept.",
            )
            self._stage = Stage.FAILED

    def _arrived(self, done_bytes: int) -> None:
        self.done_bytes = done_bytes

"""FilesInUse: changes to files that another program may have open.

On Windows a file cannot be replaced, renamed or deleted while a virus scanner, an indexer or
another `rehearse` has it open. That is usually over in a moment.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

WAIT_S = 2.0
_POLL_S = 0.05
_IN_USE = (5, 32, 33)  # ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION

Changed = TypeVar("Changed")


def when_free(change: Callable[[], Changed]) -> Changed:
    """The result of `change`, which is tried again for WAIT_S seconds while Windows says that its
    file is in use. Raises the OSError of the last try, and any other at once."""
    deadline_s = time.monotonic() + WAIT_S
    while True:
        try:
            return change()
        except OSError as error:
            if getattr(error, "winerror", None) not in _IN_USE or time.monotonic() > deadline_s:
                raise
        time.sleep(_POLL_S)

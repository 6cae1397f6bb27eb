"""Privacy: opts out of telemetry before any library loads."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

OPT_OUTS = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
}
"""onnxruntime reads its switch when it loads; calling its function afterwards is too late."""


def opt_out() -> None:
    """Set every switch in this process and its children, whatever the environment says."""
    os.environ.update(OPT_OUTS)


_TELEMETRY = Path("Microsoft", "DeveloperTools", ".onnxruntime")
_TELEMETRY_FILES = (
    "deviceid", "onnxruntime.db", "onnxruntime.db-journal", "onnxruntime.db-shm",
    "onnxruntime.db-wal",
)  # fmt: skip
_REMOVED = "onnxruntime-files-removed"
_REMOVED_BEFORE = "telemetry-removed"
"""The same under earlier versions: it sounded as if rehearse itself had measured people."""


def remove_leftovers(home: Path) -> None:
    """Remove what onnxruntime wrote into the user's cache folder under earlier versions.

    Once for each home folder that exists: what another program writes there later is not ours.
    Only the files known are removed, and folders that are empty then.
    """
    marker, earlier = home / _REMOVED, home / _REMOVED_BEFORE
    if not home.is_dir() or marker.exists():
        return
    if earlier.exists():
        with contextlib.suppress(OSError):
            earlier.rename(marker)
        return
    folder = _cache_folder() / _TELEMETRY
    with contextlib.suppress(OSError):
        for name in _TELEMETRY_FILES:
            (folder / name).unlink(missing_ok=True)
        marker.touch(mode=0o600)
        for emptied in (folder, folder.parent, folder.parent.parent):
            emptied.rmdir()


def _cache_folder() -> Path:
    """Where onnxruntime writes it."""
    on_macos = sys.platform == "darwin"  # in a variable: mypy then checks both ways
    if on_macos:
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")

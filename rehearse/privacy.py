"""Privacy: opts out of telemetry before any library loads."""

from __future__ import annotations

import os

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

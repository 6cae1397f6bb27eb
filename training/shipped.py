"""Shipped: the weights of an exported model.

To continue training, or to compare.
"""

from __future__ import annotations

import pathlib

import numpy as np
import onnx
from onnx import numpy_helper


def shipped_state(path: pathlib.Path) -> dict[str, np.ndarray]:
    """By the names of training.encoder.Tagger, float32; the inverse of training.export."""
    state: dict[str, np.ndarray] = {}
    for tensor in onnx.load(str(path)).graph.initializer:
        name, _, kind = tensor.name.rpartition(".")
        if kind != "half":
            continue
        values = numpy_helper.to_array(tensor).astype(np.float32)
        if name == "positions.table":
            state["positions"] = values
        elif name == "manager.vector":
            state["manager"] = values[0]
        else:
            turned = name.endswith(".weight") and values.ndim == 2
            state[name] = np.ascontiguousarray(values.T) if turned else values
    return state

"""Example vectors: the worked examples as sentence vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from rehearse.engines.packaged_files import checked_by_record
from rehearse.errors import RehearseError

VECTORS_FILE = Path(__file__).with_name("example_vectors.npy")
"""float16; training/example_vectors.py writes it."""


def example_vectors() -> npt.NDArray[np.float32]:
    """(worked examples, 384), every row of length 1. Raises RehearseError if the file is missing
    or damaged."""
    try:
        checked_by_record(VECTORS_FILE, "rehearse")
        vectors: npt.NDArray[np.float16] = np.load(VECTORS_FILE, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise RehearseError(
            f"The file {VECTORS_FILE}, which ranks the worked examples, is missing or damaged.",
            "Install it again: python -m pip install --force-reinstall --no-deps rehearse",
        ) from error
    return vectors.astype(np.float32)

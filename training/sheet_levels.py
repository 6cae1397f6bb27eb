"""Sheet levels: what each threshold of sheet matching does.

Measured on training/sheet_examples.toml.
"""

from __future__ import annotations

import pathlib
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from rehearse.engines.minilm.embedder import MinilmEmbedder
from rehearse.scoring.sheet_match import DOES


def main() -> None:
    path = pathlib.Path(__file__).with_name("sheet_examples.toml")
    plans = tomllib.loads(path.read_text(encoding="utf-8"))["plans"]
    embedder = MinilmEmbedder()
    for least in (0.0, DOES):
        print(f"The action by itself at {least:.2f} or more:")
        print_levels(plans, embedder, least)


def print_levels(
    plans: Sequence[Mapping[str, Any]], embedder: MinilmEmbedder, least: float
) -> None:
    same: list[float] = []
    other: list[float] = []
    for plan in plans:
        vectors = embedder.embed([plan["plan"], plan["action"], *plan["same"], *plan["other"]])
        near = vectors[2:] @ vectors[0]
        near[vectors[2:] @ vectors[1] < least] = -1.0
        same += near[: len(plan["same"])].tolist()
        other += near[len(plan["same"]) :].tolist()
    print(f"{len(same)} the same, {len(other)} others")
    for level in np.arange(0.2, 0.7, 0.05):
        print(
            f"{level:.2f}: finds {np.mean(np.array(same) >= level):.2f} of the same, "
            f"takes {np.mean(np.array(other) >= level):.2f} of the others for it"
        )


if __name__ == "__main__":
    main()

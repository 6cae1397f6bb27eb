"""Sheet levels: what each threshold of sheet matching does.

Measured on training/sheet_examples.toml.
"""

from __future__ import annotations

import pathlib
import tomllib

import numpy as np

from rehearse.engines.minilm.embedder import MinilmEmbedder


def main() -> None:
    path = pathlib.Path(__file__).with_name("sheet_examples.toml")
    plans = tomllib.loads(path.read_text(encoding="utf-8"))["plans"]
    embedder = MinilmEmbedder()
    same, other = [], []
    for plan in plans:
        vectors = embedder.embed([plan["plan"], *plan["same"], *plan["other"]])
        near = vectors[1:] @ vectors[0]
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

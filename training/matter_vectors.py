"""Matter vectors: the examples of all matters as sentence vectors.

`python -m training.matter_vectors`, after editing rehearse/calling/lines/shop_talk. Directions in
which the examples of one matter differ tell little about what is meant; the map shrinks them.
"""

import numpy as np
import numpy.typing as npt

from rehearse import wiring
from rehearse.calling.matters import packaged_matters
from rehearse.engines.minilm.matter_finder import VECTORS_FILE, mapped

EVENLY = 0.2
"""How far the variances within a matter are drawn to their mean, since few examples tell them."""


def main() -> None:
    matters = packaged_matters().values()
    asks = [ask for matter in matters for ask in matter.asks]
    vectors = wiring.load_embedder().embed(asks)
    mean = vectors.mean(axis=0)
    parts = np.split(vectors, np.cumsum([len(matter.asks) for matter in matters])[:-1])
    map_ = within(parts)
    found = mapped(vectors, mean, map_)
    kept = {"vectors": found, "mean": mean, "map": map_}
    np.savez(VECTORS_FILE, **{name: part.astype(np.float16) for name, part in kept.items()})
    print(f"{len(vectors)} vectors in {VECTORS_FILE}")


def within(parts: list[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    """The matrix after which the examples of a matter differ about as much in each direction."""
    off = np.concatenate([part - part.mean(axis=0) for part in parts])
    variances, directions = np.linalg.eigh(off.T @ off / (len(off) - len(parts)))
    drawn = (1 - EVENLY) * variances + EVENLY * variances.mean()
    found: npt.NDArray[np.float32] = (directions / np.sqrt(drawn)) @ directions.T
    return found


if __name__ == "__main__":
    main()

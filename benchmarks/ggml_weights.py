"""The same weights as a file for whisper.cpp.

The layout is that of whisper.cpp's `models/convert-pt-to-ggml.py`: sizes, mel filters, vocabulary,
then each tensor with its shape reversed; matrices in half precision.
"""

from __future__ import annotations

import pathlib
import struct
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

if TYPE_CHECKING:
    from whisper.model import Whisper

MAGIC = 0x67676D6C
IN_FULL = ("encoder.positional_embedding", "decoder.positional_embedding")
COLUMNS = ("encoder.conv1.bias", "encoder.conv2.bias")


def write_ggml(model: Whisper, path: pathlib.Path) -> None:
    """`model`: an English-only Whisper. Overwrites `path`."""
    from whisper.audio import mel_filters
    from whisper.tokenizer import get_tokenizer

    dims = model.dims
    with path.open("wb") as file:
        _integers(file, MAGIC)
        _integers(file, dims.n_vocab, dims.n_audio_ctx, dims.n_audio_state, dims.n_audio_head)
        _integers(file, dims.n_audio_layer, dims.n_text_ctx, dims.n_text_state, dims.n_text_head)
        _integers(file, dims.n_text_layer, dims.n_mels, 1)
        filters = mel_filters("cpu", dims.n_mels).numpy()
        _integers(file, *filters.shape)
        file.write(filters.astype("<f4").tobytes())
        ranks = get_tokenizer(multilingual=False).encoding._mergeable_ranks
        _integers(file, len(ranks))
        for token in sorted(ranks, key=ranks.__getitem__):
            _integers(file, len(token))
            file.write(token)
        for name, tensor in model.state_dict().items():
            _tensor(file, name, tensor.squeeze().numpy())


def _tensor(file: BinaryIO, name: str, values: np.ndarray) -> None:
    if name in COLUMNS:
        values = values[:, None]
    half = values.ndim > 1 and name not in IN_FULL + COLUMNS
    _integers(file, values.ndim, len(name), int(half), *values.shape[::-1])
    file.write(name.encode())
    file.write(values.astype("<f2" if half else "<f4").tobytes())


def _integers(file: BinaryIO, *values: int) -> None:
    file.write(struct.pack(f"<{len(values)}i", *values))

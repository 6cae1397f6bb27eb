"""CTranslate2 weights: read into openai-whisper's model."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rehearse.engines.whisper.library import import_whisper

if TYPE_CHECKING:
    from whisper.model import Whisper

Tensors = dict[str, npt.NDArray[np.generic]]
"""Arrays by the name of the variable."""

_BINARY_VERSION = 6
_SPEC_NAME = "WhisperSpec"
_DTYPES = {0: "<f4", 1: "<i1", 2: "<i2", 3: "<i4", 4: "<f2"}


def read_ctranslate2(data: bytes | memoryview) -> Tensors:
    """The variables of a CTranslate2 `model.bin`, with its aliases, by name.

    The arrays are read-only views of `data`. Raises ValueError when `data` is not such a file.
    """
    reader = _Reader(data)
    version, spec, _revision = reader.uint32(), reader.text(), reader.uint32()
    if version != _BINARY_VERSION or spec != _SPEC_NAME:
        raise ValueError(f"binary version {version} and spec {spec!r} are not those of Whisper")
    tensors: Tensors = {}
    for _ in range(reader.uint32()):
        name = reader.text()
        shape = [reader.uint32() for _ in range(reader.uint8())]
        dtype, byte_count = reader.uint8(), reader.uint32()
        if dtype not in _DTYPES:
            raise ValueError(f"variable {name} has the unknown type {dtype}")
        tensors[name] = np.frombuffer(reader.take(byte_count), _DTYPES[dtype]).reshape(shape)
    for _ in range(reader.uint32()):
        alias, original = reader.text(), reader.text()
        tensors[alias] = tensors[original]
    return tensors


def whisper_from_tensors(tensors: Tensors, alignment_heads: Sequence[Sequence[int]]) -> Whisper:
    """The openai-whisper model with the weights of a CTranslate2 Whisper of float type.

    `alignment_heads`: pairs (layer, head) of the decoder whose cross attention follows the words.
    Raises KeyError or RuntimeError when `tensors` are not those of a Whisper model.
    """
    import_whisper()
    import torch
    from whisper.model import ModelDimensions, Whisper

    state: Tensors = {
        "decoder.token_embedding.weight": tensors["decoder/embeddings/weight"],
        "decoder.positional_embedding": tensors["decoder/position_encodings/encodings"],
        "encoder.positional_embedding": tensors["encoder/position_encodings/encodings"],
    }
    for conv in ("conv1", "conv2"):
        state[f"encoder.{conv}.weight"] = tensors[f"encoder/{conv}/weight"]
        state[f"encoder.{conv}.bias"] = tensors[f"encoder/{conv}/bias"]
    _layer_norm(state, "encoder.ln_post", tensors, "encoder/layer_norm")
    _layer_norm(state, "decoder.ln", tensors, "decoder/layer_norm")
    layers = {part: _layer_count(tensors, part) for part in ("encoder", "decoder")}
    for part, count in layers.items():
        for index in range(count):
            _block(state, f"{part}.blocks.{index}", tensors, f"{part}/layer_{index}")

    mel_count = tensors["encoder/conv1/weight"].shape[1]
    audio_context, audio_width = tensors["encoder/position_encodings/encodings"].shape
    text_context, text_width = tensors["decoder/position_encodings/encodings"].shape
    model = Whisper(
        ModelDimensions(
            n_mels=mel_count,
            n_audio_ctx=audio_context,
            n_audio_state=audio_width,
            n_audio_head=int(tensors["encoder/num_heads"]),
            n_audio_layer=layers["encoder"],
            n_vocab=tensors["decoder/embeddings/weight"].shape[0],
            n_text_ctx=text_context,
            n_text_state=text_width,
            n_text_head=int(tensors["decoder/num_heads"]),
            n_text_layer=layers["decoder"],
        )
    )
    _fill(model, state)
    heads = torch.zeros(layers["decoder"], model.dims.n_text_head, dtype=torch.bool)
    for layer, head in alignment_heads:
        heads[layer, head] = True
    model.register_buffer("alignment_heads", heads.to_sparse(), persistent=False)
    return model.eval()


def _fill(model: Whisper, state: Tensors) -> None:
    """Like load_state_dict, one variable at a time, without a second copy of all of them."""
    import torch

    parts = model.state_dict()
    if parts.keys() != state.keys():
        raise KeyError(f"variables differ: {sorted(parts.keys() ^ state.keys())[:5]}")
    for name, part in parts.items():
        values = torch.from_numpy(np.array(state[name]))
        if part.shape != values.shape:
            raise RuntimeError(f"{name} is {tuple(values.shape)}, not {tuple(part.shape)}")
        part.copy_(values)


class _Reader:
    """Reads little-endian fields from the front of `data`."""

    def __init__(self, data: bytes | memoryview) -> None:
        self._data = memoryview(data)
        self._at = 0

    def take(self, count: int) -> memoryview:
        piece = self._data[self._at : self._at + count]
        if len(piece) != count:
            raise ValueError(f"the file ends within a field at byte {self._at}")
        self._at += count
        return piece

    def uint8(self) -> int:
        return self.take(1)[0]

    def uint32(self) -> int:
        return int(struct.unpack("<I", self.take(4))[0])

    def text(self) -> str:
        (length,) = struct.unpack("<H", self.take(2))  # includes the closing NUL
        return bytes(self.take(length)[:-1]).decode()


def _layer_count(tensors: Tensors, part: str) -> int:
    return len([name for name in tensors if name.endswith("/ffn/linear_0/bias")
                and name.startswith(f"{part}/layer_")])  # fmt: skip


def _block(state: Tensors, to: str, tensors: Tensors, source: str) -> None:
    """Copy one transformer block."""
    _layer_norm(state, f"{to}.attn_ln", tensors, f"{source}/self_attention/layer_norm")
    _split(state, f"{to}.attn", ("query", "key", "value"), tensors,
           f"{source}/self_attention/linear_0")  # fmt: skip
    _linear(state, f"{to}.attn.out", tensors, f"{source}/self_attention/linear_1")
    if f"{source}/attention/linear_0/weight" in tensors:
        cross = f"{source}/attention"
        _layer_norm(state, f"{to}.cross_attn_ln", tensors, f"{cross}/layer_norm")
        _linear(state, f"{to}.cross_attn.query", tensors, f"{cross}/linear_0")
        _split(state, f"{to}.cross_attn", ("key", "value"), tensors, f"{cross}/linear_1")
        _linear(state, f"{to}.cross_attn.out", tensors, f"{cross}/linear_2")
    _layer_norm(state, f"{to}.mlp_ln", tensors, f"{source}/ffn/layer_norm")
    _linear(state, f"{to}.mlp.0", tensors, f"{source}/ffn/linear_0")
    _linear(state, f"{to}.mlp.2", tensors, f"{source}/ffn/linear_1")


def _linear(state: Tensors, to: str, tensors: Tensors, source: str) -> None:
    state[f"{to}.weight"] = tensors[f"{source}/weight"]
    state[f"{to}.bias"] = tensors[f"{source}/bias"]


def _layer_norm(state: Tensors, to: str, tensors: Tensors, source: str) -> None:
    state[f"{to}.weight"] = tensors[f"{source}/gamma"]
    state[f"{to}.bias"] = tensors[f"{source}/beta"]


def _split(state: Tensors, to: str, parts: tuple[str, ...], tensors: Tensors, source: str) -> None:
    """Split a fused projection. Whisper's key has no bias: the file has zeros for it."""
    weights = np.split(tensors[f"{source}/weight"], len(parts))
    biases = np.split(tensors[f"{source}/bias"], len(parts))
    for part, weight, bias in zip(parts, weights, biases, strict=True):
        state[f"{to}.{part}.weight"] = weight
        if part != "key":
            state[f"{to}.{part}.bias"] = bias

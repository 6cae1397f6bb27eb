"""Encoder layers: Whisper's encoder, one layer at a time.

With as much silence after the sound as needed; it stops when something else is urgent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rehearse.sound import SAMPLE_RATE_HZ, Samples

if TYPE_CHECKING:
    import torch
    from whisper.model import Linear, ResidualAttentionBlock, Whisper

POSITIONS_PER_S = 50
"""Of encoded sound."""
WHOLE_CONTEXT_S = 30.0
"""Whisper was trained on this much sound, padded with silence."""
POSITIONS_AT_ONCE = 375
"""Positions computed at once in a layer's wide part; all of them would take 9 MB."""
_SAMPLES_PER_POSITION = SAMPLE_RATE_HZ // POSITIONS_PER_S


def encode(
    model: Whisper,
    sound: Samples,
    context_s: float = WHOLE_CONTEXT_S,
    go_on: Callable[[], bool] = lambda: True,
) -> torch.Tensor | None:
    """(positions, width) for `context_s` seconds, at most 30, that start with `sound`.

    None once `go_on()` is false.
    """
    from torch.nn.functional import gelu
    from whisper.audio import log_mel_spectrogram, pad_or_trim

    encoder = model.encoder
    positions = min(model.dims.n_audio_ctx, round(context_s * POSITIONS_PER_S))
    padded = pad_or_trim(sound, positions * _SAMPLES_PER_POSITION)
    mel = log_mel_spectrogram(padded, model.dims.n_mels)[None]
    of_sound = gelu(encoder.conv2(gelu(encoder.conv1(mel))))[0].T.contiguous()
    x = of_sound + encoder.positional_embedding[:positions]
    memory = _Memory(*x.shape)
    for block in encoder.blocks:
        if not go_on():
            return None
        _add_layer(x, block, memory)
    encoded: torch.Tensor = encoder.ln_post(x)
    return encoded


class _Memory:
    """Results of one layer, overwritten by the next. New memory for each of them, from the system
    page by page, takes a sixth of the time."""

    def __init__(self, positions: int, width: int) -> None:
        import torch

        self.queries, self.keys, self.values = torch.empty(3, positions, width)
        self.wide = torch.empty(min(positions, POSITIONS_AT_ONCE), 4 * width)


def _add_layer(x: torch.Tensor, block: ResidualAttentionBlock, memory: _Memory) -> None:
    """Adds to `x`, (positions, width), what `block` makes of it."""
    import torch
    from torch.nn.functional import scaled_dot_product_attention

    attn, heads = block.attn, block.attn.n_head
    asked = block.attn_ln(x)
    of_heads = (
        _linear(layer, asked, into).view(len(x), heads, -1).transpose(0, 1)[None]
        for layer, into in (
            (attn.query, memory.queries),
            (attn.key, memory.keys),
            (attn.value, memory.values),
        )
    )
    found = scaled_dot_product_attention(*of_heads)[0].transpose(0, 1).flatten(1)
    free = memory.queries
    x += _linear(attn.out, found, free)
    into, _, out = block.mlp
    for part in x.split(POSITIONS_AT_ONCE):
        wide = _linear(into, block.mlp_ln(part), memory.wide[: len(part)])
        part += _linear(out, torch.ops.aten.gelu_(wide), free[: len(part)])


def _linear(layer: Linear, x: torch.Tensor, into: torch.Tensor) -> torch.Tensor:
    """`layer` of `x`, written to `into`."""
    import torch

    if layer.bias is None:
        return torch.mm(x, layer.weight.T, out=into)
    return torch.addmm(layer.bias, x, layer.weight.T, out=into)

"""Encoder layers: Whisper's encoder, one layer at a time.

With as much silence after the sound as needed; it stops when something else is urgent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rehearse.sound import SAMPLE_RATE_HZ, Samples

if TYPE_CHECKING:
    import torch
    from whisper.model import Whisper

POSITIONS_PER_S = 50
"""Of encoded sound."""
WHOLE_CONTEXT_S = 30.0
"""Whisper was trained on this much sound, padded with silence."""
POSITIONS_AT_ONCE = 375
"""Positions computed at once in a layer's wide part; all of them would take 18 MB."""
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
    import torch
    from torch.nn.functional import gelu
    from whisper.audio import log_mel_spectrogram, pad_or_trim

    encoder = model.encoder
    positions = min(model.dims.n_audio_ctx, round(context_s * POSITIONS_PER_S))
    padded = pad_or_trim(sound, positions * _SAMPLES_PER_POSITION)
    x = log_mel_spectrogram(padded, model.dims.n_mels)[None]
    x = gelu(encoder.conv2(gelu(encoder.conv1(x)))).permute(0, 2, 1)
    x = x + encoder.positional_embedding[:positions]
    for block in encoder.blocks:
        if not go_on():
            return None
        x = x + block.attn(block.attn_ln(x))[0]
        wide = [block.mlp(block.mlp_ln(part)) for part in x.split(POSITIONS_AT_ONCE, dim=1)]
        x = x + torch.cat(wide, dim=1)
    encoded: torch.Tensor = encoder.ln_post(x)[0]
    return encoded

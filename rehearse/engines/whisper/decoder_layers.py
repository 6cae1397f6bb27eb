"""DecoderLayers: Whisper's decoder with its cached state.

The library's decoder, layer by layer. What depends on the sound (keys and values of cross
attention) is computed once, for decoding the text and for timing its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from whisper.model import ResidualAttentionBlock, Whisper

ROWS_AT_ONCE = 16  # 3 MB: each row has a value for every token of the vocabulary


class DecoderLayers:
    """Keeps constants of `model`. Not thread-safe."""

    def __init__(self, model: Whisper) -> None:
        self.model = model
        self._blocks = [_Block(block, model.dims.n_text_ctx) for block in model.decoder.blocks]
        self._features: torch.Tensor | None = None

    def begin(self, features: torch.Tensor) -> None:
        """`features`: encoded sound, (positions, width)."""
        if features is not self._features:
            for block in self._blocks:
                block.begin(features)
            self._features = features

    def forget(self) -> None:
        """What is kept of the sound: 18 MB for 30 s."""
        self._features = None
        for block in self._blocks:
            block.forget()

    def states(self, tokens: Sequence[int], at: int) -> torch.Tensor:
        """The last layer's state for each of `tokens`, the first of which is number `at`: (tokens,
        width).

        The tokens before `at` are those of earlier calls.
        """
        import torch

        decoder = self.model.decoder
        x = decoder.token_embedding.weight[torch.tensor(tokens)]
        x = x + decoder.positional_embedding[at : at + len(tokens)]
        for block in self._blocks:
            x = block(x, at)
        return decoder.ln(x)

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        """The next token: one value for every token of the vocabulary, (..., vocabulary)."""
        return states @ self.model.decoder.token_embedding.weight.T

    def attention_scores(self) -> torch.Tensor:
        """The attention of the model's alignment heads for the latest tokens, before the softmax:
        (heads, tokens, positions)."""
        import torch

        heads: dict[int, list[int]] = {}
        for layer, head in self.model.alignment_heads.indices().T.tolist():
            heads.setdefault(layer, []).append(head)
        return torch.cat([self._blocks[layer].scores(those) for layer, those in heads.items()])


class _Block:
    """One layer of the decoder with its state so far."""

    def __init__(self, block: ResidualAttentionBlock, most_tokens: int) -> None:
        import torch

        self._block = block
        heads, width = block.attn.n_head, block.attn.query.weight.shape[0]
        shape = (heads, most_tokens, width // heads)
        self._keys, self._values = torch.zeros(shape), torch.zeros(shape)
        self._of_sound: tuple[torch.Tensor, torch.Tensor] | None = None
        self._asked_of_sound: torch.Tensor | None = None

    def begin(self, features: torch.Tensor) -> None:
        cross = self._block.cross_attn
        self._of_sound = (
            self._headed(cross.key(features)).contiguous(),
            self._headed(cross.value(features)).contiguous(),
        )

    def forget(self) -> None:
        self._of_sound = self._asked_of_sound = None

    def __call__(self, x: torch.Tensor, at: int) -> torch.Tensor:
        """`x`: (tokens, width), the first of which is token number `at`."""
        block, end = self._block, at + len(x)
        asked = block.attn_ln(x)
        self._keys[:, at:end] = self._headed(block.attn.key(asked))
        self._values[:, at:end] = self._headed(block.attn.value(asked))
        query = self._headed(block.attn.query(asked))
        x = x + block.attn.out(
            _attend(query, self._keys[:, :end], self._values[:, :end], before=at)
        )
        assert self._of_sound is not None
        query = self._headed(block.cross_attn.query(block.cross_attn_ln(x)))
        self._asked_of_sound = query
        x = x + block.cross_attn.out(_attend(query, *self._of_sound))
        return x + block.mlp(block.mlp_ln(x))

    def scores(self, heads: list[int]) -> torch.Tensor:
        assert self._of_sound is not None
        assert self._asked_of_sound is not None
        query, keys = self._asked_of_sound[heads], self._of_sound[0][heads]
        return query @ keys.transpose(1, 2) / query.shape[-1] ** 0.5

    def _headed(self, x: torch.Tensor) -> torch.Tensor:
        """(tokens, width) as (heads, tokens, width of a head)."""
        return x.view(len(x), len(self._keys), -1).transpose(0, 1)


def _attend(
    query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, before: int | None = None
) -> torch.Tensor:
    """(tokens, width). `before`: the number of keys before the first token; a token sees none after
    its own."""
    import torch
    from torch.nn.functional import scaled_dot_product_attention

    asked, mask = query.shape[1], None
    if before and asked > 1:
        mask = torch.ones(asked, before + asked, dtype=torch.bool).tril(before)
    found = scaled_dot_product_attention(
        query[None], keys[None], values[None], mask, is_causal=before == 0 and asked > 1
    )
    return found[0].transpose(0, 1).flatten(1)

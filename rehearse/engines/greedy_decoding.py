"""Greedy decoding with Whisper's own layers and rules, made quick by guessing ahead.

What openai-whisper's `decode` gives at temperature 0, token for token. A draft, the text of an
earlier and shorter recording of the same speech, is checked in one run of the decoder and kept as
far as the model would have written the same: it costs nothing in quality, whatever is in it.
(Speculative decoding: Leviathan et al. 2023, https://arxiv.org/abs/2211.17192.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from whisper.model import ResidualAttentionBlock, Whisper
    from whisper.tokenizer import Tokenizer

LATEST_BEGIN = 50
"""Timestamps of 0.02 s: the first one is at 1 s at the latest, as in the library."""


@dataclass(frozen=True)
class Decoded:
    """Text tokens and timestamps in the order of writing, without the end; how sure they are."""

    tokens: tuple[int, ...]
    draft: tuple[int, ...]
    """Of them those that a longer recording would begin with: all but the last timestamps."""
    text: str
    avg_logprob: float
    no_speech_prob: float
    compression_ratio: float


class GreedyDecoder:
    """Writes down encoded sound. Keeps constants of `model`; not to be used by two threads."""

    def __init__(self, model: Whisper, tokenizer: Tokenizer) -> None:
        import torch
        from whisper.decoding import DecodingOptions, DecodingTask

        self._model = model
        self._tokenizer = tokenizer
        self._blocks = [_Block(block, model.dims.n_text_ctx) for block in model.decoder.blocks]
        # The library's list of what is never written: it has no public name.
        task = DecodingTask(model, DecodingOptions(language="en", fp16=False))
        never = torch.zeros(model.dims.n_vocab)
        never[list(task._get_suppress_tokens())] = -torch.inf
        never[tokenizer.no_timestamps] = -torch.inf
        self._never = never

    def decode(
        self,
        features: torch.Tensor,
        *,
        prompt: Sequence[int] = (),
        most_tokens: int,
        draft: Sequence[int] = (),
        go_on: Callable[[], bool] = lambda: True,
    ) -> Decoded:
        """`features`: encoded sound, (positions, width). `prompt`: tokens said before it.

        Once `go_on()` is false, what was written until then.
        """
        from whisper.utils import compression_ratio

        limit = self._model.dims.n_text_ctx
        start = list(self._tokenizer.sot_sequence)
        if prompt:
            start = [self._tokenizer.sot_prev, *prompt[-(limit // 2 - 1) :], *start]
        sot = start.index(self._tokenizer.sot)
        draft = list(draft)[: max(0, min(most_tokens, limit - len(start)) - 1)]
        for block in self._blocks:
            block.begin(features)
        written: list[int] = []
        log_probability = 0.0
        logits = self._logits([*start, *draft], 0, sot)
        no_speech = float(logits[0].softmax(dim=-1)[self._tokenizer.no_speech])
        logits = logits[len(start) - 1 - sot :]
        for step in range(most_tokens):
            if not go_on():
                break
            if written == draft[:step]:  # as foretold, so it is computed already
                row = logits[step]
            else:
                at = len(start) + step - 1
                if at >= limit:
                    break
                row = self._logits([written[-1]], at, 0)[0]
            token, of_token = self._choose(row, written)
            log_probability += of_token
            if token == self._tokenizer.eot:
                break
            written.append(token)
        stamps = self._tokenizer.timestamp_begin
        text = self._tokenizer.decode([token for token in written if token < stamps]).strip()
        firm = len(written)
        while firm > 0 and written[firm - 1] >= stamps:
            firm -= 1
        return Decoded(
            tuple(written),
            tuple(written[:firm]),
            text,
            log_probability / (len(written) + 1),
            no_speech,
            compression_ratio(text) if text else 0.0,
        )

    def _logits(self, tokens: Sequence[int], at: int, first: int) -> torch.Tensor:
        """What follows each of `tokens` from `first` on: (tokens, vocabulary)."""
        import torch

        decoder = self._model.decoder
        weight = decoder.token_embedding.weight
        x = weight[torch.tensor(tokens)] + decoder.positional_embedding[at : at + len(tokens)]
        for block in self._blocks:
            x = block(x, at)
        return decoder.ln(x[first:]) @ weight.T

    def _choose(self, logits: torch.Tensor, written: Sequence[int]) -> tuple[int, float]:
        """The likeliest token that the library's rules allow, and its log probability."""
        import torch

        tokenizer = self._tokenizer
        stamps = tokenizer.timestamp_begin
        logits = logits + self._never
        if not written:
            logits[:stamps] = -torch.inf
            logits[stamps + LATEST_BEGIN + 1 :] = -torch.inf
        else:
            after_stamp = written[-1] >= stamps
            pair = len(written) < 2 or written[-2] >= stamps
            if after_stamp and pair:
                logits[stamps:] = -torch.inf
            elif after_stamp:
                logits[: tokenizer.eot] = -torch.inf
            latest = max((token for token in written if token >= stamps), default=None)
            if latest is not None:
                earliest = latest if after_stamp and not pair else latest + 1
                logits[stamps:earliest] = -torch.inf
        if logits[stamps:].logsumexp(dim=0) > logits[:stamps].max():
            logits[:stamps] = -torch.inf
        token = int(logits.argmax())
        return token, float(logits[token] - logits.logsumexp(dim=0))


class _Block:
    """One layer of the decoder, with what it has seen so far."""

    def __init__(self, block: ResidualAttentionBlock, most_tokens: int) -> None:
        import torch

        self._block = block
        heads, width = block.attn.n_head, block.attn.query.weight.shape[0]
        shape = (heads, most_tokens, width // heads)
        self._keys, self._values = torch.zeros(shape), torch.zeros(shape)
        self._of_sound: tuple[torch.Tensor, torch.Tensor] | None = None

    def begin(self, features: torch.Tensor) -> None:
        cross = self._block.cross_attn
        self._of_sound = (
            self._headed(cross.key(features)).contiguous(),
            self._headed(cross.value(features)).contiguous(),
        )

    def __call__(self, x: torch.Tensor, at: int) -> torch.Tensor:
        """`x`: (tokens, width), the first of them the token number `at`."""
        block, end = self._block, at + len(x)
        asked = block.attn_ln(x)
        self._keys[:, at:end] = self._headed(block.attn.key(asked))
        self._values[:, at:end] = self._headed(block.attn.value(asked))
        x = x + block.attn.out(
            self._attend(block.attn.query(asked), self._keys[:, :end], self._values[:, :end])
        )
        assert self._of_sound is not None
        asked = block.cross_attn.query(block.cross_attn_ln(x))
        x = x + block.cross_attn.out(self._attend(asked, *self._of_sound, causal=False))
        return x + block.mlp(block.mlp_ln(x))

    def _headed(self, x: torch.Tensor) -> torch.Tensor:
        """(tokens, width) as (heads, tokens, width of a head)."""
        return x.view(len(x), len(self._keys), -1).transpose(0, 1)

    def _attend(
        self, asked: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, causal: bool = True
    ) -> torch.Tensor:
        from torch.nn.functional import scaled_dot_product_attention

        query = self._headed(asked)[None]
        found = scaled_dot_product_attention(
            query, keys[None], values[None], is_causal=causal and len(asked) > 1
        )
        return found[0].transpose(0, 1).flatten(1)

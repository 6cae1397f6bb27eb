"""Greedy decoding: Whisper's rules, sped up by a draft.

The same result as openai-whisper's `decode` at temperature 0, token by token. A draft (the text of
an earlier, shorter recording of the same speech) is checked in one run of the decoder and used as
far as the model would have written the same, so it cannot change the result. (Speculative decoding:
Leviathan et al. 2023, https://arxiv.org/abs/2211.17192.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.engines.whisper.decoder_layers import ROWS_AT_ONCE, DecoderLayers
from rehearse.engines.whisper.latin_letters import suppressed_tokens
from rehearse.engines.whisper.likeliest_tokens import LikeliestTokens

if TYPE_CHECKING:
    import torch
    from whisper.tokenizer import Tokenizer

SOON = 6
"""When the text leaves the draft, this many of the draft's next tokens are considered."""
TRIED = 3
"""This many tokens of a draft are computed ahead until one is right again: they cost little."""
LATEST_BEGIN = 50
"""Timestamps of 0.02 s: the first one is at 1 s at the latest, as in the library."""


@dataclass(frozen=True)
class Decoded:
    """Text tokens and timestamps in order, without the end, and their log probabilities."""

    tokens: tuple[int, ...]
    draft: tuple[int, ...]
    """Those with which a longer recording would start: all but the last timestamps."""
    text: str
    avg_logprob: float
    no_speech_prob: float
    compression_ratio: float


class GreedyDecoder:
    """Decodes encoded sound to text."""

    def __init__(self, layers: DecoderLayers, tokenizer: Tokenizer) -> None:
        import torch
        from whisper.decoding import DecodingOptions, DecodingTask

        model = layers.model
        self._layers = layers
        self._tokenizer = tokenizer
        # The library's list of suppressed tokens has no public name.
        options = DecodingOptions(
            language="en", fp16=False, suppress_tokens=suppressed_tokens(tokenizer)
        )
        task = DecodingTask(model, options)
        never = torch.zeros(model.dims.n_vocab)
        never[list(task._get_suppress_tokens())] = -torch.inf
        never[tokenizer.no_timestamps] = -torch.inf
        self._never = never
        self._likeliest = LikeliestTokens.where_faster(model.decoder.token_embedding.weight)

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

        Once `go_on()` is false, returns the text up to there.
        """
        from whisper.utils import compression_ratio

        limit = self._layers.model.dims.n_text_ctx
        start = list(self._tokenizer.sot_sequence)
        if prompt:
            start = [self._tokenizer.sot_prev, *prompt[-(limit // 2 - 1) :], *start]
        sot = start.index(self._tokenizer.sot)
        most_tokens = min(most_tokens, limit - len(start))
        self._layers.begin(features)
        follower = _Follower(list(draft))
        states = self._layers.states([*start, *follower.ahead(most_tokens - 1)], 0)
        begin = self._layers.logits(states[sot])
        no_speech = float(begin.softmax(dim=-1)[self._tokenizer.no_speech])
        states = states[len(start) - 1 :]
        rows = begin[:0]
        written: list[int] = []
        log_probability = 0.0
        unweighed: list[tuple[torch.Tensor, list[int], int]] = []
        while len(written) < most_tokens and go_on():
            if len(states) == 0:
                ahead = follower.ahead(most_tokens - len(written) - 1)
                at = len(start) + len(written) - 1
                states = self._layers.states([written[-1], *ahead], at)
            if len(rows) == 0 and len(states) == 1 and self._likeliest is not None:
                token = self._choose(self._likeliest, states[0], written)
                unweighed.append((states[0], written[:], token))
            else:
                if len(rows) == 0:
                    rows = self._layers.logits(states[:ROWS_AT_ONCE])
                allowed = self._allowed(rows[0], written)
                token = int(allowed.argmax())
                log_probability += _log_probability(allowed, token)
            if token == self._tokenizer.eot:
                break
            written.append(token)
            # As the draft predicted: the next state is computed already.
            left = 1 if follower.predicted(token) else len(states)
            states, rows = states[left:], rows[left:]
        if go_on():
            log_probability += self._weighed(unweighed)
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

    def _allowed(self, logits: torch.Tensor, written: Sequence[int]) -> torch.Tensor:
        """`logits` of the next token with -inf where the library's rules forbid it."""
        import torch

        stamps = self._tokenizer.timestamp_begin
        allowed = self._ruled(logits, written)
        if allowed[stamps:].logsumexp(dim=0) > allowed[:stamps].max():
            allowed[:stamps] = -torch.inf
        return allowed

    def _ruled(self, logits: torch.Tensor, written: Sequence[int]) -> torch.Tensor:
        """The rules that depend only on what is `written`."""
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
        return logits

    def _choose(
        self, likeliest: LikeliestTokens, state: torch.Tensor, written: Sequence[int]
    ) -> int:
        """The most probable token that the rules allow, from bounds of the logits."""
        import torch

        stamps: int = self._tokenizer.timestamp_begin
        least, most = likeliest.bounds(state)
        least[stamps:] = most[stamps:] = likeliest.exact(state, slice(stamps, None))
        least, most = self._ruled(least, written), self._ruled(most, written)
        floor, of_stamps = least[:stamps].max(), most[stamps:]
        if floor > -torch.inf:
            able = (most[:stamps] >= floor).nonzero()[:, 0]
            values = likeliest.exact(state, able)
            best = int(values.argmax())
            if of_stamps.logsumexp(dim=0) <= values[best]:
                return int(able[best])
        return stamps + int(of_stamps.argmax())

    def _weighed(self, unweighed: Sequence[tuple[torch.Tensor, list[int], int]]) -> float:
        """The log probability of tokens chosen by `_choose`, many at once. Each comes with its
        state and what was written before it."""
        import torch

        log_probability = 0.0
        for first in range(0, len(unweighed), ROWS_AT_ONCE):
            those = unweighed[first : first + ROWS_AT_ONCE]
            rows = self._layers.logits(torch.stack([state for state, _, _ in those]))
            for row, (_, written, token) in zip(rows, those, strict=True):
                log_probability += _log_probability(self._allowed(row, written), token)
        return log_probability


def _log_probability(logits: torch.Tensor, token: int) -> float:
    return float(logits[token] - logits.logsumexp(dim=0))


class _Follower:
    """Follows the text in a draft, across words left out, added and replaced."""

    def __init__(self, draft: Sequence[int]) -> None:
        self._draft = draft
        self._at = 0
        self._strange = 0
        """Tokens since the text left the draft; as many of the draft's count as replaced."""

    def predicted(self, token: int) -> bool:
        """Whether the draft predicted `token` next."""
        expected = self._at + self._strange
        if list(self._draft[expected : expected + 1]) == [token]:
            self._at, self._strange = expected + 1, 0
            return True
        soon = self._draft[self._at : self._at + SOON]
        if token in soon:
            self._at, self._strange = self._at + soon.index(token) + 1, 0
        else:
            self._strange += 1
        return False

    def ahead(self, most: int) -> Sequence[int]:
        """The draft's next tokens; only a few after the text has left it."""
        expected = self._at + self._strange
        most = min(most, TRIED) if self._strange else most
        return self._draft[expected : expected + max(0, most)]

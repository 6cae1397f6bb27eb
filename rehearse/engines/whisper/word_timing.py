"""Word timing: when each word was said, and how surely.

The method of openai-whisper's `timing.find_alignment`, which encodes the sound again, adds hooks to
the model, compiles for 2 s at its first use and changes torch's number of threads. Its median
filter sorts, which takes longer than everything else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from rehearse.engines.whisper.decoder_layers import ROWS_AT_ONCE, DecoderLayers
from rehearse.engines.whisper.encoder_layers import POSITIONS_PER_S
from rehearse.engines.whisper.timed_words import TimedText
from rehearse.transcript import Signs

if TYPE_CHECKING:
    import torch
    from whisper.tokenizer import Tokenizer

POSITION_S = 1 / POSITIONS_PER_S
"""Seconds between two positions of the encoded sound."""
SMOOTHING_POSITIONS = 7
EXCHANGES_TO_MEDIAN = (
    *((0, 5), (0, 3), (1, 6), (2, 4), (0, 1), (3, 5), (2, 6), (2, 3)),
    *((3, 6), (4, 5), (1, 4), (1, 3), (3, 4)),
)
"""Exchanges after which the middle one of seven values is their median (Smith 1996)."""
MOST_SPELLINGS = 8
"""As many of the most probable tokens may be the same letters written otherwise."""
NO_OTHER = -12.0
"""The log probability of another token where none of the likely ones has other letters."""
SIGNS_DIGITS = 3
"""Decimals kept of the signs: they are stored for each word."""

Floats = npt.NDArray[np.float64]


class _Odds(NamedTuple):
    """Of each token: its log probability, the tokens that are more probable, and the most probable
    ones with their log probabilities, (tokens, MOST_SPELLINGS)."""

    said: torch.Tensor
    more_probable: torch.Tensor
    best: torch.Tensor
    of_best: torch.Tensor


def timed_pieces(
    layers: DecoderLayers,
    tokenizer: Tokenizer,
    features: torch.Tensor,
    tokens: Sequence[int],
    duration_s: float,
) -> list[TimedText]:
    """The words and punctuation of `tokens`, each with its time, mean probability and signs.

    `features`: the encoded sound, (positions, width), of which `duration_s` holds sound. Times are
    in seconds from its start. A piece that starts a word starts with a space.
    """
    if not tokens:
        return []
    pieces, piece_tokens = tokenizer.split_to_word_tokens([*tokens, tokenizer.eot])
    attention, odds = _attend(layers, tokenizer, features, tokens, duration_s)
    probabilities = odds.said.exp().double().numpy()
    signs = _Signs(tokenizer, tokens, odds)
    starts_s = POSITION_S * first_positions(-attention)
    bounds = np.cumsum([0, *(len(part) for part in piece_tokens[:-1])])
    return [
        TimedText(
            text,
            float(starts_s[first]),
            float(starts_s[end]),
            float(probabilities[first:end].mean()),
            signs.of(int(first), int(end)),
        )
        for text, first, end in zip(pieces, bounds, bounds[1:], strict=False)
    ]


def first_positions(cost: Floats) -> npt.NDArray[np.int64]:
    """For each row, the first column of the cheapest path from the first cell to the last.

    `cost`: (rows, columns). The path goes right, down, or both (dynamic time warping).
    """
    rows, columns = cost.shape
    # total[i + 1, j + 1]: the cost of the cheapest path to (i, j). Along a row it is a running
    # minimum, once the costs along the row are subtracted.
    total = np.full((rows + 1, columns + 1), np.inf)
    total[0, 0] = 0
    for row in range(rows):
        entered = np.minimum(total[row, :-1], total[row, 1:])
        passed = np.cumsum(cost[row])
        total[row + 1, 1:] = passed + np.minimum.accumulate(
            entered - np.concatenate([[0], passed[:-1]])
        )
    firsts = np.zeros(rows, dtype=np.int64)
    row, column = rows, columns
    while row > 0:
        firsts[row - 1] = column - 1
        both, down = total[row - 1, column - 1], total[row - 1, column]
        right = total[row, column - 1]
        if both < down and both < right:
            row, column = row - 1, column - 1
        elif down < both and down < right:
            row -= 1
        elif column > 1:
            column -= 1
        else:
            row -= 1
    return firsts


def _attend(
    layers: DecoderLayers,
    tokenizer: Tokenizer,
    features: torch.Tensor,
    tokens: Sequence[int],
    duration_s: float,
) -> tuple[Floats, _Odds]:
    """Attention, (tokens and the end, positions), and each token's odds."""
    import torch

    start = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
    layers.begin(features)
    states = layers.states([*start, *tokens, tokenizer.eot], 0)
    scores = layers.attention_scores()
    vocabulary = layers.model.decoder.token_embedding.weight[: tokenizer.eot]
    # The prediction for each token is one place before it.
    parts = [
        _odds(vocabulary, rows, those)
        for rows, those in zip(
            states[len(start) - 1 : -2].split(ROWS_AT_ONCE),
            torch.tensor(tokens).split(ROWS_AT_ONCE),
            strict=True,
        )
    ]
    of_tokens = _Odds(*(torch.cat(columns) for columns in zip(*parts, strict=True)))
    weights = scores[:, :, : max(1, int(duration_s / POSITION_S))].softmax(dim=-1)
    deviation, mean = torch.std_mean(weights, dim=-2, keepdim=True, unbiased=False)
    weights = ((weights - mean) / deviation)[:, len(start) - 1 : -1]
    attention = torch.cat(
        [_median_of_7(rows).mean(dim=0) for rows in weights.split(ROWS_AT_ONCE, dim=1)]
    )
    return attention.double().numpy(), of_tokens


def _odds(vocabulary: torch.Tensor, states: torch.Tensor, tokens: torch.Tensor) -> _Odds:
    """Of each of `tokens` among all text tokens; `states`: (tokens, width)."""
    logits = states @ vocabulary.T
    said = logits.gather(1, tokens[:, None])
    everything = logits.logsumexp(dim=-1, keepdim=True)
    best = logits.topk(MOST_SPELLINGS, dim=-1)
    return _Odds(
        (said - everything)[:, 0],
        (logits > said).sum(dim=-1),
        best.indices,
        best.values - everything,
    )


class _Signs:
    """The signs of any of the tokens."""

    def __init__(self, tokenizer: Tokenizer, tokens: Sequence[int], odds: _Odds) -> None:
        self._said: list[float] = odds.said.tolist()
        self._more_probable: list[int] = odds.more_probable.tolist()
        self._spelt: list[float] = []
        self._other: list[float] = []
        for token, own, best, of_best in zip(
            tokens, self._said, odds.best.tolist(), odds.of_best.tolist(), strict=True
        ):
            letters = _letters(tokenizer, token)
            same = [_letters(tokenizer, one) == letters for one in best]
            alike = [
                math.exp(value)
                for one, value, is_same in zip(best, of_best, same, strict=True)
                if is_same and one != token
            ]
            self._spelt.append(min(0.0, math.log(math.exp(own) + sum(alike))) if alike else own)
            others = (value for value, is_same in zip(of_best, same, strict=True) if not is_same)
            self._other.append(next(others, NO_OTHER))

    def of(self, first: int, end: int) -> Signs:
        """Those of the tokens from `first` to before `end` together."""
        said, following = self._said[first:end], self._said[end : end + 1]
        return Signs(
            round(min(said), SIGNS_DIGITS),
            round(sum(said), SIGNS_DIGITS),
            end - first,
            round(sum(self._spelt[first:end]), SIGNS_DIGITS),
            round(max(self._other[first:end]), SIGNS_DIGITS),
            round(following[0], SIGNS_DIGITS) if following else 0.0,
            round(math.log1p(max(self._more_probable[first:end])), SIGNS_DIGITS),
        )


def _letters(tokenizer: Tokenizer, token: int) -> str:
    return re.sub(r"[^a-z0-9']", "", tokenizer.decode([token]).lower())


def _median_of_7(weights: torch.Tensor) -> torch.Tensor:
    """The median around each position, with mirrored ends, like the library's."""
    import torch
    from torch.nn.functional import pad

    reach = SMOOTHING_POSITIONS // 2
    if weights.shape[-1] <= reach:
        return weights
    padded, positions = pad(weights, (reach, reach), mode="reflect"), weights.shape[-1]
    values = [padded[..., at : at + positions] for at in range(SMOOTHING_POSITIONS)]
    for low, high in EXCHANGES_TO_MEDIAN:
        smaller = torch.minimum(values[low], values[high])
        values[high] = torch.maximum(values[low], values[high])
        values[low] = smaller
    return values[reach]

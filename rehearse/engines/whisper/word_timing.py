"""Word timing: when each word was said, from attention.

The method of openai-whisper's `timing.find_alignment`, which encodes the sound again, adds hooks to
the model, compiles for 2 s at its first use and changes torch's number of threads. Its median
filter sorts, which takes longer than everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rehearse.engines.whisper.decoder_layers import ROWS_AT_ONCE, DecoderLayers
from rehearse.engines.whisper.encoder_layers import POSITIONS_PER_S
from rehearse.engines.whisper.timed_words import TimedText

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

Floats = npt.NDArray[np.float64]


def timed_pieces(
    layers: DecoderLayers,
    tokenizer: Tokenizer,
    features: torch.Tensor,
    tokens: Sequence[int],
    duration_s: float,
) -> list[TimedText]:
    """The words and punctuation of `tokens`, each with its time and mean probability.

    `features`: the encoded sound, (positions, width), of which `duration_s` holds sound. Times are
    in seconds from its start. A piece that starts a word starts with a space.
    """
    if not tokens:
        return []
    pieces, piece_tokens = tokenizer.split_to_word_tokens([*tokens, tokenizer.eot])
    attention, probabilities = _attend(layers, tokenizer, features, tokens, duration_s)
    starts_s = POSITION_S * first_positions(-attention)
    bounds = np.cumsum([0, *(len(part) for part in piece_tokens[:-1])])
    return [
        TimedText(
            text,
            float(starts_s[first]),
            float(starts_s[end]),
            float(probabilities[first:end].mean()),
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
) -> tuple[Floats, Floats]:
    """Attention, (tokens and the end, positions), and each token's probability."""
    import torch

    start = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
    layers.begin(features)
    states = layers.states([*start, *tokens, tokenizer.eot], 0)
    scores = layers.attention_scores()
    vocabulary = layers.model.decoder.token_embedding.weight[: tokenizer.eot]
    # The prediction for each token is one place before it.
    of_tokens = torch.cat(
        [
            _probabilities(vocabulary, rows, those)
            for rows, those in zip(
                states[len(start) - 1 : -2].split(ROWS_AT_ONCE),
                torch.tensor(tokens).split(ROWS_AT_ONCE),
                strict=True,
            )
        ]
    )
    weights = scores[:, :, : max(1, int(duration_s / POSITION_S))].softmax(dim=-1)
    deviation, mean = torch.std_mean(weights, dim=-2, keepdim=True, unbiased=False)
    weights = ((weights - mean) / deviation)[:, len(start) - 1 : -1]
    attention = torch.cat(
        [_median_of_7(rows).mean(dim=0) for rows in weights.split(ROWS_AT_ONCE, dim=1)]
    )
    return attention.double().numpy(), of_tokens.double().numpy()


def _probabilities(
    vocabulary: torch.Tensor, states: torch.Tensor, tokens: torch.Tensor
) -> torch.Tensor:
    """The probability of each of `tokens` among all text tokens; `states`: (tokens, width)."""
    logits = states @ vocabulary.T
    said = logits.gather(1, tokens[:, None])[:, 0]
    return (said - logits.logsumexp(dim=-1)).exp()


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

"""WhisperFillerPass: asks Whisper where an um was left out.

Whisper's clean text leaves out most um and uh. With a prompt full of them it writes them, but may
damage the rest of the text. So nothing is decoded here: the prompted decoder gets the clean words
and gives, for each gap between two words, the probability of an um. This takes one run of the
encoder and a few of the decoder, and the text cannot change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rehearse.delivery.fillers import HESITATIONS, Hesitation
from rehearse.engines.whisper.decoder_layers import ROWS_AT_ONCE, DecoderLayers
from rehearse.engines.whisper.encoder_layers import WHOLE_CONTEXT_S, encode
from rehearse.engines.whisper.weights import LoadedModel
from rehearse.sound import SAMPLE_RATE_HZ, Samples, sample_count
from rehearse.transcript import Word

if TYPE_CHECKING:
    import torch

PROMPT = " Um, uh, so, like, you know, er, hmm."
SURE = 0.1
"""The probability from which an um counts. 0.15 would lose a fifth of the synthetic ones."""
ROUNDS = 3
"""One um makes the next more likely: the decoder runs again with those found so far in place."""
LONGEST_WINDOW_S = 26.0
MARGIN_S = 0.4
SPARE_CONTEXT_S = 2.0
SHORTEST_CONTEXT_S = 10.0
MOST_TOKENS = 400  # of the decoder's 448
_SPELLINGS = (" um", " uh", " Um", " Uh", " er", " Er", " ah", " Ah", " hmm", " Hmm", " mm")


class WhisperFillerPass:
    """A HesitationFinder. It shares only weights with the transcriber: both may run at once."""

    def __init__(self, loaded: LoadedModel) -> None:
        from whisper.tokenizer import get_tokenizer

        model = loaded.model
        self._layers = DecoderLayers(model)
        self._tokenizer = get_tokenizer(
            model.is_multilingual, num_languages=model.num_languages, language="en"
        )
        encoded = [(text, self._tokenizer.encode(text)) for text in _SPELLINGS]
        self._fillers = {ids[0]: text.strip().lower() for text, ids in encoded if len(ids) == 1}
        self._comma = self._tokenizer.encode(",")

    def find(
        self, samples: Samples, start_s: float, words: Sequence[Word]
    ) -> tuple[Hesitation, ...]:
        """Um and uh that are missing from `words`. None are found for words without times."""
        found: list[Hesitation] = []
        for first, end in _windows(words):
            from_s = _known(words[first - 1].end_s) if first else start_s
            to_s = _known(words[end - 1].end_s) + MARGIN_S
            begin = max(0, sample_count(from_s - start_s))
            sound = samples[begin : max(begin, sample_count(to_s - start_s))]
            if len(sound) < SAMPLE_RATE_HZ // 10:
                continue
            for index, (text, probability) in self._ask(sound, words[first:end]).items():
                before = first + index
                at_s = words[before].start_s if before < len(words) else words[-1].end_s
                found.append(Hesitation(text, before, at_s, probability))
        return tuple(found)

    def _ask(self, sound: Samples, words: Sequence[Word]) -> dict[int, tuple[str, float]]:
        """From gap (the index of the word after it) to the filler in it and its probability."""
        import torch

        with torch.inference_mode():
            audio = self._encode(sound)
            found: dict[int, tuple[str, float]] = {}
            for _ in range(ROUNDS):
                new = {
                    gap: answer
                    for gap, answer in self._decode(audio, words, found).items()
                    if gap not in found and answer[1] >= SURE
                }
                if not new:
                    break
                found |= new
            self._layers.forget()
        return found

    def _encode(self, sound: Samples) -> torch.Tensor:
        """With only as much context as needed: half the time for a short turn."""
        length_s = len(sound) / SAMPLE_RATE_HZ
        features = encode(
            self._layers.model,
            sound,
            min(WHOLE_CONTEXT_S, max(SHORTEST_CONTEXT_S, length_s + SPARE_CONTEXT_S)),
        )
        assert features is not None
        return features

    def _decode(
        self, audio: torch.Tensor, words: Sequence[Word], found: dict[int, tuple[str, float]]
    ) -> dict[int, tuple[str, float]]:
        """The most probable filler in each gap, with the fillers of `found` in place."""
        tokens = [self._tokenizer.sot_prev, *self._tokenizer.encode(PROMPT)]
        tokens += self._tokenizer.sot_sequence_including_notimestamps
        gaps: list[int] = []
        for index in range(len(words) + 1):
            gaps.append(len(tokens) - 1)
            if index in found:
                tokens += [*self._tokenizer.encode(" " + found[index][0]), *self._comma]
            if index < len(words):
                tokens += self._tokenizer.encode(" " + words[index].text)
        gaps = [gap for gap in gaps if gap < MOST_TOKENS]
        return {
            index: self._likeliest(row)
            for index, row in enumerate(self._probabilities(tokens[:MOST_TOKENS], gaps, audio))
        }

    def _probabilities(
        self, tokens: list[int], positions: list[int], audio: torch.Tensor
    ) -> npt.NDArray[np.float32]:
        """Shape (positions, fillers): the whole vocabulary would be expensive."""
        import torch

        self._layers.begin(audio)
        x = self._layers.states(tokens, 0)[positions]
        fillers = list(self._fillers)
        found = []
        for rows in x.split(ROWS_AT_ONCE):
            logits = self._layers.logits(rows)
            found.append(logits[:, fillers] - logits.logsumexp(dim=-1, keepdim=True))
        values: npt.NDArray[np.float32] = torch.cat(found).exp().numpy()
        return values

    def _likeliest(self, row: npt.NDArray[np.float32]) -> tuple[str, float]:
        text = list(self._fillers.values())[int(row.argmax())]
        return text if text in HESITATIONS else "uh", float(row.sum())


def _windows(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """First and past-the-last word of pieces that fit the model, cut at the longest silence."""
    if any(word.start_s is None or word.end_s is None for word in words):
        return
    first = 0
    while first < len(words):
        from_s = _known(words[first - 1].end_s) if first else _known(words[0].start_s)
        end = first + 1
        while end < len(words) and _known(words[end].end_s) - from_s <= LONGEST_WINDOW_S:
            end += 1
        if end < len(words):
            end = max(
                range(first + max(1, (end - first) // 2), end + 1),
                key=lambda index: (
                    _known(words[index].start_s) - _known(words[index - 1].end_s),
                    index,
                ),
            )
        yield first, end
        first = end


def _known(time_s: float | None) -> float:
    assert time_s is not None
    return time_s

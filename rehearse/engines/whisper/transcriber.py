"""WhisperTranscriber: openai-whisper on spans of speech, with word times.

The library's own `transcribe` moves its window by word times when they are requested, and writes
words where nobody speaks. Here voice activity sets the windows, each is decoded as in the library,
and its words are timed from the same run of the encoder.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from rehearse.engines.activity.silero_vad import FRAME_SAMPLES, speech_probabilities
from rehearse.engines.whisper.decoder_layers import DecoderLayers
from rehearse.engines.whisper.draft import Draft, agrees, plain_words, repeats_its_end
from rehearse.engines.whisper.encoder_layers import WHOLE_CONTEXT_S, encode
from rehearse.engines.whisper.greedy_decoding import Decoded, GreedyDecoder
from rehearse.engines.whisper.latin_letters import suppressed_tokens
from rehearse.engines.whisper.speech_windows import VOICED, next_window
from rehearse.engines.whisper.timed_words import (
    FRAMES_PER_S,
    TIMING_ERROR_S,
    TimedText,
    begun_earlier,
    where_voiced,
    whole_words,
    with_missed,
    without_invented_end,
    without_loops,
    wordless,
)
from rehearse.engines.whisper.weights import LoadedModel
from rehearse.engines.whisper.word_timing import timed_pieces
from rehearse.sound import Samples, sample_count, seconds
from rehearse.transcript import Word

if TYPE_CHECKING:
    import numpy.typing as npt
    import torch
    from whisper.decoding import DecodingResult

MARGIN_S = 0.3
"""Sound kept before and after the speech of a window: soft consonants."""
LONGEST_WINDOW_S = 29.4
"""With the margins, this makes the 30 s that Whisper takes."""

SPARE_CONTEXT_S = 6.0
"""Silence encoded after the sound with the shorter context window. With less, the model invents
words after the end more often (`python -m benchmarks.live --only tails`)."""
WORTHWHILE_CONTEXT_S = 27.0

REPETITIVE = 2.4
"""The compression ratio above which text is a loop, as in the library."""
UNLIKELY = -1.0
"""The mean log probability per token below which text is a guess, as in the library."""
NO_SPEECH = 0.6
"""The model's probability of no speech above which a guess is dropped, as in the library."""
TEMPERATURES = (0.2, 0.4, 0.6, 0.8, 1.0)
MOST_TOKENS_PER_S = 8.0  # fluent speech has 3 to 5: a loop is stopped early
SPARE_TOKENS = 12

LEAST_VOICE_S = 0.5
LEAST_PROBABILITY = 0.2
"""With less voice than this, words that are all less probable than this are a guess: knocks on a
table become a "you" of at most 0.13."""

WORDLESS_S = 0.6
"""Voice of this length without a word is decoded separately: the model sometimes ends its text at a
pause or leaves out soft speech."""
LEAST_STEP_S = 0.5
"""The least progress from one window to the next, so that decoding ends."""


class WhisperTranscriber:
    """A Transcriber and Drafter. Several threads may call it; they wait for each other."""

    def __init__(self, loaded: LoadedModel) -> None:
        from whisper.tokenizer import get_tokenizer

        self._model = loaded.model
        self._tokenizer = get_tokenizer(
            loaded.model.is_multilingual,
            num_languages=loaded.model.num_languages,
            language="en",
            task="transcribe",
        )
        self._never = suppressed_tokens(self._tokenizer)
        self._layers = DecoderLayers(loaded.model)
        self._greedy = GreedyDecoder(self._layers, self._tokenizer)
        self._draft: Draft | None = None
        self._encoded: tuple[Samples, float, torch.Tensor] | None = None
        self._lock = threading.Lock()
        self.name = f"{loaded.name} ({loaded.version})"

    def transcribe(
        self, samples: Samples, *, offset_s: float = 0.0, before: str = ""
    ) -> tuple[Word, ...]:
        """The words in `samples`, with times counted from `offset_s`; none without speech.

        `before`: what was said just before, as context.
        `samples`: shape (n,), float32, at SAMPLE_RATE_HZ. The same samples give the same words.
        Raises ValueError when `samples` has another shape or type.
        """
        return self._transcribe(samples, offset_s, before, hurried=False)

    def conclude(
        self, samples: Samples, *, offset_s: float = 0.0, before: str = ""
    ) -> tuple[Word, ...]:
        """See Drafter. Encodes less silence after the sound; text that cannot be trusted or differs
        from the draft is decoded again with the full context window."""
        return self._transcribe(samples, offset_s, before, hurried=True)

    def _transcribe(
        self, samples: Samples, offset_s: float, before: str, *, hurried: bool
    ) -> tuple[Word, ...]:
        import torch

        if samples.ndim != 1 or samples.dtype != np.float32:
            raise ValueError(
                f"samples are {samples.dtype} of shape {samples.shape}, not float32 of shape (n,)"
            )
        with self._lock, torch.random.fork_rng(devices=[]), torch.inference_mode():
            torch.manual_seed(0)  # for the temperatures above 0
            return tuple(
                Word(
                    word.text,
                    offset_s + word.start_s,
                    offset_s + word.end_s,
                    word.probability,
                    signs=word.signs,
                )
                for word in self._words(samples, before, hurried)
            )

    def prepare(self, samples: Samples, *, before: str, go_on: Callable[[], bool]) -> None:
        """See Drafter. The text becomes the draft that `transcribe` checks."""
        import torch

        with self._lock, torch.inference_mode():
            probabilities = speech_probabilities(samples)
            window = next_window(probabilities, int(LONGEST_WINDOW_S * FRAMES_PER_S))
            if window is None or not go_on():
                return
            sound, _ = _sound_in(samples, window)
            features = self._encode(sound, _shorter_context_s(sound), go_on)
            if features is not None:
                prompt = self._tokenizer.encode(f" {before}") if before else []
                self._drafted(features, prompt, sound, go_on)

    def _words(self, samples: Samples, before: str, hurried: bool) -> Iterator[TimedText]:
        """One window after the other, each prompted with the text before it."""
        probabilities = speech_probabilities(samples)
        voiced = probabilities >= VOICED
        longest = int(LONGEST_WINDOW_S * FRAMES_PER_S)
        prompt: list[int] = self._tokenizer.encode(f" {before}") if before else []
        window = next_window(probabilities, longest)
        while window is not None:
            words, trusted = self._words_in(samples, voiced, window, prompt, hurried)
            decoded = window[1]
            if words:
                after = max(
                    int((words[-1].end_s + TIMING_ERROR_S) * FRAMES_PER_S) + 1,
                    window[0] + int(LEAST_STEP_S * FRAMES_PER_S),
                )
                if voiced[after : window[1]].sum() >= WORDLESS_S * FRAMES_PER_S:
                    decoded = after
                for gap in wordless(words, voiced, WORDLESS_S):
                    missed, _ = self._words_in(samples, voiced, gap, prompt)
                    words = with_missed(words, missed, gap)
            said = "".join(f" {word.text}" for word in words)
            prompt = prompt + self._tokenizer.encode(said) if trusted else []
            yield from begun_earlier(words, voiced)
            window = next_window(probabilities, longest, decoded)

    def _words_in(
        self,
        samples: Samples,
        voiced: npt.NDArray[np.bool_],
        window: tuple[int, int],
        prompt: list[int],
        hurried: bool = False,
    ) -> tuple[list[TimedText], bool]:
        """The words between two frames, and whether they may serve as a prompt."""
        sound, start = _sound_in(samples, window)
        found = self._at_once(sound, prompt) if hurried else None
        if found is None:
            features = self._encode(sound)
            assert features is not None
            result = self._decode(features, sound, prompt)
            if result is None:
                return [], False
        else:
            features, result = found
        tokens = [token for token in result.tokens if token < self._tokenizer.eot]
        pieces = timed_pieces(self._layers, self._tokenizer, features, tokens, seconds(len(sound)))
        words = without_invented_end(list(whole_words(pieces, seconds(start))))
        if result.compression_ratio > REPETITIVE:
            words = without_loops(words)
        if voiced[slice(*window)].sum() < LEAST_VOICE_S * FRAMES_PER_S and all(
            word.probability < LEAST_PROBABILITY for word in words
        ):
            return [], False
        return list(where_voiced(words, voiced)), _trusted(result)

    def _at_once(self, sound: Samples, prompt: list[int]) -> tuple[torch.Tensor, Decoded] | None:
        """Encoded sound and text with the shorter context window; None where that saves nothing or
        cannot be trusted."""
        context_s = _shorter_context_s(sound)
        if context_s == WHOLE_CONTEXT_S:
            return None
        drafted = plain_words(self._text(self._drafted_for(prompt, sound)))
        features = self._encode(sound, context_s)
        assert features is not None
        result = self._drafted(features, prompt, sound)
        said = plain_words(self._text(result.tokens))
        if not said or repeats_its_end(said) or not _trusted(result) or not agrees(said, drafted):
            return None
        return features, result

    def _text(self, tokens: Sequence[int]) -> str:
        spoken = [token for token in tokens if token < self._tokenizer.eot]
        text: str = self._tokenizer.decode(spoken)
        return text

    def _encode(
        self,
        sound: Samples,
        context_s: float = WHOLE_CONTEXT_S,
        go_on: Callable[[], bool] = lambda: True,
    ) -> torch.Tensor | None:
        """See `encode`; the latest sound is not encoded again."""
        if self._encoded is not None:
            known, known_context_s, features = self._encoded
            if known_context_s == context_s and np.array_equal(known, sound):
                return features
        self._encoded = None
        self._layers.forget()
        encoded = encode(self._model, sound, context_s, go_on)
        if encoded is not None:
            self._encoded = sound, context_s, encoded
        return encoded

    def _decode(
        self, features: torch.Tensor, sound: Samples, prompt: list[int]
    ) -> Decoded | DecodingResult | None:
        """The first text that can be trusted, else the most probable; None without speech.

        A prompt can cause a loop, so the next attempt is without it, then at rising temperatures.
        """
        results: list[Decoded | DecodingResult] = []
        for result in self._tries(features, prompt, sound):
            if _trusted(result):
                return result
            if result.no_speech_prob > NO_SPEECH and result.avg_logprob < UNLIKELY:
                return None
            results.append(result)
        return max(
            results, key=lambda found: (found.compression_ratio <= REPETITIVE, found.avg_logprob)
        )

    def _tries(
        self, features: torch.Tensor, prompt: list[int], sound: Samples
    ) -> Iterator[Decoded | DecodingResult]:
        from whisper.decoding import DecodingOptions, decode

        if prompt:
            yield self._drafted(features, prompt, sound)
        yield self._drafted(features, [], sound)
        for temperature in TEMPERATURES:
            options = DecodingOptions(
                language="en",
                fp16=False,
                sample_len=self._most_tokens(sound),
                temperature=temperature,
                suppress_tokens=self._never,
            )
            result = decode(self._model, features, options)
            assert not isinstance(result, list)
            yield result

    def _drafted(
        self,
        features: torch.Tensor,
        prompt: list[int],
        sound: Samples,
        go_on: Callable[[], bool] = lambda: True,
    ) -> Decoded:
        """Checks the draft first; then this text becomes the draft."""
        draft = self._drafted_for(prompt, sound)
        result = self._greedy.decode(
            features,
            prompt=prompt,
            most_tokens=self._most_tokens(sound),
            draft=draft,
            go_on=go_on,
        )
        broken_off = result.draft == draft[: len(result.draft)] and not go_on()
        if not broken_off:
            self._draft = Draft(prompt, result.draft, sound)
        return result

    def _drafted_for(self, prompt: list[int], sound: Samples) -> tuple[int, ...]:
        draft = self._draft
        return draft.tokens if draft is not None and draft.serves(prompt, sound) else ()

    def _most_tokens(self, sound: Samples) -> int:
        at_most: int = self._model.dims.n_text_ctx // 2
        return min(at_most, int(SPARE_TOKENS + MOST_TOKENS_PER_S * seconds(len(sound))))


def _sound_in(samples: Samples, window: tuple[int, int]) -> tuple[Samples, int]:
    """The samples between two frames, with margins, and the index of the first one."""
    margin = sample_count(MARGIN_S)
    start = max(0, window[0] * FRAME_SAMPLES - margin)
    return samples[start : window[1] * FRAME_SAMPLES + margin], start


def _shorter_context_s(sound: Samples) -> float:
    """Seconds of context for the shorter window; the full one where that would save little."""
    context_s = seconds(len(sound)) + SPARE_CONTEXT_S
    return context_s if context_s <= WORTHWHILE_CONTEXT_S else WHOLE_CONTEXT_S


def _trusted(result: Decoded | DecodingResult) -> bool:
    return bool(result.compression_ratio <= REPETITIVE and result.avg_logprob >= UNLIKELY)

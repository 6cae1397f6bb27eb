"""WhisperTranscriber with the real weights: it writes what is said, and nothing else."""

from pathlib import Path

import jiwer
import numpy as np
import pytest
import torch
import whisper
from whisper.decoding import DecodingResult
from whisper.normalizers import EnglishTextNormalizer
from whisper.timing import find_alignment

from rehearse.engines.activity.silero_vad import FRAME_SAMPLES, speech_probabilities
from rehearse.engines.whisper import transcriber as whisper_transcriber
from rehearse.engines.whisper.decoder_layers import DecoderLayers
from rehearse.engines.whisper.encoder_layers import POSITIONS_PER_S, encode
from rehearse.engines.whisper.greedy_decoding import Decoded, GreedyDecoder
from rehearse.engines.whisper.transcriber import WhisperTranscriber
from rehearse.engines.whisper.weights import load_model
from rehearse.engines.whisper.word_timing import timed_pieces
from rehearse.sound import SAMPLE_RATE_HZ, sample_count, seconds
from tests.noises import NOISES, at_level, fixture, fixture_text, silence

pytestmark = pytest.mark.slow

normalise = EnglishTextNormalizer()


@pytest.fixture(scope="module")
def loaded():
    return load_model(None, Path("not-used"))


@pytest.fixture(scope="module")
def transcriber(loaded):
    return WhisperTranscriber(loaded)


@pytest.fixture(scope="module")
def question(transcriber):
    """A talk of 18 s and its words."""
    samples = fixture("d_question_only__piper-joe")
    return samples, transcriber.transcribe(samples)


def text(words):
    return " ".join(word.text for word in words)


def error_rate(name, words):
    return jiwer.wer(normalise(fixture_text(name)), normalise(text(words)))


def test_its_name_has_model_and_version(transcriber):
    assert transcriber.name.startswith("tiny.en (openai-whisper 2")
    assert transcriber.name.endswith(", weights 1a5afae06a4d)")


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("a_strong__piper-joe", 0.03),
        ("a_strong__kokoro-jm_kumo", 0.04),
        ("e_hesitant__piper-joe", 0.2),  # of its words, one in six is um or uh, left out
        ("c_contribution_only__telephone", 0.06),
    ],
)
def test_a_talk_longer_than_a_window_is_transcribed_completely(name, most, transcriber):
    words = transcriber.transcribe(fixture(name))
    assert error_rate(name, words) <= most


def test_words_are_clean_and_in_order_where_there_is_voice(question):
    samples, words = question
    voiced = speech_probabilities(samples) >= 0.5
    assert text(words).startswith("Hello, Dana. This is Sam Rivera.")
    before = 0.0
    for word in words:
        assert word.text == word.text.strip() != ""
        assert type(word.start_s) is type(word.end_s) is type(word.probability) is float
        assert before <= word.start_s <= word.end_s <= seconds(len(samples))
        assert 0 <= word.probability <= 1
        first, last = (int(time * SAMPLE_RATE_HZ) // FRAME_SAMPLES
                       for time in (word.start_s, word.end_s))  # fmt: skip
        assert voiced[max(0, first - 7) : last + 8].any()
        before = word.start_s


def test_silence_around_speech_moves_the_times_and_nothing_else(question, transcriber):
    samples, words = question
    moved = transcriber.transcribe(np.concatenate([silence(7), samples, silence(5)]))
    assert jiwer.wer(normalise(text(words)), normalise(text(moved))) <= 0.05
    assert moved[0].start_s == pytest.approx(words[0].start_s + 7, abs=0.2)
    assert moved[-1].end_s == pytest.approx(words[-1].end_s + 7, abs=0.2)


def test_times_count_from_the_offset(question, transcriber):
    samples, words = question
    shifted = transcriber.transcribe(samples, offset_s=100)
    assert [word.start_s for word in shifted] == [
        pytest.approx(word.start_s + 100) for word in words
    ]


def test_the_same_sound_gives_the_same_words(question, transcriber):
    samples, words = question
    state = torch.random.get_rng_state()
    assert transcriber.transcribe(samples) == words
    assert torch.equal(state, torch.random.get_rng_state())


def test_a_quiet_microphone_is_understood(question, transcriber):
    samples, _ = question
    quiet = transcriber.transcribe(at_level(samples, -50))
    assert error_rate("d_question_only__piper-joe", quiet) <= 0.05


@pytest.mark.parametrize("duration_s", [3, 12])
@pytest.mark.parametrize("name", NOISES)
def test_no_words_where_nobody_speaks(name, duration_s, transcriber):
    assert transcriber.transcribe(NOISES[name](duration_s)) == ()


def test_no_words_in_the_noise_of_a_room(transcriber):
    assert transcriber.transcribe(fixture("silent__room")) == ()


@pytest.mark.parametrize("count", [0, 1, 200, SAMPLE_RATE_HZ // 10])
def test_sound_too_short_for_a_word_has_none(count, transcriber):
    samples = np.full(count, 0.1, dtype=np.float32)
    assert transcriber.transcribe(samples) == ()


def test_half_a_second_of_a_talk_is_no_problem(question, transcriber):
    samples, _ = question
    assert len(transcriber.transcribe(samples[: SAMPLE_RATE_HZ // 2])) <= 2


@pytest.mark.parametrize(
    "samples", [np.zeros((10, 2), dtype=np.float32), np.zeros(10, dtype=np.float64)]
)
def test_other_shapes_and_types_are_rejected(samples, transcriber):
    with pytest.raises(ValueError, match="not float32 of shape"):
        transcriber.transcribe(samples)


def decoded(text, *, ratio=1.0, likelihood=-0.3, no_speech=0.0, transcriber):
    tokens = transcriber._tokenizer.encode(text)
    return DecodingResult(None, "en", tokens=tokens, text=text, avg_logprob=likelihood,
                          no_speech_prob=no_speech, compression_ratio=ratio,
                          temperature=0.0)  # fmt: skip


@pytest.fixture
def decodes(monkeypatch):
    """Sets the decoder's answers, attempt by attempt, and records their options."""

    def answer(*results):
        options_used, left = [], list(results)

        def decode(_model, _features, options):
            options_used.append(options)
            return left.pop(0) if len(left) > 1 else left[0]

        def decode_greedily(_decoder, features, *, prompt, most_tokens, draft, go_on):
            result = decode(None, features, whisper.DecodingOptions(sample_len=most_tokens))
            tokens = tuple(result.tokens)
            return Decoded(tokens, tokens, result.text, result.avg_logprob,
                           result.no_speech_prob, result.compression_ratio)  # fmt: skip

        monkeypatch.setattr("whisper.decoding.decode", decode)
        monkeypatch.setattr(GreedyDecoder, "decode", decode_greedily)
        return options_used

    return answer


def test_a_loop_is_decoded_again_and_then_cut(question, transcriber, decodes):
    samples, _ = question
    loop = decoded(" I want to" * 40, ratio=9.0, transcriber=transcriber)
    tries = decodes(loop)
    words = transcriber.transcribe(samples[: 2 * SAMPLE_RATE_HZ])
    assert text(words).startswith("I want to")
    assert text(words).count("I want to") < 5
    assert [options.temperature for options in tries[:6]] == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert all(options.sample_len < 40 for options in tries)


def test_the_first_attempt_without_a_loop_is_used(question, transcriber, decodes):
    samples, words = question
    loop = decoded(" I want to" * 40, ratio=9.0, transcriber=transcriber)
    good = decoded(" " + text(words), transcriber=transcriber)
    tries = decodes(loop, good)
    assert text(transcriber.transcribe(samples)) == text(words)
    assert len(tries) == 2


def test_text_that_the_model_considers_no_speech_is_dropped(question, transcriber, decodes):
    samples, _ = question
    decodes(decoded(" Thanks.", likelihood=-1.5, no_speech=0.9, transcriber=transcriber))
    assert transcriber.transcribe(samples) == ()


def test_speech_after_an_early_end_is_decoded_from_there(question, transcriber, decodes):
    samples, words = question
    first = text(words[:6])
    decodes(
        decoded(" " + first, transcriber=transcriber),
        decoded(" and the rest.", transcriber=transcriber),
    )
    heard = text(transcriber.transcribe(samples[: 4 * SAMPLE_RATE_HZ]))
    assert heard.startswith(first + " and the rest.")


def test_word_times_match_the_library(loaded, question, transcriber):
    samples, words = question
    threads = torch.get_num_threads()
    tokens = transcriber._tokenizer.encode(" " + text(words))
    mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(samples))
    with torch.inference_mode():
        features = transcriber._encode(samples)
        ours = timed_pieces(
            DecoderLayers(loaded.model),
            transcriber._tokenizer,
            features,
            tokens,
            seconds(len(samples)),
        )
        theirs = find_alignment(
            loaded.model, transcriber._tokenizer, tokens, mel, len(samples) // 160
        )
    torch.set_num_threads(threads)  # the library changes them
    assert [piece.text for piece in ours] == [timing.word for timing in theirs]
    assert [piece.start_s for piece in ours] == pytest.approx([each.start for each in theirs])
    assert [piece.end_s for piece in ours] == pytest.approx([each.end for each in theirs])
    assert [piece.probability for piece in ours] == pytest.approx(
        [each.probability for each in theirs], abs=1e-4
    )


def test_every_word_has_its_signs(question):
    _, words = question
    signs = [word.signs for word in words]
    assert None not in signs
    for word, found in zip(words, signs, strict=True):
        assert found.said <= found.weakest <= 0
        assert found.said <= found.spelt <= 0
        assert found.rank >= 0
        assert (found.rank == 0) or found.weakest < np.log(0.5) + 1e-3
        if found.tokens == 1:
            assert np.exp(found.said) == pytest.approx(word.probability, abs=2e-3)
            assert np.exp(found.spelt) + np.exp(found.other) < 1.002
    assert any(found.spelt > found.said + 1e-3 for found in signs)


def test_a_window_is_no_longer_than_whisper_takes():
    most = whisper_transcriber.LONGEST_WINDOW_S + 2 * whisper_transcriber.MARGIN_S
    assert sample_count(most) <= 30 * SAMPLE_RATE_HZ


def test_a_soft_sentence_between_louder_ones_is_transcribed(transcriber):
    loud, soft = fixture("a_strong__piper-joe"), fixture("d_question_only__kokoro-jm_kumo")
    rng = np.random.default_rng(0)
    talk = np.concatenate(
        [
            loud[: sample_count(10)],
            soft[: sample_count(5)] * np.float32(10 ** (-26 / 20)),
            loud[sample_count(16) : sample_count(24)],
        ]
    )
    room = rng.standard_normal(len(talk)).astype(np.float32) * np.float32(10 ** (-62 / 20))
    assert "I won't take much of your time" in text(transcriber.transcribe(talk + room))


@pytest.mark.parametrize("context_s", [30.0, 8.5])
def test_sound_is_encoded_as_by_the_library(loaded, context_s, monkeypatch):
    sound = fixture("e_hesitant__piper-joe")[: sample_count(8)]
    encoder, positions = loaded.model.encoder, round(context_s * POSITIONS_PER_S)
    with torch.inference_mode():
        ours = encode(loaded.model, sound, context_s)
        whole = encoder.positional_embedding
        monkeypatch.setitem(encoder._buffers, "positional_embedding", whole[:positions])
        padded = whisper.pad_or_trim(sound, sample_count(context_s))
        [theirs] = encoder(whisper.log_mel_spectrogram(padded)[None])
    assert ours.shape == theirs.shape == (positions, loaded.model.dims.n_audio_state)
    assert torch.allclose(ours, theirs, atol=1e-3)


@pytest.mark.parametrize("prompt", ["", " I have been thinking about how this job"])
@pytest.mark.parametrize("name", ["e_hesitant__piper-joe", "a_strong__noisy"])
def test_greedy_decoding_writes_what_the_library_writes_with_any_draft(loaded, prompt, name):
    tokenizer = whisper.tokenizer.get_tokenizer(multilingual=False)
    greedy = GreedyDecoder(DecoderLayers(loaded.model), tokenizer)
    tokens = tokenizer.encode(prompt)
    sound = fixture(name)[: sample_count(20)]
    with torch.inference_mode():
        features, earlier = (
            loaded.model.encoder(whisper.log_mel_spectrogram(whisper.pad_or_trim(part))[None])[0]
            for part in (sound, sound[: sample_count(14)])
        )
        options = whisper.DecodingOptions(
            language="en", fp16=False, sample_len=150, **({"prompt": tokens} if tokens else {})
        )
        theirs = whisper.decode(loaded.model, features, options)
        draft = greedy.decode(earlier, prompt=tokens, most_tokens=150).draft
        for guess in ((), draft, tuple(tokenizer.encode(" Something else altogether."))):
            ours = greedy.decode(features, prompt=tokens, most_tokens=150, draft=guess)
            assert list(ours.tokens) == theirs.tokens
            assert ours.text == theirs.text
            assert ours.avg_logprob == pytest.approx(theirs.avg_logprob, abs=1e-3)
            assert ours.no_speech_prob == pytest.approx(theirs.no_speech_prob, abs=1e-3)


@pytest.mark.parametrize("prepared_s", [6.0, 13.0, 20.0])
def test_preparing_changes_no_word(transcriber, prepared_s):
    sound = fixture("e_hesitant__piper-joe")[: sample_count(20)]
    plain = transcriber.transcribe(sound)
    transcriber.transcribe(fixture("a_strong__noisy")[: sample_count(5)])
    transcriber.prepare(sound[: sample_count(prepared_s)], before="", go_on=lambda: True)
    assert transcriber.transcribe(sound) == plain


@pytest.mark.parametrize("asked", [0, 1, 3, 8])
def test_interrupted_preparation_changes_no_word(transcriber, asked):
    sound = fixture("e_hesitant__piper-joe")[: sample_count(20)]
    plain = transcriber.transcribe(sound)
    transcriber.prepare(sound[: sample_count(12)], before="", go_on=lambda: True)
    left = [True] * asked
    transcriber.prepare(
        sound[: sample_count(16)], before="", go_on=lambda: bool(left) and left.pop()
    )
    assert left == []
    assert transcriber.transcribe(sound) == plain


@pytest.mark.parametrize("end_s", [6.35, 12.0, 17.9])
def test_the_fast_result_at_the_end_is_the_same(transcriber, question, end_s):
    samples, _ = question
    sound = samples[: sample_count(end_s)]
    plain = transcriber.transcribe(sound)
    transcriber.prepare(sound[: sample_count(end_s - 2)], before="", go_on=lambda: True)
    assert jiwer.wer(normalise(text(plain)), normalise(text(transcriber.conclude(sound)))) <= 0.04


def test_a_draft_from_a_shorter_context_window_changes_no_word(transcriber):
    sound = fixture("e_hesitant__piper-joe")[: sample_count(14)]
    plain = transcriber.transcribe(sound)
    transcriber.conclude(sound[: sample_count(10)])
    assert transcriber.transcribe(sound) == plain


@pytest.mark.parametrize(
    "doubtful",
    [
        {"text": " I want to" * 40, "ratio": 9.0},
        {"text": " Hello, Dana. This is Sam.", "likelihood": -1.5},
        {"text": " Hello, Dana. This is Sam. This is Sam."},
        {"text": ""},
    ],
)
def test_a_suspicious_result_of_the_shorter_window_is_decoded_again(
    question, transcriber, decodes, doubtful
):
    samples, words = question
    good = " " + text(words[:6])
    tries = decodes(
        decoded(**doubtful, transcriber=transcriber), decoded(good, transcriber=transcriber)
    )
    heard = transcriber.conclude(samples[: 2 * SAMPLE_RATE_HZ])
    assert text(heard) == text(words[:6])
    assert len(tries) == 2


@pytest.mark.parametrize(
    ("at_once", "again"),
    [
        ("hello Dana, this is Sam Rivera you set", False),
        ("Hello, Dana. This is Sam Rivera. You said.", False),
        ("I won't take much of your time.", True),
        ("Hello, Dana.", True),
    ],
)
def test_the_shorter_window_must_agree_with_the_draft(
    question, transcriber, decodes, at_once, again
):
    samples, words = question
    drafted = decoded(" " + text(words[:9]), transcriber=transcriber)
    tries = decodes(drafted, decoded(" " + at_once, transcriber=transcriber), drafted)
    sound = samples[: sample_count(2.6)]
    transcriber.prepare(sound[: 2 * SAMPLE_RATE_HZ], before="", go_on=lambda: True)
    transcriber.conclude(sound)
    assert (len(tries) >= 3) == again

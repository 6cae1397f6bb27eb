"""A multilingual model writes Latin letters only; the library does not hold it to that."""

import pytest
from whisper.tokenizer import get_tokenizer

from rehearse.engines.whisper.latin_letters import (
    OF_THE_LIBRARY,
    has_other_letters,
    suppressed_tokens,
)


@pytest.mark.parametrize("text", ["what I'd do", "café", "McNayö", "“so” – it’s", " 40%", "Łódź"])
def test_english_as_people_write_it_is_allowed(text: str) -> None:
    assert not has_other_letters(text.encode())


@pytest.mark.parametrize("text", ["喝", "鹿可", "спасибо", "नमस्ते", "ありがとう", "그래", "♪"])
def test_other_letters_are_not(text: str) -> None:
    assert has_other_letters(text.encode())


def test_every_token_of_english_can_be_written_and_none_of_chinese() -> None:
    tokenizer = get_tokenizer(True, num_languages=99, language="en", task="transcribe")
    never = set(suppressed_tokens(tokenizer))
    assert not never & set(tokenizer.encode(" I’d cut “returns” – café, 40% in Łódź, naïve"))
    for text in ("喝鹿可 阿普", "谢谢", "спасибо", "감사합니다"):
        assert never & set(tokenizer.encode(text))


def test_the_english_model_is_left_as_it_is() -> None:
    assert suppressed_tokens(get_tokenizer(False)) == [OF_THE_LIBRARY]

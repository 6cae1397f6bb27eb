"""Typed talks: text files as Windows and others write them."""

import codecs

import pytest

from rehearse.errors import RehearseError
from rehearse.rehearsing.talk_files import text_talk

SAID = "I’d ring your café before eight."


@pytest.mark.parametrize(
    "typed",
    [
        SAID.encode(),
        codecs.BOM_UTF8 + SAID.encode(),
        codecs.BOM_UTF16_LE + SAID.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SAID.encode("utf-16-be"),
        SAID.encode("cp1252"),
    ],
)
def test_the_words_are_those_that_were_typed(typed: bytes) -> None:
    assert text_talk(typed).transcript.utterances[0].text == SAID


def test_a_stray_control_character_is_a_blank() -> None:
    text = text_talk(b"I'd ring\x1b[31m them " + b"before they ring us " * 10)
    assert "\x1b" not in text.transcript.utterances[0].text


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(RehearseError) as caught:
        text_talk(bytes(range(256)) * 20)
    assert "This is no text" in caught.value.problem

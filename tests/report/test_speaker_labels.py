"""Who spoke at the manager's end is named wherever a transcript is read."""

import pytest

from rehearse.report.text import transcript_text
from rehearse.report.wording import speaker_name
from rehearse.transcript import Speaker, Transcript, Utterance, words_of_text


@pytest.mark.parametrize(
    ("speaker", "who", "name"),
    [
        (Speaker.CANDIDATE, "manager", "You"),
        (Speaker.MANAGER, "manager", "Manager"),
        (Speaker.MANAGER, "assistant", "Assistant"),
        (Speaker.MANAGER, "voicemail", "Voicemail"),
    ],
)
def test_the_speaker_is_named(speaker: Speaker, who: str, name: str) -> None:
    assert speaker_name(Utterance(speaker, words_of_text("Hello."), who=who)) == name


def test_a_long_name_does_not_run_into_the_words() -> None:
    greeting = Utterance(Speaker.MANAGER, words_of_text("This is the voicemail."), who="voicemail")
    assert "Voicemail This is" in transcript_text(Transcript((greeting,)), 80)

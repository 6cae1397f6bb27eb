"""Who spoke at the manager's end is named wherever a transcript is read."""

import pytest

from rehearse.report.wording import speaker_name
from rehearse.transcript import Speaker, Utterance, words_of_text


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

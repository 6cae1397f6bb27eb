"""Off the script: calls written out as dialogues, understood by the real tagger and classifier."""

import pytest

from rehearse.calling.acts import Act
from rehearse.calling.scenario import Moment
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import Transcript
from tests.calling import dialogues

FILES = sorted(dialogues.FOLDER.glob("*.dialogue"))
SCRIPTS = [script for file in FILES for script in dialogues.scripts(file)]


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_manager_says_what_the_dialogue_tells(file) -> None:  # type: ignore[no-untyped-def]
    assert dialogues.document(file) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.title)
def test_the_question_is_answered_if_and_only_if_the_scorecard_credits_it(
    script: dialogues.Script,
) -> None:
    held = dialogues.hold(script)
    answered = any(line.moment is Moment.ANSWER for line in held.said)
    card = score_transcript(Transcript(held.utterances), dialogues.tagger())
    credited = card.finding(Criterion.CRITICAL_QUESTION).met
    if script.scenario in ("distracted", "redirect", "gatekeeper", "busy"):
        assert credited or not answered  # these may leave a question without an answer
    else:
        assert answered == credited


@pytest.mark.slow
def test_acts_of_the_rubric_are_those_of_the_tagger() -> None:
    for script in SCRIPTS:
        for turn in dialogues.hold(script).understood:
            assert turn.asked == (Act.CRITICAL_QUESTION in turn.acts)

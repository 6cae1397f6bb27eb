"""Off the script: calls written out as dialogues, understood by the real tagger and classifier."""

from collections import defaultdict

import pytest

from rehearse.calling.acts import Act
from rehearse.calling.scenario import Moment, packaged_names
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import Transcript
from tests.calling import dialogues

FILES = sorted(dialogues.FOLDER.glob("*.dialogue"))
SCRIPTS = [script for file in FILES for script in dialogues.scripts(file)]
FEWEST_EXCHANGES = 120
NOT_TO_A_MACHINE = (
    {Act.LINE_CHECK, Act.WHO, Act.REPEAT, Act.ASK_EXAMPLE, Act.ACKNOWLEDGE}
    | {Act.ANSWERS_OBJECTION, Act.ANSWERS_QUESTION, Act.DONT_KNOW}
)  # fmt: skip
"""What makes sense only where somebody has spoken to the caller."""


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_manager_says_what_the_dialogue_tells(file) -> None:  # type: ignore[no-untyped-def]
    assert dialogues.document(file) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.title)
def test_the_question_is_answered_if_and_only_if_the_scorecard_credits_it(
    script: dialogues.Script,
) -> None:
    held = dialogues.held(script)
    answered = any(line.moment is Moment.ANSWER for line in held.said)
    card = score_transcript(Transcript(held.utterances), dialogues.tagger())
    credited = card.finding(Criterion.CRITICAL_QUESTION).met
    if script.scenario in ("distracted", "redirect", "gatekeeper", "busy", "voicemail"):
        assert credited or not answered  # these may leave a question without an answer
    else:
        assert answered == credited


@pytest.mark.slow
def test_acts_of_the_rubric_are_those_of_the_tagger() -> None:
    for script in SCRIPTS:
        for turn in dialogues.held(script).understood:
            assert turn.asked == (Act.CRITICAL_QUESTION in turn.acts)


def test_the_dialogues_cover_every_act_with_every_character() -> None:
    """Counted are the acts that were understood; a message has only those that nobody prompts."""
    done = defaultdict[str, set[Act]](set)
    for script in SCRIPTS:
        done[script.scenario].update(*(turn.acts for turn in dialogues.held(script).understood))
    missing = [
        f"{character}: {act}"
        for character in packaged_names()
        for act in Act
        if act not in done[character] and not (character == "voicemail" and act in NOT_TO_A_MACHINE)
    ]
    assert not missing, f"no dialogue has these: {', '.join(missing)}"


def test_there_are_enough_exchanges_off_the_script() -> None:
    assert sum(len(script.turns) for script in SCRIPTS) >= FEWEST_EXCHANGES

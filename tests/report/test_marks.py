"""The mark of a criterion says whether it counts for you, against you, or not at all."""

import jinja2
import pytest

from rehearse.report.page import CriterionView, criterion_view
from rehearse.report.text import scorecard_text
from rehearse.scoring.rubric import FAULTS, Criterion
from rehearse.web.site import HERE
from tests.talks import talk

TEMPLATES = HERE / "templates"
FAULTY = "way: I would cut your returns.\nstatus: Am I still being considered?"
CLEAN = "way: I would cut your returns."


def marks(text: str) -> dict[str, str]:
    """What the scorecard prints: the name of each criterion, and its mark."""
    lines = scorecard_text(talk(text)[1]).splitlines()
    return {line[6:]: line[2:5] for line in lines if line.startswith("  [")}


def test_a_fault_that_was_found_does_not_look_like_a_point_gained() -> None:
    shown = marks(FAULTY)
    assert shown["Ways you would add to their success: 1 of 3"] == "[x]"
    assert shown["Asked where you stand (costs points)"] == "[!]"


def test_a_fault_that_was_not_found_looks_neither_gained_nor_missing() -> None:
    shown = marks(CLEAN)
    assert shown["Said how the job helps their business"] == "[ ]"
    assert shown["Did not ask where you stand"] == "[-]"
    assert shown["Did not recite credentials"] == "[-]"


def test_nobody_was_let_answer_where_there_is_no_manager() -> None:
    asked = "ask: As the manager, how do you expect this job to contribute?"
    pitch, card = talk(f"{CLEAN}\n{asked}")
    call, _ = talk(f"manager: Yes?\n{CLEAN}\n{asked}\nmanager: It saves us money.")
    assert call.has_manager
    assert not pitch.has_manager
    assert "let the manager answer" in scorecard_text(card)
    assert "let the manager answer" not in scorecard_text(card, alone=True)
    talked_on = talk(f"{asked}\n-: {'and so on ' * 10}")[1]
    assert "you asked, and talked on" in scorecard_text(talked_on, alone=True)


def views(text: str) -> dict[Criterion, CriterionView]:
    card = talk(text)[1]
    return {one.criterion: criterion_view(one, card) for one in card.findings}


ONE_SENTENCE = f"""past: I led a team of twelve.
{CLEAN}
-: and so much else that one sentence is less than a third of the whole talk here.
"""


def test_one_sentence_of_credentials_is_said_to_be_no_recital() -> None:
    assert (
        marks(ONE_SENTENCE)["Did not recite credentials: one sentence of them is no recital"]
        == "[-]"
    )
    view = views(ONE_SENTENCE)[Criterion.CREDENTIAL_RECITAL]
    assert (view.result, view.state) == ("no, one sentence of them is no recital", "avoided")
    for recital in (CLEAN, "past: I led a team.\npast: I built three stores."):
        assert "one sentence" not in scorecard_text(talk(recital)[1])
        assert "one sentence" not in views(recital)[Criterion.CREDENTIAL_RECITAL].result


@pytest.mark.parametrize("text", [FAULTY, CLEAN])
def test_the_page_has_a_sign_of_its_own_for_a_fault_and_for_none(text: str) -> None:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    sign = jinja2.Environment(loader=loader, autoescape=True).get_template("parts.html").module
    icons = {key: str(sign.sign(one.state)) for key, one in views(text).items()}  # type: ignore[attr-defined]
    of_faults = {icons[key] for key in FAULTS}
    assert of_faults.isdisjoint(icons[key] for key in icons.keys() - FAULTS)
    assert len(of_faults) == (2 if text == FAULTY else 1)
    defined = (TEMPLATES / "icons.html").read_text()
    assert all(f'id="i-{one.state}"' in defined for one in views(text).values() if one.fault)

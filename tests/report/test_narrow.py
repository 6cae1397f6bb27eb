"""Reports fit the width that is asked for, and no word is cut."""

import pytest

from rehearse.coaching.coach import coach
from rehearse.delivery.delivery import delivery
from rehearse.keeping.summary import Summary
from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.report.call_card import call_card, card_text
from rehearse.report.delivery_text import appraisal_text
from rehearse.report.explanation import explanation
from rehearse.report.text import rehearsal_line, scorecard_text, transcript_text
from rehearse.scoring.rubric import Verdict
from tests.talks import talk

PITCH = """
manager: Dana Keller here. Hello. Who's calling, please, and what can I do for you today?
link,humble: I've thought about how this job bears on your business, from outside.
way: I would, you know, cut your returns by calling customers before they ship goods back.
way: I would shorten the closing so that finance saves two days.
status: Am I still being considered for the position that we talked about?
"""
SHEET = CallSheet(
    manager="Dana Keller",
    company="Nordlicht Logistics",
    ways=(Way("cut the returns of the customers in the north", "what they cost every month"),),
)


def reports(width: int, *, timed: bool = True) -> list[str]:
    transcript, card = talk(PITCH, timed=timed)
    figures = delivery(transcript, (), card)
    on_desk = call_card(SHEET)
    assert on_desk is not None
    return [
        transcript_text(transcript, width),
        scorecard_text(card, width),
        appraisal_text(figures, coach(transcript, card, figures, SHEET), width, typed=not timed),
        explanation(card, width),
        card_text(on_desk, width),
        rehearsal_line(
            Summary(
                id="20261129-120000", started_at="", scenario="busy", manager="Dana Keller",
                company="", duration_s=72.0, score=55, business_contribution=Verdict.PARTLY,
                critical_question=Verdict.COVERED,
            ),
            width,
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("timed", [True, False], ids=["spoken", "typed"])
@pytest.mark.parametrize("width", [40, 60, 200])
def test_a_report_fits_its_page_and_loses_no_word(width: int, timed: bool) -> None:
    for narrow, usual in zip(reports(width, timed=timed), reports(88, timed=timed), strict=True):
        # The command below an advice stays whole; the terminal's output wraps it.
        lines = [line for line in narrow.split("\n") if "rehearse drill" not in line]
        assert max(map(len, lines)) <= width, narrow
        assert letters(narrow) == letters(usual)


def letters(report: str) -> str:
    """Without spaces, rules, and the colon that replaces a column on a narrow page."""
    return "".join(char for char in report if not char.isspace() and char not in "─:")


def test_the_list_takes_two_lines_on_a_narrow_page() -> None:
    assert reports(40)[-1].split("\n") == [
        "20261129-120000     1:12  Dana Keller",
        "    [~] contribution  [x] question   55",
    ]


def test_a_verdict_stands_below_its_name_on_a_narrow_page() -> None:
    assert scorecard_text(talk(PITCH)[1], 40).split("\n")[:2] == [
        "[~] Business contribution:",
        "    PARTLY COVERED",
    ]

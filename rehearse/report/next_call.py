"""The next call: whom to practise with after a rehearsal."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.calling.scenario import packaged_names
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.report.page import scenario_title
from rehearse.scoring.rubric import Verdict

FROM_EASY_TO_HARD = (
    "friendly",
    "busy",
    "sceptical",
    "distracted",
    "gatekeeper",
    "redirect",
    "voicemail",
)


@dataclass(frozen=True)
class NextCall:
    """A character to call. `title` is what the pages call it."""

    scenario: str
    title: str


def same_again(rehearsal: Rehearsal) -> NextCall:
    """The character of `rehearsal`; the first one if the page does not offer that character."""
    name = rehearsal.scenario
    return _call(name if name in packaged_names() else FROM_EASY_TO_HARD[0])


def next_character(rehearsal: Rehearsal) -> NextCall:
    """The next harder character; after the hardest, the first."""
    now = same_again(rehearsal).scenario
    at = FROM_EASY_TO_HARD.index(now) if now in FROM_EASY_TO_HARD else -1
    return _call(FROM_EASY_TO_HARD[(at + 1) % len(FROM_EASY_TO_HARD)])


def is_ready_for_the_next(rehearsal: Rehearsal) -> bool:
    """Whether both verdicts are covered; then the same call teaches little more."""
    card = rehearsal.scorecard
    return card is not None and (
        card.business_contribution is Verdict.COVERED and card.critical_question is Verdict.COVERED
    )


def _call(name: str) -> NextCall:
    return NextCall(name, scenario_title(name))

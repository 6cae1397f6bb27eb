"""Call card: the sheet in short, large lines.

It lies on the desk during a call, and the person prints it for the real call. It shows the plan,
never what was or was not said.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from dataclasses import dataclass

from rehearse.coaching.coach import Coaching
from rehearse.errors import RehearseError
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.report.paragraph import paragraph
from rehearse.report.sheet_questions import question_to_offer

OPENING = "I've been thinking about how this job contributes to your business."
THEN = "Then stop and listen."
RECENT = 3
"""How many rehearsals the one thing to remember comes from."""
_SO_THAT = re.compile(r"^(?:so that|so|in order that)\s+", re.IGNORECASE)
_CARD_WIDTH = 76


@dataclass(frozen=True)
class CardWay:
    """What you would do, and below it what they gain; "" if the sheet does not say."""

    action: str
    gain: str


@dataclass(frozen=True)
class CallCard:
    """`lately`: the one thing that recent rehearsals showed, "" for none."""

    manager: str
    company: str
    phone: str
    opening: str
    ways: tuple[CardWay, ...]
    question: str
    then: str
    lately: str


def call_card(sheet: CallSheet, lately: str = "") -> CallCard | None:
    """The card of a sheet; None if the sheet has neither ways nor a question."""
    if not (sheet.ways or sheet.question):
        return None
    return CallCard(
        sheet.manager,
        sheet.company,
        sheet.phone,
        OPENING,
        tuple(_card_way(way) for way in sheet.ways),
        question_to_offer(sheet),
        THEN,
        lately,
    )


def _card_way(way: Way) -> CardWay:
    action = re.sub(r"^i(?: would|['’]d)\s+", "", way.action.strip(), flags=re.IGNORECASE)
    gain = _SO_THAT.sub("", way.touches.strip())
    return CardWay(action[:1].upper() + action[1:], gain)


def lately_shown(sheet: CallSheet, store: Store) -> str:
    """The most frequent advice in the last RECENT rehearsals of this call, in its newest wording;
    "" if there was none."""
    advice = [one for coached in _recent(sheet, store) for one in coached.advice]
    if not advice:
        return ""
    counts = Counter(one.rule for one in advice)
    # In a tie the first rule of the newest call wins: max keeps the first.
    rule = max(counts, key=lambda name: counts[name])
    return next(one.text for one in advice if one.rule == rule)


def _recent(sheet: CallSheet, store: Store) -> list[Coaching]:
    """The coaching of the newest rehearsals with the same manager and company."""
    found = []
    for summary in store.summaries():
        if (summary.manager, summary.company) != (sheet.manager, sheet.company):
            continue
        with contextlib.suppress(RehearseError):
            coaching = store.folder(summary.id).load().coaching
            if coaching is not None:
                found.append(coaching)
        if len(found) == RECENT:
            break
    return found


def card_text(card: CallCard, width: int = _CARD_WIDTH) -> str:
    """The card as the terminal prints it, at most `width` characters wide."""
    width = min(width, _CARD_WIDTH)
    lines = []
    if whom := ", ".join(filter(None, (card.manager, card.company, card.phone))):
        lines += [paragraph(whom, "  ", width), ""]
    for number, way in enumerate(card.ways, start=1):
        lines.append(paragraph(way.action, f"  {number}. ", width))
        if way.gain:
            lines.append(paragraph(way.gain, "     → ", width))
    lines += ["", paragraph(card.question, "  ?  ", width), f"     {card.then}"]
    if card.lately:
        lines += ["", paragraph(card.lately, "  !  ", width)]
    rule = "─" * width
    return "\n".join([rule, *lines, rule])

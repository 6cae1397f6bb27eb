"""WaySlot: one way on a sheet, being filled in."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.preparing.call_sheet import CallSheet, Draft, Way
from rehearse.preparing.five_questions import QUESTIONS
from rehearse.preparing.not_a_way import declined
from rehearse.preparing.way_sentence import way_of, way_sentence

SLOTS = 3
GAP = "..."
"""Stands in a draft for what is still open."""


@dataclass(frozen=True)
class WaySlot:
    """`words`: the sentence as typed. `answers`: the answers to the five questions.

    `held_back`: the scorer finds nothing in the words that the person would do.
    """

    words: str = ""
    answers: tuple[str, ...] = ()
    held_back: bool = False

    @property
    def is_way(self) -> bool:
        """Whether the words can be a way. The scorer decides whether it counts."""
        return not self.held_back and can_be_way(self.words)


def can_be_way(words: str) -> bool:
    """Whether `words` are a whole sentence that is not declined."""
    return GAP not in words and "…" not in words and declined(words) is None


def slots_of(sheet: CallSheet) -> tuple[WaySlot, ...]:
    """The ways and drafts of a sheet, filled up with empty slots to SLOTS."""
    filled = [
        *(WaySlot(_capital(way_sentence(way))) for way in sheet.ways),
        *(
            WaySlot(draft.words, _whole(draft.answers), held_back=can_be_way(draft.words))
            for draft in sheet.drafts
        ),
    ]
    return (*filled, *(WaySlot(),) * max(0, SLOTS - len(filled)))


def with_slots(sheet: CallSheet, slots: Sequence[WaySlot]) -> CallSheet:
    """The sheet with these ways. Words that cannot be a way become a draft; nothing is dropped."""
    ways: list[Way] = []
    drafts: list[Draft] = []
    for slot in slots:
        draft = Draft(slot.words, slot.answers if any(slot.answers) else ())
        if slot.is_way:
            ways.append(way_of(slot.words))
        elif not draft.is_empty:
            drafts.append(draft)
    return dataclasses.replace(sheet, ways=tuple(ways), drafts=tuple(drafts))


def _whole(answers: tuple[str, ...]) -> tuple[str, ...]:
    """An answer for each question, where a file written by hand has fewer."""
    return (*answers, *("",) * (len(QUESTIONS) - len(answers))) if answers else ()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

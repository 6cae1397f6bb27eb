"""Sheet help: marked words and a line on each way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.coaching.doing import hears_work, no_way
from rehearse.coaching.sheet_judgement import SheetJudgement
from rehearse.preparing.call_sheet import Draft
from rehearse.preparing.draft_way import asked_otherwise, draft_sentence, still_missing
from rehearse.preparing.job_ad import QUESTION_OF, Sign, findings
from rehearse.preparing.way_slot import GAP, WaySlot
from rehearse.preparing.worked_examples import WorkedExample
from rehearse.report.sheet_questions import SIGNS
from rehearse.scoring.clauses import ClauseTagger


@dataclass(frozen=True)
class SlotHint:
    """The line on one way. `counts` is the scorer's judgement, None if there is no way yet.

    `draft` is built from the answers to the five questions; "" if none was answered.
    """

    counts: bool | None
    text: str
    draft: str


def slot_hints(
    slots: Sequence[WaySlot], judged: SheetJudgement, tagger: ClauseTagger
) -> list[SlotHint]:
    """One line for each slot, in their order. `judged`: the sheet that holds their ways."""
    judged_ways = iter(judged.ways)
    hints = []
    for slot in slots:
        draft = draft_sentence(slot.answers, lambda told: hears_work(told, tagger))
        if slot.is_way:
            way = next(judged_ways)
            hints.append(SlotHint(way.counts, way.text, draft))
        else:
            hints.append(SlotHint(None, _not_yet(slot, draft, tagger), draft))
    return hints


def _not_yet(slot: WaySlot, draft: str, tagger: ClauseTagger) -> str:
    if slot.words and (cannot := no_way(slot.words, tagger)) is not None:
        return cannot.text
    if not slot.words and any(slot.answers) and (not draft or GAP in draft):
        return asked_otherwise(slot.answers)
    if slot.words or any(slot.answers):
        return still_missing(Draft(slot.words, slot.answers))
    return ""


@dataclass(frozen=True)
class Quoted:
    """Quotes of one kind from the ad. `question`: the key of the small question they help with."""

    sign: Sign
    title: str
    question: str
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A piece of the ad; `sign` is set for a finding."""

    text: str
    sign: Sign | None


@dataclass(frozen=True)
class AdView:
    """The ad in pieces that join to its text, and the findings by kind."""

    pieces: tuple[Piece, ...]
    kinds: tuple[Quoted, ...]


def ad_view(ad: str) -> AdView | None:
    """The ad with its findings marked; None if there is no ad."""
    if not ad.strip():
        return None
    found = findings(ad)
    pieces: list[Piece] = []
    at = 0
    for one in sorted(found, key=lambda finding: finding.start):
        pieces += [Piece(ad[at : one.start], None), Piece(one.quote, one.sign)]
        at = one.end
    pieces.append(Piece(ad[at:], None))
    kinds = (
        Quoted(
            sign, SIGNS[sign], QUESTION_OF[sign], tuple(f.quote for f in found if f.sign is sign)
        )
        for sign in Sign
    )
    return AdView(
        tuple(piece for piece in pieces if piece.text), tuple(kind for kind in kinds if kind.quotes)
    )


def anchors(job: str, ad: str) -> list[str]:
    """The texts that worked examples are compared with: the job, then the findings of the ad."""
    return [job, *(one.quote for one in findings(ad))]


def example_text(example: WorkedExample) -> str:
    """One worked example as the terminal prints it, the weak version first."""
    return f"{example.trade}: {example.job}\n  – {example.weak} {example.why}\n  ✓ {example.better}"

"""What to do better, what went well, and the call sheet's ways said or dropped, as a page shows."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.rehearsal import Rehearsal
from rehearse.report.page import QuoteView, quote_view


@dataclass(frozen=True)
class PlannedView:
    """A way of the call sheet. `said` is None where it was dropped."""

    text: str
    touches: str
    said: QuoteView | None


@dataclass(frozen=True)
class SheetView:
    """The call sheet beside the transcript. `compared`: whether anybody looked for its ways."""

    job: str
    company: str
    question: str
    compared: bool
    planned: tuple[PlannedView, ...]
    new: tuple[QuoteView, ...]


def sheet_view(rehearsal: Rehearsal) -> SheetView | None:
    """None for a call without a sheet."""
    sheet, match = rehearsal.sheet, rehearsal.sheet_match
    if not (sheet.ways or sheet.question or sheet.job):
        return None
    if match is None:
        planned = tuple(PlannedView(way.action, way.touches, None) for way in sheet.ways)
    else:
        planned = tuple(
            PlannedView(
                one.way.action, one.way.touches, None if one.said is None else quote_view(one.said)
            )
            for one in match.planned
        )
    return SheetView(
        job=sheet.job,
        company=sheet.company,
        question=sheet.question,
        compared=match is not None,
        planned=planned,
        new=tuple(quote_view(one) for one in match.new) if match is not None else (),
    )

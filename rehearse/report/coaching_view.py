"""Coaching view: advice, praise and call sheet on a page."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.coaching.advice import Advice, Praise
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.report.delivery_text import READS, SOUNDED, delivery_lines, norm_lines
from rehearse.report.headlines import headline
from rehearse.report.page import QuoteView, quote_view


@dataclass(frozen=True)
class AdviceView:
    """`headline` is "" for praise."""

    headline: str
    text: str
    quote: QuoteView | None
    drill: str | None


@dataclass(frozen=True)
class CoachingView:
    """`sounded`: names and figures of how the talk sounded, or reads; they never change the score.
    `heading` stands above them. `norms`: the sources of the bands beside the figures."""

    advice: tuple[AdviceView, ...]
    praise: tuple[AdviceView, ...]
    progress: tuple[str, ...]
    heading: str
    sounded: tuple[tuple[str, str], ...]
    norms: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PlannedView:
    """A way of the call sheet. `said` is None where it was dropped."""

    text: str
    touches: str
    said: QuoteView | None


@dataclass(frozen=True)
class SheetView:
    """The call sheet beside the transcript. `compared`: whether its ways were looked for."""

    job: str
    company: str
    question: str
    compared: bool
    planned: tuple[PlannedView, ...]
    new: tuple[QuoteView, ...]


def coaching_view(rehearsal: Rehearsal) -> CoachingView | None:
    """The coaching as its page shows it; None if there is none."""
    coaching, delivery = rehearsal.coaching, rehearsal.delivery
    if coaching is None:
        return None
    return CoachingView(
        advice=tuple(map(advice_view, coaching.advice)),
        praise=tuple(map(advice_view, coaching.praise)),
        progress=coaching.progress,
        heading=READS if rehearsal.typed else SOUNDED,
        sounded=tuple(delivery_lines(delivery, typed=rehearsal.typed)) if delivery else (),
        norms=tuple(norm_lines(typed=rehearsal.typed)),
    )


def advice_view(one: Advice | Praise) -> AdviceView:
    """A piece of advice or praise as its page shows it."""
    quote = quote_view(one.quote) if one.quote else None
    if isinstance(one, Advice):
        return AdviceView(headline(one), one.text, quote, one.drill)
    return AdviceView("", one.text, quote, None)


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

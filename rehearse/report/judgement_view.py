"""Judgement view: judgements in words, and what can be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rehearse.keeping.judgements import (
    Judgement,
    VerdictName,
    recounted,
    subjects,
    verdict_of,
)
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.report.paragraph import WIDTH, paragraph
from rehearse.report.wording import (
    BUSINESS_CONTRIBUTION,
    CRITERIA,
    CRITICAL_QUESTION,
    VERDICTS,
    clock,
    day_and_time,
)
from rehearse.scoring.rubric import Criterion, Verdict
from rehearse.scoring.scorecard import Scorecard

VERDICT_NAMES = {
    VerdictName.BUSINESS_CONTRIBUTION: BUSINESS_CONTRIBUTION,
    VerdictName.CRITICAL_QUESTION: CRITICAL_QUESTION,
}


@dataclass(frozen=True)
class JudgementView:
    """`answer`: what rehearse says or said; `said`: what the person thinks of it."""

    subject: str
    what: str
    answer: str
    right: bool
    said: str
    who: str
    day: str
    quote: str
    clock: str
    comment: str


@dataclass(frozen=True)
class JudgingView:
    """`choices`: (key, name with today's answer) of everything that can be judged. `recounts`: for
    each judge, the score by their judgements, in words."""

    judgements: tuple[JudgementView, ...]
    choices: tuple[tuple[str, str], ...]
    criteria: tuple[tuple[str, str], ...]
    recounts: tuple[str, ...]


def judging_view(rehearsal: Rehearsal) -> JudgingView | None:
    """What the page shows; None until the rehearsal is scored."""
    scorecard = rehearsal.scorecard
    if scorecard is None:
        return None
    return JudgingView(
        judgements=tuple(judgement_view(one) for one in rehearsal.judgements),
        choices=tuple((key, _choice(key, scorecard)) for key in subjects(scorecard)),
        criteria=tuple((criterion.value, CRITERIA[criterion]) for criterion in Criterion),
        recounts=tuple(
            recount_text(scorecard, rehearsal.judgements, who)
            for who in dict.fromkeys(one.who for one in rehearsal.judgements)
        ),
    )


def judgement_view(one: Judgement) -> JudgementView:
    """One judgement in words."""
    if one.verdict is not None:
        what, answer = VERDICT_NAMES[one.verdict], VERDICTS[Verdict(one.answer)]
    elif one.way is not None:
        what, answer = f"Way {one.way}", one.answer
    elif one.criterion is not None:
        what, answer = CRITERIA[one.criterion], one.answer
    else:
        what, answer = "Words that rehearse missed", ""
    said = "right" if one.right else "wrong"
    if one.instead is not None:
        said = f"evidence for: {CRITERIA[one.instead]}"
    elif one.should_be is not None:
        said += f", should be {VERDICTS[one.should_be]}"
    return JudgementView(
        subject=one.subject,
        what=what,
        answer=answer,
        right=one.right,
        said=said,
        who=one.who or "You",
        day=day_and_time(one.at),
        quote=one.words.quote if one.words else "",
        clock=clock(one.words.start_s) if one.words else "",
        comment=one.comment,
    )


def judgements_text(judgements: Sequence[Judgement], width: int = WIDTH) -> str:
    """The judgements for the terminal, one paragraph each; empty if there are none."""
    if not judgements:
        return ""
    lines = ["Judged by people (the score is not changed by this)"]
    for view in map(judgement_view, judgements):
        answer = f" (rehearse: {view.answer})" if view.answer else ""
        judged = f"{view.what}{answer}: {view.said}. {view.who}, {view.day}"
        lines.append(paragraph(judged, "  ", width))
        if view.quote:
            lines.append(paragraph(f'"{view.quote}"', f"      {view.clock:>6}  ", width))
        if view.comment:
            lines.append(paragraph(view.comment, "      ", width))
    return "\n".join(lines)


def recount_text(scorecard: Scorecard, judgements: Sequence[Judgement], who: str) -> str:
    """Score and verdicts by one person's judgements, beside rehearse's own."""
    new = recounted(scorecard, judgements, who)
    whose = who or "the person who spoke"
    return (
        f"Counted again by the judgements of {whose}; what is kept stays as it is.\n"
        f"  Score: {new.score} of 100 (rehearse: {scorecard.score})\n"
        f"  {BUSINESS_CONTRIBUTION}: {VERDICTS[new.business_contribution]} "
        f"(rehearse: {VERDICTS[scorecard.business_contribution]})\n"
        f"  {CRITICAL_QUESTION}: {VERDICTS[new.critical_question]} "
        f"(rehearse: {VERDICTS[scorecard.critical_question]})"
    )


def judgements_json(judgements: Sequence[Judgement]) -> list[dict[str, Any]]:
    """The judgements as docs/rubric.md defines them."""
    return [
        {
            "subject": one.subject if one.words is None or one.way is not None else "words",
            "answer": one.answer,
            "right": one.right,
            "who": one.who,
            "at": one.at,
            "quote": one.words.quote if one.words else None,
            "start_s": _rounded(one.words.start_s) if one.words else None,
            "end_s": _rounded(one.words.end_s) if one.words else None,
            "instead": one.instead.value if one.instead else None,
            "should_be": one.should_be.value if one.should_be else None,
            "comment": one.comment,
        }
        for one in judgements
    ]


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


def _choice(key: str, scorecard: Scorecard) -> str:
    if key.startswith("verdict-"):
        name = VerdictName(key.removeprefix("verdict-"))
        return f"{VERDICT_NAMES[name]}: {VERDICTS[verdict_of(scorecard, name)]}"
    if key.startswith("way-"):
        number = int(key.removeprefix("way-"))
        quote = scorecard.finding(Criterion.CONTRIBUTIONS).evidence[number - 1].quote
        return f"Way {number}: “{quote if len(quote) <= 60 else quote[:57] + '…'}”"
    finding = scorecard.finding(Criterion(key))
    answer = ("yes" if finding.met else "no") if finding.count is None else str(finding.count)
    return f"{CRITERIA[Criterion(key)]}: {answer}"

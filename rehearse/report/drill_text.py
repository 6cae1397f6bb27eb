"""Drill text: a round of a drill, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rehearse.rehearsing.drill import (
    CLEAN_ROUNDS,
    EXERCISES,
    NOTHING_SAID_S,
    ROUND_S,
    SILENCE_S,
    Part,
    Round,
    clean_in_a_row,
)
from rehearse.report.paragraph import WIDTH, paragraph
from rehearse.report.wording import CRITERIA, NO_SPEECH, number_of

TITLES = {
    Part.OPENING: "The opening",
    Part.WAY1: "One way",
    Part.WAYS: "Three ways",
    Part.QUESTION: "The critical question",
    Part.ALL: "The whole pitch in short",
}
HOW_LONG = f"Up to {ROUND_S:.0f} seconds a round."
WHAT_ENDS_IT = (
    f"{SILENCE_S:.0f} seconds of silence end a round, or {NOTHING_SAID_S:.0f} in which nothing is "
    "said. Nothing of a drill is kept."
)
NEXT_IS_A_CALL = f"{CLEAN_ROUNDS} clean rounds in a row. On to a whole call"


@dataclass(frozen=True)
class Point:
    """Something that the round should contain."""

    name: str
    met: bool


@dataclass(frozen=True)
class RoundView:
    """`said` is the person's words, "" if none were recognised; `shown` stands for them on a page.

    `verdict` is a word or two, `result` a sentence.
    """

    said: str
    shown: str
    points: tuple[Point, ...]
    clean: bool
    verdict: str
    result: str


def round_view(one: Round) -> RoundView:
    """What was recognised, what of it counted, and what to try next."""
    return RoundView(
        said=one.said,
        shown=f"“{one.said}”" if one.said else NO_SPEECH,
        points=tuple(_points(one)),
        clean=one.clean,
        verdict="clean" if one.clean else "not yet",
        result=_result(one),
    )


def _result(one: Round) -> str:
    if not one.clean:
        return one.advice
    return (
        f"Clean; aloud about {one.length_s:.0f} s."
        if one.typed
        else (f"Clean, in {one.length_s:.0f} s.")
    )


def _points(one: Round) -> Iterator[Point]:
    for finding in one.findings:
        wanted = EXERCISES[one.part].ways
        ways = "" if finding.count is None else f": {min(finding.count, wanted)} of {wanted}"
        yield Point(CRITERIA[finding.criterion] + ways, one.is_there(finding))
    if one.stopped is not None:
        yield Point("Then you stopped", one.stopped)


def round_text(one: Round, width: int = WIDTH) -> str:
    """A round as plain text."""
    view = round_view(one)
    said = f'You: "{view.said}"' if view.said else f"You: {NO_SPEECH}"
    lines = [paragraph(said, "  ", width)]
    for point in view.points:
        lines.append(paragraph(point.name, f"  {'[x]' if point.met else '[ ]'} ", width))
    lines.append(paragraph(view.result, "  ", width))
    return "\n".join(lines)


def tally(rounds: Sequence[Round]) -> str:
    """A sentence on how the rounds went so far."""
    if clean_in_a_row(rounds) >= CLEAN_ROUNDS:
        return NEXT_IS_A_CALL
    clean = sum(one.clean for one in rounds)
    return f"{clean} of {number_of(len(rounds), 'round')} clean."

"""A round of a drill as plain text."""

from __future__ import annotations

import textwrap

from rehearse.drill import EXERCISES, Round
from rehearse.report.wording import CRITERIA, NO_SPEECH
from rehearse.scoring.rubric import Criterion

WIDTH = 88


def round_text(one: Round) -> str:
    """What was heard, what of it counted, and what to try next."""
    lines = [_wrapped(f'You: "{one.said}"' if one.said else f"You: {NO_SPEECH}", "  ")]
    exercise = EXERCISES[one.part]
    for criterion in exercise.wanted:
        lines.append(f"  {'[ ]' if criterion in one.missing else '[x]'} {CRITERIA[criterion]}")
    if exercise.ways:
        mark = "[ ]" if Criterion.CONTRIBUTIONS in one.missing else "[x]"
        lines.append(f"  {mark} {CRITERIA[Criterion.CONTRIBUTIONS]}: {one.ways} of {exercise.ways}")
    if one.clean:
        lines.append(f"  Clean, in {one.length_s:.0f} s.")
    else:
        lines.append(_wrapped(one.advice, "  Next: "))
    return "\n".join(lines)


def _wrapped(text: str, lead: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )

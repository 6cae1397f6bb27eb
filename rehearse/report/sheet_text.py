"""Sheet text: each planned way said, dropped or new."""

from __future__ import annotations

import textwrap

from rehearse.report.wording import clock
from rehearse.scoring.evidence import Evidence
from rehearse.scoring.sheet_match import SheetMatch

WIDTH = 88


def sheet_text(match: SheetMatch) -> str:
    """Each planned way with the words and the time it was said, then what was not planned."""
    lines = ["Your call sheet against the call:"]
    for planned in match.planned:
        state = "[x] said" if planned.said else "[ ] dropped"
        touches = f" ({planned.way.touches})" if planned.way.touches else ""
        lines.append(_wrapped(f"{planned.way.action}{touches}", f"  {state:<12}"))
        if planned.said is not None:
            lines.append(_quote(planned.said))
    for evidence in match.new:
        lines.append("  [+] new     not on the sheet:")
        lines.append(_quote(evidence))
    return "\n".join(lines)


def _quote(evidence: Evidence) -> str:
    return _wrapped(f'"{evidence.quote}"', f"      {clock(evidence.start_s):>6}  ")


def _wrapped(text: str, lead: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )

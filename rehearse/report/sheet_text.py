"""Sheet text: each planned way said, dropped or new."""

from __future__ import annotations

from rehearse.report.paragraph import WIDTH, paragraph
from rehearse.report.wording import time_column
from rehearse.scoring.evidence import Evidence
from rehearse.scoring.sheet_match import SheetMatch


def sheet_text(match: SheetMatch, width: int = WIDTH) -> str:
    """Each planned way with the words and the time it was said, then what was not planned."""
    lines = ["Your call sheet against the call:"]
    for planned in match.planned:
        state = "[x] said" if planned.said else "[ ] dropped"
        touches = f" ({planned.way.touches})" if planned.way.touches else ""
        lines.append(paragraph(f"{planned.way.action}{touches}", f"  {state:<12}", width))
        if planned.said is not None:
            lines.append(_quote(planned.said, width))
    for evidence in match.new:
        lines.append("  [+] new     not on the sheet:")
        lines.append(_quote(evidence, width))
    return "\n".join(lines)


def _quote(evidence: Evidence, width: int) -> str:
    return paragraph(f'"{evidence.quote}"', time_column(evidence.start_s, 6), width)

"""Explanation: what the scorer made of each clause."""

from __future__ import annotations

from rehearse.report.paragraph import WIDTH, paragraph
from rehearse.report.transcript_view import ABOUT
from rehearse.scoring.clauses import Clause, Label
from rehearse.scoring.scorecard import Scorecard

WORTH_SHOWING = 0.1
"""The lines leave out labels less probable than this."""
_INDENT = " " * 8


def explanation(scorecard: Scorecard, width: int = WIDTH) -> str:
    """One paragraph for each clause: whom it is about and its words, then its labels with their
    probabilities."""
    heading = "Clause by clause (them: their coming work, you: about yourself; * = counted):"
    lines = [paragraph(heading, width=width)]
    for clause in scorecard.clauses:
        lines.append(paragraph(clause.text, f"  {ABOUT[clause.letter] or '-':<6}", width))
        lines.append(paragraph(_labels(clause) or "-", _INDENT, width))
    by = f"Scored by {scorecard.tagger}, rubric {scorecard.rubric_version}."
    lines.append(paragraph(by, width=width))
    return "\n".join(lines)


def _labels(clause: Clause) -> str:
    shown = sorted(
        (label for label in Label if clause.probabilities[label] >= WORTH_SHOWING),
        key=lambda label: -clause.probabilities[label],
    )
    return "  ".join(
        f"{'*' if label in clause.labels else ''}{_name(clause, label)} "
        f"{clause.probabilities[label]:.3f}"
        for label in shown
    )


def _name(clause: Clause, label: Label) -> str:
    return f"way {clause.way}" if label is Label.WAY and clause.way is not None else label.value

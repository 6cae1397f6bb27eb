"""Explanation: what the scorer made of each clause."""

from __future__ import annotations

import textwrap

from rehearse.report.transcript_view import ABOUT
from rehearse.scoring.clauses import Clause, Label
from rehearse.scoring.scorecard import Scorecard

WIDTH = 88
WORTH_SHOWING = 0.1
"""The lines leave out labels less probable than this."""
_INDENT = " " * 8


def explanation(scorecard: Scorecard) -> str:
    """One paragraph for each clause: whom it is about and its words, then its labels with their
    probabilities."""
    lines = ["Clause by clause (them: their coming work, you: about yourself; * = counted):"]
    for clause in scorecard.clauses:
        lines.append(
            textwrap.fill(
                clause.text,
                WIDTH,
                initial_indent=f"  {ABOUT[clause.letter] or '-':<6}",
                subsequent_indent=_INDENT,
                break_on_hyphens=False,
            )
        )
        lines.append(_INDENT + (_labels(clause) or "-"))
    lines.append(f"Scored by {scorecard.tagger}, rubric {scorecard.rubric_version}.")
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

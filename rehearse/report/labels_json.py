"""Labels JSON: words and their labels, to share.

It contains no sound, file names or people's names.
"""

from __future__ import annotations

from typing import Any

from rehearse.rehearsing.labelled import LabelledTalk
from rehearse.scoring.agreement import Labels


def labels_line(talk: LabelledTalk) -> dict[str, Any]:
    """One talk: its words, the tool's labels, and those of each person, numbered."""
    return {
        "text": talk.text,
        "tool": _labels(talk.tool),
        "people": [_labels(labels) for _, labels in sorted(talk.people.items())],
    }


def _labels(labels: Labels) -> dict[str, Any]:
    return {
        "criteria": {criterion.value: met for criterion, met in labels.criteria.items()},
        "ways": labels.ways,
        "verdicts": dict(labels.verdicts),
    }

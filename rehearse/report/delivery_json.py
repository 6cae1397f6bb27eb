"""Delivery JSON: delivery and coaching for programs.

The format is in docs/delivery.md. Unknown figures are null, never left out.
"""

from __future__ import annotations

from typing import Any

from rehearse.coaching.advice import Advice, Praise
from rehearse.coaching.coach import Coaching
from rehearse.delivery.delivery import Delivery
from rehearse.delivery.fillers import FINDER_RECALL, Filler
from rehearse.delivery.norms import NORMS
from rehearse.delivery.wordiness import Phrase
from rehearse.scoring.evidence import Evidence


def delivery_json(delivery: Delivery | None) -> dict[str, Any] | None:
    """None if fluency was not measured."""
    if delivery is None:
        return None
    after = delivery.after_question
    return {
        "words": delivery.words,
        "talk_s": _rounded(delivery.talk_s),
        "words_per_minute": _rounded(delivery.words_per_minute),
        "pace": [
            {
                "start_s": _rounded(window.start_s),
                "words_per_minute": _rounded(window.words_per_minute),
            }
            for window in delivery.pace
        ],
        "articulation_per_minute": _rounded(delivery.articulation_per_minute),
        "pauses": None
        if delivery.pauses is None
        else [
            {
                "start_s": _rounded(pause.start_s),
                "end_s": _rounded(pause.end_s),
                "inside_clause": pause.inside_clause,
            }
            for pause in delivery.pauses
        ],
        "longest_pause_s": _rounded(delivery.longest_pause_s),
        "long_pauses": delivery.long_pauses,
        "longest_breath_s": _rounded(delivery.longest_breath_s),
        "hesitations_at_least": _said(delivery.hesitations),
        "hesitations_recall": FINDER_RECALL,
        "hesitations_per_minute": _rounded(delivery.hesitations_per_minute),
        "fillers": _said(delivery.lexical_fillers),
        "hedges": _said(delivery.hedges),
        "openers": _said(delivery.openers),
        "repeats": _said(delivery.repeats),
        "pitch_s": _rounded(delivery.pitch_s),
        "share_of_talk": _rounded(delivery.share_of_talk),
        "first_way_s": _rounded(delivery.first_way_s),
        "question_s": _rounded(delivery.question_s),
        "after_question": None
        if after is None
        else {
            "words": after.words,
            "stopped": after.stopped,
            "manager_s": _rounded(after.manager_s),
        },
        "level_dbfs": _rounded(delivery.level_dbfs),
        "clipped_percent": _rounded(delivery.clipped_percent),
        "pitch_range_semitones": _rounded(delivery.pitch_range_semitones),
        "processing": list(delivery.processing),
        "norms": {
            norm.figure: {"low": norm.low, "high": norm.high, "unit": norm.unit} for norm in NORMS
        },
    }


def coaching_json(coaching: Coaching) -> dict[str, Any]:
    return {
        "advice": [_told(one) for one in coaching.advice],
        "praise": [_told(one) for one in coaching.praise],
        "progress": list(coaching.progress),
    }


def _told(one: Advice | Praise) -> dict[str, Any]:
    found: dict[str, Any] = {"rule": one.rule, "text": one.text, "quote": _quote(one.quote)}
    if isinstance(one, Advice):
        found["drill"] = one.drill
    return found


def _quote(evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {
        "quote": evidence.quote,
        "start_s": _rounded(evidence.start_s),
        "end_s": _rounded(evidence.end_s),
    }


def _said(phrases: tuple[Filler, ...] | tuple[Phrase, ...] | None) -> list[dict[str, Any]] | None:
    if phrases is None:
        return None
    return [{"text": phrase.text, "at_s": _rounded(phrase.at_s)} for phrase in phrases]


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)

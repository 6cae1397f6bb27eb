"""Doing: whether words say what somebody would do there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rehearse.coaching import way_hints
from rehearse.coaching.model_pitch import pitch_paragraphs
from rehearse.coaching.sheet_judgement import clauses_of
from rehearse.preparing.base_verb import VERBS
from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.preparing.not_a_way import NO_DOING, Declined, declined
from rehearse.preparing.way_sentence import way_of, way_sentence
from rehearse.preparing.way_slot import WaySlot
from rehearse.scoring.clauses import Clause, ClauseTagger, Label, Letter
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import text_transcript

_OFFERS = re.compile(r"\b(?:i|we)(?: (?:would|could|will)|['’](?:d|ll)) ", re.I)


def no_way(words: str, tagger: ClauseTagger) -> Declined | None:
    """Why `words` cannot be a way, by their form or because they hold no doing; None if they
    can."""
    if (cannot := declined(words)) is not None:
        return cannot
    if _has_form_of_doing(words):
        return None
    if hears_work(words, tagger):
        return None
    hint = way_hints.about_the_person(way_of(words), _clauses(words, tagger))
    return NO_DOING if hint is None else Declined(hint.rule, hint.text)


def held_back(slot: WaySlot, tagger: ClauseTagger) -> WaySlot:
    """The slot, as a draft where its words hold no doing."""
    return replace(slot, held_back=bool(slot.words) and no_way(slot.words, tagger) is not None)


def hears_work(words: str, tagger: ClauseTagger) -> bool:
    """Whether the scorer hears a way in `words`, or at least the employer's coming work: both as
    they were typed and after "I would". A story ("the lift got stuck with me in it") is neither.
    Words too few for a clause of their own are believed."""
    typed = _clauses(words, tagger)
    if any(Label.WAY in clause.labels for clause in typed):
        return True
    offered = _clauses(way_sentence(way_of(words)), tagger)
    return all(
        not clauses or any(clause.letter is Letter.A for clause in clauses)
        for clauses in (typed, offered)
    )


def _has_form_of_doing(words: str) -> bool:
    """ "I would ..." or a plain verb first."""
    first = words.split(maxsplit=1)[0].lower() if words.split() else ""
    return bool(_OFFERS.search(words)) or first in VERBS


def _clauses(words: str, tagger: ClauseTagger) -> Sequence[Clause]:
    """The clauses of `words`, spoken as they are in the place of a way in the pitch."""
    spoken = words[:1].upper() + words[1:].rstrip(" .;,!?") + "."
    paragraphs = pitch_paragraphs(CallSheet(ways=(Way(words, ""),)))
    texts = [spoken if one.way is not None else one.text for one in paragraphs]
    scorecard = score_transcript(text_transcript(" ".join(texts)), tagger)
    of_paragraph = clauses_of(scorecard.clauses, [len(text.split()) for text in texts])
    return of_paragraph[texts.index(spoken)]

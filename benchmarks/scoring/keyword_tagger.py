"""KeywordTagger: a baseline that labels by cue phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rehearse.scoring.clauses import Clause, Label, Letter
from rehearse.transcript import Speaker, Utterance, Word

_BUSINESS = (
    r"business|company|bottom line|revenue|margins?|profits?|costs?|customers?|success|mission"
    r"|budget|patients|members|results|goals?"
)
_CUES = {
    Label.ASK: r"\b(how|what|hear|know)\b.*\b(do you|you)\b.*\b(expect|see)\b"
    rf".*\b(job|position|role)\b.*\b({_BUSINESS})\b",
    Label.LINK: rf"\b(thinking|thought)\b.*\b(job|position|role)\b.*\b({_BUSINESS})\b"
    r"|every job affects",
    Label.WAY: r"\b(I would|I'd|I could|we could|my plan is)\b|^(by|first|second|third)\b",
    Label.HUMBLE: r"\blimited\b.*\b(knowledge|understanding)\b|\bfrom (the )?outside\b",
    Label.ROLE: r"\brole\b.*\b(play|level)\b",
    Label.CHOICE: r"\b(manager|team)\b.*\bwant to work (for|with)\b",
    Label.STATUS: r"still being considered|where (I|things) stand|make (a|your) decision|hear back",
    Label.PAST: r"\bI (have|managed|won|increased|led)\b|\byears of experience\b|\bat my last\b",
}
_SHOP_TALK = {Label.LINK, Label.WAY, Label.ASK}
_SELF = {Label.PAST, Label.STATUS}


class KeywordTagger:
    """A ClauseTagger without a model: cuts at punctuation, labels by cue phrases."""

    name = "cues 1"

    def tag(self, utterances: Sequence[Utterance]) -> tuple[Clause, ...]:
        clauses: list[Clause] = []
        ways = 0
        for words in pieces(utterances):
            text = " ".join(word.text for word in words)
            labels = {label for label, cue in _CUES.items() if re.search(cue, text, re.IGNORECASE)}
            if labels - {Label.WAY}:
                labels.discard(Label.WAY)
            ways += Label.WAY in labels
            clauses.append(
                Clause(
                    words,
                    frozenset(labels),
                    {label: float(label in labels) for label in Label},
                    _letter(labels),
                    ways if Label.WAY in labels else None,
                )
            )
        return tuple(clauses)


def _letter(labels: set[Label]) -> Letter:
    if labels & _SHOP_TALK:
        return Letter.A
    return Letter.B if labels & _SELF else Letter.NEITHER


def pieces(utterances: Sequence[Utterance]) -> Iterator[tuple[Word, ...]]:
    """Cut the candidate's words at punctuation."""
    for utterance in utterances:
        if utterance.speaker is not Speaker.CANDIDATE:
            continue
        piece: list[Word] = []
        for word in utterance.words:
            piece.append(word)
            if word.text[-1:] in ".?!;" or (word.text[-1:] == "," and len(piece) > 7):
                yield tuple(piece)
                piece = []
        if piece:
            yield tuple(piece)

"""Talks for tests: one clause per line, after its labels."""

from __future__ import annotations

from rehearse.scoring.clauses import Clause, Label, Letter
from rehearse.scoring.scorecard import Scorecard, score_transcript
from rehearse.transcript import Speaker, Transcript, Utterance, Word

WORD_S = 0.4


class MarkedTagger:
    """A ClauseTagger that knows the labels of the clauses it was made with."""

    name = "marked"

    def __init__(self, clauses: list[Clause]) -> None:
        self._clauses = clauses

    def tag(self, utterances: object) -> tuple[Clause, ...]:
        return tuple(self._clauses)


def talk(text: str, *, timed: bool = True, start_s: float = 0.0) -> tuple[Transcript, Scorecard]:
    """Lines like `way: I would cut your returns.`; `manager:` for the manager, `-:` for no label,
    `way?:` for a label that the tagger is not sure of.

    Words follow each other, each WORD_S long.
    """
    clauses: list[Clause] = []
    utterances: list[Utterance] = []
    now_s = start_s
    ways = 0
    for line in filter(None, text.strip().splitlines()):
        marks, said = line.strip().split(": ", 1)
        words = []
        for part in said.split():
            words.append(Word(part, now_s, now_s + WORD_S, 0.9) if timed else Word(part))
            now_s += WORD_S
        speaker = Speaker.MANAGER if marks == "manager" else Speaker.CANDIDATE
        if speaker is Speaker.CANDIDATE:
            sure = 0.6 if marks.endswith("?") else 1.0
            labels = frozenset(Label(m) for m in marks.rstrip("?").split(",") if m != "-")
            ways += Label.WAY in labels
            clauses.append(
                Clause(
                    tuple(words),
                    labels,
                    {label: sure * (label in labels) for label in Label},
                    Letter.NEITHER,
                    ways if Label.WAY in labels else None,
                )
            )
        times = (words[0].start_s, words[-1].end_s)
        if utterances and utterances[-1].speaker is speaker:
            before = utterances.pop()
            words, times = [*before.words, *words], (before.start_s, times[1])
        utterances.append(Utterance(speaker, tuple(words), *times))
    transcript = Transcript(tuple(utterances))
    return transcript, score_transcript(transcript, MarkedTagger(clauses))

"""Scorecard: both verdicts, every criterion with the words that earned it, and the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.scoring import rubric
from rehearse.scoring.ask_then_stop import AskThenStop, ask_then_stop
from rehearse.scoring.clauses import Clause, ClauseTagger, Label
from rehearse.scoring.rubric import Criterion, Findings, Verdict
from rehearse.transcript import Speaker, Transcript, Word

SCORED_BY_PRESENCE = {
    Label.LINK: Criterion.BUSINESS_LINK,
    Label.HUMBLE: Criterion.HUMILITY,
    Label.ASK: Criterion.CRITICAL_QUESTION,
    Label.ROLE: Criterion.ROLE_IMPORTANCE,
    Label.CHOICE: Criterion.MANAGER_CHOICE,
    Label.STATUS: Criterion.STATUS_CHECK,
}
RECITAL_SENTENCES = 2
RECITAL_SHARE = 1 / 3
SENTENCE_WORDS = 15
"""Speech has no full stops: a long clause stands for as many sentences as it has times this many
words, rounded."""
UNCLEAR_ENOUGH_S = 2.0
"""A stretch of unclear speech this long could have held a question or a way."""


@dataclass(frozen=True)
class Evidence:
    """Verbatim words of the candidate; times in seconds on the recording, None for typed text."""

    quote: str
    start_s: float | None
    end_s: float | None


@dataclass(frozen=True)
class Finding:
    """One criterion. `count` is the number of distinct ways, None for the yes/no criteria."""

    criterion: Criterion
    met: bool
    evidence: tuple[Evidence, ...]
    count: int | None = None


@dataclass(frozen=True)
class Scorecard:
    """What was done in words. `pitch_s` is the length of the candidate's talk in seconds."""

    score: int
    business_contribution: Verdict
    critical_question: Verdict
    findings: tuple[Finding, ...]
    clauses: tuple[Clause, ...]
    pitch_s: float
    rubric_version: str
    tagger: str
    ask_then_stop: AskThenStop | None = None
    """Not part of the score. None: the critical question was not asked."""

    def finding(self, criterion: Criterion) -> Finding:
        return next(finding for finding in self.findings if finding.criterion is criterion)


def score_transcript(
    transcript: Transcript, tagger: ClauseTagger, *, brief_s: float = rubric.BRIEF_S
) -> Scorecard:
    """Score the candidate's side of `transcript` by the rubric. The same input, the same score."""
    clauses = tagger.tag(transcript.utterances) if transcript.candidate_words else ()
    found = tuple(_finding(criterion, clauses) for criterion in Criterion)
    contributions = next(f.count or 0 for f in found if f.criterion is Criterion.CONTRIBUTIONS)
    findings = Findings(
        frozenset(
            f.criterion for f in found if f.met and f.criterion is not Criterion.CONTRIBUTIONS
        ),
        contributions,
    )
    pitch_s = _pitch_s(transcript)
    unclear_s = max((end - start for start, end in transcript.unclear_s), default=0.0)
    return Scorecard(
        score=rubric.score(findings, pitch_s, brief_s=brief_s),
        business_contribution=_heard(rubric.business_contribution(findings), unclear_s),
        critical_question=_heard(rubric.critical_question(findings), unclear_s),
        findings=found,
        clauses=clauses,
        pitch_s=pitch_s,
        rubric_version=rubric.RUBRIC_VERSION,
        tagger=tagger.name,
        ask_then_stop=ask_then_stop(transcript, clauses),
    )


def _heard(verdict: Verdict, unclear_s: float) -> Verdict:
    if verdict is not Verdict.COVERED and unclear_s >= UNCLEAR_ENOUGH_S:
        return Verdict.COULDNT_HEAR
    return verdict


def _finding(criterion: Criterion, clauses: Sequence[Clause]) -> Finding:
    if criterion is Criterion.CONTRIBUTIONS:
        ways: dict[int, list[Clause]] = {}
        for clause in clauses:
            if clause.way is not None:
                ways.setdefault(clause.way, []).append(clause)
        # The same way may come back later in the talk: the first run of clauses is its quote.
        evidence = tuple(_quote(_first_run(clauses, run)) for run in ways.values())
        return Finding(criterion, bool(ways), evidence, count=len(ways))
    if criterion is Criterion.CREDENTIAL_RECITAL:
        past = [clause for clause in clauses if Label.PAST in clause.labels]
        met = _is_recital(past, clauses)
        return Finding(criterion, met, tuple(_quote([clause]) for clause in past) if met else ())
    label = next(label for label, scored in SCORED_BY_PRESENCE.items() if scored is criterion)
    evidence = tuple(_quote([clause]) for clause in clauses if label in clause.labels)
    return Finding(criterion, bool(evidence), evidence)


def _is_recital(past: Sequence[Clause], clauses: Sequence[Clause]) -> bool:
    words = sum(len(clause.words) for clause in clauses)
    share = sum(len(clause.words) for clause in past) / words if words else 0.0
    sentences = sum(max(1, round(len(clause.words) / SENTENCE_WORDS)) for clause in past)
    return sentences >= RECITAL_SENTENCES or (bool(past) and share >= RECITAL_SHARE)


def _first_run(clauses: Sequence[Clause], of_way: Sequence[Clause]) -> list[Clause]:
    start = clauses.index(of_way[0])
    run = []
    for clause in clauses[start:]:
        if clause not in of_way:
            break
        run.append(clause)
    return run


def _quote(clauses: Sequence[Clause]) -> Evidence:
    words: tuple[Word, ...] = tuple(word for clause in clauses for word in clause.words)
    return Evidence(" ".join(word.text for word in words), words[0].start_s, words[-1].end_s)


def _pitch_s(transcript: Transcript) -> float:
    """From the candidate's first to last word less the manager's turns; for text, by its words."""
    total_s = 0.0
    untimed_words = 0
    for utterance in transcript.utterances:
        if utterance.speaker is not Speaker.CANDIDATE or not utterance.words:
            continue
        start_s, end_s = utterance.words[0].start_s, utterance.words[-1].end_s
        if start_s is None or end_s is None:
            untimed_words += len(utterance.words)
        else:
            total_s += end_s - start_s
    return total_s + 60 * untimed_words / rubric.SPEAKING_WORDS_PER_MINUTE

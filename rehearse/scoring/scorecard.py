"""Scorecard: verdicts, criteria with evidence, and score."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rehearse.scoring import rubric
from rehearse.scoring.ask_then_stop import AskThenStop, ask_then_stop
from rehearse.scoring.clauses import Clause, ClauseTagger, Label
from rehearse.scoring.evidence import Evidence, Turn, by_turn, quote
from rehearse.scoring.language import LanguageDetector, other_language
from rehearse.scoring.recognition import Recognition, recognition
from rehearse.scoring.rubric import Criterion, Findings, Verdict
from rehearse.transcript import Speaker, Transcript

LABEL_OF = {
    Criterion.BUSINESS_LINK: Label.LINK,
    Criterion.CONTRIBUTIONS: Label.WAY,
    Criterion.HUMILITY: Label.HUMBLE,
    Criterion.CRITICAL_QUESTION: Label.ASK,
    Criterion.ROLE_IMPORTANCE: Label.ROLE,
    Criterion.MANAGER_CHOICE: Label.CHOICE,
    Criterion.STATUS_CHECK: Label.STATUS,
    Criterion.CREDENTIAL_RECITAL: Label.PAST,
}
RECITAL_SENTENCES = 2
RECITAL_SHARE = 1 / 3
SENTENCE_WORDS = 15
"""Speech has no full stops: a long clause counts as one sentence for each this many words,
rounded."""
UNCLEAR_ENOUGH_S = 1.5
"""A passage of unclear speech this long could have held a question or a way."""

CERTAIN = 0.8
"""Probability from which a tick is shown as certain."""
FRAGMENT_WORDS = 4
"""A clause of fewer words makes no sense when it is read aloud on its own."""


@dataclass(frozen=True)
class Finding:
    """One criterion. `count` is the number of distinct ways, None for the yes/no criteria.

    `probability`: how likely the criterion is met (0..1, calibrated); for the ways, how likely
    there is at least one. None in scorecards of earlier versions.
    """

    criterion: Criterion
    met: bool
    evidence: tuple[Evidence, ...]
    count: int | None = None
    probability: float | None = None

    @property
    def doubtful(self) -> bool:
        """Whether the tick is too unsure to be shown as certain."""
        return self.met and any(is_doubtful(evidence) for evidence in self._deciding)

    @property
    def certain(self) -> bool:
        """Whether it is met, and sure enough to be praised."""
        return self.met and not self.doubtful

    @property
    def _deciding(self) -> tuple[Evidence, ...]:
        """The deciding evidence: for the ways all of it, since each one counts; else the best."""
        if self.count is not None:
            return self.evidence
        return (max(self.evidence, key=lambda e: e.probability or 0.0),) if self.evidence else ()


def is_doubtful(evidence: Evidence) -> bool:
    """Whether the label of these words may well be wrong."""
    return evidence.probability is not None and evidence.probability < CERTAIN


@dataclass(frozen=True)
class Scorecard:
    """The result of scoring. `pitch_s` is the length of the candidate's talk in seconds."""

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
    recognition: Recognition | None = None
    """How many words were probably recognised right; None in a typed talk. If these are too few,
    no criterion is met: such words prove nothing, so nothing is praised or blamed."""
    language: str | None = None
    """ISO 639-1 code of the language if nothing was found and it is probably not English."""

    @property
    def too_little(self) -> bool:
        """Whether too few words were understood to judge anything."""
        return self.recognition is not None and self.recognition.too_little

    @property
    def is_pitch(self) -> bool:
        """Whether anything of the rubric, good or bad, was found, or this is unknown."""
        return self.too_little or any(finding.met for finding in self.findings)

    @property
    def has_a_score(self) -> bool:
        """Whether enough was understood, and something of the rubric was found in it."""
        return not self.too_little and self.is_pitch

    @property
    def can_be_compared(self) -> bool:
        """Whether the words can be compared with a call sheet."""
        return self.language is None and not self.too_little

    @property
    def is_short_of_recital(self) -> bool:
        """Whether a sentence tells of credentials, but too little does to be a recital."""
        told = any(Label.PAST in clause.labels for clause in self.clauses)
        return told and not self.finding(Criterion.CREDENTIAL_RECITAL).met

    def finding(self, criterion: Criterion) -> Finding:
        return next(finding for finding in self.findings if finding.criterion is criterion)


def score_transcript(
    transcript: Transcript,
    tagger: ClauseTagger,
    *,
    brief_s: float = rubric.BRIEF_S,
    languages: LanguageDetector | None = None,
) -> Scorecard:
    """Score the candidate's side of `transcript` by the rubric. Deterministic."""
    clauses = tagger.tag(transcript.utterances) if transcript.candidate_words else ()
    understood = recognition(transcript.candidate_words)
    too_little = understood is not None and understood.too_little
    if too_little:
        nothing = dict.fromkeys(Label, 0.0)
        clauses = tuple(
            replace(one, labels=frozenset(), way=None, probabilities=nothing) for one in clauses
        )
    turns = tuple(by_turn(transcript, clauses))
    found = tuple(_finding(criterion, clauses, turns) for criterion in Criterion)
    contributions = next(f.count or 0 for f in found if f.criterion is Criterion.CONTRIBUTIONS)
    findings = Findings(
        frozenset(
            f.criterion for f in found if f.met and f.criterion is not Criterion.CONTRIBUTIONS
        ),
        contributions,
    )
    language = None
    if not too_little and not any(finding.met for finding in found):
        language = other_language(_candidate_text(transcript), languages)
    pitch_s = _pitch_s(transcript)
    lost = (understood is not None and understood.may_miss_a_point) or any(
        one.end_s - one.start_s >= UNCLEAR_ENOUGH_S for one in transcript.unclear
    )
    return Scorecard(
        score=rubric.score(findings, pitch_s, brief_s=brief_s),
        business_contribution=_heard(rubric.business_contribution(findings), lost),
        critical_question=_heard(rubric.critical_question(findings), lost),
        findings=found,
        clauses=clauses,
        pitch_s=pitch_s,
        rubric_version=rubric.RUBRIC_VERSION,
        tagger=tagger.name,
        ask_then_stop=None if transcript.is_voicemail else ask_then_stop(transcript, clauses),
        recognition=understood,
        language=language,
    )


def _candidate_text(transcript: Transcript) -> str:
    return " ".join(word.text for word in transcript.candidate_words)


def _heard(verdict: Verdict, lost: bool) -> Verdict:
    """`lost`: speech was lost that could have contained the missing point."""
    return Verdict.COULDNT_HEAR if lost and verdict is not Verdict.COVERED else verdict


def _finding(criterion: Criterion, clauses: Sequence[Clause], turns: Sequence[Turn]) -> Finding:
    if criterion is Criterion.CONTRIBUTIONS:
        return _contributions(turns)
    label = LABEL_OF[criterion]
    found = [clause for clause in clauses if label in clause.labels]
    counts = criterion is not Criterion.CREDENTIAL_RECITAL or _is_recital(found, clauses)
    evidence = tuple(
        quote(turn, run.start, len(run), max(turn.clauses[at].probabilities[label] for at in run))
        for turn in turns
        for run in _runs(turn.clauses, label)
        if counts
    )
    chance = max((clause.probabilities[label] for clause in clauses), default=0.0)
    return Finding(criterion, bool(evidence), evidence, probability=chance)


def _runs(turn: Sequence[Clause], label: Label) -> list[range]:
    """The places of the clauses with `label`: each on its own, but a fragment ("as the manager.")
    together with its neighbour."""
    runs: list[range] = []
    for place, clause in enumerate(turn):
        if label not in clause.labels:
            continue
        beside = bool(runs) and runs[-1].stop == place
        if beside and (_is_fragment(clause) or _is_fragment(turn[place - 1])):
            runs[-1] = range(runs[-1].start, place + 1)
        else:
            runs.append(range(place, place + 1))
    return runs


def _is_fragment(clause: Clause) -> bool:
    return len(clause.words) < FRAGMENT_WORDS


def _contributions(turns: Sequence[Turn]) -> Finding:
    """A way may come back later in the talk; its quote is its first run of clauses."""
    evidence: dict[int, Evidence] = {}
    best = 0.0
    for turn in turns:
        best = max(best, *(clause.probabilities[Label.WAY] for clause in turn.clauses))
        first = 0
        for way, group in itertools.groupby(turn.clauses, key=lambda clause: clause.way):
            run = list(group)
            chance = max(clause.probabilities[Label.WAY] for clause in run)
            if way is not None and way not in evidence:
                evidence[way] = quote(turn, first, len(run), chance)
            first += len(run)
    return Finding(
        Criterion.CONTRIBUTIONS,
        bool(evidence),
        tuple(evidence.values()),
        count=len(evidence),
        probability=best,
    )


def _is_recital(past: Sequence[Clause], clauses: Sequence[Clause]) -> bool:
    words = sum(len(clause.words) for clause in clauses)
    share = sum(len(clause.words) for clause in past) / words if words else 0.0
    sentences = sum(max(1, round(len(clause.words) / SENTENCE_WORDS)) for clause in past)
    return sentences >= RECITAL_SENTENCES or (bool(past) and share >= RECITAL_SHARE)


def _pitch_s(transcript: Transcript) -> float:
    """From the candidate's first to last word less the manager's turns; typed: by word count."""
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

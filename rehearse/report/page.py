"""A rehearsal as what its page shows: plain values, nothing left to decide for a template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rehearse.mending import changes
from rehearse.rehearsal import Rehearsal
from rehearse.report.wording import (
    BUSINESS_CONTRIBUTION,
    CRITERIA,
    CRITICAL_QUESTION,
    SIGNS,
    TAGS,
    VERDICT_MEANING,
    VERDICTS,
    clock,
    day_and_time,
)
from rehearse.scenario import packaged_names, packaged_scenario
from rehearse.scoring.clauses import Clause, Label, Letter
from rehearse.scoring.rubric import (
    FAULTS,
    POINTS,
    POINTS_PER_WAY,
    WAYS_ASKED_FOR,
    Criterion,
    Verdict,
)
from rehearse.scoring.scorecard import SCORED_BY_PRESENCE, Evidence, Finding, Scorecard
from rehearse.transcript import Speaker, Transcript, Utterance, Word

UNSURE_BELOW = 0.5
"""A word that the recogniser itself gives less than this is marked."""


@dataclass(frozen=True)
class QuoteView:
    """Words of the candidate's, to be played from `start_s` to `end_s` where they were spoken."""

    text: str
    clock: str
    start_s: float | None
    end_s: float | None


@dataclass(frozen=True)
class VerdictView:
    name: str
    key: str
    said: str
    sign: str
    meaning: str
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True)
class CriterionView:
    """`result`: "yes", "no", "2 of 3". `points` as shown: "+10", "0 of 30", "-10"."""

    key: str
    tag: str
    name: str
    fault: bool
    met: bool
    result: str
    points: str
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True)
class WordView:
    """`heard`: what had been recognised here before the person mended it, None where nothing
    was changed."""

    text: str
    start_s: float | None
    end_s: float | None
    unsure: bool
    heard: str | None


@dataclass(frozen=True)
class ClauseView:
    """`criteria` are keys, `tags` their letters; `letter` is A, B or "" on the meter."""

    words: tuple[WordView, ...]
    letter: str
    criteria: tuple[str, ...]
    tags: tuple[str, ...]
    start_s: float | None
    end_s: float | None


@dataclass(frozen=True)
class TurnView:
    index: int
    speaker: str
    who: str
    clock: str
    start_s: float | None
    end_s: float | None
    clauses: tuple[ClauseView, ...]
    text: str
    mended: bool
    heard: str


@dataclass(frozen=True)
class MeterPart:
    """One clause on the meter: where it lies, in percent of the candidate's words."""

    letter: str
    x: float
    width: float


@dataclass(frozen=True)
class MeterView:
    """Shares of the candidate's words, in percent: about the employer (A), about self (B)."""

    a: int
    b: int
    parts: tuple[MeterPart, ...]


@dataclass(frozen=True)
class TalkView:
    """What there is to see once a rehearsal is scored."""

    score: int
    verdicts: tuple[VerdictView, VerdictView]
    criteria: tuple[CriterionView, ...]
    turns: tuple[TurnView, ...]
    meter: MeterView | None
    unclear: tuple[QuoteView, ...]
    mended: bool
    spoke: bool


@dataclass(frozen=True)
class HeadView:
    """What stands above every page of a rehearsal. `title` is never empty."""

    id: str
    title: str
    whom: str
    day: str
    length: str
    scenario: str
    starred: bool
    notes: str


def head(rehearsal: Rehearsal) -> HeadView:
    """The rehearsal's name and circumstances."""
    sheet = rehearsal.sheet
    whom = ", ".join(part for part in (sheet.manager, sheet.company) if part)
    day = day_and_time(rehearsal.started_at)
    return HeadView(
        id=rehearsal.id,
        title=rehearsal.title or (f"Call to {whom}" if whom else f"Call of {day}"),
        whom=whom,
        day=day,
        length=clock(rehearsal.duration_s),
        scenario=_scenario_title(rehearsal.scenario),
        starred=rehearsal.starred,
        notes=rehearsal.notes,
    )


def _scenario_title(name: str) -> str:
    return packaged_scenario(name).title if name in packaged_names() else name


def talk(rehearsal: Rehearsal) -> TalkView | None:
    """Verdicts, criteria and transcript; None as long as the rehearsal is not scored."""
    transcript, scorecard = rehearsal.transcript, rehearsal.scorecard
    if transcript is None or scorecard is None:
        return None
    manager = rehearsal.sheet.manager or "Manager"
    return TalkView(
        score=scorecard.score,
        verdicts=(
            _verdict(
                BUSINESS_CONTRIBUTION,
                scorecard.business_contribution,
                scorecard,
                (Criterion.BUSINESS_LINK, Criterion.CONTRIBUTIONS),
            ),
            _verdict(
                CRITICAL_QUESTION,
                scorecard.critical_question,
                scorecard,
                (Criterion.CRITICAL_QUESTION, Criterion.ROLE_IMPORTANCE),
            ),
        ),
        criteria=tuple(_criterion(finding) for finding in scorecard.findings),
        turns=tuple(_turns(transcript, rehearsal.heard, scorecard, manager)),
        meter=_meter(scorecard.clauses),
        unclear=tuple(
            QuoteView("", clock(start_s), start_s, end_s) for start_s, end_s in transcript.unclear_s
        ),
        mended=rehearsal.heard is not None,
        spoke=bool(transcript.candidate_words),
    )


def quote_view(evidence: Evidence) -> QuoteView:
    """Evidence with its time as people read it."""
    return QuoteView(evidence.quote, clock(evidence.start_s), evidence.start_s, evidence.end_s)


def criteria_of(clause: Clause, scorecard: Scorecard) -> tuple[Criterion, ...]:
    """The criteria that `clause` is evidence for."""
    found = {SCORED_BY_PRESENCE[label] for label in clause.labels if label in SCORED_BY_PRESENCE}
    if clause.way is not None:
        found.add(Criterion.CONTRIBUTIONS)
    if Label.PAST in clause.labels and scorecard.finding(Criterion.CREDENTIAL_RECITAL).met:
        found.add(Criterion.CREDENTIAL_RECITAL)
    return tuple(criterion for criterion in Criterion if criterion in found)


def _verdict(
    name: str, verdict: Verdict, scorecard: Scorecard, criteria: Sequence[Criterion]
) -> VerdictView:
    quotes = [q for criterion in criteria for q in scorecard.finding(criterion).evidence]
    return VerdictView(
        name=name,
        key=verdict.value,
        said=VERDICTS[verdict],
        sign=SIGNS[verdict],
        meaning=VERDICT_MEANING[name, verdict],
        quotes=tuple(quote_view(quote) for quote in quotes),
    )


def _criterion(finding: Finding) -> CriterionView:
    criterion = finding.criterion
    fault = criterion in FAULTS
    if finding.count is not None:
        result = f"{finding.count} of {WAYS_ASKED_FOR}"
        if finding.count > WAYS_ASKED_FOR:
            result = f"{finding.count}, {WAYS_ASKED_FOR} count"
        most = POINTS_PER_WAY * WAYS_ASKED_FOR
        points = f"{min(finding.count * POINTS_PER_WAY, most)} of {most}"
    else:
        result = "yes" if finding.met else "no"
        worth = POINTS[criterion]
        points = f"{worth if finding.met else 0}" + ("" if fault else f" of {worth}")
    return CriterionView(
        key=criterion.value,
        tag=TAGS[criterion],
        name=CRITERIA[criterion],
        fault=fault,
        met=finding.met,
        result=result,
        points=points,
        quotes=tuple(quote_view(evidence) for evidence in finding.evidence),
    )


def _turns(
    transcript: Transcript, heard: Transcript | None, scorecard: Scorecard, manager: str
) -> Iterator[TurnView]:
    rest = list(scorecard.clauses)
    for index, utterance in enumerate(transcript.utterances):
        before = heard.utterances[index].words if heard else utterance.words
        words = _words(utterance, before)
        if utterance.speaker is Speaker.CANDIDATE:
            clauses = tuple(_clauses(words, rest, scorecard))
            who = "You"
        else:
            clauses = (ClauseView(words, "", (), (), utterance.start_s, utterance.end_s),)
            who = manager
        first_s = utterance.words[0].start_s if utterance.words else None
        start_s = utterance.start_s if first_s is None else first_s
        yield TurnView(
            index=index,
            speaker=utterance.speaker.value,
            who=who,
            clock=clock(start_s),
            start_s=start_s,
            end_s=utterance.end_s,
            clauses=clauses,
            text=utterance.text,
            mended=any(word.heard is not None for word in words) or len(before) > len(words),
            heard=" ".join(word.text for word in before),
        )


def _words(utterance: Utterance, heard: Sequence[Word]) -> tuple[WordView, ...]:
    spoken = utterance.speaker is Speaker.CANDIDATE
    before = changes(heard, utterance.words)
    return tuple(
        WordView(
            word.text,
            word.start_s,
            word.end_s,
            unsure=spoken and word.probability is not None and word.probability < UNSURE_BELOW,
            heard=old,
        )
        for word, old in zip(utterance.words, before, strict=True)
    )


def _clauses(
    words: tuple[WordView, ...], rest: list[Clause], scorecard: Scorecard
) -> Iterator[ClauseView]:
    """Cut `words` as the scorecard did, taking its clauses from `rest`."""
    at = 0
    while at < len(words):
        if not rest:
            yield ClauseView(words[at:], "", (), (), words[at].start_s, words[-1].end_s)
            return
        clause = rest.pop(0)
        part = words[at : at + len(clause.words)]
        at += len(part)
        criteria = criteria_of(clause, scorecard)
        yield ClauseView(
            part,
            "" if clause.letter is Letter.NEITHER else clause.letter.value,
            tuple(criterion.value for criterion in criteria),
            tuple(_tag(criterion, clause) for criterion in criteria),
            part[0].start_s,
            part[-1].end_s,
        )


def _tag(criterion: Criterion, clause: Clause) -> str:
    """Each way has its number: C1, C2, C3."""
    number = clause.way if criterion is Criterion.CONTRIBUTIONS else None
    return TAGS[criterion] + ("" if number is None else str(number))


def _meter(clauses: Sequence[Clause]) -> MeterView | None:
    words = sum(len(clause.words) for clause in clauses)
    if not words or all(clause.letter is Letter.NEITHER for clause in clauses):
        return None

    def share(letter: Letter) -> int:
        return round(100 * sum(len(c.words) for c in clauses if c.letter is letter) / words)

    parts = []
    x = 0.0
    for clause in clauses:
        width = 100 * len(clause.words) / words
        parts.append(MeterPart(clause.letter.value, round(x, 2), round(width, 2)))
        x += width
    return MeterView(share(Letter.A), share(Letter.B), tuple(parts))

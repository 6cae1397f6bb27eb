"""Sample call view: words and criteria as they occur."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.rehearsing.sample_call import SampleHeard
from rehearse.report.wording import clock
from rehearse.scoring.rubric import FAULTS, Criterion
from rehearse.scoring.scorecard import Scorecard
from rehearse.transcript import Speaker, Word

EXPLAINED = {
    Criterion.BUSINESS_LINK: "The call starts with their business, not with the candidate.",
    Criterion.CONTRIBUTIONS: "A way: something the candidate would do, and what of theirs gets "
    "better.",
    Criterion.HUMILITY: "Said from outside: an offer, not a lecture.",
    Criterion.CRITICAL_QUESTION: "The question of this call. Then comes silence: it is the "
    "manager's turn.",
    Criterion.ROLE_IMPORTANCE: "Why the answer matters to the candidate.",
    Criterion.MANAGER_CHOICE: "The manager hears that they were chosen.",
    Criterion.STATUS_CHECK: "Asking where one stands puts the manager on the spot, and costs "
    "points.",
    Criterion.CREDENTIAL_RECITAL: "The past, read out. They have the CV; what would be done for "
    "them?",
}
MISSING = {
    Criterion.BUSINESS_LINK: "No word on their business.",
    Criterion.CONTRIBUTIONS: "No way in which the candidate would add to it.",
    Criterion.CRITICAL_QUESTION: "The question was never asked.",
}


@dataclass(frozen=True)
class Remark:
    """A remark on the call at `at_s` seconds. `good` is False for a fault that costs points."""

    at_s: float
    text: str
    quote: str
    good: bool

    @property
    def clock(self) -> str:
        return clock(self.at_s)


@dataclass(frozen=True)
class Turn:
    who: str
    is_candidate: bool
    words: tuple[Word, ...]


@dataclass(frozen=True)
class SampleCallView:
    """`remarks` in the order of the call; `missing`: what was never said."""

    title: str
    introduction: str
    after: str
    score: int
    turns: tuple[Turn, ...]
    remarks: tuple[Remark, ...]
    missing: tuple[str, ...]


def sample_call_view(heard: SampleHeard) -> SampleCallView:
    """All that is shown of the call."""
    return SampleCallView(
        heard.call.title,
        heard.call.introduction,
        heard.call.after,
        heard.scorecard.score,
        tuple(
            Turn(
                "Candidate" if turn.speaker is Speaker.CANDIDATE else "Manager",
                turn.speaker is Speaker.CANDIDATE,
                turn.words,
            )
            for turn in heard.transcript.utterances
        ),
        tuple(_remarks(heard.scorecard)),
        tuple(
            text
            for criterion, text in MISSING.items()
            if not heard.scorecard.finding(criterion).met
        ),
    )


def _remarks(scorecard: Scorecard) -> Sequence[Remark]:
    remarks = [
        Remark(evidence.end_s, EXPLAINED[finding.criterion], evidence.quote,
               finding.criterion not in FAULTS)
        for finding in scorecard.findings
        if finding.met
        for evidence in finding.evidence
        if evidence.end_s is not None
    ]  # fmt: skip
    return _explained_once(sorted(remarks, key=lambda remark: remark.at_s))


def _explained_once(remarks: Sequence[Remark]) -> Sequence[Remark]:
    """Without those that only repeat the one before; but each way is another way."""
    each = EXPLAINED[Criterion.CONTRIBUTIONS]
    return [
        remark
        for before, remark in zip([None, *remarks], remarks, strict=False)
        if before is None or remark.text != before.text or remark.text == each
    ]

"""Validation: checks a rehearsal's file once, when read."""

from __future__ import annotations

from collections.abc import Iterator

from rehearse.keeping.rehearsal import Rehearsal
from rehearse.scoring.clauses import Label
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import Scorecard
from rehearse.transcript import Transcript

LATEST_S = 1e6
"""A later time is damage: a call lasts an hour at most."""


def checked(rehearsal: Rehearsal) -> Rehearsal:
    """Return `rehearsal` unchanged. Raises ValueError if its parts contradict each other."""
    transcript, recognised = rehearsal.transcript, rehearsal.recognised
    times: list[float | None] = [rehearsal.duration_s]
    for text in (transcript, recognised):
        if text is not None:
            times += _times_s(text)
            if text.unclear_why and len(text.unclear_why) != len(text.unclear_s):
                raise ValueError("reasons that belong to no passage")
    if rehearsal.scorecard is not None:
        if transcript is None:
            raise ValueError("a scorecard without words")
        _check_scorecard(rehearsal.scorecard)
        times.append(rehearsal.scorecard.pitch_s)
        times += [
            time_s
            for finding in rehearsal.scorecard.findings
            for evidence in finding.evidence
            for time_s in (evidence.start_s, evidence.end_s)
        ]
    if recognised is not None and (
        transcript is None
        or [(one.speaker, one.start_s) for one in recognised.utterances]
        != [(one.speaker, one.start_s) for one in transcript.utterances]
    ):
        raise ValueError("turns that are not those that were corrected")
    if not all(time_s is None or 0 <= time_s <= LATEST_S for time_s in times):
        raise ValueError("a time that no call has")
    return rehearsal


def _times_s(transcript: Transcript) -> Iterator[float | None]:
    for utterance in transcript.utterances:
        yield from (utterance.start_s, utterance.end_s)
        for word in utterance.words:
            yield from (word.start_s, word.end_s)
    for passage in transcript.unclear_s:
        yield from passage


def _check_scorecard(scorecard: Scorecard) -> None:
    if sorted(finding.criterion for finding in scorecard.findings) != sorted(Criterion):
        raise ValueError("not each criterion once")
    if not 0 <= scorecard.score <= 100:
        raise ValueError("a score that cannot be")
    for finding in scorecard.findings:
        counted = finding.criterion is Criterion.CONTRIBUTIONS
        if (finding.count is not None) != counted or (finding.count or 0) < 0:
            raise ValueError("a count in the wrong place")
    for clause in scorecard.clauses:
        if not clause.words or set(clause.probabilities) != set(Label):
            raise ValueError("a clause without words or probabilities")

"""The machine-readable result of scoring, as docs/rubric.md defines it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rehearse.errors import RehearseError
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.report.delivery_json import coaching_json, delivery_json
from rehearse.report.judgement_view import judgements_json
from rehearse.scoring.clauses import Label
from rehearse.scoring.evidence import Evidence
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import Finding, Scorecard
from rehearse.scoring.sheet_match import SheetMatch
from rehearse.transcript import Speaker, Transcript, Utterance


def result(file: str, scorecard: Scorecard) -> dict[str, Any]:
    """One object for each file: score, both verdicts, all eight criteria with their evidence."""
    return {
        "file": file,
        "score": scorecard.score,
        "is_pitch": scorecard.is_pitch,
        "language": scorecard.language,
        "verdicts": {
            "business_contribution": scorecard.business_contribution.value,
            "critical_question": scorecard.critical_question.value,
        },
        "criteria": {
            finding.criterion.value: _criterion(finding) for finding in scorecard.findings
        },
        "ask_then_stop": scorecard.ask_then_stop,
        "versions": {"rubric": scorecard.rubric_version, "tagger": scorecard.tagger},
    }


def scored(file: str, rehearsal: Rehearsal) -> dict[str, Any]:
    """The result of a file with delivery (null if not measured) and coaching."""
    assert rehearsal.scorecard is not None
    coaching = rehearsal.coaching
    return {
        **result(file, rehearsal.scorecard),
        **_understood(rehearsal),
        "delivery": delivery_json(rehearsal.delivery),
        "coaching": coaching_json(coaching) if coaching is not None else None,
    }


def _understood(rehearsal: Rehearsal) -> dict[str, Any]:
    """How many words were recognised (null in a typed talk), and where and why words were lost."""
    assert rehearsal.scorecard is not None
    found = rehearsal.scorecard.recognition
    unclear = rehearsal.transcript.unclear if rehearsal.transcript is not None else ()
    return {
        "recognition": None
        if found is None
        else {
            "understood": found.understood,
            "words": found.words,
            "enough": not found.too_little,
        },
        "unclear": [
            {
                "start_s": _rounded(one.start_s),
                "end_s": _rounded(one.end_s),
                "reason": None if one.reason is None else one.reason.value,
            }
            for one in unclear
        ],
    }


def clauses(scorecard: Scorecard) -> list[dict[str, Any]]:
    """Each clause with its letter, its labels, and the probability of every label."""
    return [
        {
            "text": clause.text,
            "start_s": _rounded(clause.start_s),
            "end_s": _rounded(clause.end_s),
            "letter": clause.letter.value,
            "labels": sorted(label.value for label in clause.labels),
            "way": clause.way,
            "probabilities": {label.value: clause.probabilities[label] for label in Label},
        }
        for clause in scorecard.clauses
    ]


def failure(file: str, error: RehearseError) -> dict[str, Any]:
    """The object for a file that could not be scored."""
    return {"file": file, "error": str(error)}


def words(file: str, transcript: Transcript) -> dict[str, Any]:
    """The words of a recording with start, end and probability."""
    return {
        "file": file,
        "text": " ".join(utterance.text for utterance in transcript.utterances),
        "words": [word for utterance in transcript.utterances for word in _words(utterance)],
    }


def rehearsal_result(rehearsal: Rehearsal, recording: Path) -> dict[str, Any]:
    """A stored rehearsal: the result of its recording, and the transcript in turns."""
    assert rehearsal.scorecard is not None
    assert rehearsal.transcript is not None
    return {
        "id": rehearsal.id,
        "started_at": rehearsal.started_at,
        "scenario": rehearsal.scenario,
        "seed": rehearsal.seed,
        "duration_s": _rounded(rehearsal.duration_s),
        **scored(str(recording), rehearsal),
        "judgements": judgements_json(rehearsal.judgements),
        "call_sheet": _sheet_match(rehearsal.sheet_match),
        "transcript": [
            {
                "speaker": utterance.speaker.value,
                "who": "candidate" if utterance.speaker is Speaker.CANDIDATE else utterance.who,
                "start_s": _rounded(utterance.start_s),
                "end_s": _rounded(utterance.end_s),
                "text": utterance.text,
                "words": _words(utterance),
            }
            for utterance in rehearsal.transcript.utterances
        ],
    }


def _sheet_match(match: SheetMatch | None) -> dict[str, Any] | None:
    """Each planned way with the words that said it (null: dropped), and the unplanned ways."""
    if match is None:
        return None
    return {
        "planned": [
            {
                "action": planned.way.action,
                "touches": planned.way.touches,
                "said": None if planned.said is None else _evidence(planned.said),
            }
            for planned in match.planned
        ],
        "new": [_evidence(evidence) for evidence in match.new],
    }


def _words(utterance: Utterance) -> list[dict[str, Any]]:
    return [
        {
            "word": word.text,
            "start_s": _rounded(word.start_s),
            "end_s": _rounded(word.end_s),
            "probability": _rounded(word.probability),
        }
        for word in utterance.words
    ]


def _criterion(finding: Finding) -> dict[str, Any]:
    evidence = [_evidence(item) for item in finding.evidence]
    doubt = {"probability": finding.probability, "doubtful": finding.doubtful}
    if finding.criterion is Criterion.CONTRIBUTIONS:
        return {"count": finding.count, **doubt, "evidence": evidence}
    return {"met": finding.met, **doubt, "evidence": evidence}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "quote": evidence.quote,
        "start_s": _rounded(evidence.start_s),
        "end_s": _rounded(evidence.end_s),
        "probability": evidence.probability,
        "doubtful_words": list(evidence.doubtful),
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)

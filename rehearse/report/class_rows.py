"""Class rows: one row for each recording."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.summary import summary_of
from rehearse.report.result_json import scored
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import Scorecard
from rehearse.transcript import Speaker


@dataclass(frozen=True)
class ClassRow:
    """Unknown figures are None. `page`: the person's page, relative to the class page.

    `question_s`: seconds from the first word to the critical question. `pace_wpm` in words a
    minute. `nothing_to_score`: there is no score, as nothing could be judged. `note`: why a person
    should listen to it. `error` says why there is nothing else.
    """

    person: str
    file: str
    score: int | None = None
    business_contribution: str | None = None
    critical_question: str | None = None
    business_link: bool | None = None
    contributions: int | None = None
    humility: bool | None = None
    role_importance: bool | None = None
    manager_choice: bool | None = None
    status_check: bool | None = None
    credential_recital: bool | None = None
    length_s: float | None = None
    pace_wpm: float | None = None
    question_s: float | None = None
    fillers_per_minute: float | None = None
    page: str = ""
    note: str = ""
    error: str = ""
    nothing_to_score: bool | None = None


FIELDS = tuple(field.name for field in dataclasses.fields(ClassRow))


def class_row(
    person: str, file: str, rehearsal: Rehearsal, page: str, notes: Sequence[str] = ()
) -> ClassRow:
    """The row of a scored recording; `notes` are about how it was read."""
    scorecard, delivery = rehearsal.scorecard, rehearsal.delivery
    assert scorecard is not None
    judged = summary_of(rehearsal).judged
    met = {finding.criterion: finding.met for finding in scorecard.findings}
    return ClassRow(
        person=person,
        file=file,
        score=scorecard.score if judged else None,
        business_contribution=scorecard.business_contribution.value,
        critical_question=scorecard.critical_question.value,
        business_link=met[Criterion.BUSINESS_LINK],
        contributions=scorecard.finding(Criterion.CONTRIBUTIONS).count or 0,
        humility=met[Criterion.HUMILITY],
        role_importance=met[Criterion.ROLE_IMPORTANCE],
        manager_choice=met[Criterion.MANAGER_CHOICE],
        status_check=met[Criterion.STATUS_CHECK],
        credential_recital=met[Criterion.CREDENTIAL_RECITAL],
        length_s=_rounded(rehearsal.duration_s),
        pace_wpm=_rounded(delivery.words_per_minute) if delivery else None,
        question_s=_rounded(delivery.question_s) if delivery else None,
        fillers_per_minute=_rounded(delivery.hesitations_per_minute) if delivery else None,
        page=page,
        note=" ".join([*notes, *_doubts(rehearsal, scorecard)]),
        nothing_to_score=not judged,
    )


def _doubts(rehearsal: Rehearsal, scorecard: Scorecard) -> Iterator[str]:
    """Why the score of a recording says little about the person."""
    if rehearsal.transcript is not None and not rehearsal.transcript.candidate_words:
        yield "It holds no words." if rehearsal.typed else "No speech was recognised in it."
    if scorecard.recognition is not None and scorecard.recognition.too_little:
        yield "Too few words were understood to score it."
    if scorecard.language is not None:
        yield "It does not seem to be English, and only English is scored."


def result_line(
    person: str, file: str, rehearsal: Rehearsal, notes: Sequence[str] = ()
) -> dict[str, Any]:
    """What `rehearse score --json` prints for the file, with the person and the words."""
    assert rehearsal.transcript is not None
    return {
        "person": person,
        **scored(file, rehearsal),
        "text": " ".join(
            turn.text
            for turn in rehearsal.transcript.utterances
            if turn.speaker is Speaker.CANDIDATE
        ),
        **({"notes": list(notes)} if notes else {}),
    }


def error_line(person: str, file: str, problem: str) -> dict[str, Any]:
    """The line for a recording without a result."""
    return {"person": person, "file": file, "error": problem}


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)

"""Rubric: what counts, what it is worth, the verdicts.

Pure arithmetic on findings; `docs/rubric.md` says the same in words. RUBRIC_VERSION is kept with
every scorecard. It changes whenever the same findings could give another verdict or score.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

RUBRIC_VERSION = "1"


class Criterion(enum.StrEnum):
    BUSINESS_LINK = "business_link"
    CONTRIBUTIONS = "contributions"
    HUMILITY = "humility"
    CRITICAL_QUESTION = "critical_question"
    ROLE_IMPORTANCE = "role_importance"
    MANAGER_CHOICE = "manager_choice"
    STATUS_CHECK = "status_check"
    CREDENTIAL_RECITAL = "credential_recital"


FAULTS = frozenset({Criterion.STATUS_CHECK, Criterion.CREDENTIAL_RECITAL})


class Verdict(enum.StrEnum):
    COVERED = "covered"
    PARTLY = "partly"
    MISSING = "missing"
    COULDNT_HEAR = "couldnt_hear"


WAYS_ASKED_FOR = 3
POINTS_PER_WAY = 10
POINTS: Mapping[Criterion, int] = {
    Criterion.BUSINESS_LINK: 10,
    Criterion.CRITICAL_QUESTION: 30,
    Criterion.ROLE_IMPORTANCE: 10,
    Criterion.MANAGER_CHOICE: 10,
    Criterion.HUMILITY: 5,
    Criterion.STATUS_CHECK: -10,
    Criterion.CREDENTIAL_RECITAL: -10,
}
POINTS_FOR_BREVITY = 5
BRIEF_S = 90.0
"""A pitch up to this many seconds is brief, unless configured otherwise."""
SPEAKING_WORDS_PER_MINUTE = 150.0
"""Turns the words of a typed pitch into seconds for the brevity point (docs/rubric.md)."""


@dataclass(frozen=True)
class Findings:
    """The findings in a talk: the yes/no criteria that hold, and the number of distinct ways."""

    met: frozenset[Criterion]
    contributions: int


def business_contribution(findings: Findings) -> Verdict:
    link = Criterion.BUSINESS_LINK in findings.met
    if link and findings.contributions >= WAYS_ASKED_FOR:
        return Verdict.COVERED
    return Verdict.PARTLY if link or findings.contributions > 0 else Verdict.MISSING


def critical_question(findings: Findings) -> Verdict:
    if Criterion.CRITICAL_QUESTION in findings.met:
        return Verdict.COVERED
    return Verdict.PARTLY if Criterion.ROLE_IMPORTANCE in findings.met else Verdict.MISSING


def score(findings: Findings, pitch_s: float, *, brief_s: float = BRIEF_S) -> int:
    """0 to 100, for content only. A talk without anything good gets no points for brevity."""
    earned = POINTS_PER_WAY * min(findings.contributions, WAYS_ASKED_FOR)
    earned += sum(POINTS[criterion] for criterion in findings.met if criterion not in FAULTS)
    if earned and pitch_s <= brief_s:
        earned += POINTS_FOR_BREVITY
    return max(0, earned + sum(POINTS[criterion] for criterion in findings.met & FAULTS))

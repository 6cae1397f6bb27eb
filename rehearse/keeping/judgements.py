"""Judgements: what people say about the tool's verdicts.

A judgement never changes a scorecard. The file keeps everybody's judgements; if one person judges
the same answer twice, the later judgement counts.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rehearse.errors import RehearseError
from rehearse.scoring import rubric
from rehearse.scoring.evidence import Evidence
from rehearse.scoring.rubric import Criterion, Findings, Verdict
from rehearse.scoring.scorecard import Scorecard
from rehearse.transcript import Transcript

LONGEST_COMMENT = 2_000
LONGEST_NAME = 80
_WAY = re.compile(r"way-([1-9][0-9]?)")
_VERDICT = "verdict-"


class VerdictName(enum.StrEnum):
    BUSINESS_CONTRIBUTION = "business_contribution"
    CRITICAL_QUESTION = "critical_question"


@dataclass(frozen=True)
class Judgement:
    """One of the tool's answers, judged by one person.

    Exactly one field says what is judged: `criterion`; `way`, the number of a contribution
    (from 1); `verdict`; or `words` alone, for words in which the tool missed what `instead` names.
    `answer` is what the tool said at that time: "yes" or "no", a number of ways, or a verdict.
    `right`: whether the person agrees. `should_be`: the verdict they would give.
    `who` is empty for the person who spoke. `at`: local time in ISO 8601 with its offset.
    """

    right: bool
    answer: str
    who: str
    at: str
    criterion: Criterion | None = None
    way: int | None = None
    verdict: VerdictName | None = None
    words: Evidence | None = None
    instead: Criterion | None = None
    should_be: Verdict | None = None
    comment: str = ""

    @property
    def subject(self) -> str:
        """What is judged, as `judged` takes it: a criterion, `way-2`, `verdict-...`, or words."""
        if self.criterion is not None:
            return self.criterion.value
        if self.way is not None:
            return f"way-{self.way}"
        if self.verdict is not None:
            return f"{_VERDICT}{self.verdict.value}"
        assert self.words is not None
        assert self.instead is not None
        return f"words-{self.instead.value}-{self.words.start_s}-{self.words.quote}"

    @property
    def holds(self) -> bool:
        """For a yes/no answer: whether it holds, by this person, whatever the tool says today."""
        return (self.answer == "yes") == self.right


def subjects(scorecard: Scorecard) -> tuple[str, ...]:
    """Everything in a scorecard that can be judged."""
    ways = range(1, (scorecard.finding(Criterion.CONTRIBUTIONS).count or 0) + 1)
    return (
        *(f"{_VERDICT}{name.value}" for name in VerdictName),
        *(criterion.value for criterion in Criterion),
        *(f"way-{number}" for number in ways),
    )


def judged(
    scorecard: Scorecard,
    subject: str,
    right: bool,
    *,
    who: str = "",
    now: datetime,
    instead: Criterion | None = None,
    should_be: Verdict | None = None,
    comment: str = "",
) -> Judgement:
    """A judgement of one of the `subjects` of `scorecard`, made `now` (local time, with offset).

    Raises RehearseError for a subject that the scorecard does not have, and for texts too long.
    """
    who, comment = _checked(who, comment)
    at = now.isoformat(timespec="seconds")
    if subject not in subjects(scorecard):
        raise RehearseError(
            f"There is no {subject!r} to judge in this rehearsal.",
            f"Name one of these: {', '.join(subjects(scorecard))}.",
        )
    if right and (instead is not None or should_be is not None):
        raise RehearseError(
            "What is right needs no other answer.", "Leave out what it should be, or say wrong."
        )
    if subject.startswith(_VERDICT):
        name = VerdictName(subject.removeprefix(_VERDICT))
        answer = verdict_of(scorecard, name).value
        return Judgement(right, answer, who, at, verdict=name, should_be=should_be, comment=comment)
    if way := _WAY.fullmatch(subject):
        number = int(way[1])
        quote = scorecard.finding(Criterion.CONTRIBUTIONS).evidence[number - 1]
        return Judgement(
            right, "yes", who, at, way=number, words=quote, instead=instead, comment=comment
        )
    criterion = Criterion(subject)
    finding = scorecard.finding(criterion)
    answer = ("yes" if finding.met else "no") if finding.count is None else str(finding.count)
    return Judgement(right, answer, who, at, criterion=criterion, instead=instead, comment=comment)


def marked(
    transcript: Transcript,
    quote: str,
    criterion: Criterion,
    *,
    who: str = "",
    now: datetime,
    comment: str = "",
) -> Judgement:
    """A judgement that the candidate's words `quote` are evidence for `criterion`.

    Raises RehearseError when the candidate did not say these words one after the other.
    """
    who, comment = _checked(who, comment)
    words = transcript.candidate_words
    wanted = [_bare(part) for part in quote.split() if _bare(part)]
    said = [_bare(word.text) for word in words]
    for start in range(len(said) - len(wanted) + 1) if wanted else ():
        if said[start : start + len(wanted)] == wanted:
            found = words[start : start + len(wanted)]
            evidence = Evidence(
                " ".join(word.text for word in found), found[0].start_s, found[-1].end_s
            )
            at = now.isoformat(timespec="seconds")
            return Judgement(
                False, "no", who, at, words=evidence, instead=criterion, comment=comment
            )
    raise RehearseError(
        "The transcript does not have these words one after the other.",
        "Copy them from the candidate's part of the transcript.",
    )


def with_judgement(judgements: Iterable[Judgement], new: Judgement) -> tuple[Judgement, ...]:
    """`judgements` with the new one, which replaces the same person's on the same subject."""
    return (*(one for one in judgements if (one.who, one.subject) != (new.who, new.subject)), new)


def without_judgement(
    judgements: Iterable[Judgement], subject: str, who: str = ""
) -> tuple[Judgement, ...]:
    """`judgements` without the one by `who` on `subject`."""
    return tuple(one for one in judgements if (one.who, one.subject) != (who, subject))


@dataclass(frozen=True)
class Recount:
    """The score and the verdicts that a scorecard would have by one person's judgements."""

    score: int
    business_contribution: Verdict
    critical_question: Verdict


def recounted(scorecard: Scorecard, judgements: Iterable[Judgement], who: str) -> Recount:
    """The rubric's points by the judgements of `who`; the tool's answers where they judged nothing.

    "Wrong" on the number of ways alone changes nothing: the judge has to say which way is wrong.
    """
    met = {one.criterion for one in scorecard.findings if one.met}
    ways = scorecard.finding(Criterion.CONTRIBUTIONS).count or 0
    said: dict[VerdictName, Verdict] = {}
    for one in judgements:
        if one.who != who:
            continue
        if one.verdict is not None and one.should_be is not None:
            said[one.verdict] = one.should_be
        elif one.way is not None and not one.right:
            ways -= 1
        elif one.criterion is not None and one.criterion is not Criterion.CONTRIBUTIONS:
            met = met | {one.criterion} if one.holds else met - {one.criterion}
        if one.instead is Criterion.CONTRIBUTIONS:
            ways += 1
        elif one.instead is not None:
            met |= {one.instead}
    findings = Findings(frozenset(met - {Criterion.CONTRIBUTIONS}), max(0, ways))
    contribution = rubric.business_contribution(findings)
    question = rubric.critical_question(findings)
    return Recount(
        rubric.score(findings, scorecard.pitch_s),
        said.get(VerdictName.BUSINESS_CONTRIBUTION, contribution),
        said.get(VerdictName.CRITICAL_QUESTION, question),
    )


def verdict_of(scorecard: Scorecard, name: VerdictName) -> Verdict:
    """One of the two verdicts, by its name."""
    if name is VerdictName.BUSINESS_CONTRIBUTION:
        return scorecard.business_contribution
    return scorecard.critical_question


def _checked(who: str, comment: str) -> tuple[str, str]:
    who = " ".join(who.split())
    if who.casefold() == "you":  # what the page calls the person who spoke
        who = ""
    if len(who) > LONGEST_NAME:
        raise RehearseError("That name is too long to keep.", "Shorten it and try again.")
    if len(comment) > LONGEST_COMMENT:
        raise RehearseError("That comment is too long to keep.", "Shorten it and try again.")
    return who, comment.strip()


def _bare(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())

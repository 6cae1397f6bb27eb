"""Text: transcript and scorecard as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from rehearse.keeping.summary import Summary
from rehearse.report.wording import (
    ASK_THEN_STOP,
    BUSINESS_CONTRIBUTION,
    CRITERIA,
    CRITICAL_QUESTION,
    MARKS,
    NO_SPEECH,
    NO_WORD,
    UNSURE,
    VERDICTS,
    clock,
    no_pitch,
    speaker_name,
    too_little_understood,
)
from rehearse.scoring.evidence import Evidence
from rehearse.scoring.recognition import Recognition
from rehearse.scoring.rubric import WAYS_ASKED_FOR, Verdict
from rehearse.scoring.scorecard import Finding, Scorecard
from rehearse.transcript import Transcript

WIDTH = 88


def transcript_text(transcript: Transcript) -> str:
    """The turns of a call, each with its start time; says so if the candidate said nothing."""
    lines = list(_turns(transcript))
    if not transcript.candidate_words:
        lines.append(NO_SPEECH)
    return "\n".join(lines)


def rehearsal_line(summary: Summary) -> str:
    """One line of the list of rehearsals."""
    name = f"{summary.id:<18}"
    if summary.damaged:
        return f"{name}  damaged; its sound may still be whole"
    if summary.business_contribution is None or summary.critical_question is None:
        return f"{name}  broken off, sound kept: rehearse score {summary.id}"
    return (
        f"{name}{clock(summary.duration_s):>6}  {summary.manager or '-':<16}  "
        f"{MARKS[summary.business_contribution]} contribution  "
        f"{MARKS[summary.critical_question]} question  {summary.score:>3}"
    )


def _turns(transcript: Transcript) -> Iterator[str]:
    for utterance in transcript.utterances:
        who = speaker_name(utterance)
        first_word_s = utterance.words[0].start_s if utterance.words else None
        start_s = first_word_s if first_word_s is not None else utterance.start_s
        lead = f"{clock(start_s):>6}  {who:<8}"
        yield _wrapped(utterance.text or NO_WORD, lead)


def scorecard_text(scorecard: Scorecard) -> str:
    """Both verdicts, every criterion with its words and times, and the score.

    If too few words were understood, it says so instead of printing a row of crosses.
    """
    lines = [
        *_too_little(scorecard.recognition),
        _verdict(BUSINESS_CONTRIBUTION, scorecard.business_contribution),
        _verdict(CRITICAL_QUESTION, scorecard.critical_question),
    ]
    if scorecard.recognition is not None and scorecard.recognition.too_little:
        return "\n".join([*lines, "", "Not scored: too few words were understood."])
    lines.append("")
    if scorecard.clauses and not scorecard.is_pitch:
        lines.append(textwrap.fill(no_pitch(scorecard), WIDTH))
    else:
        lines.extend(line for finding in scorecard.findings for line in _finding(finding))
    if scorecard.ask_then_stop is not None:
        lines += ["", ASK_THEN_STOP[scorecard.ask_then_stop]]
    lines += ["", f"Score: {scorecard.score} of 100 (what was said; not how it sounded)"]
    return "\n".join(lines)


def _finding(finding: Finding) -> Iterator[str]:
    unsure = f"  {UNSURE}" if finding.doubtful else ""
    yield f"  {_mark(finding)} {CRITERIA[finding.criterion]}{_count(finding)}{unsure}"
    yield from (_quote(evidence) for evidence in finding.evidence)


def _too_little(recognition: Recognition | None) -> list[str]:
    """The notice at the top if too few words were understood."""
    if recognition is None or not recognition.too_little:
        return []
    return [textwrap.fill(too_little_understood(recognition), WIDTH), ""]


def _verdict(name: str, verdict: Verdict) -> str:
    return f"{MARKS[verdict]} {name + ':':<24}{VERDICTS[verdict].upper()}"


def _mark(finding: Finding) -> str:
    if finding.doubtful:
        return "[?]"
    return "[x]" if finding.met else "[ ]"


def _count(finding: Finding) -> str:
    return "" if finding.count is None else f": {finding.count} of {WAYS_ASKED_FOR}"


def _quote(evidence: Evidence) -> str:
    return _wrapped(f'"{evidence.marked}"', f"      {clock(evidence.start_s):>6}  ")


def _wrapped(text: str, lead: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )

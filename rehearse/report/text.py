"""Text: transcript and scorecard as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from rehearse.keeping.summary import Summary
from rehearse.report.paragraph import WIDTH, paragraph
from rehearse.report.wording import (
    ASK_THEN_STOP,
    AVOIDED,
    BUSINESS_CONTRIBUTION,
    CRITERIA,
    CRITICAL_QUESTION,
    MARKS,
    NO_SPEECH,
    NO_WORD,
    NOTHING_TO_SCORE,
    NOTHING_TYPED,
    ONLY_RANG,
    SHORT_OF_RECITAL,
    UNSURE,
    VERDICTS,
    clock,
    no_pitch,
    speaker_name,
    time_column,
    too_little_understood,
    ways_named,
)
from rehearse.scoring.ask_then_stop import AskThenStop
from rehearse.scoring.recognition import Recognition
from rehearse.scoring.rubric import FAULTS, Criterion, Verdict
from rehearse.scoring.scorecard import Finding, Scorecard
from rehearse.transcript import Transcript

_LISTED_WIDTH = 79
"""What one line of the list of rehearsals takes."""


def transcript_text(transcript: Transcript, width: int = WIDTH, *, typed: bool = False) -> str:
    """The turns of a call, each with its start time; says so if the candidate said nothing."""
    lines = list(_turns(transcript, width, typed))
    if not transcript.candidate_words:
        lines.append(NOTHING_TYPED if typed else NO_SPEECH)
    return "\n".join(lines)


def rehearsal_line(summary: Summary, width: int = WIDTH) -> str:
    """One line of the list of rehearsals, or two where `width` is too narrow."""
    name = f"{summary.id:<18}"
    if summary.damaged:
        return paragraph("damaged; its sound may still be whole", f"{name}  ", width)
    if summary.only_rang:
        return paragraph(ONLY_RANG, f"{name}{clock(summary.duration_s):>6}  ", width)
    if summary.business_contribution is None or summary.critical_question is None:
        state = f"broken off, sound kept: rehearse score {summary.id}"
        return paragraph(state, f"{name}  ", width)
    whom = f"{name}{clock(summary.duration_s):>6}  {summary.manager or '-'}"
    score = summary.score if summary.judged else "-"
    result = (
        f"{MARKS[summary.business_contribution]} contribution  "
        f"{MARKS[summary.critical_question]} question  {score:>3}"
    )
    if summary.nothing_to_score:
        result = NOTHING_TO_SCORE
    return f"{whom:<42}  {result}" if width >= _LISTED_WIDTH else f"{whom}\n    {result}"


def _turns(transcript: Transcript, width: int, typed: bool) -> Iterator[str]:
    for utterance in transcript.utterances:
        who = speaker_name(utterance)
        first_word_s = utterance.words[0].start_s if utterance.words else None
        start_s = first_word_s if first_word_s is not None else utterance.start_s
        lead = f"{time_column(start_s)}{who:<7} "
        yield paragraph(utterance.text or (NOTHING_TYPED if typed else NO_WORD), lead, width)


def scorecard_text(
    scorecard: Scorecard, width: int = WIDTH, *, typed: bool = False, alone: bool = False
) -> str:
    """Both verdicts, every criterion with its words and times, and the score. `alone`: there is no
    manager in the talk, so nobody was let answer.

    If too few words were understood, or the talk was not in English, it says so instead of
    printing a row of crosses.
    """
    if scorecard.language is not None:
        return paragraph(no_pitch(scorecard), width=width)
    lines = [
        *_too_little(scorecard.recognition, width),
        _verdict(BUSINESS_CONTRIBUTION, scorecard.business_contribution, width),
        _verdict(CRITICAL_QUESTION, scorecard.critical_question, width),
    ]
    if scorecard.recognition is not None and scorecard.recognition.too_little:
        return "\n".join([*lines, "", "Not scored: too few words were understood."])
    lines.append("")
    if not scorecard.clauses:
        return "\n".join([*lines, "There is nothing to score."])
    if not scorecard.is_pitch:
        return "\n".join([*lines, paragraph(no_pitch(scorecard), width=width)])
    lines.extend(
        line for finding in scorecard.findings for line in _finding(finding, scorecard, width)
    )
    stopped = scorecard.ask_then_stop
    if stopped is not None and not (alone and stopped is AskThenStop.STOPPED):
        lines += ["", paragraph(ASK_THEN_STOP[stopped], width=width)]
    what = "" if typed else " (what was said; not how it sounded)"
    lines += ["", paragraph(f"Score: {scorecard.score} of 100{what}", width=width)]
    return "\n".join(lines)


def _finding(finding: Finding, scorecard: Scorecard, width: int) -> Iterator[str]:
    unsure = f" {UNSURE}" if finding.doubtful else ""
    names = CRITERIA if finding.met else CRITERIA | AVOIDED
    name = f"{names[finding.criterion]}{_count(finding)}{unsure}"
    if finding.criterion is Criterion.CREDENTIAL_RECITAL and scorecard.is_short_of_recital:
        name = f"{name}: {SHORT_OF_RECITAL}"
    yield paragraph(name, f"  {_mark(finding)} ", width)
    for evidence in finding.evidence:
        yield paragraph(f'"{evidence.marked}"', time_column(evidence.start_s, 6), width)


def _too_little(recognition: Recognition | None, width: int) -> list[str]:
    """The notice at the top if too few words were understood."""
    if recognition is None or not recognition.too_little:
        return []
    return [paragraph(too_little_understood(recognition), width=width), ""]


def _verdict(name: str, verdict: Verdict, width: int) -> str:
    line = f"{MARKS[verdict]} {name + ':':<24}{VERDICTS[verdict].upper()}"
    if len(line) <= width:
        return line
    return f"{MARKS[verdict]} {name}:\n    {VERDICTS[verdict].upper()}"


def _mark(finding: Finding) -> str:
    """[x] counts for you, [!] against you; [ ] is missing, [-] is neither."""
    if finding.doubtful:
        return "[?]"
    if finding.criterion in FAULTS:
        return "[!]" if finding.met else "[-]"
    return "[x]" if finding.met else "[ ]"


def _count(finding: Finding) -> str:
    return "" if finding.count is None else f": {ways_named(finding.count)}"

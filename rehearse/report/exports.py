"""Exports: a rehearsal as text, subtitles, JSON; all as table."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.summary import Summary
from rehearse.report.delivery_text import appraisal_text
from rehearse.report.judgement_view import judgements_text
from rehearse.report.page import head
from rehearse.report.result_json import rehearsal_result
from rehearse.report.sheet_text import sheet_text
from rehearse.report.text import scorecard_text, transcript_text
from rehearse.report.wording import speaker_name
from rehearse.transcript import Transcript, Utterance, Word

LONGEST_CUE_WORDS = 12
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(rehearsal: Rehearsal, *, notes: bool) -> str:
    """All that the terminal shows, verdicts first, and the notes if the person includes them."""
    assert rehearsal.scorecard is not None
    assert rehearsal.transcript is not None
    top = head(rehearsal)
    parts = [
        f"{top.title}\n{top.day}   {top.length}",
        scorecard_text(
            rehearsal.scorecard,
            typed=rehearsal.typed,
            alone=not rehearsal.transcript.has_manager,
        ),
    ]
    if rehearsal.sheet_match is not None:
        parts.append(sheet_text(rehearsal.sheet_match))
    appraisal = appraisal_text(rehearsal.delivery, rehearsal.coaching, typed=rehearsal.typed)
    if appraisal:
        parts.append(appraisal)
    if rehearsal.judgements:
        parts.append(judgements_text(rehearsal.judgements))
    parts.append(transcript_text(rehearsal.transcript, typed=rehearsal.typed))
    if notes and rehearsal.notes:
        parts.append(f"Notes\n{rehearsal.notes}")
    return "\n\n".join(parts) + "\n"


def as_json(rehearsal: Rehearsal, *, notes: bool) -> str:
    """What `rehearse show --json` prints, without the path of the file on this computer."""
    result = rehearsal_result(rehearsal, Path("call.wav"))
    if rehearsal.title:
        result["title"] = rehearsal.title
    if notes and rehearsal.notes:
        result["notes"] = rehearsal.notes
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def as_srt(rehearsal: Rehearsal) -> str:
    """Subtitles that players show with the sound."""
    assert rehearsal.transcript is not None
    cues = []
    for number, (who, start_s, end_s, text) in enumerate(_cues(rehearsal.transcript), 1):
        times = f"{_time(start_s, ',')} --> {_time(end_s, ',')}"
        cues.append(f"{number}\n{times}\n{who}: {text}\n")
    return "\n".join(cues)


def as_vtt(rehearsal: Rehearsal) -> str:
    """The same as WebVTT, where each cue names its voice."""
    assert rehearsal.transcript is not None
    cues = ["WEBVTT\n"]
    for who, start_s, end_s, text in _cues(rehearsal.transcript):
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        cues.append(f"{_time(start_s, '.')} --> {_time(end_s, '.')}\n<v {who}>{escaped}\n")
    return "\n".join(cues)


def as_csv(summaries: Sequence[Summary]) -> str:
    """A table of all rehearsals, a row each."""
    out = io.StringIO()
    names = [field.name for field in dataclasses.fields(Summary)]
    writer = csv.writer(out)
    writer.writerow(names)
    for summary in summaries:
        writer.writerow([_cell(getattr(summary, name)) for name in names])
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, float):
        return round(value, 2)
    # A spreadsheet runs a cell that begins like a formula.
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def _cues(transcript: Transcript) -> Iterator[tuple[str, float, float, str]]:
    for utterance in transcript.utterances:
        who = speaker_name(utterance)
        if utterance.start_s is None or utterance.end_s is None:
            continue
        for words in _pieces(utterance.words):
            start_s, end_s = words[0].start_s, words[-1].end_s
            if start_s is None or end_s is None:
                start_s, end_s = _shared_time(utterance, words)
            yield who, start_s, max(end_s, start_s + 0.1), " ".join(word.text for word in words)


def _pieces(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Cut after each sentence, and where a piece gets too long to read."""
    start = 0
    for at, word in enumerate(words, 1):
        if word.text[-1:] in ".?!" or at - start == LONGEST_CUE_WORDS or at == len(words):
            yield words[start:at]
            start = at


def _shared_time(utterance: Utterance, words: Sequence[Word]) -> tuple[float, float]:
    """Where words have no times: the time of the turn, divided by the number of words."""
    assert utterance.start_s is not None
    assert utterance.end_s is not None
    begin = next(i for i, word in enumerate(utterance.words) if word is words[0])
    step_s = (utterance.end_s - utterance.start_s) / len(utterance.words)
    start_s = utterance.start_s + begin * step_s
    return start_s, start_s + len(words) * step_s


def _time(time_s: float, point: str) -> str:
    milliseconds = round(time_s * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    whole, part = divmod(rest, 1000)
    return f"{hours:02d}:{minutes:02d}:{whole:02d}{point}{part:03d}"

"""Listen again text: what a second transcription changed."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from rehearse.keeping.rehearsal import Listen, Rehearsal
from rehearse.report.wording import CRITERIA
from rehearse.scoring.scorecard import Scorecard
from rehearse.transcript import Transcript

MOST_SHOWN = 6
MOST_WORDS = 8
"""Of one place; the rest of a longer one is in the transcript."""


def listened_again(rehearsal: Rehearsal) -> list[str]:
    """Which version counts and how the other differs; nothing if there is only one."""
    other = rehearsal.other_listen
    if other is None or rehearsal.transcript is None or rehearsal.scorecard is None:
        return []
    if rehearsal.recognised is not None:
        return ["Two models listened, and you corrected the words: yours count."]
    counts, rest = _model(rehearsal.versions.transcriber), _model(other.transcriber)
    lines = [f"Two models listened. What {counts} understood counts; {rest} is kept beside it."]
    words = _changed_words(other.transcript, rehearsal.transcript)
    if words:
        lines.append(f"Words that differ: {'; '.join(words[:MOST_SHOWN])}" + _more(len(words)))
    lines += _changed_criteria(other.scorecard, rehearsal.scorecard)
    lines.append(_scores((rehearsal.scorecard, counts), (other.scorecard, rest)))
    return lines


def _scores(*versions: tuple[Scorecard, str]) -> str:
    """The score of each; none where too few words were understood, or nothing of a pitch."""
    if all(card.too_little for card, _ in versions):
        return "Both understood too few words to score them. You can type what you said."
    if not any(card.has_a_score for card, _ in versions):
        return "Neither understood anything that can be scored."
    scores = (f"{card.score if card.has_a_score else 'none'} by {name}" for card, name in versions)
    return f"Score: {', '.join(scores)}."


def other_version(other: Listen) -> str:
    """The words of the version that does not count."""
    return " ".join(word.text for word in other.transcript.candidate_words)


def _model(transcriber: str | None) -> str:
    return (transcriber or "the first model").split(" (")[0]


def _more(count: int) -> str:
    return f"; and {count - MOST_SHOWN} more." if count > MOST_SHOWN else "."


def _changed_words(before: Transcript, now: Transcript) -> list[str]:
    old = [word.text for word in before.candidate_words]
    new = [word.text for word in now.candidate_words]
    return [
        _change(_quoted(old[a:b]), _quoted(new[c:d]))
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if kind != "equal"
    ]


def _change(before: str, now: str) -> str:
    if not before:
        return f"{now} is new"
    return f"{before} is {now}" if now else f"{before} is gone"


def _quoted(words: Sequence[str]) -> str:
    if not words:
        return ""
    return f"“{' '.join(words[:MOST_WORDS])}{' …' if len(words) > MOST_WORDS else ''}”"


def _changed_criteria(before: Scorecard, now: Scorecard) -> list[str]:
    lines = []
    for finding in now.findings:
        old = before.finding(finding.criterion)
        if (old.met, old.count) == (finding.met, finding.count):
            continue
        name = CRITERIA[finding.criterion]
        if finding.count is not None:
            lines.append(f"{name}: {finding.count}, not {old.count}.")
        else:
            lines.append(f"{name}: {'found' if finding.met else 'no longer found'}.")
    return lines

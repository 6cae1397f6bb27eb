"""Corrections: a transcript corrected by its speaker."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rehearse.errors import RehearseError
from rehearse.transcript import Speaker, Transcript, UnclearPassage, Utterance, Word

LONGEST_TURN_CHARACTERS = 50_000
LEAST_TURN_S = 1.0
"""A shorter turn without a recognised word is just the moment of hanging up."""


def corrected(transcript: Transcript, turn: int, text: str) -> Transcript:
    """`transcript` with the words of its utterance number `turn` replaced by `text`.

    Words that stay keep their times, and are doubted no more: a person has read them. New ones
    share the time of those they replace. In a turn without words they share the time of its
    unclear part, or else of the whole turn. The turn has no unclear passages any more. Raises
    RehearseError for a turn that is not the candidate's.
    """
    utterances = list(transcript.utterances)
    if not 0 <= turn < len(utterances) or utterances[turn].speaker is not Speaker.CANDIDATE:
        raise RehearseError("That turn cannot be corrected.", "Load the page again and retry.")
    if len(text) > LONGEST_TURN_CHARACTERS:
        raise RehearseError("That is too long for one turn.", "Keep to the words that were said.")
    old = utterances[turn]
    inside = [passage for passage in transcript.unclear if _within(old, passage)]
    timed = old
    if not old.words and inside:
        first_s, last_s = min(one.start_s for one in inside), max(one.end_s for one in inside)
        timed = dataclasses.replace(old, start_s=first_s, end_s=last_s)
    words = tuple(_aligned(timed, text.split()))
    utterances[turn] = dataclasses.replace(old, words=words)
    still_unclear = [passage for passage in transcript.unclear if passage not in inside]
    return Transcript(tuple(utterances)).with_unclear(still_unclear)


def with_turns(transcript: Transcript, turns_s: Sequence[tuple[float, float]]) -> Transcript:
    """`transcript` with an empty candidate turn added for each of `turns_s` (start_s, end_s) in
    which it has none, in order of time."""
    utterances = list(transcript.utterances)
    for start_s, end_s in turns_s:
        has_words = any(
            one.speaker is Speaker.CANDIDATE
            and one.start_s is not None
            and start_s <= one.start_s < end_s
            for one in utterances
        )
        if has_words or end_s - start_s < LEAST_TURN_S:
            continue
        place = sum(one.start_s is not None and one.start_s < start_s for one in utterances)
        utterances.insert(place, Utterance(Speaker.CANDIDATE, (), start_s, end_s))
    return dataclasses.replace(transcript, utterances=tuple(utterances))


def without_wordless(transcript: Transcript) -> Transcript:
    """`transcript` without turns that have no words."""
    return dataclasses.replace(
        transcript, utterances=tuple(one for one in transcript.utterances if one.words)
    )


def changes(recognised: Sequence[Word], now: Sequence[Word]) -> list[str | None]:
    """For each word of `now`, what was recognised in its place; None if nothing changed.

    An added word has "" in its place.
    """
    found: list[str | None] = [None] * len(now)
    for kind, from_old, to_old, from_new, to_new in _differences(
        [word.text for word in recognised], [word.text for word in now]
    ):
        if kind != "equal":
            before = " ".join(word.text for word in recognised[from_old:to_old])
            found[from_new:to_new] = [before] * (to_new - from_new)
    return found


def _within(turn: Utterance, passage: UnclearPassage) -> bool:
    if turn.start_s is None or turn.end_s is None:
        return False
    return turn.start_s <= passage.start_s and passage.end_s <= turn.end_s


def _aligned(old: Utterance, texts: list[str]) -> Iterator[Word]:
    words = old.words
    for kind, from_old, to_old, from_new, to_new in _differences(
        [word.text for word in words], texts
    ):
        if kind == "equal":
            for word in words[from_old:to_old]:
                yield dataclasses.replace(word, probability=None)
            continue
        start_s, end_s = _time_of(old, from_old, to_old)
        new = texts[from_new:to_new]
        for place, text in enumerate(new):
            if start_s is None or end_s is None:
                yield Word(text)
            else:
                step_s = (end_s - start_s) / len(new)
                yield Word(text, start_s + place * step_s, start_s + (place + 1) * step_s)


def _time_of(old: Utterance, start: int, end: int) -> tuple[float | None, float | None]:
    """From the first to the last replaced word; for inserted words, the gap in which they stand."""
    words = old.words
    if start < end:
        return words[start].start_s, words[end - 1].end_s
    before_s = words[start - 1].end_s if start else old.start_s
    after_s = words[start].start_s if start < len(words) else old.end_s
    return before_s, after_s


def _differences(
    old: Sequence[str], new: Sequence[str]
) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()

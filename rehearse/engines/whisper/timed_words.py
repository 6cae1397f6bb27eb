"""Timed words: from recognised pieces to words."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rehearse.engines.activity.silero_vad import FRAME_SAMPLES
from rehearse.sound import SAMPLE_RATE_HZ
from rehearse.transcript import Signs

FRAMES_PER_S = SAMPLE_RATE_HZ / FRAME_SAMPLES

TIMING_ERROR_S = 0.2
"""The error allowed for a recogniser's times when looking for voice."""
LATE_S = 0.1
"""How late the decoder's attention reaches a word: the median after a silence is 0.09 to 0.13 s in
human speech and in Piper's and Kokoro's. It reaches the end of words on time."""
PAUSE_S = 0.2
"""A silence of this length inside a word reduces the word to its longest voiced part."""
LEAST_WORD_S = 0.03
LONGEST_LOOP_WORDS = 12
LOOP_TIMES = 3
"""The same words this often in a row are a loop, if the whole text is repetitive."""


class TimedText(NamedTuple):
    """A word, or a piece of one, with its times in seconds. `signs`: None where nobody looked."""

    text: str
    start_s: float
    end_s: float
    probability: float
    signs: Signs | None = None


def whole_words(pieces: Iterable[TimedText], begin_s: float) -> Iterator[TimedText]:
    """Pieces without a space between them, joined: `50`, `%` and `,` become one word.

    `begin_s` is added to the times. Times and probability are those of the parts with letters or
    digits. A word without any, such as a dash, is left out.
    """
    group: list[TimedText] = []
    for piece in pieces:
        if piece.text.startswith(" "):
            yield from _word(group, begin_s)
            group = []
        group.append(piece)
    yield from _word(group, begin_s)


def _word(pieces: Sequence[TimedText], begin_s: float) -> Iterator[TimedText]:
    spoken = [piece for piece in pieces if any(letter.isalnum() for letter in piece.text)]
    if spoken:
        yield TimedText(
            "".join(piece.text for piece in pieces).strip(),
            begin_s + spoken[0].start_s,
            begin_s + spoken[-1].end_s,
            sum(piece.probability for piece in spoken) / len(spoken),
            _of_word([piece.signs for piece in spoken if piece.signs is not None]),
        )


def _of_word(parts: Sequence[Signs]) -> Signs | None:
    """A word of several pieces is as sure as the least sure of them; what follows, follows it."""
    if not parts:
        return None
    return Signs(
        min(part.weakest for part in parts),
        sum(part.said for part in parts),
        sum(part.tokens for part in parts),
        sum(part.spelt for part in parts),
        max(part.other for part in parts),
        parts[-1].onward,
        max(part.rank for part in parts),
    )


def where_voiced(words: Iterable[TimedText], voiced: npt.NDArray[np.bool_]) -> Iterator[TimedText]:
    """The words with voice at or right beside their time, without the pauses in it.

    `voiced`: one value a frame of the voice activity detector, from second 0 on.
    """
    for word in words:
        slack = round(TIMING_ERROR_S * FRAMES_PER_S)
        first = int(word.start_s * FRAMES_PER_S)
        end = max(first + 1, int(np.ceil(word.end_s * FRAMES_PER_S)))
        parts = _voiced_parts(voiced, first, end)
        if len(parts) > 0:
            start, stop = max(parts, key=lambda part: part[1] - part[0])
            yield word._replace(
                start_s=max(word.start_s, start / FRAMES_PER_S),
                end_s=min(max(word.end_s, word.start_s), stop / FRAMES_PER_S),
            )
        elif voiced[max(0, first - slack) : end + slack].any():
            yield word


def begun_earlier(words: Iterable[TimedText], voiced: npt.NDArray[np.bool_]) -> list[TimedText]:
    """Starts each word up to LATE_S earlier, as far as there is voice, and shortens the one before.

    `voiced`: one value a frame of the voice activity detector, from second 0 on.
    """
    moved: list[TimedText] = []
    for word in words:
        earliest_s = max(0.0, word.start_s - LATE_S, moved[-1].start_s if moved else 0.0)
        frame = int(word.start_s * FRAMES_PER_S)
        while frame / FRAMES_PER_S > earliest_s and voiced[frame - 1 : frame].any():
            frame -= 1
        start_s = min(word.start_s, max(earliest_s, frame / FRAMES_PER_S))
        if moved:
            moved[-1] = moved[-1]._replace(end_s=min(moved[-1].end_s, start_s))
        moved.append(word._replace(start_s=start_s))
    return moved


def _voiced_parts(voiced: npt.NDArray[np.bool_], first: int, end: int) -> list[tuple[int, int]]:
    """Voiced frames from `first` to `end`, as parts separated by pauses of PAUSE_S."""
    frames = first + np.flatnonzero(voiced[first:end])
    if len(frames) == 0:
        return []
    breaks = np.flatnonzero(np.diff(frames) > PAUSE_S * FRAMES_PER_S)
    starts = frames[np.concatenate([[0], breaks + 1])]
    ends = frames[np.concatenate([breaks, [len(frames) - 1]])] + 1
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def wordless(
    words: Sequence[TimedText], voiced: npt.NDArray[np.bool_], least_s: float
) -> Iterator[tuple[int, int]]:
    """Spans of frames between two words with at least `least_s` of voice.

    `voiced`: one value a frame of the voice activity detector, from second 0 on.
    """
    slack = round(TIMING_ERROR_S * FRAMES_PER_S)
    for word, following in itertools.pairwise(words):
        first = int(np.ceil(word.end_s * FRAMES_PER_S)) + slack
        end = int(following.start_s * FRAMES_PER_S) - slack
        if voiced[first : max(first, end)].sum() >= least_s * FRAMES_PER_S:
            frames = first + np.flatnonzero(voiced[first:end])
            yield int(frames[0]), int(frames[-1]) + 1


def with_missed(
    words: Sequence[TimedText], missed: Iterable[TimedText], frames: tuple[int, int]
) -> list[TimedText]:
    """`words` and those of `missed` that were said between two frames.

    Words that are right beside them already, with a wrong time, are not repeated.
    """
    before = [word for word in words if word.start_s * FRAMES_PER_S < frames[0]]
    after = words[len(before) :]
    new = [
        word
        for word in missed
        if frames[0] <= (word.start_s + word.end_s) / 2 * FRAMES_PER_S < frames[1]
    ]
    del new[: _common(_plain(before), _plain(new))]
    del new[len(new) - _common(_plain(new), _plain(after)) :]
    return [*before, *new, *after]


def _plain(words: Sequence[TimedText]) -> list[str]:
    return [word.text.strip(".,!?").lower() for word in words]


def _common(end_of: Sequence[str], start_of: Sequence[str]) -> int:
    """How many words at the end of one are also at the start of the other."""
    most = min(len(end_of), len(start_of))
    lengths = (n for n in range(most, 0, -1) if end_of[-n:] == start_of[:n])
    return next(lengths, 0)


def without_invented_end(words: Sequence[TimedText]) -> list[TimedText]:
    """Without words at the end that took no time: text that goes on after the sound has ended.

    One such word is kept: its time may be wrong.
    """
    said = len(words)
    while said > 0 and words[said - 1].end_s - words[said - 1].start_s < LEAST_WORD_S:
        said -= 1
    return list(words) if len(words) - said < 2 else list(words[:said])


def without_loops(words: Sequence[TimedText]) -> list[TimedText]:
    """Only the first of words, or runs of words, that are repeated LOOP_TIMES or more."""
    kept: list[TimedText] = []
    at = 0
    while at < len(words):
        length, times = _loop_at(_plain(words[at:]))
        kept.extend(words[at : at + length])
        at += length * times
    return kept


def _loop_at(texts: Sequence[str]) -> tuple[int, int]:
    """Length in words of the loop at the start of `texts`, and its repetitions; 1, 1 for none."""
    for length in range(1, LONGEST_LOOP_WORDS + 1):
        times = 1
        while texts[times * length : (times + 1) * length] == texts[:length] and texts[:length]:
            times += 1
        if times >= LOOP_TIMES:
            return length, times
    return 1, 1

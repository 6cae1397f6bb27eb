"""Delivery: the figures on how a talk sounded.

They come from the words, their times and the sound, and never enter the score. Unknown is None:
typed text has no pauses, and without a search for um and uh there is no count of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from rehearse.delivery.after_question import AfterQuestion, after_question
from rehearse.delivery.fillers import (
    Filler,
    bare,
    hesitations_said,
    is_hesitation,
    lexical_fillers,
)
from rehearse.delivery.open_ends import leaves_open
from rehearse.delivery.pauses import LONG_PAUSE_S, Pause, longest_breath_s, silences
from rehearse.delivery.turn_sound import GAIN_CONTROL, TurnSound, mean_level_dbfs
from rehearse.delivery.wordiness import Phrase, hedges, openers, repeats
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import Scorecard
from rehearse.transcript import Speaker, Transcript, Utterance, Word

WINDOW_S = 10.0
SHORTEST_TALK_S = 5.0
"""With less speech than this, figures per minute would be noise: they are None."""
FEWEST_PITCH_FRAMES = 60


@dataclass(frozen=True)
class PaceWindow:
    """Words per minute that start within WINDOW_S of `start_s`."""

    start_s: float
    words_per_minute: float


@dataclass(frozen=True)
class Delivery:
    """The candidate's side. `first_way_s` and `question_s` count from the candidate's first word.

    `hesitations` is a lower bound: um and uh are found with a recall of FINDER_RECALL.
    """

    words: int
    talk_s: float | None
    """From the first to the last sound of each turn, pauses included."""
    words_per_minute: float | None
    pace: tuple[PaceWindow, ...]
    articulation_per_minute: float | None
    """Words per minute of voice, pauses left out."""

    pauses: tuple[Pause, ...] | None
    longest_pause_s: float | None
    long_pauses: int | None
    longest_breath_s: float | None

    hesitations: tuple[Filler, ...] | None
    hesitations_per_minute: float | None
    lexical_fillers: tuple[Filler, ...]
    hedges: tuple[Phrase, ...]
    openers: tuple[Phrase, ...]
    repeats: tuple[Phrase, ...]

    pitch_s: float
    """Length of the pitch; estimated from the number of words for typed text."""
    share_of_talk: float | None
    """0..1, of the seconds in which anybody spoke."""
    first_way_s: float | None
    question_s: float | None
    after_question: AfterQuestion | None

    level_dbfs: float | None
    clipped_percent: float | None
    pitch_range_semitones: float | None
    """From the 10th to the 90th percentile of the pitch."""
    processing: tuple[str, ...] = ()
    """What the browser did to the sound before it was measured, by its own account."""

    @property
    def level_is_their_own(self) -> bool:
        """Whether `level_dbfs` is how loud they spoke; gain control evens that out."""
        return GAIN_CONTROL not in self.processing


def delivery(
    transcript: Transcript,
    turns: Sequence[TurnSound],
    scorecard: Scorecard,
    processing: tuple[str, ...] = (),
) -> Delivery:
    """`turns`: the sound of the candidate's turns, in order; empty for typed text. `processing`:
    what the browser did to it."""
    said = [u for u in transcript.utterances if u.speaker is Speaker.CANDIDATE and u.words]
    words = sum(not is_hesitation(u.words, i) for u in said for i in range(len(u.words)))
    voiced = [turn.voiced_s for turn in turns if turn.voiced_s]
    talk_s = sum(spans[-1][1] - spans[0][0] for spans in voiced) if voiced else None
    minutes = talk_s / 60 if talk_s and talk_s >= SHORTEST_TALK_S else None
    pauses = _pauses(transcript, turns, scorecard) if turns else None
    pause_s = sum(pause.length_s for pause in pauses or ())
    hesitations = _hesitations(said, turns)
    start_s = _first_start_s(said)
    return Delivery(
        words=words,
        talk_s=talk_s,
        words_per_minute=_per(words, minutes),
        pace=_pace(said) if minutes else (),
        articulation_per_minute=_per(words, minutes and minutes - pause_s / 60),
        pauses=pauses,
        longest_pause_s=None if pauses is None else max((p.length_s for p in pauses), default=0.0),
        long_pauses=None if pauses is None else sum(p.length_s > LONG_PAUSE_S for p in pauses),
        longest_breath_s=max((longest_breath_s(s) or 0.0 for s in voiced), default=None),
        hesitations=hesitations,
        hesitations_per_minute=None if hesitations is None else _per(len(hesitations), minutes),
        lexical_fillers=tuple(filler for one in said for filler in lexical_fillers(one.words)),
        hedges=tuple(phrase for one in said for phrase in hedges(one.words)),
        openers=tuple(phrase for one in said for phrase in openers(one.words)),
        repeats=tuple(phrase for one in said for phrase in repeats(one.words)),
        pitch_s=scorecard.pitch_s,
        share_of_talk=_share(transcript, talk_s),
        first_way_s=_since(start_s, scorecard, Criterion.CONTRIBUTIONS),
        question_s=_since(start_s, scorecard, Criterion.CRITICAL_QUESTION),
        after_question=after_question(transcript, scorecard.clauses),
        level_dbfs=mean_level_dbfs(turns),
        clipped_percent=_clipped_percent(turns),
        pitch_range_semitones=_pitch_range(turns),
        processing=processing if turns else (),
    )


def _per(count: int, minutes: float | None) -> float | None:
    return count / minutes if minutes else None


def _hesitations(
    said: Sequence[Utterance], turns: Sequence[TurnSound]
) -> tuple[Filler, ...] | None:
    """None unless the sound of every turn with words was searched."""
    fillers: list[Filler] = []
    for utterance in said:
        turn = next((turn for turn in turns if turn.start_s == utterance.start_s), None)
        if turn is None or turn.hesitations is None:
            return None
        fillers.extend(hesitations_said(utterance.words, turn.hesitations))
    return tuple(fillers) if said else None


def _pauses(
    transcript: Transcript, turns: Sequence[TurnSound], scorecard: Scorecard
) -> tuple[Pause, ...]:
    clause_ends_s = {clause.words[-1].end_s for clause in scorecard.clauses}
    words = [word for word in transcript.candidate_words if word.start_s is not None]
    return tuple(
        Pause(start_s, end_s, _inside(_words_before(words, (start_s + end_s) / 2), clause_ends_s))
        for turn in turns
        for start_s, end_s in silences(turn.voiced_s)
    )


def _words_before(words: Sequence[Word], time_s: float) -> Sequence[Word]:
    """Those whose middle lies before `time_s`: the recogniser's word boundaries are approximate."""
    for index, word in enumerate(words):
        if word.start_s is None or word.end_s is None or (word.start_s + word.end_s) / 2 > time_s:
            return words[:index]
    return words


def _inside(before: Sequence[Word], clause_ends_s: Collection[float | None]) -> bool | None:
    """Whether a pause after these words is inside a clause; None without words.

    After an um, the speaker continues what came before it. Where the words stop in mid-sentence, a
    full stop is only the recogniser's guess.
    """
    said = list(before)
    while said and is_hesitation(said, len(said) - 1):
        said.pop()
    if not said:
        return None
    if leaves_open([bare(word) for word in said[-2:]]):
        return True
    mark = said[-1].text[-1:]
    if len(said) < len(before):
        return mark not in ".?!"
    return mark not in ".?!,;:" and said[-1].end_s not in clause_ends_s


def _pace(said: Sequence[Utterance]) -> tuple[PaceWindow, ...]:
    """Turn by turn, so that no window spans the manager's words; short remainders are left out."""
    windows = []
    for utterance in said:
        starts = [word.start_s for word in utterance.words if word.start_s is not None]
        end_s = utterance.words[-1].end_s if utterance.words else None
        if not starts or end_s is None:
            continue
        start_s = starts[0]
        while end_s - start_s >= WINDOW_S / 2:
            length_s = min(WINDOW_S, end_s - start_s)
            count = sum(start_s <= time_s < start_s + length_s for time_s in starts)
            windows.append(PaceWindow(start_s, count * 60 / length_s))
            start_s += WINDOW_S
    return tuple(windows)


def _share(transcript: Transcript, talk_s: float | None) -> float | None:
    """None without a manager."""
    manager = [u for u in transcript.utterances if u.speaker is Speaker.MANAGER]
    times = [(u.start_s, u.end_s) for u in manager]
    manager_s = sum(end - start for start, end in times if start is not None and end is not None)
    if talk_s is None or not manager_s:
        return None
    return talk_s / (talk_s + manager_s)


def _first_start_s(said: Sequence[Utterance]) -> float | None:
    return next((word.start_s for one in said for word in one.words), None)


def _since(start_s: float | None, scorecard: Scorecard, criterion: Criterion) -> float | None:
    starts = [evidence.start_s for evidence in scorecard.finding(criterion).evidence]
    known = [time_s for time_s in starts if time_s is not None]
    return min(known) - start_s if known and start_s is not None else None


def _clipped_percent(turns: Sequence[TurnSound]) -> float | None:
    lengths = [turn.end_s - turn.start_s for turn in turns]
    if not sum(lengths):
        return None
    return 100 * float(np.average([turn.clipped_share for turn in turns], weights=lengths))


def _pitch_range(turns: Sequence[TurnSound]) -> float | None:
    pitch = np.concatenate([turn.pitch_hz for turn in turns]) if turns else np.zeros(0)
    if pitch.size < FEWEST_PITCH_FRAMES:
        return None
    low, high = np.percentile(pitch, [10, 90])
    return float(12 * np.log2(high / low))

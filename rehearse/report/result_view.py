"""Result view: the few lines at the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.coaching.advice import Advice
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.summary import Summary, summary_of
from rehearse.report.coaching_view import AdviceView, advice_view
from rehearse.report.headlines import NOTHING_TO_FIX, SAY_IT_IN_ENGLISH, headline
from rehearse.report.late_answers import ON_THE_PAGE, late_answers
from rehearse.report.next_call import NextCall, is_ready_for_the_next, next_character, same_again
from rehearse.report.since_last import since_last, the_one_before
from rehearse.transcript import Speaker, Transcript, Utterance

_LOST = ("could_not_hear", "nothing_heard")


@dataclass(frozen=True)
class ResultView:
    """`headline`: the one thing to improve; `advice`: the same at length, None if there is
    nothing. `first`: whom the big button calls; `second`: the other character on offer. `since`:
    a sentence that compares with the previous call, "" if there is none. `sheet`: the name of
    the call sheet to call with, "" for none. `advice_adds`: whether the advice says more than the
    headline and the sentence beside it. `late`: what to do about a slow computer, "" if nothing.
    `lost_turn`: the index of the turn to correct or to write, where words may have been lost;
    `lost_all`: none of its words was recognised. `words_first`: that comes before another call."""

    headline: str
    advice: AdviceView | None
    first: NextCall
    second: NextCall
    since: str
    sheet: str
    advice_adds: bool
    late: str
    lost_turn: int | None
    lost_all: bool
    words_first: bool

    @property
    def drill(self) -> str | None:
        return self.advice.drill if self.advice else None


def result_view(
    rehearsal: Rehearsal, newest_first: Sequence[Summary] = (), sheet: str = ""
) -> ResultView:
    """The lines for a page. `newest_first`: all rehearsals to compare with; may be empty."""
    advice = (
        rehearsal.coaching.advice[0] if rehearsal.coaching and rehearsal.coaching.advice else None
    )
    calls = (same_again(rehearsal), next_character(rehearsal))
    lost = _lost_turn(rehearsal.transcript) if advice and advice.rule in _LOST else None
    first, second = reversed(calls) if is_ready_for_the_next(rehearsal) else calls
    return ResultView(
        headline=_headline(rehearsal, advice),
        advice=advice_view(advice) if advice else None,
        first=first,
        second=second,
        since=since_last(summary_of(rehearsal), the_one_before(rehearsal.id, newest_first)),
        sheet=sheet,
        advice_adds=advice is not None and advice.rule != "nothing_heard",
        late=late_answers(rehearsal, ON_THE_PAGE),
        lost_turn=lost[0] if lost else None,
        lost_all=lost is not None and not lost[1].words,
        words_first=lost is not None and advice is not None and advice.rule == "could_not_hear",
    )


def _lost_turn(transcript: Transcript | None) -> tuple[int, Utterance] | None:
    """The candidate's turn with the longest unclear passage; without one, their longest turn."""
    turns = [
        (index, turn)
        for index, turn in enumerate(transcript.utterances if transcript else ())
        if turn.speaker is Speaker.CANDIDATE
    ]
    if transcript and transcript.unclear:
        worst = max(transcript.unclear, key=lambda one: one.end_s - one.start_s)
        for index, turn in turns:
            if turn.end_s is not None and worst.start_s < turn.end_s:
                return index, turn
    return max(turns, key=lambda one: len(one[1].words), default=None)


def _headline(rehearsal: Rehearsal, advice: Advice | None) -> str:
    if rehearsal.scorecard is not None and rehearsal.scorecard.language is not None:
        return SAY_IT_IN_ENGLISH
    return headline(advice) if advice else NOTHING_TO_FIX

"""Question rules: advice on the critical question.

The candidate did not ask it, asked a different one, talked over it, or gave no reason.
"""

from __future__ import annotations

from collections.abc import Callable

from rehearse.coaching.advice import Advice, Talk
from rehearse.coaching.own_words import as_sentence, clause_where, evidence, last_words, quoted
from rehearse.coaching.question_hints import OTHER_QUESTION
from rehearse.scoring.ask_then_stop import AskThenStop, said_after_question
from rehearse.scoring.evidence import Evidence
from rehearse.scoring.rubric import POINTS, Criterion, Verdict

TALKED_ON_VALUE = 12
"""Not in the rubric, but it makes the question work: the manager has to answer it."""


def other_question(talk: Talk) -> Advice | None:
    """A question was asked, but not the one that matters."""
    if talk.met(Criterion.CRITICAL_QUESTION) or not talk.spoke:
        return None
    asked = clause_where(talk, lambda clause: bool(OTHER_QUESTION.search(clause.text)))
    if asked is None:
        return None
    return Advice(
        "other_question",
        f'You asked {quoted(asked)}. That is not yet the critical question. Ask "{talk.question}"',
        POINTS[Criterion.CRITICAL_QUESTION] + 1,
        evidence(asked),
        "question",
    )


def question_missing(talk: Talk) -> Advice | None:
    if talk.met(Criterion.CRITICAL_QUESTION) or not talk.spoke:
        return None
    role, last = talk.evidence(Criterion.ROLE_IMPORTANCE), last_words(talk)
    quote: Evidence | None
    if talk.scorecard.critical_question is Verdict.COULDNT_HEAR:
        text, quote = "If you did not ask it, this is the question that the call is for:", None
    elif role is not None:
        text, quote = f"You said {quoted(role)}. Put the question in front of it:", role
    elif last is not None:
        quote = evidence(last)
        text = f"You ended with {quoted(last)}, without the question that this call is for:"
    else:
        text, quote = "Ask the question that this call is for:", None
    return Advice(
        "question_missing",
        f'{text} "{talk.question}" Then wait for the answer.',
        POINTS[Criterion.CRITICAL_QUESTION],
        quote,
        "question",
    )


def talked_on(talk: Talk) -> Advice | None:
    after = said_after_question(talk.transcript, talk.scorecard.clauses)
    if after is None or after.judged is AskThenStop.STOPPED:
        return None
    first = after.clauses[0]
    theirs = ": now it is the manager's turn" if talk.transcript.has_manager else ""
    return Advice(
        "talked_on",
        f"After your question you talked on: {quoted(first)}. Stop at the question and count to "
        f"three{theirs}.",
        TALKED_ON_VALUE,
        Evidence(first.text, first.start_s, first.end_s),
        "question",
    )


def role_missing(talk: Talk) -> Advice | None:
    question = talk.evidence(Criterion.CRITICAL_QUESTION)
    if talk.met(Criterion.ROLE_IMPORTANCE) or question is None:
        return None
    return Advice(
        "role_missing",
        f"You asked {as_sentence(quoted(question))} Add why you ask: "
        "\"It's important to me to know what role I'd play at that level.\"",
        POINTS[Criterion.ROLE_IMPORTANCE] - 1,
        question,
        "question",
    )


QUESTION_RULES: tuple[Callable[[Talk], Advice | None], ...] = (
    other_question,
    question_missing,
    talked_on,
    role_missing,
)

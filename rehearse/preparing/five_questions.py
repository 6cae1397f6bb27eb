"""Five questions: small questions that lead to a way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SmallQuestion:
    """`key` names it for programs; `example` is an answer as short as it may be."""

    key: str
    text: str
    example: str


QUESTIONS = (
    SmallQuestion(
        "problem", "What goes wrong, runs late or costs too much there?", "returns wait for weeks"
    ),
    SmallQuestion(
        "complaint", "What did they complain about, or ask you twice?", "paper lists nobody reads"
    ),
    SmallQuestion("waiting", "Who waits for whom?", "drivers wait for the warehouse"),
    SmallQuestion(
        "fixed",
        "What have you fixed elsewhere that they struggle with too?",
        "sorted returns by value",
    ),
    SmallQuestion(
        "noticed",
        "What would a customer or colleague notice after three months?",
        "refunds arrive the same week",
    ),
)

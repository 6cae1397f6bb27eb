"""Question hints: one line on the question on the sheet.

Why it counts, or what it asks instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rehearse.coaching.way_hints import Hint
from rehearse.preparing.not_a_way import declined_question
from rehearse.scoring.clauses import Clause, Label

# Questions that sound like the critical question, or take its place.
OTHER_QUESTION = re.compile(
    r"(anything else (i can|you need|you'd like|that you need)|what (does|would) a (typical )?day"
    r"|(what|which) (are|would be) (the|my) (duties|tasks|responsibilities)|any questions for me"
    r"|how is (the )?business|what can i do for you|(is there|are there) any(thing)? (else )?"
    r"|what (would|will|does) (the|my) first (day|week|month)"
    r"|(what|how) (is|are|about) the (pay|salary|hours|benefits)|do you (offer|provide)\b"
    r"|when (can|could|would|do|should) i start)",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"\b(still (being )?considered|where (do )?i stand|(when|have you) .*(decide|decision|hear)|"
    r"got the job|get the job|status|next steps?)\b",
    re.I,
)


def hint(question: str, clauses: Sequence[Clause], *, counts: bool) -> Hint:
    """One line on the sheet's own question; `counts` is the scorer's judgement."""
    if not question.strip():
        return Hint("usual", "The usual question is used. Put it into your own words if you like.")
    if counts:
        return Hint("counts", "It counts: it asks how they expect the job to contribute.")
    if (cannot := declined_question(question)) is not None:
        return Hint(cannot.rule, cannot.text)
    if _STATUS.search(question) or any(Label.STATUS in clause.labels for clause in clauses):
        return Hint(
            "status_check",
            "This asks where you stand, and the call is not for that. Ask what the job should do "
            "for the business.",
        )
    if OTHER_QUESTION.search(question):
        return Hint(
            "other_question",
            "A fair question, but another one. Ask how they expect this job to contribute to the "
            "business.",
        )
    return Hint(
        "not_the_question",
        "The scorer does not find the question in this yet. Ask how they, as the manager, expect "
        "this job to contribute to the business.",
    )

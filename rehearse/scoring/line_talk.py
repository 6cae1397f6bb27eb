"""Line talk: "can you hear me", "could you repeat that".

Such words ask about the line or the last sentence, never about the decision, so they are no status
check. The tagger, which knows few of them, sometimes takes them for one.
"""

from __future__ import annotations

import re

from rehearse.scoring.clauses import Clause

_ASKS = re.compile(
    r"\b(?:(?:can|do|did|could) you (?:still )?hear me|(?:are )?you (?:still )?there|"
    r"(?:could|can|would) you (?:please )?(?:just )?(?:repeat|say (?:that|it|this) (?:again|once))|"
    r"(?:please )?(?:repeat (?:that|it|the question)|say (?:that|it) again)|once more please|"
    r"am i (?:making|talking) (?:any )?sense|(?:are you|you still) (?:following|with) me|"
    r"(?:does|did) (?:that|it|this|what i say) make (?:any )?sense|are you listening|"
    r"(?:did not|didn['’]?t|could not|couldn['’]?t) (?:quite )?(?:get|catch|hear|understand) "
    r"(?:that|you|it|the)|the line is|bad line|breaking up)\b",
    re.IGNORECASE,
)
_DECISION = re.compile(
    r"\b(?:deci\w+|news|updates?|offers?|appl\w+|candidates?|chances?|running|position|"
    r"hear(?:ing)? (?:from|back)|heard|where (?:i|we|things) stand|made up|consider\w*|hired?)\b",
    re.IGNORECASE,
)


def is_line_talk(clause: Clause) -> bool:
    """Whether the clause asks about the line or to hear something again, and nothing else."""
    return _ASKS.search(clause.text) is not None and _DECISION.search(clause.text) is None

"""PrototypeTagger: a baseline; the nearest model sentence gives the label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.scoring.keyword_tagger import pieces
from rehearse.engines.minilm.embedder import MinilmEmbedder
from rehearse.scoring.clauses import Clause, Label, Letter
from rehearse.transcript import Utterance

PROTOTYPES: dict[Label, tuple[str, ...]] = {
    Label.LINK: (
        "I've been thinking about how this job affects your bottom line.",
        "Every position here has an effect on the company's success.",
        "I've thought about what this role does for your revenue and your costs.",
        "I know how this job bears on your mission and your budget.",
    ),
    Label.WAY: (
        "I would cut your costs by reorganising the schedule.",
        "I'd bring in new customers by calling the old ones.",
        "I could reduce the backlog by fixing the process.",
        "My plan is to train the team so that fewer orders go wrong.",
    ),
    Label.HUMBLE: (
        "My knowledge of your business is limited.",
        "I only see it from the outside, so I may be wrong.",
    ),
    Label.ASK: (
        "How do you expect this job to contribute to the success of the company?",
        "I'd love to hear how you see this position helping you reach your goals.",
        "What do you need this role to do for the business?",
    ),
    Label.ROLE: (
        "It's important to me to know the role I would play at that level.",
        "Knowing where I fit in matters to me.",
    ),
    Label.CHOICE: (
        "You are the manager I want to work for.",
        "Your team is the one I want to join, more than any other.",
    ),
    Label.STATUS: (
        "Am I still being considered for the job?",
        "When will I hear about your decision?",
    ),
    Label.PAST: (
        "I have ten years of experience and a degree.",
        "At my last company I won an award for best employee.",
    ),
}
NEAR_ENOUGH = 0.45
"""Chosen on the dev part."""


class PrototypeTagger:
    """A ClauseTagger by cosine similarity of frozen sentence vectors."""

    name = "prototype sentences"

    def __init__(self) -> None:
        self._embedder = MinilmEmbedder()
        self._labels = [label for label, texts in PROTOTYPES.items() for _ in texts]
        self._models = self._embedder.embed([t for texts in PROTOTYPES.values() for t in texts])

    def tag(self, utterances: Sequence[Utterance]) -> tuple[Clause, ...]:
        found: list[Clause] = []
        ways = 0
        for words in pieces(utterances):
            text = " ".join(word.text for word in words)
            near = (self._models @ self._embedder.embed([text])[0]).astype(float)
            best = int(np.argmax(near))
            labels = {self._labels[best]} if near[best] >= NEAR_ENOUGH else set()
            ways += Label.WAY in labels
            chances = dict.fromkeys(Label, 0.0)
            chances[self._labels[best]] = float(near[best])
            found.append(
                Clause(
                    words,
                    frozenset(labels),
                    chances,
                    Letter.NEITHER,
                    ways if Label.WAY in labels else None,
                )
            )
        return tuple(found)

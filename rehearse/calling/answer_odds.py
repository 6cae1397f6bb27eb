"""AnswerOdds: how likely a line answers a turn."""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources

from rehearse.calling.acts import Act
from rehearse.calling.forms import Form
from rehearse.calling.matters import OF_DETAIL, Matter, Near, kind_of
from rehearse.calling.replies import REPLIES
from rehearse.calling.understood import Understood

FEATURES = (
    *("alike", "alike_three", "ahead", "alike_line", "shared"),
    *("same_form", "other_detail", "no_question", "topic", "personal", "general"),
    *("its_words", "its_act", "words"),
)
"""What the odds are worked out from; their weights are in lines/answer_odds.toml."""


def answer_odds(turn: Understood, subjects: Mapping[str, Matter]) -> Mapping[str, float]:
    """For each of `subjects` that the turn may be about, the probability that its lines are a
    fitting reply. Logistic regression on pairs of a turn and a line that readers labelled
    (training/answers.tsv)."""
    found: dict[str, float] = {}
    for number, said in enumerate((turn.near, *turn.near_parts)):
        for name, features in measured(said, turn.text, turn.form, turn.acts, subjects).items():
            if number == 0 or subjects[name].is_topic:
                found[name] = max(_probability(features), found.get(name, 0.0))
    return found


def measured(
    said: Sequence[Near],
    text: str,
    form: Form | None,
    acts: Sequence[Act],
    subjects: Mapping[str, Matter],
) -> Mapping[str, tuple[float, ...]]:
    """The FEATURES of each subject in `said`."""
    near = [one for one in said if one.name in subjects]
    wanted = kind_of(form)
    found = {}
    for one in near:
        subject = subjects[one.name]
        rivals = [other.alike_three for other in near if other.name != one.name]
        kinds = subject.forms
        its_acts = [act for act, moment in REPLIES.items() if moment in subject.topic.at]
        features = {
            "alike": one.alike,
            "alike_three": one.alike_three,
            "ahead": one.alike_three - max(rivals, default=0.0),
            "alike_line": one.alike_line,
            "shared": one.shared,
            "same_form": wanted is not None and wanted in kinds,
            "other_detail": wanted in OF_DETAIL and wanted not in kinds,
            "no_question": wanted is None,
            "topic": subject.is_topic,
            "personal": subject.is_personal,
            "general": subject.is_general,
            "its_words": subject.is_topic and subject.topic.is_named_in(text),
            "its_act": any(act in acts for act in its_acts),
            "words": len(text.split()) / 20,
        }
        found[one.name] = tuple(float(features[name]) for name in FEATURES)
    return found


def _probability(features: Sequence[float]) -> float:
    bias, weights = _weights()
    logit = bias + sum(w * x for w, x in zip(weights, features, strict=True))
    return 1 / (1 + math.exp(-logit))


@functools.cache
def _weights() -> tuple[float, tuple[float, ...]]:
    file = resources.files("rehearse.calling").joinpath("lines", "answer_odds.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return float(table["bias"]), tuple(float(table[name]) for name in FEATURES)

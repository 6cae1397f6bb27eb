"""Talks told as calls: what training and benchmarks make of a speech."""

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from training.as_call import turns_of, with_replies
from training.corpus import LABELS, LabelledClause, Pitch

clauses = st.builds(
    LabelledClause,
    text=st.sampled_from(["so I'd pack at night", "I would call them.", "what, then?", "um"]),
    speaker=st.sampled_from("CCCM"),
    near_misses=st.sets(st.sampled_from(LABELS), max_size=1).map(frozenset),
    ways=st.sets(st.integers(1, 3), max_size=1).map(frozenset),
)


def pitch(own: list[LabelledClause]) -> Pitch:
    return Pitch("x", "train", "ann", "shop", "partial", "", False, tuple(own))


@given(st.lists(clauses, max_size=12), st.integers(0, 99))
def test_every_word_of_the_caller_is_said_once_and_in_order(
    own: list[LabelledClause], seed: int
) -> None:
    turns = turns_of(pitch(own), random.Random(seed))
    assert [one for turn in turns for one in turn] == [one for one in own if one.speaker == "C"]
    assert all(turns)


@given(st.lists(clauses, max_size=12), st.integers(0, 99))
def test_the_manager_does_not_come_between_what_belongs_together(
    own: list[LabelledClause], seed: int
) -> None:
    spoken = [one for one in own if one.speaker == "C"]
    turns = turns_of(pitch(spoken), random.Random(seed))
    for turn, following in itertools.pairwise(turns):
        assert not turn[-1].ways & following[0].ways
        assert not turn[-1].near_misses
        assert not following[0].near_misses


def test_a_call_has_the_replies_and_the_labels_of_the_talk() -> None:
    way = LabelledClause("I'd pack at night.", "C", "A", frozenset({"way"}), ways=frozenset({1}))
    hello = LabelledClause("Hi, it's Jo.", "C")
    said = [("M", "Dana here."), ("C", hello.text), ("M", "Go ahead."), ("C", way.text)]
    call = with_replies(pitch([hello, way]), said)
    assert [(one.speaker, one.text) for one in call.clauses] == said
    assert call.clauses[3] is way

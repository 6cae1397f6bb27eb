"""Ways that are counted aloud are counted the same way."""

from rehearse.scoring.clauses import Clause, Label, Letter
from rehearse.scoring.counted_ways import as_counted
from rehearse.transcript import Word


def ways(*told: tuple[str, int | None]) -> list[int | None]:
    clauses = [
        Clause(
            tuple(Word(word) for word in text.split()),
            frozenset({Label.WAY} if way else ()),
            dict.fromkeys(Label, 0.5),
            Letter.A,
            way,
        )
        for text, way in told
    ]
    return [clause.way for clause in as_counted(clauses)]


def test_what_is_said_between_first_and_second_is_one_way():
    assert ways(
        ("First, I would cut the weeks it takes to onboard a customer.", 1),
        ("I building one import template.", 2),
        ("And second, I would automate the matching.", 3),
        ("The third thing is a margin report.", 4),
    ) == [1, 1, 3, 4]


def test_without_counting_aloud_nothing_changes():
    told = ("I would call them early.", 1), ("I would load the vans at night.", 2)
    assert ways(*told) == [1, 2]


def test_after_the_last_ordinal_ways_are_counted_as_found():
    assert ways(
        ("First, I would call them early.", 1),
        ("Second, I would load at night.", 2),
        ("And I would put the routes on one list.", 3),
    ) == [1, 2, 3]


def test_an_ordinal_that_counts_no_way_joins_none():
    assert ways(
        ("First of all, thank you.", None),
        ("I would call them early.", 1),
        ("The second shift would get one list.", 2),
    ) == [None, 1, 2]


def test_a_way_mentioned_before_is_not_counted_again():
    assert ways(
        ("I would call them early.", 1),
        ("First, I would load at night.", 2),
        ("that also makes the calls easier.", 1),
        ("Second, I would make one list.", 3),
    ) == [1, 2, 1, 3]

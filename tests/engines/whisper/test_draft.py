"""Draft: does a fast transcript agree with an earlier one?"""

import numpy as np
import pytest

from rehearse.engines.whisper.draft import Draft, agrees, plain_words, repeats_its_end

DRAFT = "so I would cut the returns by a third and then I would ask"


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        (DRAFT + " them why", True),
        ("So, I would cut the returns by a third. And then, I wood.", True),
        ("So I would cut the return by a third, and then I'd", True),
        ("So I would cut by a third and then I would ask", False),
        ("I would ask", False),
        ("Thank you.", False),
    ],
)
def test_a_text_may_differ_from_the_draft_in_a_tenth_of_its_words_and_at_the_end(said, fits):
    assert agrees(plain_words(said), plain_words(DRAFT)) == fits


def test_without_a_draft_every_text_agrees():
    assert agrees(plain_words("Thank you."), [])


@pytest.mark.parametrize(
    ("said", "repeats"),
    [
        (
            "How do you expect this job to contribute? How do you expect this job to contribute?",
            True,
        ),
        ("I want to, I want to", True),
        ("I want to, I want to help", False),
        ("no, no", False),
        ("very, very, very", False),
        ("", False),
    ],
)
def test_a_repeated_end_is_noticed(said, repeats):
    assert repeats_its_end(plain_words(said)) == repeats


def test_a_draft_is_used_only_for_the_speech_it_was_made_from():
    sound = np.arange(100, dtype=np.float32)
    draft = Draft([1, 2], (5,), sound[:60])
    assert draft.serves([1, 2], sound)
    assert not draft.serves([1], sound)
    assert not draft.serves([1, 2], sound[:50])
    assert not draft.serves([1, 2], sound + 1)

"""MinilmMatterFinder: what was said finds the matter whose examples mean the same."""

import numpy as np
import pytest

from rehearse import wiring
from rehearse.calling.matters import packaged_subjects
from rehearse.engines.minilm.matter_finder import lines_of, matter_vectors, said_of

SUBJECTS = packaged_subjects()
ASKS = [ask for subject in SUBJECTS.values() for ask in subject.asks]


def test_the_packaged_vectors_are_those_of_the_examples() -> None:
    """If this fails: python -m training.matter_vectors."""
    vectors = matter_vectors()
    some = slice(0, None, 40)
    now = wiring.load_embedder().embed(ASKS[some])
    assert len(vectors.examples) == sum(vectors.counts) == len(ASKS)
    assert np.allclose((now * vectors.examples[some]).sum(axis=1), 1, atol=0.01)


def test_the_packaged_vectors_are_those_of_the_lines() -> None:
    vectors = matter_vectors()
    lines = lines_of(list(SUBJECTS.values())[7])
    mean = wiring.load_embedder().embed(lines).mean(axis=0)
    assert len(vectors.lines) == len(SUBJECTS)
    assert float(mean @ vectors.lines[7] / np.linalg.norm(mean)) == pytest.approx(1, abs=0.01)


def test_the_packaged_words_are_those_of_the_examples() -> None:
    vectors, now = matter_vectors(), said_of(SUBJECTS)
    words = [" ".join(sorted(some)) for some in vectors.words]
    assert now == {
        "names": [*vectors.names],
        "counts": [*vectors.counts],
        "words": words,
        "weights": vectors.weights,
    }


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("at what time is the bread ready of a morning?", "shop.bread_out"),
        ("how much does an hour cost you when the line is down", "factory.stop_cost"),
        ("is it okay to say Helen?", "personal.first_name"),
        ("which time of day do most guests arrive at?", "hotel.arrivals"),
    ],
)
def test_the_likeliest_comes_first(said: str, matter: str) -> None:
    near = wiring.load_matter_finder().near([said])[0]
    assert near[0].name == matter
    assert [one.alike_three for one in near] == sorted((x.alike_three for x in near), reverse=True)


def test_an_example_shares_all_its_words_and_is_alike() -> None:
    first, *_ = wiring.load_matter_finder().near(["When does the first bread come out?"])[0]
    assert first.shared == 1
    assert first.alike == pytest.approx(1, abs=0.01)


def test_words_about_nothing_are_like_nothing() -> None:
    near = wiring.load_matter_finder().near(["xylophones of cobalt"])[0]
    assert near[0].alike < 0.5
    assert near[0].shared == 0

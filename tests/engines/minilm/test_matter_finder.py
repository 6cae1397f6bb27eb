"""MinilmMatterFinder: what was said finds the matter whose examples mean the same."""

import numpy as np
import pytest

from rehearse import wiring
from rehearse.calling.matters import packaged_matters
from rehearse.engines.minilm.matter_finder import mapped, matter_vectors

ASKS = [ask for matter in packaged_matters().values() for ask in matter.asks]


def test_the_packaged_vectors_are_those_of_the_examples() -> None:
    """If this fails: python -m training.matter_vectors."""
    vectors, mean, map_ = matter_vectors()
    some = slice(0, None, 40)
    now = mapped(wiring.load_embedder().embed(ASKS[some]), mean, map_)
    alike = (now * vectors[some]).sum(axis=1)
    assert len(vectors) == len(ASKS)
    assert np.allclose(alike, 1, atol=0.002)


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("at what time is the bread ready of a morning?", "shop.bread_out"),
        ("how much do you lose with every hour the line's down", "factory.stop_cost"),
        ("is it okay to say Helen?", "personal.first_name"),
        ("which time of day do most guests arrive at?", "hotel.arrivals"),
    ],
)
def test_the_likeliest_comes_first(said: str, matter: str) -> None:
    near = wiring.load_matter_finder().near(said)
    assert near[0].matter == matter
    assert [one.likeness for one in near] == sorted((one.likeness for one in near), reverse=True)


def test_words_about_nothing_find_nothing() -> None:
    assert not wiring.load_matter_finder().near("xylophones of cobalt")

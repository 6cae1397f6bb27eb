"""Which ways are steps of one."""

import pytest

from rehearse.engines.minilm.tagger import MinilmTagger
from rehearse.transcript import Speaker, Utterance, words_of_text


@pytest.fixture(scope="module")
def tagger() -> MinilmTagger:
    return MinilmTagger()


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        ("I'd get your unpaid invoices down. I'd begin by sorting them by age. I'd then send a "
         "friendly note at thirty days. If nothing came I'd call at forty five.", 1),
        ("I'd fix your missed deliveries by pulling the failed drops, ringing each customer and "
         "booking a new slot.", 1),
        ("I'd get your delivery times down by sorting the parcels at night and loading the vans "
         "in order.", 1),
        ("I'd start a call list for your clinic. Step one, I'd ask the nurses who missed. Step "
         "two, I'd ring them. Step three, I'd write it in the book.", 1),
        ("I'd help your shop by calling the late customers, training the temps on the till and "
         "moving the bread to the door.", 3),
        ("I'd cut the scrap on line two, then I'd train the temps in their first week, and finally "
         "I'd order the steel a month earlier.", 3),
        ("I believe I could help by bringing down the split shipments with a weekly count, by "
         "teaching the counter staff the new register, and by calling the late customers.", 3),
    ],
)  # fmt: skip
def test_steps_of_a_way_are_one_and_ways_in_a_row_are_several(
    said: str, ways: int, tagger: MinilmTagger
) -> None:
    clauses = tagger.tag([Utterance(Speaker.CANDIDATE, words_of_text(said))])
    assert len({clause.way for clause in clauses if clause.way is not None}) == ways


@pytest.mark.parametrize("said", ["am i making sense", "Are you following me?"])
def test_who_asks_whether_they_are_understood_does_not_ask_where_they_stand(
    said: str, tagger: MinilmTagger
) -> None:
    clauses = tagger.tag([Utterance(Speaker.CANDIDATE, words_of_text(said))])
    assert not any("status" in clause.labels for clause in clauses)

"""What looks like fishing or reciting and is neither; found by a stranger who tried to break it."""

import pytest

from rehearse import wiring
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import Scorecard, score_transcript
from rehearse.transcript import text_transcript

WAY = " I'd pack your export crates the evening before, so the lorry leaves at six."


def scored(text: str) -> Scorecard:
    return score_transcript(text_transcript(text), wiring.load_tagger())


@pytest.mark.parametrize(
    "offer",
    [
        "I have another offer and they want my answer by Friday. I thought it fair to tell you.",
        "I should be hearing from the other school next week, and that's fine.",
        "the other place wants a yes or no off me by thursday but that's my lookout",
    ],
)
def test_another_offer_stated_as_a_fact_is_no_fishing(offer: str) -> None:
    card = scored(offer + WAY)
    assert not card.finding(Criterion.STATUS_CHECK).met
    assert card.finding(Criterion.CONTRIBUTIONS).count == 1


@pytest.mark.parametrize(
    "offer",
    [
        "I have another offer and they want my answer by Friday, so when will I hear from you?",
        "I've another offer that runs out Thursday, so anything you can tell me would help.",
    ],
)
def test_another_offer_that_asks_for_news_is_fishing(offer: str) -> None:
    assert scored(offer + WAY).finding(Criterion.STATUS_CHECK).met


def test_a_confession_is_no_recital() -> None:
    failed = "i was never any good at school i failed my maths and i got thrown out of the cadets"
    assert not scored(failed + WAY).finding(Criterion.CREDENTIAL_RECITAL).met
    recited = "I have twenty years of experience, I led a team of ten and won two prizes."
    assert scored(recited).finding(Criterion.CREDENTIAL_RECITAL).met

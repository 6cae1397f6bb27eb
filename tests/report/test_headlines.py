"""Each rule of the coach has a headline that fits one line; a new rule falls back on its text."""

import pytest

from rehearse.coaching import content_rules, delivery_rules, question_rules
from rehearse.coaching.advice import Advice
from rehearse.report.headlines import HEADLINES, headline

RULES = [
    rule.__name__
    for rule in (
        *content_rules.RULES,
        *delivery_rules.DELIVERY_RULES,
        *question_rules.QUESTION_RULES,
    )
]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_short_headline(rule: str) -> None:
    assert len(HEADLINES[rule]) <= 50


def test_a_rule_without_one_shows_its_first_sentence() -> None:
    assert headline(Advice("new", "Breathe out first. Then speak.", 1)) == "Breathe out first."
    long = Advice("new", "word " * 40, 1)
    assert len(headline(long)) <= 62
    assert headline(long).endswith(" …")

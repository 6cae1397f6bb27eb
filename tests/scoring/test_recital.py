"""Past strengths are a recital from two sentences or a third of the talk on."""

from collections.abc import Sequence

import pytest

from rehearse.scoring.clauses import Clause, Label, Letter
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import Utterance, text_transcript, words_of_text


class MarkedPast:
    """Clauses are cut at |; those that start with * are past."""

    name = "marked"

    def tag(self, utterances: Sequence[Utterance]) -> tuple[Clause, ...]:
        return tuple(
            Clause(
                words_of_text(text),
                frozenset({Label.PAST}) if text.startswith("*") else frozenset(),
                dict.fromkeys(Label, 0.0),
                Letter.B,
            )
            for text in utterances[0].text.split(" | ")
        )


REST = "and here is a good deal of talk about the coming work so that the share of it is small"


@pytest.mark.parametrize(
    ("text", "recital"),
    [
        (REST, False),
        (f"* I led six people | {REST}", False),
        (f"* I led six people | * I won a prize | {REST}", True),
        ("* I led six people | and here we are now", True),
        (f"* {'I led six people and won ' * 5} | {REST} | {REST} | {REST} | {REST}", True),
    ],
)
def test_recital(text: str, recital: bool) -> None:
    card = score_transcript(text_transcript(text), MarkedPast())
    finding = card.finding(Criterion.CREDENTIAL_RECITAL)
    assert finding.met is recital
    assert bool(finding.evidence) is recital

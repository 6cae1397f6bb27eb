"""Evidence makes sense when it is read aloud by itself."""

from collections.abc import Sequence

import pytest

from rehearse.scoring.clauses import Clause, Label, Letter
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import Finding, score_transcript
from rehearse.transcript import Utterance, text_transcript, words_of_text


class Marked:
    """Clauses are cut at |; one that starts with "label:" carries that label."""

    name = "marked"

    def __init__(self, probability: float = 0.95) -> None:
        self.probability = probability

    def tag(self, utterances: Sequence[Utterance]) -> tuple[Clause, ...]:
        return tuple(map(self._clause, utterances[0].text.split(" | ")))

    def _clause(self, text: str) -> Clause:
        name, colon, _ = text.partition(": ")
        labels = frozenset({Label(name)}) if colon else frozenset()
        chances = {label: self.probability if label in labels else 0.01 for label in Label}
        words = words_of_text(text)
        return Clause(words, labels, chances, Letter.A, 1 if Label.WAY in labels else None)


def finding(text: str, criterion: Criterion, probability: float = 0.95) -> Finding:
    return score_transcript(text_transcript(text), Marked(probability)).finding(criterion)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "Hello. | ask: When you look at this job, | what should it do for sales? | Thanks.",
            "ask: When you look at this job, what should it do for sales?",
        ),
        (
            "Hello. | When you look at it, | ask: what should this job do for sales? | Thanks.",
            "When you look at it, ask: what should this job do for sales?",
        ),
        (
            "link: I know this job moves your margins, | way: and I'd cut the returns. | Bye.",
            "link: I know this job moves your margins,",
        ),
        (
            "hi this is ann | ask: what should it do for sales | bye",
            "ask: what should it do for sales",
        ),
    ],
    ids=["completed", "from its start", "not over another finding", "without punctuation"],
)
def test_a_quote_is_a_whole_sentence_where_there_are_sentences(text: str, quoted: str) -> None:
    criterion = (
        Criterion.BUSINESS_LINK if quoted.startswith("link") else Criterion.CRITICAL_QUESTION
    )
    assert finding(text, criterion).evidence[0].quote == quoted


def test_a_fragment_is_quoted_together_with_its_neighbour() -> None:
    text = "way: I'd cut the returns | ask: the manager. | ask: How should it help? | ask: or not?"
    quotes = [one.quote for one in finding(text, Criterion.CRITICAL_QUESTION).evidence]
    assert quotes == ["ask: the manager. ask: How should it help? ask: or not?"]


def test_a_quote_is_never_longer_than_a_person_reads() -> None:
    text = (
        "ask: What should it do, | " + "and then there is more and more of it, " * 8 + "| or not?"
    )
    assert finding(text, Criterion.CRITICAL_QUESTION).evidence[0].quote == "ask: What should it do,"


def test_a_tick_that_may_be_wrong_is_doubtful() -> None:
    text = "ask: What should this job do for sales?"
    assert not finding(text, Criterion.CRITICAL_QUESTION, 0.95).doubtful
    assert finding(text, Criterion.CRITICAL_QUESTION, 0.6).doubtful
    assert not finding("Hello there.", Criterion.CRITICAL_QUESTION).doubtful


def test_talk_with_nothing_of_the_rubric_is_no_pitch() -> None:
    assert not score_transcript(text_transcript("Hello there."), Marked()).is_pitch
    assert score_transcript(text_transcript("status: Any news yet?"), Marked()).is_pitch

"""Open ends: how the words so far end."""

import pytest

from rehearse.delivery.open_ends import Ending, ending


@pytest.mark.parametrize(
    "text",
    [
        "As the manager, how do you expect this job to contribute to the business?",
        "I can do that. What do you see this role adding?",
        "Could you tell me when you'll decide?",
    ],
)
def test_a_question_to_the_manager(text: str) -> None:
    assert ending(text) is Ending.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "I would cut the backlog, and",
        "So, um,",
        "I think I could. You know,",
        "Second, I could...",
        "it takes six weeks to",
        "I would bring the",
        "And so.",
    ],
)
def test_words_that_stop_in_mid_sentence(text: str) -> None:
    assert ending(text) is Ending.OPEN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I would cut the backlog by half.",
        "You're the manager I really want to work for.",
        "Fewer errors, right?",
        "You know?",
        "What would I do first?",
        "How do you expect this job to contribute? It's important to me to know.",
    ],
)
def test_neither_a_question_nor_in_mid_sentence(text: str) -> None:
    assert ending(text) is Ending.OTHER

"""What people really type into the five questions reads right as one sentence.

The answers were written before the code that reads them: whole sentences, fragments, with and
without I and we, in capitals, with full stops.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.preparing.draft_way import draft_sentence
from rehearse.preparing.five_questions import QUESTIONS


def answers(**given: str) -> tuple[str, ...]:
    return tuple(given.get(question.key, "") for question in QUESTIONS)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            answers(fixed="I would ring them every Friday so that they get less complaints."),
            "I would ring them every Friday so that they get less complaints",
        ),
        (
            answers(problem="I would ring them every Friday so that they get less complaints."),
            "I would ring them every Friday so that they get less complaints",
        ),
        (
            answers(
                fixed="Rang every customer the day before.",
                noticed="So that they get less complaints.",
            ),
            "I would ring every customer the day before so that they get less complaints",
        ),
        (
            answers(
                problem="The deliveries are always late.",
                fixed="I would would plan the routes on Sunday",
                noticed="That the deliveries come on time.",
            ),
            "I would plan the routes on Sunday so that the deliveries come on time",
        ),
        (
            answers(
                problem="THE RETURNS PILE UP", waiting="The drivers are always waiting for us."
            ),
            "I would ... so that the drivers no longer wait for us",
        ),
        (
            answers(complaint="They complained about cold food!", noticed="Happier guests."),
            "I would ... so that customers and colleagues notice happier guests",
        ),
        (
            answers(
                complaint="They said that nobody answers the phone.",
                noticed="They would notice that every call is answered.",
            ),
            "I would ... so that every call is answered",
        ),
        (
            answers(complaint="Why is the invoice always wrong?"),
            "",
        ),
        (
            answers(
                complaint="They asked me twice how long orders take.",
                noticed="It's calmer at the desk.",
            ),
            "I would ... so that it's calmer at the desk",
        ),
        (
            answers(fixed="we used to call guests the day before", noticed="fewer no-shows."),
            "I would call guests the day before so that customers and colleagues notice fewer "
            "no-shows",
        ),
        (
            answers(
                fixed="At my last job I introduced a swap list for shifts.",
                noticed="We don't need agency nurses any more.",
            ),
            "I would introduce a swap list for shifts so that we don't need agency nurses any more",
        ),
        (
            answers(fixed="I was responsible for the stock at my previous company."),
            "I would be responsible for the stock",
        ),
        (
            answers(
                fixed="By sorting the post every morning.",
                noticed="they'd notice that bills are paid on time",
            ),
            "I would sort the post every morning so that bills are paid on time",
        ),
        (
            answers(
                fixed="My team and I cut the waiting time. We also labelled the shelves.",
                noticed="get their parts sooner",
            ),
            "I would cut the waiting time and label the shelves so that they get their parts "
            "sooner",
        ),
        (
            answers(
                problem="There are too many no-shows.", waiting="Everybody waits for the boss."
            ),
            "I would ... so that nobody waits for the boss any longer",
        ),
        (
            answers(problem="Too much paper.", noticed="i think it would be faster"),
            "I would ... so that it would be faster",
        ),
        (
            answers(problem="no plan for holidays", waiting="I wait for my shift plan"),
            "I would ... so that I no longer wait for my shift plan",
        ),
        (
            answers(
                problem="What costs too much is the packaging.",
                fixed="I've already replaced plastic with paper,",
            ),
            "I would replace plastic with paper",
        ),
        (
            answers(
                waiting="Drivers have to wait for the dock...",
                fixed="Well, I'd text them a time slot.",
            ),
            "I would text them a time slot so that drivers no longer have to wait for the dock",
        ),
        (
            answers(problem="Everything runs late because nobody plans.", waiting="nobody"),
            "I would ... so that it no longer happens that everything runs late because nobody "
            "plans",
        ),
        (
            answers(
                fixed="They struggle with paper lists too, I built a spreadsheet for that.",
                noticed="Quicker answers",
            ),
            "I would build a spreadsheet for that so that customers and colleagues notice quicker "
            "answers",
        ),
        (
            answers(
                problem="I guess the label printer breaks every Monday.",
                noticed="I would check the printer on Sunday so that Monday starts on time.",
            ),
            "I would check the printer on Sunday so that Monday starts on time",
        ),
        (
            answers(
                fixed="Managed to halve the scrap by weighing it",
                noticed="So, less scrap, lower costs",
            ),
            "I would halve the scrap by weighing it so that customers and colleagues notice less "
            "scrap, lower costs",
        ),
        (
            answers(
                problem="SAP crashes", fixed="to write down each crash", waiting="we wait for IT"
            ),
            "I would write down each crash so that we no longer wait for IT",
        ),
        (
            answers(fixed="sorted returns and called the customers", noticed="fewer calls"),
            "I would sort returns and call the customers so that customers and colleagues notice "
            "fewer calls",
        ),
        (
            answers(
                fixed="i made a list , i checked it every day..",
                waiting="the kitchen is still waiting for orders",
            ),
            "I would make a list and check it every day so that the kitchen no longer waits for "
            "orders",
        ),
        (
            answers(
                complaint="They asked whether I can do weekends.",
                fixed="I could do every other weekend, so that the others get a break.",
            ),
            "I would do every other weekend so that the others get a break",
        ),
        (
            answers(
                fixed="I've been doing the ordering for two years",
                noticed="They'd be outside more.",
            ),
            "I would do the ordering for two years so that they'd be outside more",
        ),
        (
            answers(problem="high staff turnover", fixed="I didn't fix anything"),
            "",
        ),
    ],
)
def test_a_real_answer_reads_right(given: tuple[str, ...], sentence: str) -> None:
    assert draft_sentence(given) == sentence


DEEDS = (
    "ring them every Friday", "find out why orders fail", "sort it, and fix it",
    "check every invoice", "train the new drivers",
)  # fmt: skip
THINGS = (
    "returns wait for weeks", "the drivers wait for us", "fewer calls", "late deliveries",
    "nobody answers the phone", "too many no-shows", "they get their money sooner",
    "guests are happy", "they notice the difference", "no plan for holidays", "a rota", "",
)  # fmt: skip
OFFERS = ("I would ", "i would I would ", "We could ", "I'd ", "Well, I would ", "I'll ", "")
FRAMES = ("", "So that ", "so ", "that ", "Well, ", "I think ", "They complained that ",
          "They would notice that ", "because ", "I think that that ")  # fmt: skip
PAST = ("I sorted the post", "We've reduced the scrap", "By checking every invoice", "Rang them")
GAINS = ("", "", " so that they pay sooner", ", so that so that guests smile", " so  so")
TAILS = ("", ".", "...", " !", ",", ". ", ";", "..!?")
CASES = (str, str.upper, str.capitalize, str.lower)


def one_of(*parts: tuple[str, ...]) -> st.SearchStrategy[str]:
    """A part of each, one after the other, typed in some way."""
    pieces = [*map(st.sampled_from, (*parts, TAILS))]
    return st.builds(lambda case, *typed: case("".join(typed)), st.sampled_from(CASES), *pieces)


ONE = st.one_of(one_of(OFFERS, DEEDS, GAINS), one_of(FRAMES, THINGS), one_of(PAST, GAINS))
TWO = st.tuples(ONE, ONE).map(". ".join)
TYPED = st.one_of(st.just(""), ONE, ONE, TWO)
DOUBLED_WORDS = re.compile(r"\b(\w+(?: \w+){0,2}) \1\b", re.I)
DOUBLED_MARKS = re.compile(r"[.,;:!?]\s*[.,;:!]|\s[.,;:!?]")


@given(st.lists(TYPED, min_size=5, max_size=5))
def test_no_word_and_no_mark_is_doubled(given: list[str]) -> None:
    draft = draft_sentence(given)
    shown = draft.replace("I would ... so that", "I would so that")
    assert not DOUBLED_WORDS.search(shown.replace('"', "")), draft
    assert not DOUBLED_MARKS.search(shown), draft
    assert shown == "" or shown.startswith("I would "), draft
    assert shown.lower().count("so that") <= 1, draft
    assert not re.search(r"\bI would (?:I|would|we|they|so)\b(?! that)", shown, re.I), draft
    assert not shown.endswith((",", ";", ".", " ")), draft

"""Praise only what was said: sentences that once earned credit, or missed it, wrongly.

The examples are those of the people who reported them; how the scorer does on others of their
kinds is measured by `python -m benchmarks.scoring`.
"""

import pytest

from rehearse import wiring
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import Scorecard, score_transcript
from rehearse.transcript import (
    Speaker,
    Transcript,
    Utterance,
    text_transcript,
    words_of_text,
)

GREETING = "Hi Dana, this is Tom Weller, we talked on Tuesday."
PITCH = (
    "Hi Dana, this is Tom Weller. I've been thinking about what this job does for your margins. "
    "I'd call your late payers in the first week so the cash comes in sooner."
)


@pytest.fixture(scope="module")
def tagger() -> ClauseTagger:
    return wiring.load_tagger()


def scored(text: str, tagger: ClauseTagger) -> Scorecard:
    return score_transcript(text_transcript(text), tagger)


@pytest.mark.parametrize(
    "text",
    [
        "When I have everything laid out in front of me, I like to start with the small things.",
        "So, I don't know. It was raining and we just stayed at home.",
        "We moved here for two main reasons, the schools and the weather.",
        "His wife says she could do it with her eyes closed, but I would not believe that.",
    ],
)
def test_small_talk_earns_nothing(text: str, tagger: ClauseTagger) -> None:
    assert scored(text, tagger).score == 0


@pytest.mark.parametrize(
    "question",
    [
        "What does the job pay?",
        "Who does this job report to?",
        "Where does this job go from here?",
        "Who had this job before?",
        "What is hard about this job?",
        "How would I be measured in this job?",
        "How much travel does this position expect?",
    ],
)
@pytest.mark.parametrize("before", [GREETING, PITCH], ids=["greeting", "pitch"])
def test_other_questions_are_not_the_critical_one(
    before: str, question: str, tagger: ClauseTagger
) -> None:
    card = scored(f"{before} {question}", tagger)
    assert not card.finding(Criterion.CRITICAL_QUESTION).met


@pytest.mark.parametrize(
    "question",
    [
        "How do you expect this job to contribute to the business?",
        "What do you need this job to bring in?",
        "I'd love to hear how you see this position helping the company make its number.",
    ],
)
@pytest.mark.parametrize("before", [GREETING, PITCH], ids=["greeting", "pitch"])
def test_the_critical_question_counts_in_any_wording(
    before: str, question: str, tagger: ClauseTagger
) -> None:
    card = scored(f"{before} {question}", tagger)
    assert card.finding(Criterion.CRITICAL_QUESTION).met


@pytest.mark.parametrize(
    "text",
    [
        "I wanted to know where things stand with the position.",
        "I was just wondering what the status is.",
        "Is there any news on your side?",
    ],
)
def test_fishing_in_plain_words_is_a_status_check(text: str, tagger: ClauseTagger) -> None:
    assert scored(f"{GREETING} {text}", tagger).finding(Criterion.STATUS_CHECK).met


@pytest.mark.parametrize(
    "text",
    [
        "When would the job start?",
        "What's the status of the warehouse move?",
        "Would you like an example?",
    ],
)
def test_look_alikes_of_fishing_are_none(text: str, tagger: ClauseTagger) -> None:
    assert not scored(f"{GREETING} {text}", tagger).finding(Criterion.STATUS_CHECK).met


def test_a_plain_offer_is_a_way(tagger: ClauseTagger) -> None:
    text = f"{GREETING} I could help you with your inventory planning, I have done that for years."
    assert scored(text, tagger).finding(Criterion.CONTRIBUTIONS).count == 1


@pytest.mark.parametrize(
    "text",
    [
        "I would not touch your pricing.",
        "I advised their managers and prepared all the budgets.",
        "I could take my holidays in August.",
    ],
)
def test_what_only_sounds_like_a_way_is_none(text: str, tagger: ClauseTagger) -> None:
    assert scored(f"{GREETING} {text}", tagger).finding(Criterion.CONTRIBUTIONS).count == 0


@pytest.mark.parametrize(
    "question",
    [
        "As the manager, how do you expect this job to contribute to the business?",
        "How do you expect this job to contribute to your results?",
        "How do you expect this job to help the business?",
    ],
)
def test_the_question_counts_after_a_recital_and_a_status_check_and_before_a_dry_answer(
    question: str, tagger: ClauseTagger
) -> None:
    call = Transcript(
        (
            Utterance(Speaker.MANAGER, words_of_text("Dana Keller speaking. How can I help?")),
            Utterance(
                Speaker.CANDIDATE,
                words_of_text(
                    "Hi Dana, this is Sam Rivera. I wanted to remind you that I have 11 years of "
                    "experience. I managed a team of 8 people. So, I was wondering, am I still "
                    f"being considered for the position? And when will you decide? {question}"
                ),
            ),
            Utterance(Speaker.MANAGER, words_of_text("There's nothing decided.")),
            Utterance(Speaker.CANDIDATE, ()),
            Utterance(Speaker.MANAGER, words_of_text("I have to run. Goodbye.")),
        )
    )
    card = score_transcript(call, tagger)
    assert card.finding(Criterion.CRITICAL_QUESTION).met
    assert card.finding(Criterion.STATUS_CHECK).met


def test_the_same_sentence_said_three_times_is_one_way(tagger: ClauseTagger) -> None:
    way = "I would check the centring before I grind so that fewer pairs are remade."
    card = score_transcript(text_transcript(f"{GREETING} {way} {way} {way}"), tagger)
    assert card.finding(Criterion.CONTRIBUTIONS).count == 1


@pytest.mark.parametrize(
    "words", ["Can you hear me?", "Sorry, I did not get that. Could you repeat?", "Are you there?"]
)
@pytest.mark.parametrize("line", ["Okay. Anything else?", "So how would you go about that?"])
def test_asking_about_the_line_is_no_fishing(tagger: ClauseTagger, line: str, words: str) -> None:
    turns = (
        Utterance(Speaker.CANDIDATE, words_of_text(PITCH)),
        Utterance(Speaker.MANAGER, words_of_text(line)),
        Utterance(Speaker.CANDIDATE, words_of_text(words)),
    )
    assert not score_transcript(Transcript(turns), tagger).finding(Criterion.STATUS_CHECK).met


@pytest.mark.parametrize(
    "words",
    ["I didn't catch that. Could you repeat when you decide?", "Can you hear me? Any news for me?"],
)
def test_fishing_beside_it_is(tagger: ClauseTagger, words: str) -> None:
    card = score_transcript(text_transcript(f"{PITCH} {words}"), tagger)
    assert card.finding(Criterion.STATUS_CHECK).met


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        (
            "Reduce the scrap on line two, train the temps in their first week and order the steel "
            "a month earlier.",
            3,
        ),
        (
            "I'd get the late invoices chased, find you a cheaper courier and answer every quote "
            "the same day.",
            3,
        ),
        (
            "i would fix the website checkout email the people who left stuff in the cart and get "
            "reviews from the regulars",
            3,
        ),
        (
            "I'd ring every customer who left, ask them why and offer them a month free to come "
            "back.",
            1,
        ),
        (
            "I'd take the complaints from last year, put them in a table and show you the three "
            "that cost the most.",
            1,
        ),
    ],
)
def test_short_ways_in_one_breath_are_several_and_the_steps_of_one_way_are_one(
    text: str, ways: int, tagger: ClauseTagger
) -> None:
    assert scored(f"{GREETING} {text}", tagger).finding(Criterion.CONTRIBUTIONS).count == ways

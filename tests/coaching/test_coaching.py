"""Coaching after a call. Each test reads like the advice."""

from __future__ import annotations

import dataclasses

import pytest

from rehearse.coaching.coach import Coaching, coach
from rehearse.coaching.progress import Earlier
from rehearse.delivery.delivery import delivery
from rehearse.delivery.fillers import Filler
from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.report.delivery_text import coaching_text
from rehearse.report.wording import CRITERIA
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import Evidence
from rehearse.scoring.sheet_match import PlannedWay, SheetMatch
from rehearse.transcript import Speaker
from tests.talks import talk

WHOLE = """
link,humble: I've thought about how this job bears on your business, from outside.
way: I would cut your returns by calling customers before they ship back.
way: I would shorten the closing so that finance saves two days.
way: I would train the planners so that you need no contractor.
ask: As the manager, how do you expect this job to contribute to the business?
role: It matters to me to know what role I'd play.
choice: You are the manager I want to work for.
"""
TWO_WAYS = "\n".join(line for line in WHOLE.splitlines() if "planners" not in line)
NO_QUESTION = "\n".join(line for line in WHOLE.splitlines() if not line.startswith("ask"))
SHEET = CallSheet(
    ways=(
        Way("cut the returns", "costs"),
        Way("shorten the closing", "finance"),
        Way("train the two planners", "contractor costs"),
    ),
    question="How do you see this job helping the company?",
)


def coached(text: str, **more: object) -> Coaching:
    transcript, scorecard = talk(text)
    figures = delivery(transcript, (), scorecard)
    sheet = more.pop("sheet", CallSheet())
    return coach(transcript, scorecard, figures, sheet, **more)  # type: ignore[arg-type]


def rules(coaching: Coaching) -> list[str]:
    return [advice.rule for advice in coaching.advice]


def test_a_whole_pitch_gets_praise_with_its_words_and_no_advice() -> None:
    coaching = coached(WHOLE)
    assert coaching.advice == ()
    assert [praise.rule for praise in coaching.praise] == [
        "critical_question", "contributions", "business_link",
    ]  # fmt: skip
    assert all(praise.quote for praise in coaching.praise)


def test_silence_is_not_praised_and_gets_one_first_step() -> None:
    coaching = coached("manager: Hello? Is anybody there?")
    assert rules(coaching) == ["nothing_heard"]
    assert coaching.praise == ()


def test_nothing_good_said_means_no_praise() -> None:
    assert coached("status: Am I still being considered?").praise == ()


def test_at_most_two_things_the_question_before_all_others() -> None:
    coaching = coached("-: Hi Dana, this is Sam.")
    assert len(coaching.advice) == 2
    assert rules(coaching)[0] == "question_missing"


def test_the_question_of_the_sheet_is_the_one_to_ask() -> None:
    advice = coached(NO_QUESTION, sheet=SHEET).advice[0]
    assert advice.rule == "question_missing"
    assert SHEET.question in advice.text
    assert advice.drill == "question"


def test_is_there_anything_else_you_need_is_not_the_critical_question() -> None:
    asked = NO_QUESTION + "\n-: Is there anything else you need from me?"
    advice = coached(asked).advice[0]
    assert advice.rule == "other_question"
    assert 'You asked "Is there anything else you need from me?"' in advice.text


def test_the_third_way_on_the_sheet_was_not_said() -> None:
    said = Evidence("I would cut your returns", 1.0, 2.0)
    match = SheetMatch(
        (
            PlannedWay(SHEET.ways[0], said),
            PlannedWay(SHEET.ways[1], said),
            PlannedWay(SHEET.ways[2], None),
        ),
        (),
    )
    advice = coached(TWO_WAYS, sheet=SHEET, sheet_match=match).advice[0]
    assert advice.rule == "way_dropped"
    assert advice.text == (
        'You named two ways. You left out way 3 on your sheet ("train the two planners"): '
        "say it next time."
    )


def test_without_a_sheet_one_more_way_is_asked_for() -> None:
    advice = coached(TWO_WAYS).advice[0]
    assert advice.rule == "ways_missing"
    assert advice.text == (
        'You gave two ways, the second: "I would shorten the closing so that finance saves two '
        'days". One more: what else of theirs would get better with you there?'
    )


def test_you_said_you_work_hard_say_what_of_theirs_it_touches() -> None:
    claim = TWO_WAYS + "\n-: And I work really hard."
    advice = coached(claim).advice[0]
    assert advice.rule == "way_without_business"
    assert 'You said "And I work really hard"' in advice.text


def test_you_talked_on_after_the_question_stop_and_count_to_three() -> None:
    talked = WHOLE + "\n-: " + "and then I also wanted to say one more thing about me " * 2
    advice = coached(talked).advice[0]
    assert advice.rule == "talked_on"
    assert "the manager's turn" not in advice.text
    assert 'After your question you talked on: "and then I also wanted' in advice.text
    assert "count to three" in advice.text


def test_talking_on_is_reported_without_fluency_too_because_it_is_about_words() -> None:
    talked = WHOLE + "\n-: " + "and then I also wanted to say one more thing about me " * 2
    transcript, scorecard = talk(talked)
    advice = coach(transcript, scorecard, None, CallSheet()).advice
    assert [one.rule for one in advice] == ["talked_on"]


def test_the_question_belongs_after_what_you_ended_with() -> None:
    advice = coached(NO_QUESTION.replace("role:", "-:") + "\n-: Thank you, goodbye.").advice[0]
    assert advice.text == (
        'You ended with "You are the manager I want to work for", without the question that this '
        'call is for: "As the manager, how do you expect this job to contribute to the business?" '
        "Then wait for the answer."
    )


def test_why_the_question_matters_was_said_but_it_was_not_asked() -> None:
    advice = coached(NO_QUESTION).advice[0]
    assert advice.text.startswith(
        'You said "It matters to me to know what role I\'d play". Put the question in front'
    )


def test_a_greeting_alone_is_not_quoted_as_an_end() -> None:
    advice = coached("-: Hi Dana, this is Sam.").advice[0]
    assert advice.text.startswith("Ask the question that this call is for:")


def test_without_the_business_the_first_way_shows_where_it_belongs() -> None:
    advice = coached(WHOLE.replace("link,humble:", "humble:")).advice[0]
    assert advice.rule == "link_missing"
    assert advice.text.startswith('Before "I would cut your returns by calling')


def test_half_a_sentence_of_modesty_before_the_first_way() -> None:
    advice = coached(WHOLE.replace("link,humble:", "link:")).advice[0]
    assert advice.rule == "humility_missing"
    assert advice.text.startswith('Before "I would cut your returns by calling')


def test_two_ways_are_praised_as_two() -> None:
    texts = [praise.text for praise in coached(TWO_WAYS).praise]
    assert "You named two of the three ways." in texts


@pytest.mark.parametrize(
    ("label", "rule"),
    [("ask", "critical_question"), ("link,humble", "business_link"), ("choice", "manager_choice")],
)
def test_what_the_scorer_is_not_sure_of_is_not_praised(label: str, rule: str) -> None:
    said = next(line for line in WHOLE.splitlines() if line.startswith(label))
    answer = "manager: I expect it to save us money on every order that we ship."
    assert rule in [one.rule for one in coached(f"{said}\n{answer}").praise]
    assert coached(f"{said.replace(label, label + '?')}\n{answer}").praise == ()


def test_three_ways_of_which_one_is_doubtful_are_praised_with_that_doubt() -> None:
    one, two, three = (line for line in WHOLE.splitlines() if line.startswith("way"))
    praise = coached("\n".join([one.replace("way:", "way?:"), two, three])).praise
    assert [one.text for one in praise] == [
        "You named all three ways, though I am not sure of each of them."
    ]
    assert praise[0].quote is not None
    assert praise[0].quote.quote.startswith("I would shorten the closing")
    assert coached(one.replace("way:", "way?:")).praise == ()


def test_nothing_doubtful_is_called_a_first_time_or_sooner_than_last_time() -> None:
    _, before = talk(TWO_WAYS.replace("ask:", "-:"))
    doubtful = WHOLE.replace("way:", "way?:").replace("ask:", "ask?:")
    assert coached(doubtful, earlier=(Earlier(before, None),)).progress == ()
    late = WHOLE.replace("\nask", "\n-: " + "well " * 100 + "\nask")
    transcript, scorecard = talk(late)
    last = Earlier(scorecard, delivery(transcript, (), scorecard))
    assert coached(WHOLE.replace("ask:", "ask?:"), earlier=(last,)).progress == ()
    _, fished = talk(f"status?: Am I still being considered?\n{WHOLE.strip()}")
    assert coached(WHOLE, earlier=(Earlier(fished, None),)).progress == ()


def test_where_you_stand_is_not_asked_in_this_call() -> None:
    coaching = coached(WHOLE + "\nstatus: Am I still being considered?")
    assert "status_check" in rules(coaching)
    assert '"Am I still being considered?"' in coaching.advice[0].text


FISHED = "status: Am I still being considered?"
RECITED = "past: I have led a team for ten years.\npast: I managed five shops for a decade."


def test_a_fault_that_was_found_is_named_beside_the_largest_tip() -> None:
    larger = "way: I would cut your returns by calling customers before they ship back."
    assert rules(coached(larger)) == ["question_missing", "ways_missing"]
    assert rules(coached(f"{larger}\n{FISHED}")) == ["question_missing", "status_check"]
    both = rules(coached(f"{larger}\n{FISHED}\n{RECITED}"))
    assert both == ["question_missing", "status_check", "credential_recital"]


def test_a_fault_in_a_message_is_named_too() -> None:
    transcript, _ = talk(f"manager: Leave a message.\n-: Hello, it is me.\n{FISHED}")
    utterances = [
        dataclasses.replace(one, who="voicemail") if one.speaker is Speaker.MANAGER else one
        for one in transcript.utterances
    ]
    message = dataclasses.replace(transcript, utterances=tuple(utterances))
    assert message.is_voicemail
    _, scorecard = talk(f"-: Hello, it is me.\n{FISHED}")
    advice = coach(message, scorecard, None, CallSheet()).advice
    assert [one.rule for one in advice] == ["voicemail_name", "status_check"]


def test_sorry_to_bother_you_makes_you_small() -> None:
    coaching = coached("-: Sorry to bother you, Dana.\n" + WHOLE.strip())
    assert rules(coaching) == ["made_small"]
    assert "sorry to bother you" in coaching.advice[0].text


def test_without_fluency_nothing_mentions_how_it_sounded() -> None:
    transcript, scorecard = talk("-: Sorry to bother you, Dana.\n" + WHOLE.strip())
    assert coach(transcript, scorecard, None, CallSheet()).advice == ()


def test_third_way_said_for_the_first_time() -> None:
    _, before = talk(TWO_WAYS)
    coaching = coached(WHOLE, earlier=(Earlier(before, None),))
    assert coaching.progress == ("For the first time, you named three ways.",)


def test_question_seconds_earlier_than_last_time() -> None:
    late = WHOLE.replace("\nask", "\n-: " + "well " * 100 + "\nask")
    transcript, scorecard = talk(late)
    last = Earlier(scorecard, delivery(transcript, (), scorecard))
    coaching = coached(WHOLE, earlier=(last,))
    assert coaching.progress == ("Your question came 40 s earlier than last time.",)


def test_the_first_call_is_compared_with_nothing() -> None:
    assert coached(WHOLE).progress == ()


def test_the_text_a_person_reads() -> None:
    assert coaching_text(coached(TWO_WAYS)).splitlines()[:5] == [
        "To do better, the first thing first:",
        '  1. You gave two ways, the second: "I would shorten the closing so that finance saves',
        '     two days". One more: what else of theirs would get better with you there?',
        "     Practise just that: rehearse drill ways",
        "",
    ]


def test_a_drill_is_named_only_where_it_practises_the_thing_advised() -> None:
    coaching = coached(WHOLE.replace("choice:", "-:"))
    assert rules(coaching) == ["choice_missing"]
    assert "rehearse drill" not in coaching_text(coaching)

    um = Filler("um", 1.0)
    transcript, scorecard = talk(WHOLE)
    figures = dataclasses.replace(
        delivery(transcript, (), scorecard), hesitations=(um,) * 30, hesitations_per_minute=30.0
    )
    coaching = coach(transcript, scorecard, figures, CallSheet())
    assert rules(coaching) == ["hesitant"]
    assert "rehearse drill" not in coaching_text(coaching)


def test_who_recited_practises_one_way_as_the_advice_says() -> None:
    recited = coached(f"{RECITED}\n{WHOLE.strip()}").advice
    assert [(one.rule, one.drill) for one in recited] == [("credential_recital", "way1")]
    assert "Turn one of these into what you would do for them" in recited[0].text


def test_a_pitch_that_is_too_long_is_practised_as_a_whole() -> None:
    coaching = coached(WHOLE + "\n-: Well " + "well " * 300)
    assert "too_long" in rules(coaching)
    shown = coaching_text(coaching)
    assert "     Practise it all in short: rehearse drill all" in shown
    assert "just that: rehearse drill all" not in shown


def test_praise_never_seems_to_contradict_a_criterion_that_is_not_met() -> None:
    """Ways without the sentence on their business: praise says nothing of "business"."""
    ways = [line for line in WHOLE.splitlines() if line.startswith("way")]
    for count in (1, 2, 3):
        praise = coached("\n".join(ways[:count])).praise
        assert [one.text for one in praise] == [
            ("You named a first way.", "You named two of the three ways.",
             "You named all three ways.")[count - 1]
        ]  # fmt: skip
    assert CRITERIA[Criterion.BUSINESS_LINK] == "Said how the job helps their business"
    assert "You said how the job helps their business." in [
        one.text for one in coached(WHOLE.replace("ask:", "-:")).praise
    ]


def test_advice_never_judges_character() -> None:
    texts = [coaching_text(coached(text)) for text in (WHOLE, TWO_WAYS, NO_QUESTION)]
    for word in ("confiden", "personalit", "emotion", "nervous"):
        assert not any(word in text.lower() for text in texts)


def test_advice_is_a_value() -> None:
    advice = coached(TWO_WAYS).advice[0]
    assert dataclasses.replace(advice) == advice

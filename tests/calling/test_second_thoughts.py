"""What the manager planned to say is weighed against what fits."""

from __future__ import annotations

import pytest

from rehearse.calling import either
from rehearse.calling.acts import Act
from rehearse.calling.bank import packaged_bank
from rehearse.calling.line_kinds import KINDS_OF_TOPICS
from rehearse.calling.readings import READINGS, packaged_lines, retaken
from rehearse.calling.reply_kinds import ReplyKind
from rehearse.calling.scenario import MANNERS, Moment
from rehearse.calling.second_thoughts import Plan, taken_again, without_false_ways
from rehearse.calling.understood import Understood
from tests.calling.dialogues import Script, hold


def turn(*acts: Act, **likely: float) -> Understood:
    """A turn for which these kinds of reply are likely, and no others."""
    kinds = dict.fromkeys(ReplyKind, 0.01) | {ReplyKind(k): p for k, p in likely.items()}
    return Understood(spoke=True, acts=acts, words=6, offers=("the words",), kinds=kinds)


def plan(kinds: dict[ReplyKind, Act | None], **subjects: float) -> Plan:
    return Plan(kinds, {Moment(moment): odds for moment, odds in subjects.items()})


def acts_of(said: Understood, planned: Plan) -> tuple[Act, ...] | None:
    again = taken_again(said, planned)
    return None if again is None else again.turn.acts


def test_what_fits_is_said() -> None:
    said = turn(Act.SMALL_TALK, nod=0.7, honest=0.8)
    assert acts_of(said, plan({ReplyKind.NOD: Act.SMALL_TALK})) is None


def test_what_hardly_fits_gives_way_to_what_does() -> None:
    said = turn(Act.NOTHING, go_on=0.1, bye=0.97)
    assert acts_of(said, plan({ReplyKind.GO_ON: None})) == (Act.GOODBYE,)


def test_nobody_is_hung_up_on_for_a_guess() -> None:
    said = turn(Act.NOTHING, go_on=0.1, bye=0.7)
    assert acts_of(said, plan({ReplyKind.GO_ON: None})) is None


def test_of_two_replies_the_one_that_hardly_fits_is_left_out() -> None:
    said = turn(Act.THANKS, Act.ABOUT_JOB, welcome=0.8, yes=0.3)
    planned = plan({ReplyKind.WELCOME: Act.THANKS, ReplyKind.YES: Act.ABOUT_JOB})
    assert acts_of(said, planned) == (Act.THANKS,)


def test_a_subject_is_spoken_of_unless_nothing_is_asked() -> None:
    asks = turn(Act.ABOUT_BUSINESS, guess=0.9)
    assert acts_of(asks, plan({}, about_business=0.6)) is None
    fears = turn(Act.ABOUT_JOB, calm=0.95)
    assert acts_of(fears, plan({}, about_job=0.6)) == (Act.MISHAP,)


def test_a_subject_is_spoken_of_unless_it_is_unlikely_and_a_figure_was_asked_for() -> None:
    said = turn(Act.ABOUT_BUSINESS, no_figure=0.95)
    assert acts_of(said, plan({}, about_business=0.7)) is None
    assert acts_of(said, plan({}, about_business=0.55)) == (Act.ABOUT_JOB,)


def test_a_recital_is_met_with_the_question_what_they_would_do() -> None:
    said = turn(Act.RECITAL, nod=0.99, your_plan=0.6)
    assert acts_of(said, plan({ReplyKind.YOUR_PLAN: Act.RECITAL})) is None


def test_a_life_is_no_recital() -> None:
    said = turn(Act.RECITAL, nod=0.99, your_plan=0.3)
    assert acts_of(said, plan({ReplyKind.YOUR_PLAN: Act.RECITAL})) == (Act.SMALL_TALK,)


def test_of_two_general_answers_one_is_given() -> None:
    said = turn(Act.HOURS, Act.ABOUT_BUSINESS, terms=0.6, changes=0.9)
    planned = plan({ReplyKind.TERMS: Act.HOURS, ReplyKind.CHANGES: Act.ABOUT_BUSINESS})
    assert acts_of(said, planned) == (Act.ABOUT_BUSINESS,)


def test_whoever_missed_it_hears_it_again() -> None:
    said = turn(Act.MISHAP, calm=0.9, repeat=0.75)
    assert acts_of(said, plan({ReplyKind.CALM: Act.MISHAP})) == (Act.REPEAT,)


def test_a_long_turn_is_left_as_it_was_understood() -> None:
    said = Understood(spoke=True, acts=(Act.SMALL_TALK,))
    assert taken_again(said, plan({ReplyKind.NOD: Act.SMALL_TALK})) is None


def test_what_offers_nothing_is_no_way() -> None:
    asks = turn(Act.WAYS, guess=0.9)
    offered = Understood(**{**vars(asks), "new_ways": ("who fills in the book",)})
    assert without_false_ways(offered).new_ways == ()
    assert Act.WAYS not in without_false_ways(offered).acts
    idea = Understood(**{**vars(turn(Act.WAYS, doubt=0.9)), "new_ways": ("ring the owners",)})
    assert without_false_ways(idea) is idea


def test_nobody_is_told_that_their_age_speaks_against_them() -> None:
    asked = "well what is it that bothers you most is it my age or the gap"
    said = hold(Script("", "sceptical", "shop", 3, ("Hello, Ada Moss here.", asked))).said
    lines = either.packaged_lines()["against_me"].phrasings
    assert any(line.text in (*lines["any"], *lines["doubtful"]) for line in said)


@pytest.mark.parametrize("kind", READINGS)
def test_every_reading_has_lines(kind: ReplyKind) -> None:
    again = retaken(turn(Act.NOTHING), kind)
    for topic in (again.topics or {}).values():
        for manner in MANNERS:
            assert len((*topic.phrasings.get("any", ()), *topic.phrasings.get(manner, ()))) >= 4


def test_every_kind_names_a_topic_that_there_is() -> None:
    topics = {topic.name for topic in packaged_bank().topics}
    named = {name for name in KINDS_OF_TOPICS if not name.startswith("either.")}
    assert named <= topics
    assert set(packaged_lines()) <= set(ReplyKind)


@pytest.mark.parametrize(
    ("before", "said", "expected"),
    [
        # Each was answered beside the point by the manager before (rounds 21 to 25).
        ("Anything else?", "there we are then I won't keep you hwyl fawr now and diolch", "bye"),
        ("Okay.", "okay they are shouting for you so na razie and watch your toes", "bye"),
        ("I see.", "thank you so much have a calm day if it exists tchau", "bye"),
        ("Go on.", "I'm a bit scared, to be honest, that I'm too old for the sacks.", "calm"),
        ("I see.", "I couldn't tell ya, not off the top of my head.", "honest"),
        ("Yes?", "ah it is you now so here Halyna who made for you the braided loaf", "know_you"),
        ("The first.", "sorry a reversing thing was beeping i lost the middle part", "repeat"),
        ("What else?", "How many kids on the roll now?", "no_figure"),
        ("All right.", "What would they ask me there, and who signs the form?", "terms"),
        ("I see.", "I would be tidy pleased to work under you mind", "kind"),
    ],
)
def test_what_fits_is_told_from_the_words(before: str, said: str, expected: str) -> None:
    from rehearse import wiring

    odds = wiring.load_act_classifier().kinds(said, before)
    assert odds[ReplyKind(expected)] >= 0.5, sorted(odds.items(), key=lambda x: -x[1])[:3]


def test_a_goodbye_in_any_dialect_ends_the_call() -> None:
    call = Script(
        "", "busy", "site", 3, ("Hello, Dariusz here, the banksman.", "na razie then boss")
    )
    assert hold(call).said[-1].hangs_up


def test_who_takes_leave_is_not_sent_elsewhere() -> None:
    leave = "Grand so, I'll do that, mind yourself, God bless, bye, bye, bye bye bye."
    call = Script("", "redirect", "charity", 509, ("Hello, this is Una Roche.", leave))
    assert hold(call).said[-1].hangs_up

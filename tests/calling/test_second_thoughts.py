"""What the manager planned to say is weighed against what fits."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rehearse.calling import either
from rehearse.calling.acts import Act
from rehearse.calling.bank import packaged_bank
from rehearse.calling.forms import Form
from rehearse.calling.line_kinds import KINDS_OF_TOPICS
from rehearse.calling.manager import Manager
from rehearse.calling.readings import READINGS, packaged_lines, retaken
from rehearse.calling.reply_kinds import ReplyKind
from rehearse.calling.scenario import MANNERS, Moment, packaged_scenario
from rehearse.calling.second_thoughts import Plan, taken_again, without_false_ways
from rehearse.calling.understood import Understood
from tests.calling.dialogues import SHEETS, Script, hold


def turn(*acts: Act, **likely: float) -> Understood:
    """A turn for which these kinds of reply are likely, and no others."""
    kinds = dict.fromkeys(ReplyKind, 0.01) | {ReplyKind(k): p for k, p in likely.items()}
    return Understood(spoke=True, acts=acts, words=6, offers=("the words",), kinds=kinds)


def plan(kinds: dict[ReplyKind, Act | None], **subjects: float) -> Plan:
    acts = {kind: frozenset() if act is None else frozenset({act}) for kind, act in kinds.items()}
    return Plan(acts, {Moment(moment): odds for moment, odds in subjects.items()})


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


def test_who_still_speaks_to_the_assistant_hears_who_is_there() -> None:
    turns = (
        "Hello, this is Moira Kehoe.",
        "I'm calling about the chair, the one for the nurse.",
        "tell her it's the one from Lisdoonvarna, she'll know",
    )
    said = hold(Script("", "gatekeeper", "dental", 3, turns)).said
    assert "Price" in next(line.text for line in said[::-1] if line.moment is Moment.MY_NAME)


def test_nobody_is_sent_elsewhere_who_takes_leave() -> None:
    turns = ("Hello, Jim Orr here.", "Are you the boss?", "Grand so, I'll do that, God bless, bye!")
    said = hold(Script("", "redirect", "council", 3, turns)).said
    assert said[-1].moment is Moment.GOODBYE
    leaves = turn(Act.STATUS, bye=0.95, terms=0.6)
    assert acts_of(leaves, plan({ReplyKind.TERMS: None})) == (Act.GOODBYE,)


@pytest.mark.parametrize(
    ("turn_said", "moment"),
    [
        ("I have another offer, and she said I need to tell them by Friday.", Moment.OTHER_OFFER),
        ("my nan says hello by the way, she's in there every day for her milk", Moment.SMALL_TALK),
        ("does she still work there, the receptionist I met", Moment.ABOUT_JOB),
    ],
)
def test_she_is_not_always_the_manager(turn_said: str, moment: Moment) -> None:
    hello = "Hi, it's Anna Berg about the interview."
    said = hold(Script("", "gatekeeper", "bakery", 4, (hello, hello, turn_said))).said
    assert moment in [line.moment for line in said[-2:]]


def test_the_critical_question_is_answered_however_often_it_was_repeated() -> None:
    asked = "How do you expect this job to contribute to the business?"
    turns = ("Hi, it's Anna Berg.", asked, "Sorry?", "Pardon?", asked)
    said = hold(Script("", "friendly", "salon", 3, turns)).said
    assert said[-1].moment is Moment.ANSWER_AGAIN


def test_a_nod_is_not_said_again() -> None:
    turns = (
        "Hi, Ada Moss here.",
        "When do you open?",
        "My uncle boxed, you know.",
        "Say it again?",
    )
    said = hold(Script("", "sceptical", "gym", 3, turns)).said
    last = [line.moment for line in said[-2:]]
    assert Moment.SAY_AGAIN in last
    assert Moment.SMALL_TALK not in last


def test_what_was_just_nodded_is_not_nodded_again() -> None:
    turns = ("Hi, Ada Moss here.", *["My uncle boxed, you know, all his life."] * 3)
    said = hold(Script("", "sceptical", "gym", 3, turns)).said
    nods = [line.text for line in said if line.moment is Moment.SMALL_TALK]
    bare = [
        re.sub(r"^((hm|all right|okay|mm)[,.]? )+", "", nod, flags=re.I).lower() for nod in nods
    ]
    assert len(set(bare)) == len(bare)


def test_a_goodbye_is_one_though_praise_is_likelier_still() -> None:
    said = turn(Act.CHOICE, Act.GOODBYE, kind=0.97, bye=0.96)
    assert acts_of(said, plan({ReplyKind.TERMS: None})) == (Act.GOODBYE,)


def test_what_has_no_kind_is_not_thrown_away() -> None:
    said = turn(Act.SMALL_TALK, Act.OTHER_OFFER, nod=0.2, kind=0.9)
    kinds = {ReplyKind.NOD: frozenset({Act.SMALL_TALK})}
    assert taken_again(said, Plan(kinds, {}, others=True)) is None


def test_nothing_is_said_again_for_a_guess() -> None:
    said = turn(Act.NOTHING, go_on=0.2, repeat=0.4)
    assert acts_of(said, plan({ReplyKind.GO_ON: None})) is None


@pytest.mark.parametrize("kind", ["remember", "note", "sorry", "go_on"])
def test_more_than_a_nod_comes_where_it_fits(kind: str) -> None:
    again = taken_again(
        turn(Act.SMALL_TALK, nod=0.95, **{kind: 0.85}), plan({ReplyKind.NOD: Act.SMALL_TALK})
    )
    assert again is not None
    assert again.turn.acts == (READINGS[ReplyKind(kind)].act,)


def test_nobody_laughs_at_what_may_be_sad() -> None:
    sad = turn(Act.SMALL_TALK, nod=0.95, smile=0.95, sorry=0.3)
    assert taken_again(sad, plan({ReplyKind.NOD: Act.SMALL_TALK})) is None
    likelier = turn(Act.SMALL_TALK, nod=0.4, smile=0.6, sorry=0.3)
    assert taken_again(likelier, plan({ReplyKind.NOD: Act.SMALL_TALK})) is None
    funny = turn(Act.SMALL_TALK, nod=0.95, smile=0.95)
    assert taken_again(funny, plan({ReplyKind.NOD: Act.SMALL_TALK})) is not None


def test_who_asks_something_is_answered_whatever_they_told_beside_it() -> None:
    said = replace(turn(Act.MISHAP, calm=0.86, terms=0.7), form=Form.WHEN)
    assert acts_of(said, plan({ReplyKind.CALM: Act.MISHAP})) == (Act.NEXT_STEP,)


def test_what_the_last_line_did_not_say_is_asked_about_not_repeated() -> None:
    said = turn(Act.REPEAT, which_part=0.9, repeat=0.3)
    again = taken_again(said, plan({ReplyKind.REPEAT: Act.REPEAT}))
    assert again is not None
    assert next(iter(again.topics.values())).name == "reply_kinds.which_part"
    missed = turn(Act.REPEAT, which_part=0.2, repeat=0.9)
    assert taken_again(missed, plan({ReplyKind.REPEAT: Act.REPEAT})) is None


def test_an_unlikely_question_back_hides_nothing() -> None:
    said = turn(Act.REPEAT, which_part=0.05, repeat=0.03, calm=0.97)
    assert acts_of(said, plan({ReplyKind.REPEAT: Act.REPEAT})) == (Act.MISHAP,)


def test_who_waits_did_not_ask_whether_it_is_a_good_time() -> None:
    said = replace(turn(Act.GOOD_TIME, time=0.9), offers=("I'll wait, don't worry.",))
    again = taken_again(said, plan({ReplyKind.TIME: Act.GOOD_TIME}))
    assert again is not None
    assert next(iter(again.topics.values())).name == "reply_kinds.time"
    asked = replace(said, form=Form.WHETHER)
    assert taken_again(asked, plan({ReplyKind.TIME: Act.GOOD_TIME})) is None


@pytest.mark.parametrize("kind", [kind for kind, reading in READINGS.items() if reading.topic])
def test_every_reading_with_a_topic_has_lines(kind: ReplyKind) -> None:
    topics = retaken(turn(Act.NOTHING), kind).topics
    assert topics
    for topic in topics.values():
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
        # The strangers' calls of rounds 23, 26 and 27, which no training saw.
        ("Anything else?", "there we are then I won't keep you hwyl fawr now and diolch", "bye"),
        ("I see.", "Grand so, I'll do that, mind yourself, God bless, bye bye bye.", "bye"),
        ("Go on.", "my hands are shaking by the way I nearly put the phone down", "calm"),
        ("I see.", "Hmm, I couldn't swear to it. I'd have to go back and check.", "honest"),
        ("Yes?", "ah it is you now so here Halyna who made for you the braided loaf", "know_you"),
        ("The first.", "say again please a lorry was reversing here", "repeat"),
        ("What else?", "how many kids out in that yard at once two hundred or more", "no_figure"),
        ("All right.", "is it paid in the holidays at all or does it stop in July", "terms"),
        ("I see.", "You ask hard questions, so yes, I'd like you for a boss.", "kind"),
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


def test_what_is_said_again_is_what_was_said() -> None:
    """A side that was taken in the caller's words came back without them, and the call broke."""
    asked = "Is it mostly hairnets or caps?"
    call = hold(Script("", "friendly", "bakery", 3, ("Hello, Ada Moss here.", asked)))
    sides = [line.text for line in call.said if re.search("hairnets|caps", line.text.lower())]
    manager = Manager(packaged_scenario("friendly"), SHEETS["bakery"], 3)
    manager.greet()
    for one in call.understood:
        manager.reply(one)
    words = "Sorry, was that the mornings you said or did you mean late"
    unheard = replace(
        turn(Act.ABOUT_BUSINESS, repeat=0.99), form=Form.EITHER, offers=(words,), words=12
    )
    assert sides
    assert set(sides) <= {line.text for line in manager.reply(unheard)}


@pytest.mark.parametrize(
    "asked",
    [
        "What worries you more this winter, the ice or the staffing?",
        "Is the gap between shifts eight hours or eleven?",
    ],
)
def test_what_worries_the_manager_does_not_speak_against_the_caller(asked: str) -> None:
    said = hold(Script("", "friendly", "freight", 3, ("Hello, Ada Moss here.", asked))).said
    own = either.packaged_lines()["against_me"].phrasings
    assert not {line.text for line in said} & {text for lines in own.values() for text in lines}


def test_what_would_be_said_changes_nothing() -> None:
    turns = ("Hello, Ada Moss here.", "Is it mostly hairnets or caps?", "na razie then boss")
    heard = hold(Script("", "friendly", "bakery", 3, turns)).understood
    sheet, scenario = SHEETS["bakery"], packaged_scenario("friendly")
    plain, curious = Manager(scenario, sheet, 3), Manager(scenario, sheet, 3)
    plain.greet(), curious.greet()
    for one in heard:
        would = curious.would_reply(one)
        assert would == curious.would_reply(one)
        assert plain.reply(one) == curious.reply(one) == would


def test_nobody_is_hung_up_on_for_kind_words() -> None:
    """Thanks of many words counted as an answer to the manager's question, which ended the call."""
    asked = "How do you as the manager expect this job to contribute to the business?"
    script = ("Hello, Ada Moss here.", asked)
    heard = hold(Script("", "busy", "freight", 4, script)).understood
    manager = Manager(packaged_scenario("busy"), SHEETS["freight"], 4)
    manager.greet()
    for one in heard:
        manager.reply(one)
    thanks = replace(turn(Act.SMALL_TALK, welcome=0.95, nod=0.2), words=20)
    for _ in range(3):
        assert Moment.FOLLOW_UP not in {line.moment for line in manager.reply(thanks)}

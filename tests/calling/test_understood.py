"""What was heard, from the clauses of the turn just ended."""

from collections.abc import Iterable

import pytest

from rehearse import wiring
from rehearse.calling.acts import Act
from rehearse.calling.understood import Understood, understood
from rehearse.scoring.ask_then_stop import AskThenStop, ask_then_stop
from rehearse.scoring.clauses import Clause, Label, Letter
from rehearse.transcript import Speaker, Transcript, Utterance, words_of_text

NONE: dict[Label, float] = dict.fromkeys(Label, 0.0)
Piece = tuple[str, Iterable[Label], int | None]


def clause(text: str, labels: Iterable[Label] = (), way: int | None = None) -> Clause:
    return Clause(words_of_text(text), frozenset(labels), NONE, Letter.NEITHER, way)


def turns(*spoken: list[Piece]) -> tuple[tuple[Utterance, ...], list[Clause]]:
    """The candidate's turns, the manager's "Okay." after each."""
    utterances = []
    clauses = []
    for turn in spoken:
        clauses += [clause(*piece) for piece in turn]
        text = " ".join(piece[0] for piece in turn)
        utterances.append(Utterance(Speaker.CANDIDATE, words_of_text(text)))
        utterances.append(Utterance(Speaker.MANAGER, words_of_text("Okay.")))
    return tuple(utterances), clauses


def hear(*spoken: list[Piece]) -> Understood:
    utterances, clauses = turns(*spoken)
    return understood(utterances[:-1], clauses, CLASSIFIER)


CLASSIFIER = wiring.load_act_classifier()


def said(text: str, *labels: Label, way: int | None = None) -> Piece:
    return (text, labels, way)


def test_only_ways_that_are_new_in_this_turn_count() -> None:
    first = [said("I'd cut the returns", Label.WAY, way=1)]
    second = [
        said("as I said, the returns", Label.WAY, way=1),
        said("and I'd train the planners", Label.WAY, way=2),
    ]
    assert hear(first).new_ways == ("I'd cut the returns",)
    assert hear(first, second).new_ways == ("and I'd train the planners",)


def test_what_was_asked_earlier_is_not_asked_now() -> None:
    question = [said("How do you expect this job to contribute?", Label.ASK)]
    assert hear(question).asked
    assert not hear(question, [said("Thank you.")]).asked


def test_two_boasts_or_a_third_of_the_turn_make_a_recital() -> None:
    boast = said("I led a team of eight", Label.PAST)
    assert hear([boast, boast, said("so " * 40)]).did(Act.RECITAL)
    assert hear([boast]).did(Act.RECITAL)


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Hi Dana, this is Sam Rivera.", "greeting"),
        ("Is this a good time?", "good_time"),
        ("What does a typical day in this position look like for a new planner?", "about_job"),
        ("No, that's all. Thanks for your time.", "thanks goodbye"),
        ("Okay, thank you, goodbye.", "thanks goodbye"),
        ("Sorry, could you repeat that?", "repeat"),
        ("I have another offer, they want an answer by Friday.", "other_offer"),
        ("Do you like working there?", "about_you"),
        ("What does the job pay?", "pay"),
        ("Who am I speaking to?", "who"),
        ("I would add a lot of value with all of my energy.", "vague"),
        ("Hi, it's Tom, did I catch you at a bad moment?", "greeting good_time"),
        ("Thank you. And what are the hours?", "thanks hours"),
    ],
)
def test_acts_by_wording_where_the_tagger_says_nothing(text: str, acts: str) -> None:
    assert " ".join(hear([said(text)]).acts) == acts


def test_a_statement_about_the_business_without_a_way_is_vague() -> None:
    link = said("I've thought about what this job does for your costs", Label.LINK)
    assert hear([link]).did(Act.VAGUE)


@pytest.mark.parametrize(
    ("line", "text", "act"),
    [
        (
            "Which would you do first?",
            "The returns, because that is where your people lose the most time.",
            Act.ANSWERS_QUESTION,
        ),
        (
            "We tried that two years ago. Why would it work?",
            "Because this time one person has an hour for it every day.",
            Act.ANSWERS_OBJECTION,
        ),
    ],
)
def test_a_statement_after_a_question_or_a_doubt_answers_it(line: str, text: str, act: Act) -> None:
    utterances = (
        Utterance(Speaker.MANAGER, words_of_text(line)),
        Utterance(Speaker.CANDIDATE, words_of_text(text)),
    )
    assert act in understood(utterances, [clause(text)], CLASSIFIER).acts


@pytest.mark.parametrize(
    ("text", "named", "reason"),
    [
        ("Hello.", False, False),
        ("This is Sam Rivera.", True, False),
        ("Sam Rivera here.", True, False),
        ("I'm Sam, it's about the planner job.", True, True),
        ("I'd like to speak with Dana.", False, True),
        ("Good afternoon, is Dana in today?", False, False),
        ("hi can i get dana please, it's sam", True, False),
    ],
)
def test_who_and_why(text: str, named: bool, reason: bool) -> None:
    turn = hear([said(text)])
    assert (turn.named, turn.reason) == (named, reason)


QUESTION = said("How do you expect this job to contribute?", Label.ASK)
ROLE = said("It matters to me which role I would play on that level in your view", Label.ROLE)
LONG = said("Because I think that it is about the returns and all the people who call about them")


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        ([[said("Hello.")]], None),
        ([[said("Hello."), QUESTION]], AskThenStop.STOPPED),
        ([[QUESTION, ROLE]], AskThenStop.STOPPED),
        ([[QUESTION, said("I'd love to hear that.")]], AskThenStop.STOPPED),
        ([[QUESTION, LONG]], AskThenStop.TALKED_ON),
        ([[QUESTION, LONG, QUESTION]], AskThenStop.STOPPED),
        ([[LONG], [QUESTION], [LONG]], AskThenStop.STOPPED),
        ([[QUESTION, LONG], [QUESTION]], AskThenStop.TALKED_ON),
    ],
)
def test_ask_then_stop(spoken: list[list[Piece]], expected: AskThenStop | None) -> None:
    utterances, clauses = turns(*spoken)
    assert ask_then_stop(Transcript(utterances), clauses) is expected


def test_in_a_pitch_a_statement_asks_for_nothing() -> None:
    opening = "You said I could call if anything came up after our second meeting."
    pitch = [
        said("Hello, Dana, this is Sam Rivera."),
        said(opening),
        said("I've been thinking about what this job does for your margins.", Label.LINK),
        said("I'd pair the empty runs with the backhauls you turn down.", Label.WAY, way=1),
        said(
            "I'd have the trailers checked on Fridays so Mondays start on time.", Label.WAY, way=2
        ),
    ]
    assert not {Act.NEXT_STEP, Act.ABOUT_JOB, Act.ABOUT_BUSINESS} & set(hear(pitch).acts)


def test_in_a_pitch_a_name_humility_and_a_wish_to_know_ones_role_ask_for_nothing() -> None:
    heard = hear(
        [
            said("This is Sam Rivera."),
            said(
                "First, I would cut the time to onboard a customer to four weeks.", Label.WAY, way=1
            ),
            said("Second, I would take the returns backlog and automate it.", Label.WAY, way=2),
            said("How do you expect this job to contribute to the business?", Label.ASK),
            said("It's important to me to know what role I play on that level.", Label.ROLE),
            said("And you're the manager I really want to work for.", Label.CHOICE),
        ]
    )
    assert heard.acts == (Act.GREETING, Act.WAYS, Act.CRITICAL_QUESTION, Act.CHOICE)


def test_in_a_pitch_a_plain_question_is_still_one() -> None:
    pitch = [
        said("I've been thinking about what this job does for your margins.", Label.LINK),
        said("I'd pair the empty runs with the backhauls you turn down.", Label.WAY, way=1),
        said(
            "I'd have the trailers checked on Fridays so Mondays start on time.", Label.WAY, way=2
        ),
        said("And I'd call the late payers myself.", Label.WAY, way=3),
        said("What does the job pay, by the way?"),
    ]
    assert Act.PAY in hear(pitch).acts

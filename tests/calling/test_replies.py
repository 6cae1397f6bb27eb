"""A reply fits what was said: exchanges in which it once did not."""

import re

import pytest

from rehearse.calling.bank import packaged_bank
from rehearse.calling.fitting import fit_to_tale
from rehearse.calling.follow_ups import next_follow_up
from rehearse.calling.manager import ManagerLine
from rehearse.calling.scenario import MANNERS, Moment
from tests.calling import dialogues

QUESTION = "How do you expect this job to contribute to the business?"
SEED = 2
"""Of a call in which the manager turns the critical question back."""
TOPICS = {topic.name: topic for topic in packaged_bank().topics}


def replies(*turns: str, scenario: str = "friendly", sheet: str = "freight") -> list[ManagerLine]:
    """What the manager says to the last of the turns."""
    held = dialogues.hold(dialogues.Script("", scenario, sheet, SEED, turns))
    assert held.lines[-1][0] != "caller"
    after = [who for who, _ in held.lines][::-1].index("caller")
    return held.said[-after:]


def moments(*turns: str, scenario: str = "friendly", sheet: str = "freight") -> list[Moment | None]:
    return [line.moment for line in replies(*turns, scenario=scenario, sheet=sheet)]


def lines_of(topic: str) -> set[str]:
    return {
        text.format(manager="Dana Keller")
        for phrasings in TOPICS[topic].phrasings.values()
        for text in phrasings
    }


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("I don't drive. Can one reach the clinic by train?", "getting_there"),
        ("is there a bus goes out to the industrial estate", "getting_there"),
        ("Is there parking for staff?", "parking"),
        ("do i must travel to other countries for this job", "travel"),
        ("Is there room to negotiate on the salary?", "room_to_move"),
        ("is there a trial day like a day where i come and cut hair", "test"),
        ("do you need to see my passport or the work permit", "papers"),
        ("where am i in all this and is there another interview to come", "another_talk"),
        ("Is there a test to take as well? And would I be working weekends?",
         "test nights_weekends"),
        ("Is it very heavy work, physically?", "heavy"),
        ("How would I be measured?", "review"),
        ("Snow in April, who would have thought.", "weather"),
        ("Have you recovered from that cold you had?", "health"),
        ("I hope you had a good Diwali with the family.", "feast"),
        ("hi there andrei here from the interview how's your day going", "how_are_you"),
        ("how you doing today boss", "how_are_you"),
        ("how long have you been in charge there", "how_long"),
        ("How did you end up in logistics?", "way_here"),
        ("have you done this job yourself once and what does a normal day in it look like",
         "way_here the_day"),
        ("hi mick doyle here is the foreman about", "somebody_else"),
        ("Would you connect me with Dr. Stern's extension, please?", "somebody_else"),
        ("I do apologise, that came out quite wrong.", "misspoke"),
        ("Sorry, that's my dog barking.", "noise"),
        ("I apologize, ma'am, I am a bit nervous.", "nervous"),
        ("i could begin on the first of march", "start_offered"),
    ],
)  # fmt: skip
def test_the_answer_is_about_what_was_asked(said: str, topics: str) -> None:
    lines = [line.text for line in replies(said)]
    for topic in topics.split():
        assert lines_of(topic) & set(lines)


@pytest.mark.parametrize(
    "said",
    [
        "has the new ring road brought you more passing trade or less",
        "which of your products sells best",
        "uh do a lot of the shoes come back as returns or is that uh is that rare",
    ],
)
def test_a_question_that_the_trade_has_no_answer_to_gets_no_state_of_affairs(said: str) -> None:
    affairs = {
        text
        for trade in packaged_bank().trades
        for theme in trade.themes
        for text in theme.business
    }
    assert not affairs & {line.text for line in replies(said, scenario="busy", sheet="bakery")}


def test_how_is_business_is_told_by_the_trade() -> None:
    bank = packaged_bank()
    freight = next(trade for trade in bank.trades if trade.name == "logistics")
    told = {text for theme in freight.themes for text in theme.business}
    assert told & {line.text for line in replies("How is business at the moment?")}


def test_a_date_asked_for_is_not_noted_as_a_date_offered() -> None:
    for said in (
        "is it straight away you need someone or after the summer",
        "What are the next steps, and what starting date do you have in mind?",
    ):
        assert not lines_of("start_offered") & {line.text for line in replies(said)}


def test_an_unknown_caller_is_not_remembered_nor_greeted_twice() -> None:
    for turns in (
        ("Would you connect me with Dr. Stern's extension, please?",),
        ("eh is it yourself pat or is it the brother", "yeah got it"),
    ):
        said = " ".join(line.text for line in replies(*turns))
        assert "remember" not in said
        assert "interview" not in said
        assert "ello" not in said


def test_the_reason_for_the_call_is_not_comforted() -> None:
    said = "I'm getting back to you because you told me to ring once I'd looked round the shop."
    assert Moment.NO_WORRIES not in moments(said)


def test_only_a_recital_is_told_that_it_was_read() -> None:
    recital = "hello its magda here i worked four years in a fish factory you know"
    assert moments(recital, scenario="sceptical") == [Moment.CREDENTIALS]
    for said in (
        "I have to give another school my answer on Monday.",
        "do you do a christmas bonus",
        "two other salons said yes to me",
    ):
        for scenario in ("sceptical", "busy"):
            assert Moment.CREDENTIALS not in moments(said, scenario=scenario)
            assert Moment.CREDENTIALS not in moments(recital, said, scenario=scenario)


def test_nobody_is_asked_to_go_on_and_bidden_goodbye() -> None:
    till = "I hear the till going, I don't want to keep you, I'll ring this evening if you'd rather"
    assert not any(line.hangs_up for line in replies(till, scenario="distracted"))
    lines = replies("I'm sorry to have disturbed you. Goodbye.", scenario="sceptical")
    assert lines[-1].hangs_up
    assert not any("go on" in line.text.lower() or "?" in line.text for line in lines[:-1])


@pytest.mark.parametrize("scenario", ["friendly", "busy", "sceptical", "redirect"])
def test_one_turn_asks_one_thing(scenario: str) -> None:
    lines = replies("Hello, this is Sam.", "cheers for that boss", scenario=scenario)
    assert sum(line.text.count("?") for line in lines) <= 1


def test_thanks_leave_the_managers_question_open() -> None:
    asked = replies(QUESTION, scenario="sceptical")
    assert asked[-1].moment is Moment.RETURN_QUESTION
    after = replies(QUESTION, "cheers for that boss", scenario="sceptical")
    assert not after[-1].hangs_up
    assert after[-1].text != asked[-1].text


def test_nothing_is_told_about_the_business_that_was_not_asked() -> None:
    said = "is there such a thing as uh flexitime in your office"
    assert Moment.EXAMPLE not in moments(said, scenario="busy", sheet="bakery")


def test_a_question_that_the_manager_missed_is_not_answered_to_the_next_one() -> None:
    turns = (
        QUESTION,
        "I've got a rival offer starting in June. When would yours start?",
    )
    assert moments(*turns[:1], scenario="distracted") == [Moment.ASIDE, Moment.REPEAT]
    assert Moment.ANSWER not in moments(*turns, scenario="distracted")


@pytest.mark.parametrize("topic", list(TOPICS))
def test_a_topic_has_words_and_lines_for_every_manner(topic: str) -> None:
    found = TOPICS[topic]
    assert found.words or found.form
    for moment in found.at:
        assert moment in tuple(Moment)
        for manner in MANNERS:
            lines = packaged_bank().phrasings(moment, manner, found)
            assert found.of_theme or len(set(lines)) >= 3


def test_whoever_missed_the_answer_hears_it_again() -> None:
    asked = "How do you expect this job to contribute to the business?"
    assert moments(asked, "I missed that, somebody slammed a door.")[0] is Moment.SAY_AGAIN


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        # Two readings of one question are not two, which would cancel each other.
        ("What does the head expect from the office?", Moment.ABOUT_BUSINESS),
        (
            "Can I ask you, do you proof it in the cold overnight or same day?",
            Moment.ABOUT_BUSINESS,
        ),
        ("Is it true that somebody once bid on his own wardrobe?", Moment.ABOUT_BUSINESS),
        ("Sorry, did you understand what I said about the chairs?", Moment.IM_HERE),
    ],
)
def test_an_odd_question_has_an_answer(said: str, moment: Moment) -> None:
    assert replies("Hello, this is Sam Rivera.", said)[0].moment is moment


@pytest.mark.parametrize(
    "said",
    [
        "I answered badly when you asked why, so I call again",
        "My late husband bought me a camellia for chalk, three years running.",
        "You mentioned the queue at lunchtime.",
    ],
)
def test_who_tells_something_is_neither_hung_up_on_nor_answered_like_a_question(said: str) -> None:
    moments_ = moments("Hello, this is Sam Rivera.", said)
    assert Moment.GOODBYE not in moments_
    asked = {topic for topic in ("whether", "in_what_way", "how_many") for topic in lines_of(topic)}
    assert not asked & {line.text for line in replies("Hello, this is Sam Rivera.", said)}


def test_who_greets_with_an_aside_is_let_speak() -> None:
    assert moments("Morning, Gaz Whittle, we spoke Thursday, you were eating a pasty.") == [
        Moment.GO_AHEAD
    ]


def test_a_doubt_that_nobody_voiced_is_answered_all_the_same() -> None:
    way = "I would call your three largest customers every Monday."
    said = moments(way, "You may object that people don't pick up. Most do at lunchtime.")
    assert said == [Moment.CONVINCED, Moment.OPENING]


def test_yourself_alone_does_not_ask_how_the_manager_is() -> None:
    said = {line.text for line in replies("Do you still get to write code yourself?")}
    assert not lines_of("how_are_you") & said


def test_what_is_said_to_cost_nothing_needs_no_money() -> None:
    to_ask = (Moment.WHAT_NEED, Moment.HOW_KNOW)
    assert next_follow_up(to_ask, "It wouldn't cost a penny.") is Moment.HOW_KNOW


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("is it day shift or night shift, the position", "days_or_nights"),
        ("Is it a zero-hours thing or proper hours?", "contract_kind"),
        ("Does my age count against me? You can be honest.", "against_me"),
        ("Are you on a train?", "where_you_are"),
        ("I'm told you run the best team in town, ha.", "said_of_you"),
        ("I've had dogs since I was four, you know, big ones mostly.", "told"),
        ("I live ten minutes from the depot, by the way.", "told"),
        ("I was made redundant in March, and it has been a long year.", "hard_news"),
        ("Is that the bell I can hear? Or the fire alarm?", "noise_here"),
    ],
)
def test_an_odd_question_or_a_statement_gets_a_reply_that_fits(said: str, topic: str) -> None:
    assert replies("Hello, this is Sam Rivera.", said)[0].text in lines_of(topic)


@pytest.mark.parametrize("scenario", ["friendly", "sceptical", "busy"])
def test_who_told_their_idea_is_not_asked_how(scenario: str) -> None:
    said = moments(
        "Hello, this is Sam Rivera.",
        "I'd ring your three largest customers every Monday so that fewer deliveries come late.",
        QUESTION,
        scenario=scenario,
    )
    assert Moment.ANSWER in said
    assert Moment.RETURN_QUESTION not in said


def test_the_question_asked_anew_gets_another_whole_answer() -> None:
    held = dialogues.hold(dialogues.Script("", "friendly", "council", SEED, (QUESTION, QUESTION)))
    again = [line.text for line in held.said if line.moment is Moment.ANSWER_AGAIN]
    assert again
    assert not again[0].startswith(("I mean", "In short", "In other words"))


def test_no_sentence_comes_again_within_a_minute() -> None:
    held = dialogues.hold(
        dialogues.Script("", "busy", "factory", 813, ("Hi, Bazza Whitlock.", "You busy?"))
    )
    assert [line.text for line in held.said if "What is it?" in line.text][1:] == []


def test_whoever_tells_is_not_asked_what_else() -> None:
    said = moments("Hello, this is Sam Rivera.", "I have been out of work for two years.")
    assert Moment.BACK_START not in said
    assert Moment.BACK_END not in said


def test_a_plan_that_was_sent_elsewhere_is_not_returned_to() -> None:
    said = moments(
        "I would send people a list the day before, so that they come only once.",
        "Is there parking?",
        scenario="redirect",
        sheet="council",
    )
    assert Moment.BACK_PLAN not in said


def test_somebody_else_does_not_come_in_twice_running() -> None:
    idea = "I'd ring your three largest customers every Monday so that fewer deliveries come late."
    asides = [
        line.moment
        for line in dialogues.hold(
            dialogues.Script("", "distracted", "freight", SEED, (idea, f"Once more: {idea}"))
        ).said
    ]
    assert asides.count(Moment.ASIDE) == 1


def test_a_hotel_seats_nobody_twice() -> None:
    sheet = dialogues.SHEETS["hotel"]
    assert packaged_bank().trade_of(sheet).name == "hotel"


def test_who_asks_what_is_looked_for_does_not_ask_for_the_name() -> None:
    asked = "What is it you'd be looking for that planner to contribute to the business?"
    assert Moment.MY_NAME not in moments("Hello, this is Sam Rivera.", asked)


def test_who_named_the_grumblers_is_not_asked_for_them() -> None:
    assert (
        next_follow_up(
            [Moment.WHO_AGAINST, Moment.HOW_KNOW],
            "They might give out about it, but they'd come round.",
        )
        is Moment.HOW_KNOW
    )


def test_a_statement_with_who_in_it_asks_for_no_name() -> None:
    assert Moment.MY_NAME not in moments("Hello.", "One person, who is there anyway.")


def test_an_answer_with_again_in_it_is_no_request_to_repeat() -> None:
    said = moments(
        "I'd ring your three largest customers every Monday so that fewer deliveries come late.",
        QUESTION,
        "The calls, that's my answer again.",
    )
    assert Moment.SAY_AGAIN not in said


def test_who_has_told_is_not_bidden_to_tell() -> None:
    told = "I must say your waiting room smelled of ferret."
    assert fit_to_tale(("All right, tell me.", "I see. Go on."), told) == ("I see. Go on.",)


def test_what_nobody_asked_for_needs_no_guess() -> None:
    said = "I dunno how to work the x ray thing I'll not pretend"
    assert moments("Hello, this is Sam.", said, sheet="vet")[0] == Moment.SMALL_TALK


def test_an_open_question_with_two_answers_is_not_answered_yes() -> None:
    said = "What do most of them quit over, is it money, or do they just feel stupid in there?"
    text = replies("Hello, this is Sam.", said, sheet="gym")[0].text
    assert not text.startswith(("Yes", "I think so", "I'd say so")), text


def test_who_only_names_the_trade_hears_no_shop_talk() -> None:
    asked = "Hello, Geoff Partridge. Van driver. Well, would-be van driver."
    assert not [line for line in replies(asked, sheet="charity") if "two vans" in line.text.lower()]


def test_who_decides_is_no_question_for_a_name() -> None:
    asked = "who has the last word on this is that head office"
    assert moments("Hello, this is Sam.", asked, sheet="bank")[0] == Moment.NEXT_STEP


def test_the_managers_question_comes_back_with_a_word_of_its_own() -> None:
    way = "I'd ring every late customer before they ring us."
    said = moments("Hello, this is Sam Rivera.", way, QUESTION, "Is there parking for staff?")
    assert said[-2:] == [Moment.BACK_QUESTION, Moment.RETURN_IDEA]


def test_a_goodbye_in_another_language_ends_the_call() -> None:
    for said in (
        "very kind of you, good night sir",
        "au revoir and good courage",
        "thanks, tschüss!",
    ):
        assert moments("Hello, this is Sam Rivera.", said)[-1] == Moment.GOODBYE


@pytest.mark.parametrize(
    "said",
    [
        "Ope, sorry, that's my dog going nuts at the mailman. Okay. Go ahead, I got you now.",
        "I'll no keep you I ken fine what a changeover day's like I've done thirty year of them",
    ],
)
def test_nobody_is_hung_up_on_who_begins_something(said: str) -> None:
    assert Moment.GOODBYE not in moments("Hi, Gary Lindqvist here, from Tuesday.", said)


@pytest.mark.parametrize(
    "said",
    [
        "Thank you, thank you, ciao ciao, stay with God!",
        "Sharp sharp, my friend. Stay blessed, we'll chat.",
        "okey doke away back to your guests then ta ta",
        "ok sir thank you sir I will not disturb you more",
    ],
)
def test_a_goodbye_is_heard_as_one(said: str) -> None:
    assert Moment.GOODBYE in moments("Hi, this is Tom Weller.", "Was it busy today?", said)


def test_what_is_said_aside_answers_nothing() -> None:
    asked = ("I'd ring your three largest customers every Monday.", QUESTION)
    answered = {Moment.FOLLOW_UP, Moment.CONVINCED, Moment.PICKS_UP}
    aside = moments(*asked, "Sorry, that's the fire alarm in my own flat, it's only toast.")
    assert not answered & {*aside}
    weakness = moments(*asked, "bit of me thinks I'm too old for nights at fifty two")
    assert not answered & {*weakness}


@pytest.mark.parametrize(
    "said",
    [
        "I think you've maybe answered me while we were in the tunnel, because I got none of it",
        "I can't hardly hear you, I'm fixing to step out on the porch.",
    ],
)
def test_who_heard_nothing_of_it_hears_it_again(said: str) -> None:
    assert Moment.SAY_AGAIN in moments("Hi, this is Tom Weller.", "What does the job pay?", said)


def test_who_asks_for_a_name_hears_nothing_about_the_work() -> None:
    said = moments(
        "Hello, it's about the teller job.",
        "Who am I talking to, by the way? You got a very calm voice, you should do airports.",
    )
    assert Moment.MY_NAME in said
    assert not {Moment.ABOUT_JOB, Moment.ABOUT_BUSINESS, Moment.SMALL_TALK} & {*said}


def test_weather_in_a_question_about_the_job_is_no_small_talk() -> None:
    lines = lines_of("weather")
    for asked in (
        "what happens with the lads when the rain is down for a week do they get sent home",
        "Snow days, when the highway is closed, does it count as absent?",
    ):
        assert not lines & {line.text for line in replies("Hi, this is Tom Weller.", asked)}
    assert lines & {line.text for line in replies("Hi, Tom here.", "Isn't it hot today?")}


def test_nobody_is_told_that_they_are_too_old() -> None:
    agrees = re.compile(r"(yes|mostly|on the whole|i'd say so|i think so|i believe so)\b", re.I)
    for asked in (
        "Our Darren says I'm too old at sixty-two for four o'clock starts. Am I, d'you reckon?",
        "the abrasive wheels one ran out on me in March does that sink me",
    ):
        said = replies("Hi, this is Tom Weller.", asked)
        assert not [line.text for line in said if agrees.match(line.text)]


def test_what_is_said_again_is_what_was_said_last() -> None:
    said = moments(
        "Hi, this is Tom Weller.",
        "How long have you been in charge there?",
        "I wanted to tell you what I thought of on the bus.",
        "Sorry, can you please repeat the last part?",
    )
    assert said == [Moment.SAY_AGAIN, Moment.GO_ON]


@pytest.mark.parametrize(
    "said",
    [
        "Alright then, preciate you. Y'all be safe out there.",
        "Then I thank you for the patience. La revedere.",
        "Then I won't keep you. Peace be with you, and thank you.",
        "merci thank you greet the lady of reception bonne journée",
        "Okay! Lovely! Hope the spaniel's all right, byeee.",
        "so then, thank you, tschüssle",
        "there we are then I won't keep you hwyl fawr now and diolch",
        "Muchas gracias, very kind, que tenga buen día. Adiós, adiós.",
        "Lush, back to your trees then. Hwyl now, ta.",
    ],
)
def test_a_goodbye_of_any_country_ends_the_call(said: str) -> None:
    assert replies("Hi, this is Tom Weller.", "Is there parking for staff?", said)[-1].hangs_up


def test_who_offers_to_wait_is_not_hung_up_on() -> None:
    said = replies("Hi, this is Tom.", "Go on, see to him, I'll hang on.", scenario="distracted")
    assert not any(line.hangs_up for line in said)


def test_who_does_what_is_no_question_for_the_managers_name() -> None:
    assert Moment.MY_NAME not in moments(
        "Hi, this is Tom Weller.", "Is it you does the rota yourself, or is that the head nurse?"
    )


def test_the_managers_question_is_not_heard_a_third_time() -> None:
    said = moments(
        "Hi, this is Tom Weller. I'd cut the empty trips by calling two customers a day.",
        "How do you as the manager expect this job to contribute to the business?",
        "How many trucks do you have?",
        "Is there parking for staff?",
        "Which days are the worst?",
    )
    assert Moment.BACK_QUESTION not in said

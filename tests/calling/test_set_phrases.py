"""What set phrases tell, whatever the classifier takes them for."""

import pytest

from rehearse.calling.acts import Act
from rehearse.calling.set_phrases import says_goodbye, surely, surely_not


@pytest.mark.parametrize(
    "said",
    [
        "right well that's me, cheers gus",
        "I'd better let you get on. Thank you so much!",
        "Grand so. I'll leave you to it. Mind yourself.",
        "Right you are, ta-ra then.",
        "cheers then",
        "OK thank you miss, have nice day, I call again.",
        "I shan't keep you any longer.",
        "Mind how you go.",
        "Okay, I'll be off then.",
        "thats lovely, ta bye",
        "I'll get out of your hair.",
        "All the best, and ciao!",
        "Until next time.",
        "Sound. Good luck with the rush.",
        "God give you a good day, Ms Keller.",
        "It was a pleasure. I'll wait to hear.",
        "Thank you, Mr. Hargreaves. Good day to you.",
        "Thank you, madam, be well. Good afternoon.",
    ],
)
def test_a_goodbye_in_any_dialect(said: str) -> None:
    assert says_goodbye(said)


@pytest.mark.parametrize(
    "said",
    [
        "That's me who rang on Tuesday.",
        "We have to go through the list first.",
        "Before I let you go: what is it you're hoping the new adviser brings in?",
        "I'd take care of the returns myself.",
        "hello its Tom, i came for the interview on thursday, did you have a nice weekend?",
        "hi dana its tom did you have a nice weekend",
        "You have a lovely company.",
        "I'd bring the taxi drivers in to see you.",
        "I need to leave early on Fridays.",
        "Bye for now. Oh, one thing, what do you expect from this job?",
        "I'm off on Tuesdays.",
        "Should I let you go?",
        "Marta! Ciao, it's Elena.",
        "I'm off work this week, so any day suits me.",
        "I'd leave it to the drivers.",
        "It works so long as somebody looks at it.",
        "You can say goodbye to late deliveries with me.",
        "At my last job we waved goodbye to forty percent of our stock.",
        "then he said bye and slammed the phone down",
        "I never said goodbye to the staff when I left.",
        "stop the lorry and bye I said",
    ],
)
def test_these_say_no_goodbye(said: str) -> None:
    assert not says_goodbye(said)


@pytest.mark.parametrize(
    ("said", "act", "not_act"),
    [
        ("Shall I carry on, or is it a bad time?", Act.GOOD_TIME, Act.ABOUT_JOB),
        ("Should I hold on?", Act.GOOD_TIME, Act.STATUS),
        ("Is that the bell I can hear? Or the fire alarm?", Act.SMALL_TALK, Act.LINE_CHECK),
        ("Does my age count against me? You can be honest.", Act.ABOUT_JOB, Act.STATUS),
        ("Is it a problem that I have no degree?", Act.ABOUT_JOB, Act.STATUS),
        ("what time do people mostly come in, like before work or after", Act.ABOUT_BUSINESS,
         Act.HOURS),
        ("I gave a poor answer there. May I give a better one?", Act.REASON, Act.ASK_EXAMPLE),
        ("I've never worked in a ticket system, I should say that.", Act.ABOUT_JOB, Act.RECITAL),
        ("My grandson says I'm mad to start again.", Act.SMALL_TALK, Act.MISHAP),
        ("Are you on a train?", Act.SMALL_TALK, Act.LOCATION),
        ("I'm a bit worried that I've only done three years.", Act.ABOUT_JOB, Act.RECITAL),
        ("The oat milk, do people pay extra for it?", Act.ABOUT_BUSINESS, Act.PAY),
        ("does that make sense or am i rambling", Act.LINE_CHECK, Act.ACKNOWLEDGE),
        ("Sorry, my English, did you understand what I said about the chairs?", Act.LINE_CHECK,
         Act.REPEAT),
        ("I need to know whether it's true.", Act.ABOUT_BUSINESS, Act.STATUS),
        ("Is now terrible?", Act.GOOD_TIME, Act.ABOUT_BUSINESS),
        ("And may I ask when I might hear from you?", Act.STATUS, Act.START_DATE),
        ("I can't swim. I thought you should know before.", Act.SMALL_TALK, Act.DONT_KNOW),
        ("Busy one that was, innit.", Act.SMALL_TALK, Act.ASK_EXAMPLE),
        ("Are you all still on the monolith?", Act.ABOUT_BUSINESS, Act.LINE_CHECK),
        ("I lost my mum in May and was out of work.", Act.SMALL_TALK, Act.RECITAL),
        ("my uncle drove lorry for thirty-one years", Act.SMALL_TALK, Act.RECITAL),
        ("I've been out of work, and I'd rather you heard it from me.", Act.SMALL_TALK, Act.CHOICE),
    ],
)  # fmt: skip
def test_a_phrase_takes_the_place_of_what_it_is_mistaken_for(
    said: str, act: Act, not_act: Act
) -> None:
    assert act in surely(said)
    assert not_act in surely_not(said)


def test_a_question_beside_the_phrase_may_be_anything() -> None:
    said = "You sound like you've had a long day. How many calls do you get like mine?"
    assert not surely_not(said)

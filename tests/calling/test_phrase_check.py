"""What a language model wrote: what the manager may say of it, and why the rest is rejected."""

import pytest

from rehearse.calling.phrase_check import Rejected, Task, checked
from rehearse.transcript import Speaker, Utterance, words_of_text
from rehearse.wiring import sound_tools

SPOKEN = (
    Utterance(Speaker.MANAGER, words_of_text("Halvorsen Freight, this is Dana Keller.")),
    Utterance(Speaker.CANDIDATE, words_of_text("Hi, this is Maria. I have 2 ideas for the depot.")),
)
STATES = "I remember you. Go ahead, I have some minutes."
ASKS = "I see. Which of them would you do first?"
ENDS = "I have to run to my next meeting. Goodbye."


def said(written: str, script: str = STATES, *, hangs_up: bool = False) -> str:
    task = Task((script,), hangs_up, SPOKEN, "Dana Keller")
    return checked(written, task, sound_tools().languages)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Of course, Maria, I remember you. Go on.", "Of course, Maria, I remember you. Go on."),
        ('"Maria, yes. I have a moment."', "Maria, yes. I have a moment."),
        ("“Maria, yes. I’m listening.”", "Maria, yes. I'm listening."),
        ("Dana: Maria, yes.\nI'm listening", "Maria, yes. I'm listening."),
        ('Dana Keller: "I\'m all ears, Maria."', "I'm all ears, Maria."),
        ("<think>She called. Be brief.</think>\n\nI'm all ears.", "I'm all ears."),
        ("Two ideas, you say... well, Dr. Price would like that.",
         "Two ideas, you say... well, Dr. Price would like that."),
        ("2 ideas for the café, go on.", "2 ideas for the café, go on."),
    ],
)  # fmt: skip
def test_what_is_cleaned(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "wrote nothing"),
        (" \n...\n ", "wrote nothing"),
        ("<think>She called.</think>", "wrote nothing"),
        ("**Sure**, go ahead.", "stage direction"),
        ("*smiles* Go ahead, Maria.", "stage direction"),
        ("(sighs) Go ahead, Maria.", "stage direction"),
        ("[pause] Go ahead, Maria.", "stage direction"),
        ("Go ahead, [Your Name].", "stage direction"),
        ("# Reply\nGo ahead, Maria.", "markup"),
        ("<b>Go</b> ahead, Maria.", "markup"),
        ("Go ahead, `Maria`.", "markup"),
        ("See https://example.org for more.", "markup"),
        ("<think>She called, so I", "markup"),
        ("- Go ahead.\n- I have some minutes.", "a list"),
        ("1. Go ahead.\n2. I have some minutes.", "a list"),
        ("• Go ahead, Maria.", "a list"),
        ("Go ahead, Maria 😊", "emoji"),
        ("Go ahead, Maria ☎", "emoji"),
        ("As an AI, I can't remember you.", "about itself"),
        ("I'm just a language model, but go ahead.", "about itself"),
        ("I am an artificial intelligence.", "about itself"),
        ("Here is the line that comes next, go ahead.", "about itself"),
        ("I remember you. Go ahead. I have time. Some minutes.", "three sentences"),
        (" and".join(["I have some minutes"] * 16) + ".", "more than 60 words"),
        ("Natürlich erinnere ich mich an Sie, erzählen Sie mir davon.", "another language"),
        ("Claro, adelante.  Tengo tiempo ahora.", "another language"),
        ("Да, конечно.", "another language"),
        ("当然可以。", "another language"),
        ("Go ahead.\nCaller: I have 2 ideas for you.", "somebody else"),
        ("Maria: I would like to work for you.", "somebody else"),
        ("I remember you. What is your idea?", "does not ask"),
        ("I remember you. Goodbye.", "too early"),
        ("I remember you. You're hired, Maria.", "promised the job"),
        ("I remember you. We pay 40,000 here.", "figure of its own"),
        ("I have 2 ideas for the depot.", "repeated"),
        ("Dana Keller: Halvorsen Freight, this is Dana Keller.", "repeated"),
    ],
)
def test_what_is_rejected(written: str, why: str) -> None:
    with pytest.raises(Rejected) as rejected:
        said(written)
    assert why in rejected.value.why
    assert "Maria" not in rejected.value.why


def test_the_question_of_the_script_is_asked() -> None:
    assert said("Two at once. Which comes first?", ASKS) == "Two at once. Which comes first?"
    with pytest.raises(Rejected, match="left out the question"):
        said("Two at once, I see.", ASKS)


def test_who_hangs_up_says_goodbye() -> None:
    words = "I must go, Maria. Goodbye."
    assert said(words, ENDS, hangs_up=True) == words
    with pytest.raises(Rejected, match="left out the goodbye"):
        said("I like your ideas, Maria.", ENDS, hangs_up=True)


FACT = "I expect this job to cut the empty miles. We pay for every one of them."


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Honestly, I want our empty miles cut, since each of them costs us.", True),
        ("To drive fewer miles without a load, which we pay for ourselves.", True),
        ("That is a good question, and I heard you well.", False),
        ("I expect you to be on time and to work hard.", False),
    ],
)
def test_the_managers_answer_comes_through(written: str, kept: bool) -> None:
    task = Task((FACT,), False, SPOKEN, "Dana Keller", facts=(FACT,))
    if kept:
        assert checked(written, task, sound_tools().languages) == written
    else:
        with pytest.raises(Rejected, match="left out what the script says"):
            checked(written, task, sound_tools().languages)

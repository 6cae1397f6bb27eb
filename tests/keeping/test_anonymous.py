"""A class without names: known ones, and those in greetings, are replaced word for word."""

import re
import unicodedata

import msgspec
import pytest

from rehearse.delivery.delivery import delivery
from rehearse.keeping.anonymous import anonymised, text_without_names
from rehearse.keeping.rehearsal import Rehearsal, Versions
from rehearse.preparing.call_sheet import CallSheet
from tests.talks import talk


def test_names_are_replaced_in_words_and_quotes_and_nothing_else_changes() -> None:
    transcript, scorecard = talk(
        """
        manager: Keller speaking.
        -: Hi Ms. Keller, this is Anna Miller-Jones, we met at Northwind in May.
        way: I would cut Northwind's returns, and Priya will help.
        -: Thanks, Dana. Anna again.
        -: It's Priya who told me, and I may be wrong.
        """
    )
    sheet = CallSheet(manager="Dana Keller", company="Northwind", job="Clerk")
    before = Rehearsal(
        "1", "", "", 0, sheet, Versions("1"), title="Anna", transcript=transcript,
        scorecard=scorecard,
    )  # fmt: skip
    after = anonymised(before, "anna_miller")
    text = msgspec.json.encode(after).decode()
    for name in ("Anna", "Miller", "Jones", "Keller", "Dana", "Northwind", "Priya"):
        assert name not in text
    assert after.transcript is not None
    assert after.scorecard is not None
    said = [word.text for word in after.transcript.candidate_words]
    assert len(said) == len(transcript.candidate_words)
    assert said[:6] == ["Hi", "Ms.", "[name],", "this", "is", "[name]"]
    assert after.scorecard.findings[1].evidence[0].quote == (
        "I would cut [name] returns, and [name] will help."
    )
    assert after.sheet.job == "Clerk"
    assert after.scorecard.score == scorecard.score
    assert "May" in text
    assert "I may be wrong" in " ".join(said)


def test_a_name_after_a_misheard_article_is_replaced() -> None:
    said = text_without_names("Hello, this is a Sam Rivera. I would call Sam's customers.", "")
    assert said == "Hello, this is a [name] [name]. I would call [name] customers."


def test_a_day_in_the_name_of_a_folder_is_no_name() -> None:
    said = text_without_names("Ann here. I would plan every Monday.", "Monday group/Ann Miller")
    assert said == "[name] here. I would plan every Monday."


@pytest.mark.parametrize(
    "said",
    [
        "Hi, I'm Élodie.", "My name is Łukasz.", "This is Ludwig van Beethoven.",
        "Hello Mr. J. Smith.", "This is J. R. Tolkien.",
        "It's Anna-Lena de la Cruz.", "Hey, Miss Keller.",
        "Good day, Professor Keller.", "Hi there Dana.", "Hello, is that Dana Keller?",
        "Call me Bob.", "Am I speaking to Dana?",
        "Could I speak with Mrs Keller, please?", "Hello Dana and Priya.",
        "Hi Dana, Priya here.", "Noor Haddad calling about the job.", "Yes, Noor speaking.",
        "My name's O'Brien.", "I'm called Noor.", "Take care, Dana.",
        "hi um is that marta?", "it's noor, i did the trial shift.",
        "my name is noor haddad and i'm late.", "this is noor calling.", "hello marta, noor here.",
    ],
)  # fmt: skip
def test_a_name_in_a_greeting_or_an_introduction_is_replaced(said: str) -> None:
    without = text_without_names(said, "memo 1")
    for name in re.findall(
        r"Élodie|Łukasz|Ludwig|Beethoven|Smith|Tolkien|Anna|Lena|Cruz|Keller|Dana|Bob|Priya|"
        r"Noor|Haddad|Brien|marta|noor|haddad", said,
    ):  # fmt: skip
        assert name not in without


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("Anna Miller", "ANNA here. Annas idea. A-N-N-A."),
        ("anna miller", "yours, anna miller"),
        ("José Núñez", "Jose Nunez, yours. José's idea."),
        ("Jörg Müller", "Joerg Mueller, or Jorg Muller."),
        ("Sean O'Brien", "Yours, Sean O’Brien. OBrien. Mr. O'Brien."),
        (unicodedata.normalize("NFD", "José Núñez"), "Yours, José Núñez."),
    ],
)
def test_a_known_name_is_replaced_however_it_is_written(person: str, said: str) -> None:
    without = text_without_names(said, person)
    assert set(re.findall(r"\w+", without)) <= {
        "name", "here", "idea", "yours", "Yours", "or", "Mr",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("Will Price", "It may be that I will cut the price. I'm sure that I can."),
        ("interview call about the job", "how do you expect this job to contribute? i will call."),
        ("memo", "this is important, it's about margins. i'm calling to ask. hi, how are you?"),
        ("memo", "I'm calling because I'd cut returns. I'm here. Thank you. This is it."),
    ],
)
def test_ordinary_words_stay(person: str, said: str) -> None:
    assert text_without_names(said, person) == said


def test_repeated_words_have_no_names_and_labels_that_look_like_names_stay() -> None:
    transcript, scorecard = talk(
        """
        -: Hi, this is Noor. Noor from Tuesday.
        link: I have thought about what this job does for you.
        """
    )
    before = Rehearsal(
        "1", "", "", 0, CallSheet(), Versions("1"), transcript=transcript, scorecard=scorecard,
        delivery=delivery(transcript, (), scorecard),
    )  # fmt: skip
    assert "noor noor" in msgspec.json.encode(before).decode()
    after = anonymised(before, "Noor Link")
    assert "noor" not in msgspec.json.encode(after).decode().lower()
    assert after.scorecard is not None
    assert after.scorecard.clauses[-1].labels == scorecard.clauses[-1].labels

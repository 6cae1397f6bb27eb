"""A class without names: known ones, and those in greetings, are replaced word for word."""

import msgspec

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

"""The page of a typed call and of talk in another language; it needs no browser."""

import dataclasses
import html
import re
from pathlib import Path

import pytest

from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.store import Store
from rehearse.rehearsing.assess import appraised
from rehearse.report.wording import OTHER_LANGUAGE
from rehearse.transcript import Speaker, words_of_text
from rehearse.web.security import Keys
from rehearse.web.self_contained import self_contained
from rehearse.web.site import Choices, Site
from tests.keeping.sample import PITCH, kept, sample


def typed() -> Rehearsal:
    """The sample, typed."""
    transcript = sample().transcript
    assert transcript is not None
    utterances = tuple(
        dataclasses.replace(one, words=words_of_text(PITCH))
        if one.speaker is Speaker.CANDIDATE
        else one
        for one in transcript.utterances
    )
    words = dataclasses.replace(transcript, utterances=utterances).with_unclear(())
    return appraised(
        dataclasses.replace(sample(), transcript=words, recognised=None, typed=True), ()
    )


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(Store(tmp_path), Keys(80), Choices())


def page(site: Site, rehearsal: Rehearsal) -> str:
    folder = kept(site.store.home)
    text = self_contained(site, folder, rehearsal, sound=False, notes=False)
    body = re.sub(r"<(style|script).*?</\1>", "", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_a_typed_call_reads_and_does_not_sound(site: Site) -> None:
    shown = page(site, typed())
    assert "How it reads" in shown
    assert "you typed" in shown
    for word in ("How it sounded", "Your pitch took", "words a minute,", "Misheard"):
        assert word not in shown


def test_a_spoken_call_sounds(site: Site) -> None:
    shown = page(site, sample())
    assert "How it sounded" in shown
    assert "the score is for what you said, not for how it sounded" in shown


def test_another_language_is_only_named(site: Site) -> None:
    card = typed().scorecard
    assert card is not None
    nothing = tuple(
        dataclasses.replace(one, met=False, evidence=(), count=None if one.count is None else 0)
        for one in card.findings
    )
    german = dataclasses.replace(card, findings=nothing, language="de", score=0)
    shown = page(site, appraised(dataclasses.replace(typed(), scorecard=german), ()))
    assert OTHER_LANGUAGE in shown
    assert "Say it in English." in shown
    for unkind in ("missing", "Nothing to fix", "Practise just this", "How it reads"):
        assert unkind not in shown

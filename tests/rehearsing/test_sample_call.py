"""The two calls to listen to: real voices, the real scorer, words marked where they are spoken."""

from pathlib import Path

import numpy as np
import pytest

from rehearse import wiring
from rehearse.rehearsing.sample_call import SampleHeard, hear_sample, sample_call, timed_words
from rehearse.report.sample_call_view import EXPLAINED, sample_call_view
from rehearse.scoring.rubric import Criterion, Verdict
from rehearse.sound import silence

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SampleHeard]:
    home: Path = tmp_path_factory.mktemp("voices")
    tagger = wiring.load_tagger()
    with wiring.sample_voices(home) as voices:
        return {name: hear_sample(sample_call(name), voices, tagger) for name in ("good", "bad")}


def test_the_good_call_does_both_its_jobs(calls: dict[str, SampleHeard]) -> None:
    card = calls["good"].scorecard
    assert card.business_contribution is Verdict.COVERED
    assert card.critical_question is Verdict.COVERED
    remarks = sample_call_view(calls["good"]).remarks
    assert all(remark.good for remark in remarks)
    texts = [remark.text for remark in remarks]
    assert texts.count(EXPLAINED[Criterion.BUSINESS_LINK]) == 1, "it is explained once"
    assert texts.count(EXPLAINED[Criterion.CONTRIBUTIONS]) == 3
    assert [remark.at_s for remark in remarks] == sorted(remark.at_s for remark in remarks)


def test_the_bad_call_asks_where_it_stands_and_misses_the_question(
    calls: dict[str, SampleHeard],
) -> None:
    card = calls["bad"].scorecard
    assert card.score == 0
    assert card.finding(Criterion.STATUS_CHECK).met
    view = sample_call_view(calls["bad"])
    assert "The question was never asked." in view.missing
    assert not any(remark.good for remark in view.remarks)


def test_every_word_has_its_place_in_the_sound(calls: dict[str, SampleHeard]) -> None:
    for call in calls.values():
        words = [word for turn in call.transcript.utterances for word in turn.words]
        times = [(word.start_s, word.end_s) for word in words]
        assert times == sorted(times)
        assert times[-1][1] <= len(call.samples) / 16_000
        for start_s, end_s in times:
            assert end_s > start_s
            assert np.abs(call.samples[round(start_s * 16_000) : round(end_s * 16_000)]).max() > 0


def test_words_share_the_voiced_part_by_their_letters() -> None:
    spoken = np.concatenate([silence(0.5), np.full(16_000, 0.3, np.float32), silence(0.5)])
    short, long = timed_words("I whisper", spoken, 10.0)
    assert short.start_s == pytest.approx(10.5, abs=0.01)
    assert long.end_s == pytest.approx(11.5, abs=0.01)
    assert short.end_s - short.start_s < (long.end_s - long.start_s) / 2

"""What counts on a sheet before the call: the scorer's own judgement, with a line that says why."""

import pytest

from rehearse import wiring
from rehearse.coaching.model_pitch import model_pitch
from rehearse.coaching.sheet_judgement import SheetJudgement, counts_alone, judge_sheet
from rehearse.preparing.call_sheet import CallSheet
from rehearse.preparing.way_sentence import way_of
from rehearse.preparing.worked_examples import worked_examples
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import text_transcript

RETURNS = "I would sort the returns every Monday so that refunds go out the same week"
ONBOARDING = "I would cut onboarding from six weeks to four so that new customers pay sooner"
QUOTES = "I would phone every open quote on Fridays so that you lose fewer orders"
QUESTION = "How do you see this job helping the business this year?"


@pytest.fixture(scope="module")
def tagger() -> ClauseTagger:
    return wiring.load_tagger()


def sheet(*ways: str, question: str = QUESTION) -> CallSheet:
    return CallSheet(ways=tuple(way_of(way) for way in ways), question=question)


def rules(judged: SheetJudgement) -> list[str]:
    return [way.rule for way in judged.ways]


SHEETS = [
    sheet(RETURNS, ONBOARDING, QUOTES),
    sheet(RETURNS, "I would work very hard every day", ONBOARDING),
    sheet(RETURNS),
    sheet("be a good colleague", "I managed five people", question="When will you decide?"),
    sheet(),
    sheet(ONBOARDING, "I would cut onboarding to four weeks so that customers pay sooner"),
]


@pytest.mark.parametrize("planned", SHEETS)
def test_what_counts_on_the_sheet_is_what_a_scorecard_of_those_words_counts(
    planned: CallSheet, tagger: ClauseTagger
) -> None:
    judged = judge_sheet(planned, tagger)
    said = score_transcript(text_transcript(" ".join(model_pitch(planned))), tagger)
    assert judged.counted == said.finding(Criterion.CONTRIBUTIONS).count
    assert judged.question.counts == said.finding(Criterion.CRITICAL_QUESTION).met


@pytest.mark.slow
def test_the_same_holds_for_every_worked_example(tagger: ClauseTagger) -> None:
    texts = [text for one in worked_examples() for text in (one.weak, one.better)]
    for start in range(0, len(texts), 3):
        planned = sheet(*texts[start : start + 3])
        said = score_transcript(text_transcript(" ".join(model_pitch(planned))), tagger)
        counted = said.finding(Criterion.CONTRIBUTIONS).count
        assert judge_sheet(planned, tagger).counted == counted, planned


def test_three_ways_and_the_question_count(tagger: ClauseTagger) -> None:
    judged = judge_sheet(SHEETS[0], tagger)
    assert rules(judged) == ["counts", "counts", "counts"]
    assert judged.question.rule == "counts"
    assert judged.is_ready


@pytest.mark.parametrize(
    ("way", "rule"),
    [
        ("I managed a team of five for ten years", "past"),
        ("I am very organised and love details", "about_you"),
        ("I would bring my energy and passion to the whole team", "about_you"),
        ("better communication", "no_action"),
        ("I would fix things", "nothing_of_theirs"),
        ("I don't know", "dont_know"),
        ("work hard", "only_effort"),
    ],
)
def test_a_way_that_does_not_count_says_what_is_missing(
    way: str, rule: str, tagger: ClauseTagger
) -> None:
    judged = judge_sheet(sheet(RETURNS, way), tagger)
    assert rules(judged)[1] == rule
    assert not judged.ways[1].counts
    assert judged.counted == 1


def test_the_same_idea_twice_is_pointed_out(tagger: ClauseTagger) -> None:
    judged = judge_sheet(SHEETS[-1], tagger)
    assert rules(judged)[1] in ("counts_but_alike", "same_way")
    assert "first" in judged.ways[1].text or "before it" in judged.ways[1].text


def test_a_way_that_counts_only_beside_others_says_so(tagger: ClauseTagger) -> None:
    judged = judge_sheet(sheet(RETURNS, "I built forty houses.", QUOTES), tagger)
    assert judged.ways[1].counts  # as on the scorecard of these words
    assert rules(judged) == ["counts", "counts_beside_others", "counts"]
    assert "not by itself" in judged.ways[1].text


def test_a_way_that_stands_alone_counts_beside_any_others(tagger: ClauseTagger) -> None:
    others = ("I built forty houses.", "I would work very hard every day", ONBOARDING)
    assert counts_alone(way_of(RETURNS), tagger)
    for before in others:
        for after in others:
            assert judge_sheet(sheet(before, RETURNS, after), tagger).ways[1].counts


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("", "usual"),
        ("?", "no_words"),
        ("When will you decide?", "status_check"),
        ("Am I still being considered for the job?", "status_check"),
        ("What would my first day look like?", "other_question"),
        ("I would like a coffee", "not_the_question"),
    ],
)
def test_the_question_gets_the_same_treatment(
    question: str, rule: str, tagger: ClauseTagger
) -> None:
    assert judge_sheet(sheet(RETURNS, question=question), tagger).question.rule == rule

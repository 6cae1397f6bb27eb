"""A talk in a file with damage or an odd format is scored like the talk itself."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rehearse import wiring
from rehearse.rehearsing.talk_files import score_file
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.rubric import Verdict
from rehearse.transcript import Transcriber
from tests.engines.audio.damaged_files import CASES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def transcriber(tmp_path_factory: pytest.TempPathFactory) -> Transcriber:
    return wiring.load_transcriber(tmp_path_factory.mktemp("home"), None)


@pytest.fixture(scope="module")
def tagger() -> ClauseTagger:
    return wiring.load_tagger()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_it_earns_the_same(
    tmp_path: Path, transcriber: Transcriber, tagger: ClauseTagger, case: Callable[[Path], Path]
) -> None:
    notes: list[str] = []
    scored = score_file(
        case(tmp_path), lambda: transcriber, tagger, wiring.sound_tools(), note=notes.append
    )
    card = scored.rehearsal.scorecard
    assert card is not None
    assert card.critical_question is Verdict.COVERED
    assert card.score == 55
    assert all("was left out" in note or "was used" in note for note in notes)

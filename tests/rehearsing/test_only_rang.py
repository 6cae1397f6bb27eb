"""A call hung up while it rings: kept as what it was, without a score."""

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest
from click.testing import CliRunner

from rehearse import wiring
from rehearse.calling.line import Key
from rehearse.cli import cli
from rehearse.engines.keyboard.typed_turns import TypedListener
from rehearse.errors import RehearseError
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.call_setup import CallSetup, Speaking, scenario_wanted
from rehearse.rehearsing.hold import hold, score_rehearsal
from rehearse.report.listing import Filters, listing
from rehearse.report.page import head, talk
from rehearse.report.standing import standing
from rehearse.sound import Samples
from rehearse.web import pages

pytestmark = pytest.mark.slow


class HangsUp(TypedListener):
    def pressed(self) -> Key | None:
        return Key.HANG_UP


class Deaf:
    """A Transcriber that is asked for nothing."""

    name = "deaf"

    def transcribe(self, samples: Samples, *, offset_s: float = 0.0, before: str = "") -> NoReturn:
        raise AssertionError("nothing was said")


def test_it_is_listed_without_a_score_and_counts_nowhere(tmp_path: Path) -> None:
    setup = CallSetup(
        scenario_wanted("friendly", 1), CallSheet(), 1, speaking=Speaking.TYPED, sound=False
    )
    turns, store = HangsUp(), Store(tmp_path)
    with wiring.opened_call(setup, tmp_path, turns, paced=False) as (line, engines):
        folder, rehearsal = hold(
            setup.plan, line, turns, engines, store, datetime(2026, 11, 29, 12), []
        )
    assert rehearsal.only_rang
    assert rehearsal.scorecard is None
    assert rehearsal.hung_up_by == "candidate"
    assert folder.load() == rehearsal
    [summary] = store.summaries()
    assert summary.score is None
    assert standing([summary]) is None
    on_the_page = listing([summary], Filters(), "1")
    [row] = on_the_page.rows
    site = SimpleNamespace(store=store, call_is_on=True)
    assert pages._in_progress(site, on_the_page) == ""  # type: ignore[arg-type]
    assert (row.score, row.state) == ("", "hung up while it rang")
    assert talk(rehearsal) is None
    assert head(rehearsal).only_rang

    listed = CliRunner().invoke(cli, ["--home", str(tmp_path), "list"])
    assert "hung up while it rang" in listed.output
    shown = CliRunner().invoke(cli, ["--home", str(tmp_path), "show"], standalone_mode=False)
    assert isinstance(shown.exception, RehearseError)
    assert "you hung up while it rang: there is nothing to show" in str(shown.exception)
    with pytest.raises(RehearseError, match="there is nothing to score"):
        score_rehearsal(folder, Deaf, engines.tagger, engines.tools)

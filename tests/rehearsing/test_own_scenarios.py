"""Own scenario files are offered on the page, those with problems are named."""

from pathlib import Path

import pytest
from starlette.datastructures import FormData

from rehearse.calling.scenario import packaged_text
from rehearse.errors import RehearseError
from rehearse.rehearsing.own_scenarios import own_scenario_path, own_scenarios
from rehearse.web.start_form import read_choices


def test_files_of_ones_own_are_found_and_the_broken_one_is_named(tmp_path: Path) -> None:
    assert own_scenarios(tmp_path) == ()
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "aunt.toml").write_text(packaged_text("busy"))
    (tmp_path / "scenarios" / "broken.toml").write_text("name = 3")
    aunt, broken = own_scenarios(tmp_path)
    assert (aunt.wanted, aunt.problem) == ("own:aunt", "")
    assert "broken.toml has" in broken.problem
    assert own_scenario_path(tmp_path, "own:aunt") == tmp_path / "scenarios" / "aunt.toml"
    assert own_scenario_path(tmp_path, "own:../x") is None
    assert own_scenario_path(tmp_path, "busy") is None


def test_patience_is_one_of_those_offered() -> None:
    usual = {"scenario": "own:aunt", "speaking": "voice", "sheet": ""}
    assert read_choices(FormData(usual)).patience_s == 2.5
    assert read_choices(FormData(usual | {"patience": "4.0"})).patience_s == 4.0
    with pytest.raises(RehearseError):
        read_choices(FormData(usual | {"patience": "99"}))

"""A class as a coach scores it: all cores, killed and resumed, bad files, without names."""

import csv
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.program import FIXTURES, command, rehearse

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def lines(results: Path) -> list[dict[str, object]]:
    text = (results / "results.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home and a class with its results, scored by two workers."""
    top = tmp_path_factory.mktemp("scored")
    folder = top / "class"
    (folder / "week 2").mkdir(parents=True)
    shutil.copy(FIXTURES / "b_weak__piper-joe.txt", folder / "week 2" / "Ben Weak.txt")
    shutil.copy(FIXTURES / "d_question_only__piper-joe.flac", folder / "Dora.flac")
    shutil.copy(FIXTURES / "a_strong__piper-joe.txt", folder / "Anna.txt")
    (folder / "broken.m4a").write_text("no sound at all")
    whole = (FIXTURES / "e_hesitant__piper-joe.flac").read_bytes()
    (folder / "Yusuf.flac").write_bytes(whole[: len(whole) // 5])
    outcome = rehearse(top / "home", "class", folder, "--jobs", "2")
    assert outcome.status == 1, outcome.all
    assert "broken.m4a: The file holds no sound" in outcome.err
    assert "4 scored, 1 with an error" in outcome.out
    assert "Yusuf.flac: The recording is damaged: what could not be decoded was left out" in (
        outcome.err
    )
    assert str(top / "class-results" / "class.html") in outcome.out
    return top


def test_results_are_in_every_form_and_each_person_has_a_page(scored: Path) -> None:
    results = scored / "class-results"
    found = lines(results)
    assert [one["person"] for one in found] == [
        "Anna", "broken", "Dora", "week 2/Ben Weak", "Yusuf",
    ]  # fmt: skip
    assert found[0]["score"] == 100
    assert found[2]["verdicts"] == {
        "business_contribution": "missing", "critical_question": "covered",
    }  # fmt: skip
    assert "error" in found[1]
    with (results / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    # Nothing was found in Yusuf's: that is no score of 0.
    assert [row["score"] for row in table] == ["100", "", "55", str(found[3]["score"]), ""]
    page = (results / "class.html").read_text(encoding="utf-8")
    for row in table:
        if row["page"]:
            own = (results / row["page"]).read_text(encoding="utf-8")
            assert f"<title>{row['person']} " in own
            assert f'href="{row["page"]}"' in page
    assert "3 recordings scored, 1 with nothing to score, 1 could not be read" in page
    assert "Listen to these yourself" in page


def test_one_worker_gives_the_same_bytes_as_two(scored: Path, tmp_path: Path) -> None:
    done = rehearse(tmp_path, "class", scored / "class", "--jobs", "1", "--to", tmp_path / "out")
    assert done.status == 1
    for name in ("results.jsonl", "results.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (
            scored / "class-results" / name
        ).read_bytes()


def test_a_second_run_scores_only_what_is_new_and_anonymous_has_no_names(scored: Path) -> None:
    kept = {path: path.stat().st_mtime_ns for path in (scored / "home").rglob("*.json")}
    shutil.copy(scored / "class" / "Anna.txt", scored / "class" / "Copy of Anna.txt")
    out = scored / "anonymous"
    done = rehearse(scored / "home", "class", scored / "class", "--anonymous", "--to", out)
    (scored / "class" / "Copy of Anna.txt").unlink()
    assert "1 to score; the rest is known already" in done.err  # the broken one is tried again
    now = {path: path.stat().st_mtime_ns for path in (scored / "home").rglob("*.json")}
    assert now == kept
    assert [one["person"] for one in lines(out)] == [f"P{n:04d}" for n in range(1, 7)]
    for path in out.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for name in ("Anna", "Dora", "Yusuf", "Ben", "Weak"):
            assert name not in path.name
            assert name.encode() not in content, path


def test_killed_midway_it_goes_on_where_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    text = (FIXTURES / "a_strong__piper-joe.txt").read_text()
    for number in range(8):
        (folder / f"memo-{number}.txt").write_text(f"{text} And that is reason {number}.")
    shutil.copy(FIXTURES / "a_strong__piper-joe.flac", folder / "last.flac")
    home = tmp_path / "home"
    process = subprocess.Popen(command(home, "class", folder, "--jobs", "1"),
                               stderr=subprocess.DEVNULL)  # fmt: skip
    while not list(home.rglob("*.json")):
        assert process.poll() is None
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    kept = {path: path.stat().st_mtime_ns for path in home.rglob("*.json")}
    assert 1 <= len(kept) < 9
    done = rehearse(home, "class", folder, "--jobs", "1")
    assert done.status == 0, done.all
    assert f"{9 - len(kept)} to score" in done.err
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert [one["file"] for one in lines(tmp_path / "class-results")] == [
        "last.flac", *(f"memo-{number}.txt" for number in range(8)),
    ]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_ctrl_c_keeps_what_is_done_and_leaves_no_worker(tmp_path: Path) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    shutil.copy(FIXTURES / "a_strong__piper-joe.txt", folder / "anna.txt")
    shutil.copy(FIXTURES / "e_hesitant__piper-joe.flac", folder)
    home = tmp_path / "home"
    process = subprocess.Popen(
        command(home, "class", folder, "--jobs", "1"), start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    while not list(home.rglob("*.json")):
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "goes on where it stopped" in err
    assert "Traceback" not in err
    assert "not yet" in out
    assert (tmp_path / "class-results" / "class.html").exists()
    while group_lives(process.pid):  # the test's own limit ends this where a worker stays
        time.sleep(0.1)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_ctrl_c_while_the_models_load_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    shutil.copy(FIXTURES / "a_strong__piper-joe.txt", tmp_path / "class" / "anna.txt")
    process = subprocess.Popen(
        command(tmp_path / "home", "class", tmp_path / "class"), start_new_session=True,
        text=True, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    while "Scoring on" not in process.stderr.readline():
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "goes on where it stopped" in err
    assert "recorded" not in err
    assert "Traceback" not in err


def test_places_that_hold_no_class_are_errors_that_say_why(tmp_path: Path) -> None:
    nowhere = rehearse(tmp_path, "class", tmp_path / "nowhere")
    assert nowhere.status == 1
    assert "There is no " in nowhere.err
    root = rehearse(tmp_path, "class", "/")
    assert root.status == 1
    assert "Name a folder for them: --to" in root.err


def group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True

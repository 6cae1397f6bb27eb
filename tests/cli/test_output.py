"""Every result is printed: whatever the encoding, the name of the file, the disk behind it."""

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from rehearse.cli.output import READER_LEFT_STATUS, fitted, printable
from tests.keeping.sample import kept
from tests.program import command, rehearse

pytestmark = pytest.mark.slow

QUESTION = "It’s about “you”: how do you expect this job to contribute to the business?"


@pytest.fixture
def pitch(tmp_path: Path) -> Path:
    path = tmp_path / "pitch.txt"
    path.write_text(QUESTION, encoding="utf-8")
    return path


@pytest.mark.skipif(os.name == "nt", reason="names are bytes on POSIX only")
def test_a_name_and_an_encoding_that_cannot_be_printed_lose_nothing(
    tmp_path: Path, pitch: Path
) -> None:
    odd = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    shutil.copy(pitch, odd)
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for as_json in (False, True):
        done = subprocess.run(
            [*command(tmp_path, "score"), odd, str(pitch), *(["--json"] if as_json else [])],
            capture_output=True, env=env, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        if as_json:
            results = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
            assert [Path(result["file"]).name for result in results] == [
                r"caf\xe9.txt",
                "pitch.txt",
            ]
            assert QUESTION in json.dumps(results, ensure_ascii=False).replace('\\"', '"')
        else:
            assert done.stdout.count(b"Score: ") == 2
            assert rb"caf\xe9.txt" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_behind_the_output_is_said(tmp_path: Path, pitch: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command(tmp_path, "score", pitch), stdout=full, stderr=subprocess.PIPE, text=True,
            check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("rehearse: Not all was printed")
    assert "Exception" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_who_closes_the_pipe_has_read_enough_and_is_told_nothing(
    tmp_path: Path, pitch: Path
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command(tmp_path, "score", pitch, pitch), stdout=writing, stderr=subprocess.PIPE, text=True,
        check=False,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, "")


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--help"], READER_LEFT_STATUS),
        (["score", "--help"], READER_LEFT_STATUS),
        (["--version"], READER_LEFT_STATUS),
        (["prep"], READER_LEFT_STATUS),
        (["no-such-command"], 2),
    ],
    ids=str,
)
def test_help_and_questions_that_nobody_reads_end_like_results(
    tmp_path: Path, arguments: list[str], status: int
) -> None:
    """Also where standard error goes into the same pipe."""
    reading, writing = os.pipe()
    os.close(reading)
    for errors in (subprocess.PIPE, writing):
        done = subprocess.run(
            command(tmp_path, *arguments), stdin=subprocess.DEVNULL, stdout=writing, stderr=errors,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == status
        if errors == subprocess.PIPE and status != 2:
            assert done.stderr == ""
    os.close(writing)


def test_a_dash_is_text_from_standard_input(tmp_path: Path) -> None:
    scored = rehearse(tmp_path, "score", "-", "--json", stdin=QUESTION)
    assert scored.status == 0, scored.err
    assert json.loads(scored.out)["verdicts"]["critical_question"] == "covered"


def test_an_id_is_a_rehearsal_whatever_lies_in_the_folder(tmp_path: Path) -> None:
    """The rehearsal has corrected words, which says that it was found."""
    folder = kept(tmp_path / "home")
    for name in (folder.id, "work"):
        (tmp_path / "work" / name).mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        command(tmp_path / "home", "score", folder.id), cwd=tmp_path / "work",
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "was corrected by you" in done.stderr


def test_one_damaged_rehearsal_is_one_line_of_the_list(tmp_path: Path) -> None:
    broken, whole = kept(tmp_path), kept(tmp_path, "2026-11-28T13:00:00")
    (broken.path / "rehearsal.json").write_bytes(b"\xff")
    listed = rehearse(tmp_path, "list")
    assert listed.status == 0
    assert listed.out.splitlines() == [
        f"{whole.id:<18}  0:30  Dana Keller       [~] contribution  [x] question   55",
        f"{broken.id:<18}  damaged; its sound may still be whole",
    ]
    assert rehearse(tmp_path, "show", whole.id).status == 0
    shown = rehearse(tmp_path, "show", broken.id)
    assert (shown.status, shown.out) == (1, "")
    assert "missing or damaged" in shown.err


@pytest.mark.parametrize("width", [20, 40, 80])
def test_output_fits_the_terminal(width: int) -> None:
    text = '        0:17  "I\'ve been thinking about how this job contributes to the business."'
    lines = fitted(f"{text}\n\n  [x] Ways you would add to it: 3 of 3", width).split("\n")
    assert max(map(len, lines)) <= width
    assert " ".join(" ".join(lines).split()) == " ".join(
        f"{text} [x] Ways you would add to it: 3 of 3".split()
    )


def test_what_utf_8_cannot_hold_is_shown() -> None:
    assert printable("caf\udce9 \ud800") == "caf\\xe9 \ufffd"


def test_control_characters_of_what_somebody_typed_do_not_reach_the_terminal() -> None:
    assert printable("I'd\x1b[2J cut\x07 waste\r\n\tnow\x9b") == "I'd[2J cut waste\n\tnow"

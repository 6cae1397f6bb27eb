"""Pyttsx3Voice with the real speech engine, and with injected faults."""

import contextlib
import errno
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from rehearse.engines.voices.pyttsx3_voice import Pyttsx3Voice
from rehearse.errors import RehearseError
from rehearse.sound import SAMPLE_RATE_HZ, level_dbfs
from tests.keeping.deleting import removes_once

LINE = "Thanks for calling back, I have about five minutes before my meeting."  # 12 words

# Answers like the real child, but never finishes a line.
HANGING_CHILD = """
import json, os, pathlib, sys, time
request = json.load(sys.stdin)
if request["task"] == "describe":
    voice = {"id": "gmw/en-us", "name": "English (America)", "language": "en-us"}
    print(json.dumps(
        {"version": "fake 1", "library": None, "default": "gmw/en-us", "voices": [voice]}))
else:
    pathlib.Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(60)
    pathlib.Path(sys.argv[1], f"{os.getpid()}{sys.argv[2]}").touch()
"""
BY_ITSELF = " ended by itself"

# The real child, which records each request that reaches it.
COUNTED_CHILD = """
import io, json, os, pathlib, runpy, sys
request = sys.stdin.buffer.read()
pathlib.Path(sys.argv[1], json.loads(request)["task"] + str(os.getpid())).touch()
sys.stdin = io.TextIOWrapper(io.BytesIO(request))
sys.argv = ["pyttsx3_child"]
runpy.run_module("rehearse.engines.voices.pyttsx3_child", run_name="__main__")
"""

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="eSpeak libraries are for Linux")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "voice"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder where a child process leaves a file each time it runs."""
    folder = tmp_path / "notes"
    folder.mkdir()
    return folder


@pytest.fixture
def no_system_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loader finds a broken eSpeak library before the system's."""
    folder = tmp_path / "broken"
    folder.mkdir()
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        (folder / name).touch()
    monkeypatch.setenv("LD_LIBRARY_PATH", str(folder))


def without_engine(cache: Path) -> Pyttsx3Voice:
    return Pyttsx3Voice(cache, child=("/no/such/program",))


def test_a_line_is_speech_of_a_plausible_length(cache: Path) -> None:
    samples = Pyttsx3Voice(cache).speak(LINE)

    assert samples.dtype == np.float32
    assert samples.ndim == 1
    # 12 words at 170 words per minute take 4.2 s.
    assert 2.5 < samples.size / SAMPLE_RATE_HZ < 6
    assert np.abs(samples).max() <= 1
    assert level_dbfs(samples) > -30


def test_the_pause_after_a_line_is_short(cache: Path) -> None:
    samples = Pyttsx3Voice(cache).speak(LINE)

    audible = np.flatnonzero(np.abs(samples) > 0.01)
    assert (samples.size - audible[-1]) / SAMPLE_RATE_HZ < 0.2


def test_a_faster_rate_is_shorter(cache: Path) -> None:
    slow = Pyttsx3Voice(cache, rate_wpm=120).speak(LINE)
    fast = Pyttsx3Voice(cache, rate_wpm=240).speak(LINE)

    assert 1.5 < slow.size / fast.size < 2.5


@pytest.mark.parametrize("text", ["", "  \n\t", "\x00"])
def test_empty_text_is_no_sound_and_needs_no_engine(cache: Path, text: str) -> None:
    samples = without_engine(cache).speak(text)

    assert samples.shape == (0,)
    assert samples.dtype == np.float32


@pytest.mark.parametrize(
    "text",
    [
        "Zoë Müller's café, naïve 🙂 — 50 % off",
        "--help me understand",
        "-v",
        "<speak>not markup</speak> [[not phonemes]]",
        "First line.\nSecond line.",
        "before\x00after",
        "half a pair \ud83d of surrogates",
        "word " * 400,
    ],
)
def test_any_text_is_spoken(cache: Path, text: str) -> None:
    # The level depends on the library and the pauses; how loud it becomes: test_telephone_voice.
    assert np.abs(Pyttsx3Voice(cache).speak(text)).max() > 0.1


def test_nothing_is_lost_after_a_zero_character(cache: Path) -> None:
    voice = Pyttsx3Voice(cache)

    assert np.array_equal(voice.speak("before\x00after"), voice.speak("before after"))


def test_a_cached_line_needs_no_engine(cache: Path) -> None:
    first = Pyttsx3Voice(cache).speak(LINE)

    assert np.array_equal(without_engine(cache).speak(LINE), first)
    with pytest.raises(RehearseError, match="/no/such/program cannot be started"):
        without_engine(cache).speak("Another line.")


def test_lines_are_cached_by_text_voice_and_rate(cache: Path) -> None:
    kept = [
        Pyttsx3Voice(cache).speak(LINE),
        Pyttsx3Voice(cache).speak("Hello."),
        Pyttsx3Voice(cache, voice="en-gb").speak(LINE),
        Pyttsx3Voice(cache, rate_wpm=200).speak(LINE),
    ]

    assert len({samples.tobytes() for samples in kept}) == 4


def test_names_of_cached_files_reveal_nothing(cache: Path) -> None:
    Pyttsx3Voice(cache).speak("Priscilla")

    names = sorted(path.name for path in cache.iterdir())
    assert len(names) == 2
    assert not any("prisc" in name.lower() for name in names)


def test_a_damaged_cached_line_is_rendered_again(cache: Path) -> None:
    first = Pyttsx3Voice(cache).speak(LINE)
    (kept,) = cache.glob("*.wav")
    kept.write_bytes(b"RIFF")

    assert np.array_equal(Pyttsx3Voice(cache).speak(LINE), first)


def test_a_damaged_cache_of_the_engine_is_rewritten(cache: Path) -> None:
    Pyttsx3Voice(cache).speak(LINE)
    (note,) = cache.glob("engine-*.json")
    note.write_text('{"library": 3}', encoding="utf-8")

    assert Pyttsx3Voice(cache).speak("Hello.").size > 0


def test_a_cache_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = tmp_path / "file" / "voice"

    with pytest.raises(RehearseError) as error:
        Pyttsx3Voice(cache).speak(LINE)
    assert f"cannot be stored in {cache}: Not a directory" in error.value.problem
    assert "Make that folder writable" in error.value.remedy


def test_a_cache_folder_that_is_deleted_while_a_line_is_stored_is_made_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Pyttsx3Voice(cache).speak("Hello.")
    shutil.rmtree(cache)
    removed = removes_once(monkeypatch, cache)

    spoken = Pyttsx3Voice(cache).speak(LINE)

    assert removed
    assert np.array_equal(without_engine(cache).speak(LINE), spoken)


def test_a_line_whose_file_is_deleted_at_once_is_spoken(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def replaced_and_deleted(path: Path, target: Path) -> Path:
        replaced = replace(path, target)
        if target.suffix == ".wav":
            target.unlink()
        return replaced

    monkeypatch.setattr(Path, "replace", replaced_and_deleted)

    assert level_dbfs(Pyttsx3Voice(cache).speak(LINE)) > -30


def test_a_line_is_spoken_although_the_disk_has_no_room_for_it(
    cache: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        write(path, data[:100])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    voice = Pyttsx3Voice(cache, child=(sys.executable, "-c", COUNTED_CHILD, str(notes)))

    assert level_dbfs(voice.speak(LINE)) > -30
    assert np.array_equal(voice.speak(LINE), voice.speak(LINE))
    assert len(list(notes.glob("render*"))) == 1
    assert list(cache.glob("*.wav*")) == []


@pytest.mark.parametrize("wanted", ["Nobody", "en-us+nosuchvariant"])
def test_an_unknown_voice_is_an_error_that_names_others(cache: Path, wanted: str) -> None:
    with pytest.raises(RehearseError) as error:
        Pyttsx3Voice(cache, voice=wanted).speak(LINE)
    assert f"{wanted}'" in error.value.problem
    assert "en-us" in error.value.remedy
    assert not list(cache.glob("*.wav"))


@linux_only
@pytest.mark.parametrize("wanted", ["en-us", "EN_US", "gmw/en-us", "English (America)"])
def test_a_voice_is_selected_by_its_id_language_or_name(cache: Path, wanted: str) -> None:
    expected = Pyttsx3Voice(cache, voice="gmw/en-us").speak(LINE)

    assert np.array_equal(Pyttsx3Voice(cache, voice=wanted).speak(LINE), expected)


@linux_only
def test_a_variant_changes_the_voice(cache: Path) -> None:
    plain = Pyttsx3Voice(cache, voice="en-us").speak(LINE)
    variant = Pyttsx3Voice(cache, voice="en-us+f3").speak(LINE)

    assert not np.array_equal(plain, variant)


def test_voices_are_listed(cache: Path) -> None:
    voices = Pyttsx3Voice(cache).voices()

    assert len({voice.id for voice in voices}) == len(voices)
    assert any(voice.language.lower().startswith("en") for voice in voices)


@linux_only
def test_the_packaged_library_speaks_when_asked_for(cache: Path) -> None:
    voice = Pyttsx3Voice(cache, engine_library="packaged")

    assert level_dbfs(voice.speak(LINE)) > -30
    (note,) = cache.glob("engine-*.json")
    assert "espeakng_loader/libespeak-ng.so" in note.read_text(encoding="utf-8")


@linux_only
@pytest.mark.usefixtures("no_system_library")
def test_the_packaged_library_speaks_where_the_system_has_none(cache: Path) -> None:
    with pytest.raises(RehearseError, match="No working voice engine was found"):
        Pyttsx3Voice(cache, engine_library="system").speak(LINE)

    assert level_dbfs(Pyttsx3Voice(cache).speak(LINE)) > -30


@linux_only
@pytest.mark.usefixtures("no_system_library")
def test_no_library_at_all_is_an_error_that_says_what_to_install(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)

    with pytest.raises(RehearseError) as error:
        Pyttsx3Voice(cache).speak(LINE)
    assert "No working voice engine was found on this computer" in error.value.problem
    assert "sudo apt install espeak-ng" in error.value.remedy
    assert "pip install espeakng-loader" in error.value.remedy


def test_a_line_that_never_ends_is_stopped(cache: Path, notes: Path) -> None:
    voice = Pyttsx3Voice(
        cache, timeout_s=1.5, child=(sys.executable, "-c", HANGING_CHILD, str(notes), BY_ITSELF)
    )

    with pytest.raises(RehearseError) as error:
        voice.speak("a secret plan")
    assert "took longer than 1.5 s" in error.value.problem
    assert "secret" not in str(error.value)
    assert_all_were_stopped(notes, expected=1)


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "print('nonsense')"])
def test_a_child_that_fails_is_an_error(cache: Path, program: str) -> None:
    with pytest.raises(RehearseError, match="No working voice engine was found"):
        Pyttsx3Voice(cache, child=(sys.executable, "-c", program)).speak(LINE)


def test_four_different_lines_at_once(cache: Path) -> None:
    lines = [f"This is line number {number}." for number in range(4)]
    voice = Pyttsx3Voice(cache)

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(voice.speak, lines))

    alone = Pyttsx3Voice(cache.with_name("alone"))
    for line, samples in zip(lines, together, strict=True):
        assert np.array_equal(samples, alone.speak(line))


def test_the_same_line_at_once_is_rendered_once(cache: Path, notes: Path) -> None:
    voice = Pyttsx3Voice(cache, child=(sys.executable, "-c", COUNTED_CHILD, str(notes)))

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(voice.speak, [LINE] * 4))

    assert all(np.array_equal(samples, together[0]) for samples in together)
    assert len(list(notes.glob("render*"))) == 1


def test_prepared_lines_are_there_before_they_are_asked_for(cache: Path) -> None:
    lines = ["Hello.", "Go on.", "I see.", "", "Thank you."]
    with contextlib.closing(Pyttsx3Voice(cache)) as voice:
        voice.prepare(lines)
        wait_for(lambda: len(list(cache.glob("*.wav"))) == 4)

    ready = without_engine(cache)
    assert [ready.speak(line).size > 0 for line in lines] == [True, True, True, False, True]
    assert not [path for path in cache.iterdir() if path.suffix == ".part"]


def test_a_line_that_could_not_be_prepared_fails_when_it_is_spoken(cache: Path) -> None:
    with contextlib.closing(Pyttsx3Voice(cache, voice="Nobody")) as voice:
        voice.prepare(["Hello."])
        with pytest.raises(RehearseError, match="no voice 'Nobody'"):
            voice.speak("Hello.")


def test_closing_leaves_no_process_and_no_thread(cache: Path, notes: Path) -> None:
    threads = threading.active_count()
    voice = Pyttsx3Voice(cache, child=(sys.executable, "-c", HANGING_CHILD, str(notes), BY_ITSELF))
    voice.prepare([f"Line {number}." for number in range(10)])
    wait_for(lambda: len(list(notes.iterdir())) == 2)

    voice.close()
    assert threading.active_count() == threads
    assert_all_were_stopped(notes, expected=2)
    with pytest.raises(RehearseError, match="The voice was closed"):
        voice.speak("Hello.")


def wait_for(condition: Callable[[], bool], limit_s: float = 20) -> None:
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end, f"not so after {limit_s} s"
        time.sleep(0.01)


def assert_all_were_stopped(notes: Path, expected: int) -> None:
    """Whether every child that left its process id in `notes` has ended, and none by itself."""
    assert not list(notes.glob(f"*{BY_ITSELF}"))
    process_ids = [int(path.name) for path in notes.iterdir()]
    assert len(process_ids) == expected
    for process_id in process_ids:
        with pytest.raises(ProcessLookupError):
            os.kill(process_id, 0)


@pytest.mark.slow
def test_a_line_is_spoken_at_the_wanted_rate_on_a_busy_machine_too(tmp_path: Path) -> None:
    # Under load eSpeak, which sets the rate on its own thread, sometimes spoke before that.
    def length(number: int) -> int:
        with contextlib.closing(Pyttsx3Voice(tmp_path / str(number), rate_wpm=150)) as voice:
            return len(voice.speak("Okay. Thanks for the call. Bye."))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(length, range(40)))) == 1

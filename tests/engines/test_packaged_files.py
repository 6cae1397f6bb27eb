"""Packaged model files: what a user sees when one is missing or wrong."""

import hashlib
import importlib.metadata
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearse.engines import packaged_files
from rehearse.engines.language.langid_detector import _identifier
from rehearse.engines.minilm.act_classifier import MinilmActClassifier
from rehearse.engines.minilm.tagger import MinilmTagger
from rehearse.engines.packaged_files import map_packaged, recorded_sha256
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


@pytest.mark.parametrize("load", [MinilmTagger, MinilmActClassifier, _identifier])
def test_a_model_that_is_not_the_one_installed_is_refused(
    monkeypatch: pytest.MonkeyPatch, load: Callable[[], object]
) -> None:
    asked = []

    def recorded(package: str, path: str) -> str:
        asked.append(Path(str(importlib.metadata.distribution(package).locate_file(path))))
        return "0" * 64

    monkeypatch.setattr(packaged_files, "recorded_sha256", recorded)
    _identifier.cache_clear()
    with pytest.raises(RehearseError, match="is missing or damaged"):
        load()
    assert len(asked) == 1


def test_the_models_record_is_looked_up_by_the_name_that_the_installer_uses() -> None:
    files = {file.as_posix() for file in importlib.metadata.distribution("py3langid").files or ()}
    assert "py3langid/data/model.npz.xz" in files
    assert len(recorded_sha256("py3langid", "py3langid/data/model.npz.xz") or "") == 64

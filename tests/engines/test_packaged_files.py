"""Packaged model files: what a user sees when one is missing or wrong."""

import hashlib
from pathlib import Path

import pytest

from rehearse.engines.packaged_files import map_packaged
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

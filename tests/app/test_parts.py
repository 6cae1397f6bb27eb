"""What goes into the bundle."""

from app.parts import distributions, of_the_system, other_language, packaged_licences, unlisted


def test_rehearse_and_what_it_needs_is_listed() -> None:
    assert {"rehearse", "torch", "openai-whisper", "uvicorn"} <= set(distributions())
    assert not {"numba", "llvmlite", "scipy", "pytest"} & set(distributions())


def test_a_package_that_nobody_asks_for_is_found() -> None:
    assert unlisted(["rehearse.cli", "click.core", "json"]) == set()
    assert unlisted(["pytest", "_pytest.main"]) == {"pytest", "_pytest"}


def test_licence_texts_among_the_modules_come_along() -> None:
    assert any(folder == "onnxruntime" for _, folder in packaged_licences())


def test_of_espeaks_languages_only_english_comes_along() -> None:
    data = "espeakng_loader/espeak-ng-data"
    kept = ["en_dict", "phondata", "lang/gmw/en-US", "voices/!v/f3"]
    assert not any(other_language(f"{data}/{file}") for file in kept)
    assert all(other_language(f"{data}/{file}") for file in ("ru_dict", "lang/gmw/de", "lang/ko"))
    assert not other_language("rehearse/web/static/lang/ko")


def test_portaudio_is_left_to_linux_and_brought_along_elsewhere() -> None:
    brought = "_sounddevice_data/portaudio-binaries/libportaudio.dylib"
    assert of_the_system("libportaudio.so.2", "linux")
    assert not of_the_system(brought, "darwin")
    assert not of_the_system("_sounddevice_data/portaudio-binaries/libportaudio64bit.dll", "win32")
    assert not of_the_system("libsndfile_x86_64.so", "linux")

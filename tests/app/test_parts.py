"""What goes into the bundle."""

from app.parts import distributions, packaged_licences, unlisted


def test_rehearse_and_what_it_needs_is_listed() -> None:
    assert {"rehearse", "torch", "openai-whisper", "uvicorn"} <= set(distributions())
    assert not {"numba", "llvmlite", "scipy", "pytest"} & set(distributions())


def test_a_package_that_nobody_asks_for_is_found() -> None:
    assert unlisted(["rehearse.cli", "click.core", "json"]) == set()
    assert unlisted(["pytest", "_pytest.main"]) == {"pytest", "_pytest"}


def test_licence_texts_among_the_modules_come_along() -> None:
    assert any(folder == "onnxruntime" for _, folder in packaged_licences())

"""LangidDetector: a LanguageDetector by py3langid, which carries its model."""

from __future__ import annotations

import functools

from rehearse.engines.packaged_files import checked_by_record
from rehearse.errors import RehearseError


class LangidDetector:
    """Loads its model (about 1 s) at the first text."""

    def language(self, text: str) -> str:
        """See LanguageDetector. Measured in docs/model-card.md."""
        code, _ = _identifier().classify(text)
        return str(code)


@functools.cache
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    model_file = MODEL_DIR / MODEL_FILE
    try:
        checked_by_record(model_file, "py3langid")
        return LanguageIdentifier.from_model_file(model_file)
    except (OSError, ValueError) as error:
        raise RehearseError(
            f"The model that tells languages, {model_file}, is missing or damaged ({error}).",
            "Install it again: python -m pip install --force-reinstall --no-deps py3langid",
        ) from error

"""LangidDetector: a LanguageDetector by py3langid, which carries its model."""

from __future__ import annotations

import functools


class LangidDetector:
    """Loads its model (about 1 s) at the first text."""

    def language(self, text: str) -> str:
        """See LanguageDetector. Measured in docs/model-card.md."""
        code, _ = _identifier().classify(text)
        return str(code)


@functools.cache
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)

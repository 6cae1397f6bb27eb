"""Names and greetings: words whose probability is always low."""

from __future__ import annotations

import re

_GREETING = re.compile(
    r"hi|hello|hey|morning|afternoon|evening|calling|speaking|mr|mrs|ms|dr|sir|madam|ma'am"
)

_NEVER_A_NAME = re.compile(
    r"(i|what|how|where|who|why|which|when|do|does|would|could|can|so|and|but|if|the|it|that|we|you)\b",
    re.IGNORECASE,
)
"""Words that the recogniser capitalises when it takes a pause for the end of a sentence."""


def is_name_or_greeting(text: str, before: str) -> bool:
    """A capital inside a sentence, a number, or a word of a greeting. `before`: the word before."""
    bare = text.strip(".,;:?!\"'").lower()
    if _GREETING.fullmatch(bare) or re.search(r"\d", bare):
        return True
    first_of_sentence = not before or before[-1] in ".?!"
    return text[:1].isupper() and not first_of_sentence and not _NEVER_A_NAME.match(text)

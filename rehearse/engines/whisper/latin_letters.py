"""Latin letters: a multilingual model writes nothing else.

With an accent that it does not know, Whisper base sometimes writes Chinese although it was asked
for English.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whisper.tokenizer import Tokenizer

FIRST_OTHER_BYTE = 0xCA
"""UTF-8 starts a letter beyond Latin Extended-B with this byte or a higher one."""
PUNCTUATION = b"\xe2\x80"
"""Quotation marks and dashes begin with these bytes."""
OF_THE_LIBRARY = -1
"""Stands for the library's own list of suppressed tokens."""


def suppressed_tokens(tokenizer: Tokenizer) -> list[int]:
    """What to give the library as tokens that are never written."""
    if tokenizer.language is None:  # an English model
        return [OF_THE_LIBRARY]
    text_tokens = range(tokenizer.eot)
    bytes_of = tokenizer.encoding.decode_single_token_bytes
    return [OF_THE_LIBRARY, *(one for one in text_tokens if has_other_letters(bytes_of(one)))]


def has_other_letters(token: Sequence[int] | bytes) -> bool:
    """Whether `token`, UTF-8 or a part of it, begins a letter that is not Latin."""
    rest = bytes(token).replace(PUNCTUATION, b"")
    return any(byte >= FIRST_OTHER_BYTE and byte != PUNCTUATION[0] for byte in rest) or (
        PUNCTUATION[:1] in rest[:-1]
    )

"""Forms: reads fields that may contain anything."""

from __future__ import annotations

from starlette.datastructures import FormData

from rehearse.errors import RehearseError


def text_field(form: FormData, name: str, longest: int = 20_000) -> str:
    """A text of a form with normalised line ends. Raises RehearseError if it is too long."""
    value = form.get(name, "")
    if not isinstance(value, str) or len(value) > longest:
        raise RehearseError("That text is too long to keep.", "Shorten it and save again.")
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()

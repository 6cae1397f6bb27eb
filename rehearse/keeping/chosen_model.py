"""ChosenModel: the speech model that understands a user best."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from rehearse.errors import RehearseError
from rehearse.files_in_use import when_free
from rehearse.keeping.private import read_private

FILE = "speech-model.json"


@dataclass(frozen=True)
class ChosenModel:
    """`name` of the model. `checked_on` is a local date in ISO 8601; `understood` of `words` words
    were right in the voice check."""

    name: str
    checked_on: str
    understood: int
    words: int


def chosen_model(home: Path) -> ChosenModel | None:
    """The chosen model; None if none was chosen. Raises RehearseError for a damaged file."""
    path = home / FILE
    try:
        return msgspec.json.decode(read_private(path), type=ChosenModel)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise RehearseError(
            f"{path}, which says which speech model to use, cannot be read.",
            "Choose again with 'rehearse check --voice', or delete the file.",
        ) from error


def choose_model(home: Path, chosen: ChosenModel) -> None:
    """Save the choice, all or nothing."""
    path = home / FILE
    new = path.with_suffix(".new")
    try:
        home.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        new.write_bytes(msgspec.json.encode(chosen))
        when_free(lambda: new.replace(path))
    except OSError as error:
        raise RehearseError(
            f"{path} cannot be written: {error.strerror}.",
            "Choose another folder with --home or REHEARSE_HOME, or free some space.",
        ) from error

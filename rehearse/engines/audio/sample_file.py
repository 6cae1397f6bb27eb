"""Sample file: a sample call as a WAV file.

A player can seek in a file.
"""

from __future__ import annotations

from pathlib import Path

from rehearse.errors import RehearseError
from rehearse.files_in_use import when_free
from rehearse.sound import SAMPLE_RATE_HZ, Samples


def write_wav(path: Path, samples: Samples) -> None:
    """Write `samples` to `path` in one step. Raises RehearseError."""
    import soundfile

    new = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(new, samples, SAMPLE_RATE_HZ, subtype="PCM_16", format="WAV")
        when_free(lambda: new.replace(path))
    except (OSError, RuntimeError) as error:
        raise RehearseError(
            f"{path} cannot be written ({error}).",
            "Choose another folder with --home or REHEARSE_HOME, or free some space.",
        ) from error

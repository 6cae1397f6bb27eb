"""Audio files of any format a phone produces, decoded by PyAV: no system ffmpeg needed."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rehearse.errors import RehearseError
from rehearse.sound import SAMPLE_RATE_HZ, Samples

FORMATS = "wav, flac, mp3, m4a, ogg or webm"


def read_audio(path: Path, *, channel: int | None = None) -> Samples:
    """Decode `path` to mono at SAMPLE_RATE_HZ; `channel` picks one, None mixes all.

    A file that breaks off is read up to the break. Raises RehearseError for anything that
    is missing, unreadable, or not sound.
    """
    check_readable(path)
    import av

    pieces: list[Samples] = []
    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise _not_sound(path)
            stream = container.streams.audio[0]
            layout = "mono" if channel is None else stream.layout.name
            resampler = av.AudioResampler(format="fltp", layout=layout, rate=SAMPLE_RATE_HZ)
            row = channel or 0
            try:
                for frame in container.decode(stream):
                    pieces.extend(out.to_ndarray()[row] for out in resampler.resample(frame))
            except av.error.FFmpegError:
                if not pieces:
                    raise
            pieces.extend(out.to_ndarray()[row] for out in resampler.resample(None))
    except (av.error.FFmpegError, ValueError, IndexError) as error:
        raise _not_sound(path) from error
    if not pieces:
        raise _not_sound(path)
    samples = np.concatenate(pieces).astype(np.float32, copy=False)
    return np.clip(np.nan_to_num(samples, copy=False), -1.0, 1.0)


def check_readable(path: Path) -> None:
    """Raise RehearseError when `path` is missing, a directory, empty or may not be read."""
    again = "Check the name and try again."
    try:
        if path.is_dir():
            raise RehearseError(f"{path} is a folder, not a file.", "Name one of the files in it.")
        with path.open("rb") as file:
            if not file.read(1):
                raise RehearseError(f"{path} is empty.", "Record it again, or name another file.")
    except FileNotFoundError as error:
        raise RehearseError(f"There is no file {path}.", again) from error
    except PermissionError as error:
        raise RehearseError(
            f"{path} may not be read by you.", "Change its permissions, or copy it first."
        ) from error
    except OSError as error:
        raise RehearseError(f"{path} cannot be read: {error.strerror}.", again) from error


def _not_sound(path: Path) -> RehearseError:
    return RehearseError(
        f"{path} holds no sound that can be read.",
        f"Use a {FORMATS} file; if it is one, it may be damaged: record or copy it again.",
    )

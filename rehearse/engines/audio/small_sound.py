"""Small sound: a recording as MP3, small enough to send."""

from __future__ import annotations

import io
from pathlib import Path

from rehearse.errors import RehearseError

BIT_RATE = 48_000
"""For two voices at 16 kHz: a minute is 0.36 MB."""


def small_sound(recording: Path) -> bytes:
    """Both sides of `recording`, encoded. Raises RehearseError if it cannot be read."""
    import av

    out = io.BytesIO()
    try:
        with av.open(str(recording)) as source, av.open(out, "w", format="mp3") as target:
            stream = target.add_stream("mp3", rate=16_000, layout="stereo")
            stream.bit_rate = BIT_RATE
            resampler = av.AudioResampler(format="s16p", layout="stereo", rate=16_000)
            for frame in source.decode(audio=0):
                for converted in resampler.resample(frame):
                    target.mux(stream.encode(converted))
            for converted in resampler.resample(None):
                target.mux(stream.encode(converted))
            target.mux(stream.encode(None))
    except (av.error.FFmpegError, OSError) as error:
        raise RehearseError(
            "The sound of this rehearsal cannot be read.", "Export it without the sound."
        ) from error
    return out.getvalue()

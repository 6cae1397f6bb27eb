"""Long call: a rehearsal, repeated until it lasts ten minutes."""

from __future__ import annotations

import json
import shutil
import wave
from pathlib import Path
from typing import Any

LONG_CALL_S = 600.0


def long_call(rehearsal: Path, home: Path) -> str:
    """The same turns repeated until the call lasts LONG_CALL_S; its ID, later than any other."""
    kept = json.loads((rehearsal / "rehearsal.json").read_text(encoding="utf-8"))
    length_s = kept["duration_s"]
    times = int(LONG_CALL_S / length_s) + 1
    folder = home / "rehearsals" / "20300101-000000"
    folder.mkdir()
    turns = kept["transcript"]["utterances"]
    kept["transcript"]["utterances"] = [
        _later(turn, number * length_s) for number in range(times) for turn in turns
    ]
    kept["scorecard"]["clauses"] *= times
    kept["duration_s"] *= times
    (folder / "rehearsal.json").write_text(json.dumps(kept | {"id": folder.name}))
    with (
        wave.open(str(rehearsal / "call.wav"), "rb") as source,
        wave.open(str(folder / "call.wav"), "wb") as target,
    ):
        target.setparams(source.getparams())
        frames = source.readframes(source.getnframes())
        for _ in range(times):
            target.writeframes(frames)
    shutil.copy(rehearsal / "events.jsonl", folder)
    return folder.name


def _later(part: Any, by_s: float) -> Any:
    """A turn with its words, moved in time."""
    if isinstance(part, list):
        return [_later(one, by_s) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: value + by_s if name in ("start_s", "end_s") and value is not None
        else _later(value, by_s)
        for name, value in part.items()
    }  # fmt: skip

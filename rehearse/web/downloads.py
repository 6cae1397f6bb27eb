"""Downloads: the sound and the exports."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from rehearse.errors import RehearseError
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.report import exports
from rehearse.web.self_contained import self_contained
from rehearse.web.site import NotFound, folder_of, site_of

_KINDS: dict[str, tuple[str, Callable[[Rehearsal, bool], str]]] = {
    "txt": ("text/plain", lambda kept, notes: exports.as_text(kept, notes=notes)),
    "json": ("application/json", lambda kept, notes: exports.as_json(kept, notes=notes)),
    "srt": ("application/x-subrip", lambda kept, notes: exports.as_srt(kept)),
    "vtt": ("text/vtt", lambda kept, notes: exports.as_vtt(kept)),
}


def sound(request: Request) -> Response:
    """Both sides of the call; serves ranges so that the player can seek."""
    folder = folder_of(request)
    if not folder.has_sound:
        raise NotFound("There is no sound of this rehearsal.", "Its transcript may still be there.")
    return FileResponse(folder.recording, media_type="audio/wav")


def export(request: Request) -> Response:
    """One rehearsal as one file, with only what was ticked."""
    folder = folder_of(request)
    kept = folder.load()
    if kept.scorecard is None or kept.transcript is None:
        raise RehearseError("This rehearsal is not scored yet.", "Score it first, then export it.")
    query = request.query_params
    kind = query.get("as", "html")
    notes = query.get("notes") == "1"
    name = f"rehearsal-{folder.id}"
    if kind == "wav":
        return FileResponse(folder.recording, media_type="audio/wav", filename=f"{name}.wav")
    if kind == "html":
        with_sound = query.get("sound") == "1"
        text = self_contained(site_of(request), folder, kept, sound=with_sound, notes=notes)
        return _file(text, f"{name}.html", "text/html")
    if kind not in _KINDS:
        raise NotFound("There is no such export.", "Choose one of those on the page.")
    media_type, write = _KINDS[kind]
    return _file(write(kept, notes), f"{name}.{kind}", media_type)


def table(request: Request) -> Response:
    """All rehearsals as a table."""
    text = exports.as_csv(site_of(request).store.summaries())
    return _file("\ufeff" + text, "rehearsals.csv", "text/csv")


def _file(text: str, name: str, media_type: str) -> Response:
    return Response(
        text,
        media_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

"""Self-contained: a rehearsal as a single HTML file."""

from __future__ import annotations

import base64
import dataclasses

from markupsafe import Markup

from rehearse.engines.audio.call_waves import call_waves
from rehearse.engines.audio.small_sound import small_sound
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.rehearsal_folder import RehearsalFolder
from rehearse.rehearsing.recover import with_wordless_turns
from rehearse.report.coaching_view import coaching_view, sheet_view
from rehearse.report.judgement_view import judging_view
from rehearse.report.page import head, talk
from rehearse.report.result_view import result_view
from rehearse.web.gate import policy_hash
from rehearse.web.site import RESULT_STYLES, STATIC, Site


def self_contained(
    site: Site, folder: RehearsalFolder, rehearsal: Rehearsal, *, sound: bool, notes: bool
) -> str:
    """The text of the page. Its content policy forbids it to load anything."""
    style = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in RESULT_STYLES)
    script = (STATIC / "player.js").read_text(encoding="utf-8")
    shown = with_wordless_turns(rehearsal, folder.events())
    if not notes:
        shown = dataclasses.replace(shown, notes="")
    data = None
    if sound and folder.recording.is_file():
        mp3 = base64.b64encode(small_sound(folder.recording)).decode("ascii")
        data = f"data:audio/mpeg;base64,{mp3}"
    return site.markup(
        "rehearsal.html",
        {
            "standalone": True,
            "head": head(shown),
            "talk": talk(shown),
            "top": result_view(shown),
            "coaching": coaching_view(shown),
            "sheet": sheet_view(shown),
            "judging": judging_view(shown),
            "waves": call_waves(folder.recording) if data else None,
            "sound": data,
            "inline_style": Markup(style),
            "inline_script": Markup(script),
            "policy": (
                f"default-src 'none'; style-src '{policy_hash(style)}'; "
                f"script-src '{policy_hash(script)}'; "
                "media-src data:; base-uri 'none'; form-action 'none'"
            ),
        },
    )

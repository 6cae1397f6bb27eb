"""Class page: HTML files for a class and its people.

The files load nothing from elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from markupsafe import Markup

from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.rehearsal_folder import RehearsalFolder
from rehearse.keeping.store import Store
from rehearse.report.class_view import ClassView
from rehearse.web.security import Keys
from rehearse.web.self_contained import self_contained
from rehearse.web.site import STATIC, Choices, Site

_STYLES = ("design.css", "talk.css", "home.css", "print.css", "class.css")
_NOWHERE = Path("no-sound")
"""The folder of a rehearsal that has neither sound nor events."""


class ClassPages:
    """Writes pages with the templates of `rehearse review`."""

    def __init__(self, home: Path) -> None:
        self._site = Site(Store(home), Keys(0), Choices())

    def whole(self, view: ClassView) -> str:
        """The class page."""
        style = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in _STYLES)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        return self._site.markup(
            "class.html",
            {
                "standalone": True,
                "view": view,
                "inline_style": Markup(style),
                "inline_script": "",
                "policy": (
                    f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
                    "form-action 'none'"
                ),
            },
        )

    def person(self, rehearsal: Rehearsal) -> str:
        """The page of one person, without the sound."""
        folder = RehearsalFolder(_NOWHERE)
        return self_contained(self._site, folder, rehearsal, sound=False, notes=False)

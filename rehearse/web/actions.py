"""What forms do: correct, score again, notes, star, rename, delete."""

from __future__ import annotations

import dataclasses
import threading
from datetime import datetime

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rehearse import wiring
from rehearse.errors import RehearseError
from rehearse.keeping import judgements
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.rehearsing.hold import score_rehearsal
from rehearse.scoring.rubric import Criterion, Verdict
from rehearse.web.forms import text_field
from rehearse.web.site import folder_of, site_of

LONGEST_TITLE = 120
QUIT_AFTER_S = 1.0
"""Time for the last page to fetch its style and icon."""


def correct(request: Request, form: FormData) -> Response:
    """Save the person's correction of a turn and score the rehearsal again."""
    folder = folder_of(request)
    turn = text_field(form, "turn", 6)
    if not turn.isdecimal():
        raise RehearseError("That turn cannot be corrected.", "Load the page again and retry.")
    text = text_field(form, "text", 50_000)
    site_of(request).rescorer.correct(folder, int(turn), text)
    return _back(folder.id, f"#turn-{int(turn)}")


def undo_correction(request: Request, form: FormData) -> Response:
    """Restore the recognised transcript."""
    folder = folder_of(request)
    site_of(request).rescorer.undo_correction(folder)
    return _back(folder.id, "#transcript")


def score(request: Request, form: FormData) -> Response:
    """Piece together and score a call that was broken off."""
    folder = folder_of(request)
    site = site_of(request)
    if folder.load().recognised is None:
        score_rehearsal(
            folder,
            site.transcriber,
            site.tagger,
            wiring.sound_tools(),
            lambda: site.embedder,
            site.measurer,
            site.store,
        )
    return _back(folder.id)


def judge(request: Request, form: FormData) -> Response:
    """Save or withdraw somebody's judgement of an answer. The score does not change."""
    folder = folder_of(request)
    kept = folder.load()
    if kept.scorecard is None or kept.transcript is None:
        raise RehearseError("This rehearsal is not scored yet.", "Score it first, then judge it.")
    subject, who = text_field(form, "subject", 2_000), text_field(form, "who")
    new = None
    if not text_field(form, "take_back"):
        now, comment = datetime.now().astimezone(), text_field(form, "comment")
        words, instead = text_field(form, "words"), text_field(form, "evidence_for", 40)
        should_be = text_field(form, "should_be", 40)
        if instead not in ("", *Criterion) or should_be not in ("", *Verdict):
            raise RehearseError("That cannot be judged.", "Load the page again and retry.")
        criterion = Criterion(instead) if instead else None
        if words and criterion is not None:
            new = judgements.marked(
                kept.transcript, words, criterion, who=who, now=now, comment=comment
            )
        else:
            new = judgements.judged(
                kept.scorecard,
                subject,
                text_field(form, "answer", 5) == "right",
                who=who,
                now=now,
                instead=criterion,
                should_be=Verdict(should_be) if should_be else None,
                comment=comment,
            )

    def judged(before: Rehearsal) -> Rehearsal:
        if new is not None:
            changed = judgements.with_judgement(before.judgements, new)
        else:
            changed = judgements.without_judgement(before.judgements, subject, who)
        return dataclasses.replace(before, judgements=changed)

    folder.update(judged)
    return _back(folder.id, "#judged")


def keep_own(request: Request, form: FormData) -> Response:
    """Save title and notes."""
    folder = folder_of(request)
    title = " ".join(text_field(form, "title", LONGEST_TITLE).split())
    notes = text_field(form, "notes")
    folder.update(lambda kept: dataclasses.replace(kept, title=title, notes=notes))
    return _back(folder.id, "#own")


def star(request: Request, form: FormData) -> Response:
    """Set or take away the star."""
    folder = folder_of(request)
    folder.update(lambda kept: dataclasses.replace(kept, starred=not kept.starred))
    return _back(folder.id)


def delete(request: Request, form: FormData) -> Response:
    """Delete the rehearsal with its sound; the previous page has asked."""
    folder_of(request).delete()
    return RedirectResponse("/#rehearsals", 303)


def quit_program(request: Request, form: FormData) -> Response:
    """End the server, a moment after sending its last page; a call in progress is kept."""
    site = site_of(request)
    threading.Timer(QUIT_AFTER_S, site.end).start()
    return site.page("quit.html", gone=True, call_is_on=False)


def _back(rehearsal_id: str, place: str = "") -> Response:
    return RedirectResponse(f"/rehearsals/{rehearsal_id}{place}", 303)

"""`rehearse judge`: mark a verdict as right or wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rehearse.cli.common import Settings
from rehearse.cli.output import report_width, say
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from rehearse.keeping.rehearsal import Rehearsal


@click.command()
@click.argument("rehearsal_id", metavar="ID")
@click.argument("subject", required=False, metavar="[WHAT")
@click.argument("answer", required=False, metavar="right|wrong]",
                type=click.Choice(["right", "wrong"]))  # fmt: skip
@click.option("--words", metavar="TEXT", help="Words of the candidate's that were missed ...")
@click.option("--evidence-for", metavar="CRITERION", help="... and what they are evidence for.")
@click.option("--should-be", metavar="VERDICT",
              type=click.Choice(["covered", "partly", "missing"]),
              help="The verdict that you would give.")  # fmt: skip
@click.option("--by", "who", default="", metavar="NAME", help="Who judges; nobody: you who spoke.")
@click.option("--comment", default="", metavar="TEXT", help="A few words why.")
@click.option("--take-back", is_flag=True, help="Remove your judgement of WHAT.")
@click.option("--recount", is_flag=True,
              help="Print the score by your judgements; the score kept stays.")  # fmt: skip
@click.pass_obj
def judge(
    settings: Settings,
    rehearsal_id: str,
    subject: str | None,
    answer: str | None,
    words: str | None,
    evidence_for: str | None,
    should_be: str | None,
    who: str,
    comment: str,
    take_back: bool,
    recount: bool,
) -> None:
    """Judge an answer of rehearse's: right or wrong. Without WHAT, show what can be judged.

    WHAT is a criterion (humility), a way (way-2) or a verdict (verdict-critical_question). Both
    are kept, the answer and the judgement; the score stays as it is.
    """
    import dataclasses
    from datetime import datetime

    from rehearse.keeping import judgements
    from rehearse.report.judgement_view import judgements_text, judging_view, recount_text
    from rehearse.scoring.rubric import Criterion, Verdict

    folder = settings.store().find(rehearsal_id)
    kept = folder.load()
    if kept.scorecard is None or kept.transcript is None:
        raise RehearseError(
            f"The rehearsal {folder.id} is not scored yet, so there is nothing to judge.",
            f"Score it first: rehearse score {folder.id}",
        )
    if evidence_for is not None and evidence_for not in list(Criterion):
        raise RehearseError(
            f"There is no criterion {evidence_for!r}.", f"Name one of: {', '.join(Criterion)}."
        )
    instead = Criterion(evidence_for) if evidence_for else None
    now = datetime.now().astimezone()
    new = None
    if recount:
        if not any(one.who == who for one in kept.judgements):
            raise RehearseError(
                f"{who or 'The person who spoke'} has judged nothing in {folder.id} yet.",
                f"'rehearse judge {folder.id}' shows the judgements; --by says whose.",
            )
        say(recount_text(kept.scorecard, kept.judgements, who))
        return
    if take_back and subject is not None:
        if judgements.without_judgement(kept.judgements, subject, who) == kept.judgements:
            raise RehearseError(
                "There is no such judgement to take back.",
                f"'rehearse judge {folder.id}' shows those kept, and --by says whose.",
            )
    elif words is not None and subject is None:
        if instead is None:
            raise RehearseError(
                "What these words are evidence for is not said.", "Add --evidence-for CRITERION."
            )
        new = judgements.marked(kept.transcript, words, instead, who=who, now=now, comment=comment)
    elif subject is not None and answer is not None:
        new = judgements.judged(
            kept.scorecard,
            subject,
            answer == "right",
            who=who,
            now=now,
            instead=instead,
            should_be=Verdict(should_be) if should_be else None,
            comment=comment,
        )
    elif subject is not None or answer is not None:
        raise RehearseError(
            "Say what you judge, and whether it is right or wrong.",
            f"For example: rehearse judge {folder.id} humility wrong",
        )
    else:
        view = judging_view(kept)
        assert view is not None
        width = max(len(key) for key, _ in view.choices)
        say("\n".join(f"{key:<{width}}  {name}" for key, name in view.choices))
        if kept.judgements:
            say("\n" + judgements_text(kept.judgements, report_width()))
        return

    def judged(before: Rehearsal) -> Rehearsal:
        if new is not None:
            changed = judgements.with_judgement(before.judgements, new)
        else:
            changed = judgements.without_judgement(before.judgements, subject or "", who)
        return dataclasses.replace(before, judgements=changed)

    after = folder.update(judged)
    say(
        judgements_text(after.judgements, report_width())
        or "No judgements are kept of this rehearsal now."
    )

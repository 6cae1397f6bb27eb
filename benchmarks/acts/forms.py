"""`python -m benchmarks.acts.forms`: whether a question is noticed as one.

`said_forms.tsv` holds turns without a question mark of a writer who is never trained on, each with
what its last question wants to hear ("told": none), as a reader judged who had seen no rule. For
turns of the training's writers: `python -m training.form_heads --leave-out 7`.
"""

from __future__ import annotations

from pathlib import Path

from rehearse.calling.forms import Form
from rehearse.calling.wording import form_of
from rehearse.wiring.meaning import load_act_classifier

TURNS = Path(__file__).with_name("said_forms.tsv")
TOLD = "told"


def main() -> None:
    rows = [row.split("\t") for row in TURNS.read_text(encoding="utf-8").splitlines()]
    wanted, texts = [form for form, _ in rows], [text for _, text in rows]
    print("| by | questions noticed | and what they want | statements left alone |")
    print("|---|---|---|---|")
    _row("the manager's model", wanted, load_act_classifier().forms(texts))
    _row("the words a question begins with", wanted, [form_of(text) for text in texts])


def _row(by: str, wanted: list[str], found: list[Form | None]) -> None:
    pairs = [(want, str(form or TOLD)) for want, form in zip(wanted, found, strict=True)]
    asked = [(want, form) for want, form in pairs if want != TOLD]
    told = [form for want, form in pairs if want == TOLD]
    noticed = sum(form != TOLD for _, form in asked)
    right = sum(want == form for want, form in asked)
    left = sum(form == TOLD for form in told)
    print(f"| {by} | {noticed} of {len(asked)} | {right} | {left} of {len(told)} |")


if __name__ == "__main__":
    main()

"""`python -m benchmarks.acts.forms`: whether a question is noticed as one.

`forms.tsv` holds turns of the writers in training/acts in which no question mark stands, each with
what its last question wants to hear ("told": none), as readers judged who had seen no rule.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rehearse.calling.wording import form_of

TURNS = Path(__file__).with_name("forms.tsv")
TOLD = "told"


def main() -> None:
    found: Counter[str] = Counter()
    for row in TURNS.read_text(encoding="utf-8").splitlines():
        wanted, text = row.split("\t")
        form = str(form_of(text) or TOLD)
        kind = "told" if wanted == TOLD else "asked"
        found[kind] += 1
        found[f"{kind} noticed"] += (form == TOLD) == (wanted == TOLD)
        found[f"{kind} exact"] += form == wanted
    print("| turns without a question mark | turns | taken as such | as what they want to hear |")
    print("|---|---|---|---|")
    for kind in ("asked", "told"):
        noticed, exact = found[f"{kind} noticed"], found[f"{kind} exact"]
        print(f"| {kind} | {found[kind]} | {noticed} ({noticed / found[kind]:.2f}) | {exact} |")


if __name__ == "__main__":
    main()

"""`python -m benchmarks.acts.forms`: whether a question is noticed as one.

Both files hold turns without a question mark, each with what its last question wants to hear
("told": none), as readers judged who had seen no rule: `training/forms.tsv` turns of the writers
in training/acts, to train on one day, `said_forms.tsv` those of a writer who is never trained on.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rehearse.calling.wording import form_of

HERE = Path(__file__).parent
TURNS = {
    "writers of the training": HERE.parents[1] / "training" / "forms.tsv",
    "another writer": HERE / "said_forms.tsv",
}
TOLD = "told"


def main() -> None:
    print("| turns without a question mark | | turns | taken as such | and as what they want |")
    print("|---|---|---|---|---|")
    for whose, file in TURNS.items():
        found = _counted(file)
        for kind in ("asked", TOLD):
            noticed, exact = found[f"{kind} noticed"], found[f"{kind} exact"]
            share = noticed / found[kind]
            print(f"| {whose} | {kind} | {found[kind]} | {noticed} ({share:.2f}) | {exact} |")


def _counted(file: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in file.read_text(encoding="utf-8").splitlines():
        wanted, text = row.split("\t")
        form = str(form_of(text) or TOLD)
        kind = TOLD if wanted == TOLD else "asked"
        found[kind] += 1
        found[f"{kind} noticed"] += (form == TOLD) == (wanted == TOLD)
        found[f"{kind} exact"] += form == wanted
    return found


if __name__ == "__main__":
    main()

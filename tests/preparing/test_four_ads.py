"""Four people with four job ads and no idea what to say: three ways that count, in the terminal.

Two of the ads are messy PDFs: two columns with hyphens, tables with a box beside them. The
answers are what people type: a few words for each small question, some skipped.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from rehearse import wiring
from rehearse.cli import cli
from rehearse.preparing.job_ad import Sign, findings

ADS = Path(__file__).parent / "ads"
QUOTES = {
    "night-nurse.txt": {
        Sign.PROBLEM: "Documentation, which unfortunately is still paper-based on two of the "
        "three floors",
        Sign.FIGURE: "Willow Court is home to 62 residents on three floors.",
        Sign.SERVES: "You are the first contact for relatives who call at night",
    },
    "hotel-receptionist.html": {
        Sign.PROBLEM: "Handling of no-shows, late cancellations and complaints",
        Sign.SERVES: "Welcome our guests and look after their wishes",
    },
    "machine-operator.pdf": {
        Sign.PROBLEM: "Keeping records of downtime and its causes, at the moment by hand",
        Sign.SERVES: "You report to the shift manager and support the fitters when a machine "
        "breaks down",
    },
    "bookkeeper.pdf": {
        Sign.PROBLEM: "You will process about 1,200 invoices a month and chase late payments.",
        Sign.SERVES: "You are the link between the practice managers and our tax adviser",
        Sign.DUTY: "Preparing the month-end closing, which today takes until the 15th.",
    },
}
# For each ad three times: problem, complaint, who waits, fixed elsewhere, what would be noticed.
ANSWERS = {
    "night-nurse.txt": (
        ("", "", "the day shift waits for notes", "wrote a one-page handover", ""),
        ("relatives call at all hours", "", "", "agreed fixed times for calls",
         "families know when to call"),
        ("paper notes get lost", "", "", "scanned the paper notes every morning",
         "no medication is given twice"),
    ),
    "hotel-receptionist.html": (
        ("the queue on Sunday evenings", "", "guests wait for their key",
         "prepared the keys in the afternoon", ""),
        ("no-shows", "", "", "called guests the day before", "fewer rooms stay empty"),
        ("", "complaints come too late", "", "asked guests at breakfast",
         "fewer guests complain on the internet"),
    ),
    "machine-operator.pdf": (
        ("changeovers take long", "", "", "set out the tools before the changeover",
         "machines stand still for less time"),
        ("scrap", "", "", "weighed the scrap after each shift", "material costs fall"),
        ("", "nobody knows why it stops", "the fitters wait for information",
         "wrote down each stop and its cause", ""),
    ),
    "bookkeeper.pdf": (
        ("late payments", "", "", "called customers a day after the due date",
         "customers pay sooner"),
        ("closing takes until the 15th", "", "", "booked invoices every week",
         "the closing is ready a week earlier"),
        ("three old systems", "", "practice managers wait for figures",
         "made one list for all practices", ""),
    ),
}  # fmt: skip


@pytest.mark.parametrize("ad", sorted(QUOTES))
def test_what_the_ad_gives_to_start_from_is_quoted(ad: str) -> None:
    text = wiring.read_job_ad(ADS / ad)
    found = findings(text)
    for sign, quote in QUOTES[ad].items():
        assert quote in [one.quote for one in found if one.sign is sign]
    for one in found:
        assert text[one.start : one.end] == one.quote
    everything = " ".join(one.quote for one in found)
    for word in ("@", "holiday", "pension", "Apply", "cookies"):
        assert word not in everything


@pytest.mark.parametrize("ad", sorted(ANSWERS))
def test_three_ways_that_count_are_found(ad: str, tmp_path: Path) -> None:
    lines = ["Their Company", "Helen Marsh", Path(ad).stem.replace("-", " "), "-", ""]
    for answers in ANSWERS[ad]:
        # Enter asks for help; the answers; Enter takes the draft.
        lines += ["", *answers, ""]
    outcome = CliRunner().invoke(
        cli,
        ["--home", str(tmp_path), "prep", "--ad", str(ADS / ad)],
        input="\n".join(lines) + "\n" * 6,
    )
    assert outcome.exit_code == 0, outcome.output
    assert "3 of 3 ways count. The question counts." in outcome.output, outcome.output


def test_who_has_words_that_do_not_count_is_asked_the_five_questions(tmp_path: Path) -> None:
    lines = ["Their Company", "", "", "Helen Marsh", "0123 456", ""]
    lines += ["a good atmosphere", "", "", "", ""]
    lines += ["asked the children what they like", "less food is thrown away", ""]
    outcome = CliRunner().invoke(
        cli, ["--home", str(tmp_path), "prep"], input="\n" + "\n".join(lines) + "\n" * 20
    )
    assert outcome.exit_code == 0, outcome.output
    assert "A number has digits, so this stays open." in outcome.output
    assert "press Enter to let five small questions help." in outcome.output
    assert (
        "[I would ask the children what they like so that less food is thrown away]"
        in outcome.output
    )
    assert "1 of 3 ways counts." in outcome.output

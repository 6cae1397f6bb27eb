"""A job ad is read for what presses them, figures, whom the job serves and what it does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.preparing.ad_heading import ad_heading
from rehearse.preparing.job_ad import Sign, findings, tidy

AD = """\
Warehouse planner (m/f/d)
We are a fast-growing freight company.
• 3 depots and over 400 customers in the Midlands
• You will plan the night shift and keep the bay free
• Handling returns and complaints under tight dead-
lines, often at short notice
• You are the first point of contact for our drivers
What we offer: 28 days holiday, pension, salary of £31,000
Apply by 3 May with your CV to jobs@example.org
Page 1 of 2
"""


def quotes(text: str, sign: Sign) -> list[str]:
    return [one.quote for one in findings(text) if one.sign is sign]


def test_each_kind_of_sentence_is_quoted() -> None:
    ad = tidy(AD)
    assert quotes(ad, Sign.PROBLEM) == [
        "We are a fast-growing freight company.",
        "Handling returns and complaints under tight deadlines, often at short notice",
    ]
    assert quotes(ad, Sign.FIGURE) == ["3 depots and over 400 customers in the Midlands"]
    assert quotes(ad, Sign.SERVES) == ["You are the first point of contact for our drivers"]
    assert quotes(ad, Sign.DUTY) == ["You will plan the night shift and keep the bay free"]


def test_pay_and_how_to_apply_are_nothing_to_start_from() -> None:
    found = " ".join(one.quote for one in findings(tidy(AD)))
    for word in ("salary", "Apply", "pension", "@", "Page"):
        assert word not in found


def test_a_long_sentence_is_cut_to_the_part_that_says_it() -> None:
    long = "As a family business with a proud history of more than a hundred years in this town, "
    long += "we want to reduce the time that a repair takes, " + "and much more, " * 10
    (quote,) = quotes(long, Sign.PROBLEM)
    assert "reduce the time" in quote
    assert len(quote.split()) <= 26


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("effi\xadcient o\ufb03ce", "efficient office"),
        ("holi\xad\n  day and out\xad\nage", "holiday and outage"),
        ("plan the ware-\n  house shifts", "plan the warehouse shifts"),
        ("a short-\nnotice change", "a short-notice change"),
        ("You look after\nour drivers", "You look after our drivers"),
        ("Duties:\nplan shifts", "Duties:\nplan shifts"),
        (
            "Acme Logistics\nPlan shifts\nAcme Logistics\n2/3\nLoad vans",
            "Acme Logistics\nPlan shifts\nLoad vans",
        ),
    ],
)
def test_text_from_a_messy_pdf_is_put_together(raw: str, meant: str) -> None:
    assert tidy(raw) == meant


@pytest.mark.parametrize(
    "line",
    ["we currently throw away too much expired stock", "colleagues wait up to two days for a reply",
     "Set up laptops for new starters (today this takes a week)", "The allergy lists are on paper",
     "Punctuality has fallen to 81 percent", "drivers call in sick", "nobody can afford an outage"],
)  # fmt: skip
def test_what_goes_wrong_there_presses_them(line: str) -> None:
    assert quotes(line, Sign.PROBLEM) == [line]


def test_a_phone_to_answer_is_a_duty_and_a_number_to_call_is_not() -> None:
    assert quotes("Answer tickets by phone and mail", Sign.DUTY)
    assert findings("Answer any questions: phone 0555 210 99") == ()


@pytest.mark.parametrize(
    ("line", "company"),
    [
        ("Lindenfield cooks 240 lunches a day", "Lindenfield"),
        ("Marlow Coaches runs 46 buses on 12 lines", "Marlow Coaches"),
        ("Answer tickets by phone and mail", None),
        ("Support clients with their accounts", None),
    ],
)
def test_the_company_is_named_where_the_ad_says_plainly_what_it_does(
    line: str, company: str | None
) -> None:
    assert ad_heading(f"{line}\n").get("company") == company


@pytest.mark.parametrize(
    ("ad", "company", "job"),
    [
        ("Acme Tools Ltd - Warehouse Coordinator\nYou will pick orders.",
         "Acme Tools Ltd", "Warehouse Coordinator"),
        ("Acme Tools Ltd: Warehouse Coordinator (m/f/d)", "Acme Tools Ltd",
         "Warehouse Coordinator"),
        ("Acme Tools Ltd\nWarehouse Coordinator", "Acme Tools Ltd", "Warehouse Coordinator"),
        ("Warehouse Coordinator – Acme Tools Ltd – Leeds", "Acme Tools Ltd",
         "Warehouse Coordinator"),
        ("Acme Tools – Warehouse Coordinator\nAt Acme Tools we ship 400 parcels a day.",
         "Acme Tools", "Warehouse Coordinator"),
        ("Warehouse Coordinator | Acme Tools | Leeds\nWrite to jobs@acme-tools.example.",
         "Acme Tools", "Warehouse Coordinator"),
        ("Acme Tools - Warehouse Coordinator\nYou pick orders. Acme Tools sells tools.",
         "Acme Tools", "Warehouse Coordinator"),
        ("Senior Nurse - Night Shift\nYou care for 60 residents.", None, "Senior Nurse"),
        ("Warehouse Coordinator - Leeds\nYou work with Leeds and from Leeds.", None,
         "Warehouse Coordinator"),
    ],
)  # fmt: skip
def test_the_company_in_a_heading_is_known_by_the_rest_of_the_ad(
    ad: str, company: str | None, job: str
) -> None:
    found = ad_heading(tidy(ad))
    assert (found.get("company"), found.get("job")) == (company, job)


@pytest.mark.parametrize(
    ("ad", "company", "job"),
    [
        ("Night Nurse (m/f/d) - Willow Court, Leeds\nWillow Court is home to 62 residents.",
         "Willow Court", "Night Nurse"),
        ("Night Nurse\n(m/f/d) - Willow Court, Leeds\nAt Willow Court we care for 62 residents.",
         "Willow Court", "Night Nurse"),
        ("Company: - Willow Court, Leeds\nPosition: Night Nurse (m/f/d) - Leeds", "Willow Court",
         "Night Nurse"),
        ("Night Nurse (m/f/d) - Night Shift, Leeds\nYou care for 62 residents.", None,
         "Night Nurse"),
        ("Planner (m/f/d) - Brandt GmbH & Co. KG, Kiel", "Brandt GmbH & Co. KG", "Planner"),
        ("Willow Court seeks a Night Nurse\nYou care.", "Willow Court", "Night Nurse"),
        ("The Old Mill is looking for an experienced Baker in Leeds!\nYou bake.", "The Old Mill",
         "Baker"),
        ("Cafe Nord seeks a barista.\nYou make coffee.", "Cafe Nord", "barista"),
        ("Our client is hiring a Bus Driver, full-time\nYou drive.", None, "Bus Driver"),
        ("We are looking for a friendly, reliable person to join us\nYou care.", None, None),
        ("Willow Court is looking for a nurse who is quick and kind.\nYou care.", "Willow Court",
         None),
        ("Full-time Night Nurse (m/f/d)\nYou care.", None, "Night Nurse"),
        ("Full-time\nNight Nurse, part-time or full-time\nYou care.", None, "Night Nurse"),
        ("Job title: Cook, grill, full time", None, "Cook, grill"),
        ("Part-time Night Nurse wanted", None, "Night Nurse"),
    ],
)  # fmt: skip
def test_a_heading_names_the_job_and_nothing_beside_it(
    ad: str, company: str | None, job: str | None
) -> None:
    found = ad_heading(tidy(ad))
    assert (found.get("company"), found.get("job")) == (company, job)


def test_an_urgent_heading_names_a_job_and_a_contact_may_stand_within_a_line() -> None:
    ad = tidy(
        "Dispatcher / Tourplanner (m/f/d) — immediately!\n"
        "Apply: jobs@greenvan.example, Ref. 2211-D, contact: Mrs. Priya Nair, +44 113 496 0000\n"
    )
    assert ad_heading(ad) == {
        "job": "Dispatcher / Tourplanner",
        "manager": "Mrs. Priya Nair",
        "phone": "+44 113 496 0000",
    }


@pytest.mark.slow
@given(st.text(max_size=400))
def test_every_finding_is_a_quote(text: str) -> None:
    ad = tidy(text)
    for one in findings(ad):
        assert ad[one.start : one.end] == one.quote


def test_the_company_is_the_one_with_a_legal_form_and_never_the_job_board() -> None:
    ad = """Workshop Optician / Lens Fitter (m/f/d)
Brandt & Lüders Augenoptik GmbH · Kiel · 4 branches
Grinding and fitting lenses in our central workshop.
© 2026 NordJobs  Imprint  Privacy
"""
    assert ad_heading(ad)["company"] == "Brandt & Lüders Augenoptik GmbH"
    board = "Lens fitter\nGrinding lenses all day.\n© 2026 NordJobs  Imprint  Privacy"
    assert "company" not in ad_heading(board)


@pytest.mark.parametrize(
    "sentence",
    ["About one pair in 15 has to be remade because the centring was measured wrong in the shop.",
     "Glasses arrive late and customers complain."],
)  # fmt: skip
def test_what_goes_wrong_is_a_problem_to_start_from(sentence: str) -> None:
    (found,) = findings(sentence)
    assert (found.sign, found.quote) == (Sign.PROBLEM, sentence)


def test_the_job_boards_stars_are_no_figure_of_theirs() -> None:
    assert findings("Acme GmbH · Kiel · 4 branches ★★★★☆ 3,9 (41 reviews)") == ()

"""Quoting: the candidate's words from the manager's side, or no quote at all."""

import pytest

from rehearse.calling.quoting import turned_round


@pytest.mark.parametrize(
    ("said", "echo"),
    [
        ("First, I would cut the time it takes to onboard a customer from six weeks to four,",
         "Cut the time it takes to onboard a customer"),
        ("and I'd take your returns backlog and automate the matching",
         "Take our returns backlog and automate the matching"),
        ("I believe I could help by bringing down the number of late deliveries with a list",
         "Bringing down the number of late deliveries with a list"),
        ("by training the two new planners so that you don't need a contractor",
         "Training the two new planners"),
        ("So, um, I think I could, you know, shorten the monthly closing by two days.",
         "Shorten the monthly closing by two days"),
        ("I'd use my list of brokers to fill the empty runs out of Tulsa every Friday night shift",
         "Use your list of brokers to fill the empty runs"),
        ("Six uniform contracts, I'd fold those into one", None),
        ("I would help you", None),
        ("I'd make sure that you and your people get what they need", None),
        ("", None),
        ("I'd", None),
    ],
)  # fmt: skip
def test_turned_round(said: str, echo: str | None) -> None:
    assert turned_round(said) == echo

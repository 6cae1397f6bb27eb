"""Quoting: the candidate's words from the manager's side, or no quote at all."""

import pytest

from rehearse.calling.quoting import quoted, turned_round


@pytest.mark.parametrize(
    ("said", "echo"),
    [
        ("First, I would cut the time it takes to onboard a customer from six weeks to four,",
         "Cut the time it takes to onboard a customer"),
        ("I'd take the early shifts that nobody wants", "Take the early shifts that nobody wants"),
        ("I'd fix the key machine cos the belt is gone", "Fix the key machine"),
        ("I'd ring people two days before and ask if they're nervous, so fewer stay away.",
         "Ring people two days before"),
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
        ("I would take the returns backlog that your planners fight every Monday and automate the "
         "matching", "Take the returns backlog that our planners fight every Monday"),
        ("I would write the bills between three and five and leave them under the doors",
         "Write the bills between three and five"),
        ("like i'd call every member who left", "Call every member who left"),
        ("I'd go through the loans that were turned down last year", None),
        ("by looking at the pile every Monday and writing to the oldest ones first, by hand",
         "Looking at the pile every Monday"),
        ("Six uniform contracts, I'd fold those into one", None),
        ("I'd start with just the two hotels my sister cleans at, and see after a fortnight.",
         "Start with just the two hotels your sister cleans at"),
        ("I'd cut that to two, and more of them would end up paying.", None),
        ("I'd get them down to one, and spare your clerks half the calls.", None),
        ("I would do the same here, check the income first", None),
        ("I would help you", None),
        ("I'd make sure that you and your people get what they need", None),
        ("", None),
        ("I'd", None),
    ],
)  # fmt: skip
def test_turned_round(said: str, echo: str | None) -> None:
    assert turned_round(said) == echo


def test_to_ring_is_no_ringing() -> None:
    quote = quoted("I'd ring everybody who started a form")
    assert quote is not None
    assert quote.offer == "you'd ring everybody who started a form"

"""The manager's lines fit the business on the call sheet."""

import re

import pytest

from rehearse.calling.bank import packaged_bank
from rehearse.calling.scenario import FILLED_BY_SHEET, Moment, packaged_scenario
from rehearse.preparing.call_sheet import CallSheet, Way

BUSINESSES = {
    "shop": [
        ("Lind's Bakery", "shift leader"),
        ("Amato Deli", "counter assistant"),
        ("Kerr the Butchers", "trainee"),
        ("Hill's Greengrocers", "assistant"),
        ("Pâtisserie Blanche", "counter assistant"),
        ("Green Door Bookshop", "sales assistant"),
        ("Ace Hardware", "cashier"),
        ("Patel Pharmacy", "counter assistant"),
        ("Northside Supermarket", "night stocker"),
    ],
    "hospital": [
        ("St. Anne's Hospital", "ward clerk"),
        ("Willow Care Home", "care assistant"),
        ("County Health", "paramedic"),
    ],
    "practice": [
        ("Bright Smile Dental", "receptionist"),
        ("Riverside Physio", "front desk"),
        ("Elm Road Surgery", "reception"),
    ],
    "animals": [
        ("Oak Lane Vet Clinic", "receptionist"),
        ("Hillside Veterinary Practice", "nurse for animals"),
        ("Paws Pet Hotel", "kennel hand"),
        ("City Zoo", "keeper"),
    ],
    "salon": [
        ("Bella Hair Salon", "stylist"),
        ("Iron Gym", "trainer"),
        ("Sparkle Cleaning", "team lead"),
    ],
    "software": [
        ("Northgate Software", "support engineer"),
        ("Acme Cloud", "developer"),
        ("Blue Apps", "product manager"),
    ],
    "factory": [
        ("Harlan Manufacturing", "welder"),
        ("Tall Oak Brewery", "packaging operator"),
        ("Weber Steel", "machinist"),
    ],
    "office": [
        ("Leeds City Council", "permit clerk"),
        ("Public Library", "library assistant"),
        ("Tax Authority", "caseworker"),
    ],
    "restaurant": [
        ("Bistro Milou", "waiter"),
        ("The Corner Café", "barista"),
        ("Luigi's Pizzeria", "line cook"),
    ],
    "logistics": [
        ("Halvorsen Freight", "planner"),
        ("Swift Couriers", "dispatcher"),
        ("Metro Buses", "driver"),
    ],
    "school": [
        ("Elm Street School", "secretary"),
        ("Little Stars Kindergarten", "teacher"),
        ("Westfield College", "lab assistant"),
    ],
    "bank": [
        ("First Savings Bank", "teller"),
        ("Alder Insurance", "claims handler"),
        ("Kline Accounting", "bookkeeper"),
    ],
    "site": [
        ("Mason & Sons Construction", "site manager"),
        ("Dry Roofs", "roofer"),
        ("Volt", "electrician"),
        ("Brook Architects", "draughtsman"),
    ],
    "nonprofit": [
        ("City Food Bank", "volunteer coordinator"),
        ("Modern Art Museum", "guide"),
        ("Hope Foundation", "donor manager"),
    ],
    "general": [("Kappelmann", "assistant"), ("Harbour Hotel", "night porter"), ("", "")],
}


@pytest.mark.parametrize(
    ("trade", "company", "job"),
    [(trade, *names) for trade, found in BUSINESSES.items() for names in found],
)
def test_the_trade_is_that_of_the_business(trade: str, company: str, job: str) -> None:
    sheet = CallSheet(company=company, job=job)
    assert packaged_bank().trade_of(sheet).name == trade


@pytest.mark.parametrize(
    "words",
    ["our business", "a portfolio", "an appointment", "two million", "until then", "building one"],
)
def test_a_word_inside_another_tells_no_trade(words: str) -> None:
    assert packaged_bank().trade_of(CallSheet(business=words)).name == "general"


def test_the_ways_tell_the_trade_where_nothing_else_does() -> None:
    way = Way(action="call the patients who miss appointments", touches="the ward")
    assert packaged_bank().trade_of(CallSheet(company="Kappelmann", ways=(way,))).name == "hospital"
    one_word = Way(action="train students in February", touches="so your agents stay")
    assert packaged_bank().trade_of(CallSheet(ways=(one_word,))).name == "general"
    shop = CallSheet(company="Kappelmann's shop", ways=(way, way))
    assert packaged_bank().trade_of(shop).name == "shop"


@pytest.mark.parametrize(
    "moment",
    [Moment.PAY, Moment.HOURS, Moment.START_DATE, Moment.LOCATION, Moment.NEXT_STEP],
)
@pytest.mark.parametrize("manner", ["warm", "brisk", "doubtful", "scattered", "reserved"])
def test_questions_about_terms_have_a_dozen_answers(moment: Moment, manner: str) -> None:
    phrasings = packaged_bank().phrasings(moment, manner)
    assert len(set(phrasings)) >= 12
    assert not any("{" + name + "}" in text for text in phrasings for name in FILLED_BY_SHEET)


def test_without_a_trade_the_answer_names_no_goods() -> None:
    general = packaged_bank().trade_of(CallSheet())
    answers = [text for theme in general.themes for text in theme.answer]
    answers += packaged_scenario("friendly").lines[Moment.ANSWER]
    assert not any("order" in text for text in answers)


def test_a_shop_names_no_goods_that_another_shop_does_not_sell() -> None:
    goods = re.compile(r"\b(paint|brush|drill|bits|lamps?|bulb|loaves|bread|cream|sizes?|basket)\b")
    (shop,) = (trade for trade in packaged_bank().trades if trade.name == "shop")
    said = [text for theme in shop.themes for part in vars(theme).values() for text in part]
    assert len(said) == 44
    assert not [text for text in said if goods.search(text)]

"""The manager's lines fit the business on the call sheet."""

import re

import pytest

from rehearse.calling.bank import packaged_bank
from rehearse.calling.scenario import FILLED_BY_SHEET, Moment, packaged_scenario
from rehearse.preparing.call_sheet import CallSheet, Way

BANK = packaged_bank()
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
    "hotel": [
        ("Harbour Hotel", "night porter"),
        ("Hôtel du Lac", "receptionist"),
        ("Seaview Guest House", "guest relations"),
        ("Edelweiss Guesthouse", "breakfast help"),
        ("Rose Cottage B&B", "housekeeper"),
        ("The Elms Bed & Breakfast", "assistant"),
        ("Old Town Youth Hostel", "front desk"),
        ("Holiday Inn", "front desk agent"),
        ("Route 9 Motel", "cleaner"),
        ("Blue Bay Resort", "activities host"),
        ("Pine Lake Campsite", "warden"),
        ("Camping Seeblick", "reception"),
        ("Spa Hotel Adler", "receptionist"),
        ("Bad Aurach Thermal Baths", "lifeguard"),
        ("City Airport Hotel", "reservations"),
        ("Kappelmann", "night auditor"),
    ],
    "salon": [
        ("Bella Hair Salon", "stylist"),
        ("Iron Gym", "trainer"),
        ("Sparkle Cleaning", "team lead"),
        ("Lotus Day Spa", "therapist for massage"),
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
    "general": [("Kappelmann", "assistant"), ("Harbour Tours", "guide"), ("", "")],
}


@pytest.mark.parametrize(
    ("trade", "company", "job"),
    [(trade, *names) for trade, found in BUSINESSES.items() for names in found],
)
def test_the_trade_is_that_of_the_business(trade: str, company: str, job: str) -> None:
    sheet = CallSheet(company=company, job=job)
    assert packaged_bank().trade_of(sheet).name == trade


@pytest.mark.parametrize(
    ("trade", "company", "job"),
    [
        ("general", "Hotel Supplies Wholesaler", "buyer"),
        ("general", "Lund Hotel and Restaurant Supplies", "buyer"),
        ("factory", "Marlow", "machine operator in linen for hotels"),
        ("software", "Roomwise Hotel Software", "support"),
        ("salon", "Fresh Hotel Laundry", "driver"),
        ("school", "Lausanne Hotel Management School", "registrar"),
        ("site", "Grand Hotel Builders", "foreman"),
        ("shop", "Summit Camping Gear shop", "assistant"),
        ("shop", "Hotel Chocolat", "store manager"),
        ("hospital", "St. Anne's Hospital", "porter"),
        ("hospital", "Rosewood Hospice", "night porter"),
        ("nonprofit", "Open Door charity", "night worker in a homeless hostel"),
        ("general", "Meyer Hospitality Staffing", "host"),
        ("restaurant", "Trattoria Roma", "waiter"),
        ("restaurant", "Hotel Adler", "waiter in the restaurant"),
        ("animals", "Happy Paws Dog and Pet Hotel", "kennel hand"),
        ("animals", "Rover's Dog Hotel", "carer"),
        ("bank", "Greenfield Pension Fund", "claims clerk"),
    ],
)
def test_what_only_sounds_like_a_hotel_is_none(trade: str, company: str, job: str) -> None:
    assert packaged_bank().trade_of(CallSheet(company=company, job=job)).name == trade


def test_words_of_two_fields_make_no_phrase() -> None:
    sheet = CallSheet(company="Harbour Hotel", business="supplies that come on time")
    assert packaged_bank().trade_of(sheet).name == "hotel"


@pytest.mark.parametrize("part", ["answer", "again", "business", "example"])
def test_each_concern_of_a_business_has_several_wordings(part: str) -> None:
    counts = {
        (trade.name, len(getattr(theme, part))) for trade in BANK.trades for theme in trade.themes
    }
    assert {count for _, count in counts} == {2 if part == "again" else 3}


@pytest.mark.parametrize(
    "words",
    [
        "our business",
        "a portfolio",
        "an appointment",
        "two million",
        "until then",
        "building one",
        "as a last resort",
        "the inner circle",
        "a summer campaign",
    ],
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
    general = packaged_bank().trade_of(CallSheet())
    answers = [text for theme in general.themes for text in theme.answer]
    answers += packaged_scenario("friendly").lines[Moment.ANSWER]
    assert not any("order" in text for text in answers)


def test_a_shop_names_no_goods_that_another_shop_does_not_sell() -> None:
    goods = re.compile(r"\b(paint|brush|drill|bits|lamps?|bulb|loaves|bread|cream|sizes?|basket)\b")
    (shop,) = (trade for trade in BANK.trades if trade.name == "shop")
    said = [text for theme in shop.themes for part in vars(theme).values() for text in part]
    assert len(said) == 44
    assert not [text for text in said if goods.search(text)]

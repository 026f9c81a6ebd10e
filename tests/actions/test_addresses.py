import pytest

from actions.addresses import Parts, complete, find_known, read_parts
from shop.models import Address

HOME = Address(line1="Kanalweg 4", city="Leipzig", postal_code="04109", country="DE")
SHORE = Address(line1="8 Pier Road", line2="Apt 3", city="Seattle", region="WA", postal_code="98101", country="US")


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Hafenstrasse 9, 28195 Bremen", Parts("Hafenstrasse 9", city="Bremen", postal_code="28195")),
        ("hafenstrasse 9 28195 bremen", Parts("Hafenstrasse 9", city="Bremen", postal_code="28195")),
        ("please send it to Hafenstrasse 9 in Bremen", Parts("Hafenstrasse 9", city="Bremen")),
        ("my new address is 14 Mill Lane, York YO1 7AA", Parts("14 Mill Lane", city="York", postal_code="YO1 7AA")),
        ("5 Rue du Port\n75002 Paris\nFrance", Parts("5 Rue du Port", city="Paris", postal_code="75002", country="FR")),
        ("Kerkstraat 12, 1017 AB Amsterdam, Netherlands", Parts("Kerkstraat 12", city="Amsterdam", postal_code="1017 AB", country="NL")),
        (
            "ship it to 77 Sunset Blvd Apt 4B, Los Angeles, CA, 90028 please",
            Parts("77 Sunset Blvd", "Apt 4B", "Los Angeles", "CA", "90028", "US"),
        ),
        ("change it to 12 Oak Street Chicago IL 60601", Parts("12 Oak Street", "", "Chicago", "IL", "60601", "US")),
        ("7 Mill Bank, New York, 10013 for the account and the orders", Parts("7 Mill Bank", city="New York", postal_code="10013")),
        ("street: Am Markt 5, city: Jena, zip: 07743", Parts("Am Markt 5", city="Jena", postal_code="07743")),
        ("I typed Birkenweg 7 but it is Birkenweg 17", Parts("Birkenweg 17")),
        ("deliver it to Flat 19 instead", Parts(line2="Flat 19")),
        ("house number is 40 not 4", Parts(house="40")),
        ("no, number 15", Parts(house="15")),
        ("Great, 3 megapixels. I moved: please use 9 Elm Court, 04109 Leipzig", Parts("9 Elm Court", city="Leipzig", postal_code="04109")),
        ("I have 3 cats. 4 Privet Drive, Woking, GU21 4AB. Thanks a lot!", Parts("4 Privet Drive", city="Woking", postal_code="GU21 4AB")),
        (
            "No! The street is 8 Pier Road, not 64 Gigabytes. 8 Pier Road, Apt 3, Seattle, WA 98101.",
            Parts("8 Pier Road", "Apt 3", "Seattle", "WA", "98101", "US"),
        ),
        ("Almost, but you lost the flat. Street 8 Pier Road, second line Apt 3.", Parts("8 Pier Road", "Apt 3")),
        ("the zip should be 80331", Parts(postal_code="80331")),
        ("the city is wrong, it should say Bremen", Parts(city="Bremen")),
    ],
)
def test_what_is_written_is_read(said: str, parts: Parts) -> None:
    assert read_parts(said) == parts


@pytest.mark.parametrize(
    "said",
    [
        "yes",
        "my mum's place",
        "the address in my account",
        "change my address",
        "no, the other order",
        "32 gigabytes, lovely. Now my address: the one my son lives at",
        "swap the 15-inch one for a 13-inch one",
        "in my time a film had 36, now change my address",
    ],
)
def test_words_without_an_address_hold_none(said: str) -> None:
    assert not read_parts(said)


def test_the_place_is_read_where_only_the_place_was_asked_for() -> None:
    assert read_parts("bremen", place=True) == Parts(city="Bremen")
    assert read_parts("Jena, 07743", place=True) == Parts(city="Jena", postal_code="07743")
    assert read_parts("Seattle, WA 98101", place=True) == Parts(city="Seattle", region="WA", postal_code="98101", country="US")


def test_a_detail_that_is_put_right_keeps_the_rest() -> None:
    assert complete(Parts(house="14"), HOME)[0] == HOME.model_copy(update={"line1": "Kanalweg 14"})
    assert complete(Parts(line2="Flat 19"), SHORE)[0] == SHORE.model_copy(update={"line2": "Flat 19"})
    assert complete(Parts(postal_code="04103"), HOME)[0] == HOME.model_copy(update={"postal_code": "04103"})


def test_another_street_does_not_keep_the_old_flat() -> None:
    made, _ = complete(read_parts("12 Oak Street, Seattle, 98101"), SHORE)
    assert made == Address(line1="12 Oak Street", city="Seattle", region="WA", postal_code="98101", country="US")


def test_what_is_missing_is_named_and_not_guessed() -> None:
    assert complete(Parts("Hafenstrasse 9"), HOME) == (None, ("city", "postal_code"))
    assert complete(Parts("Hafenstrasse 9", city="Bremen"), HOME) == (None, ("postal_code",))
    assert complete(Parts("9 Elm Road", city="Boston", postal_code="02110"), SHORE) == (None, ("region",))
    assert complete(Parts(city="Bremen"), HOME)[0] is None


def test_new_york_lies_in_new_york() -> None:
    made, _ = complete(read_parts("7 Mill Bank, New York, 10013"), SHORE)
    assert made
    assert (made.region, made.country) == ("NY", "US")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("use my default address", [HOME]),
        ("the one in Seattle", [SHORE]),
        ("to my Washington address", [SHORE]),
        ("not to Leipzig", []),
        ("to my office", []),
    ],
)
def test_addresses_of_the_customers_own_are_found_by_what_they_are_called(said: str, found: list[Address]) -> None:
    assert find_known(said, [HOME, SHORE], HOME) == found


@pytest.mark.parametrize(
    "text",
    [
        "please send that to 31 Quay Lane too, Suite 3, 73301 Fort Worth, Texas",
        "to 31 Quay Lane as well, Suite 3, Fort Worth Texas 73301",
        "Send it to 31 Quay Lane now, Suite 3, Fort Worth also, TX 73301 please",
        "make it 31 Quay Lane instead, Suite 3, 73301, Fort Worth too, TX",
    ],
)
def test_little_words_are_no_part_of_an_address(text: str) -> None:
    said = read_parts(text, "US")
    assert (said.line1, said.line2, said.city, said.region, said.postal_code) == ("31 Quay Lane", "Suite 3", "Fort Worth", "TX", "73301")

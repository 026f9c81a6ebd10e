"""Order numbers as they are written, and the postal codes that are none."""

import pytest

from actions.spoken import find_order_ids
from actions.turn import Request


@pytest.mark.parametrize(
    "text",
    [
        "Ann Berg, zip 32286!",
        "32286 is my zip",
        "32286 was the postcode",
        "name's Ann Berg 32286",
        "my name is ann berg, 32286",
        "Ann Berg 32286",
        "ann berg, 32286",
        "32286, ann berg",
        "it's lee wu 32286",
        "I JUST told you! Ann Berg - 32286",
        "oh, that was Ann Berg, 32286. Return the lamp please",
    ],
)
def test_a_postal_code_beside_a_name_is_no_order(text: str) -> None:
    assert find_order_ids(Request("inform", text)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("cancel order 30001", "30001"),
        ("where is my parcel 30001", "30001"),
        ("Order Number 30001", "30001"),
        ("the lamp, 30001", "30001"),
        ("Ann Berg, 32286, order CH-30001", "CH-30001"),
        ("it is 30001", "30001"),
    ],
)
def test_an_order_number_is_one(text: str, number: str) -> None:
    assert find_order_ids(Request("inform", text)) == [number]


@pytest.mark.parametrize(
    "text", ["was the mastercard ending in 9911 used?", "my visa (ends with 9911)", "gift card 9911", "the credit card that ends in 9911"]
)
def test_the_end_of_a_cards_number_is_no_order(text: str) -> None:
    assert find_order_ids(Request("track_order", text, entities=({"entity": "order_id", "value": "9911"},))) == []

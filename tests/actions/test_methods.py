import pytest

from actions.methods import find_method, names_method
from actions.turn import Request
from shop.models import PaymentKind, PaymentMethod

VISA = PaymentMethod(payment_method_id="card_7001", kind=PaymentKind.CARD, brand="Visa", last_four="4242")
MASTER = PaymentMethod(payment_method_id="card_7002", kind=PaymentKind.CARD, brand="Mastercard", last_four="1881")
PAYPAL = PaymentMethod(payment_method_id="paypal_7003", kind=PaymentKind.PAYPAL)
GIFT = PaymentMethod(payment_method_id="gift_9054", kind=PaymentKind.GIFT_CARD, balance_cents=5000)
ALL = [VISA, MASTER, PAYPAL, GIFT]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("to my paypal please", PAYPAL),
        ("pay pal", PAYPAL),
        ("the gift card", GIFT),
        ("put it on the giftcard", GIFT),
        ("the card ending in 1881", MASTER),
        ("the one ending 9054", GIFT),
        ("my visa", VISA),
        ("Master card", MASTER),
        ("not the visa, paypal", PAYPAL),
        ("switch from visa to mastercard", MASTER),
        ("the original method", VISA),
        ("back to where it came from", VISA),
    ],
)
def test_one_method_is_found_by_what_it_is_called(said: str, meant: PaymentMethod) -> None:
    assert find_method(Request("inform", said), ALL, used=["card_7001"]) == meant


def test_the_other_card_is_the_one_not_used() -> None:
    assert find_method(Request("inform", "my other card"), ALL, used=["card_7001"]) == MASTER
    assert find_method(Request("inform", "a different one"), [VISA, PAYPAL], used=["card_7001"]) == PAYPAL


@pytest.mark.parametrize("said", ["my card", "something else", "yes", "the lamp"])
def test_what_fits_several_or_none_is_left_open(said: str) -> None:
    assert find_method(Request("inform", said), ALL, used=[]) is None


def test_the_first_named_is_taken_where_the_other_is_only_a_fallback() -> None:
    said = Request("inform", "with my gift card, if that's not possible paypal is fine")
    assert find_method(said, ALL) == GIFT
    assert find_method(said, [VISA, PAYPAL]) == PAYPAL


def test_a_pressed_method_is_that_method() -> None:
    pressed = Request("inform", "", entities=({"entity": "payment_method", "value": "paypal_7003"},), pressed=True)
    assert find_method(pressed, ALL) == PAYPAL
    assert names_method(pressed)
    assert not names_method(Request("inform", "the lamp"))


@pytest.mark.parametrize(
    "said",
    [
        "swap the mug for the smallest one. And second, I mistyped my address, correct it in my account too",
        "a different colour please, and check the total I paid",
        "the other shirt in blue, and how much is charged?",
    ],
)
def test_what_is_other_about_goods_names_no_way_to_pay(said: str) -> None:
    assert find_method(Request("exchange_item", said), ALL, used=["card_7001"], asked=False) is None


@pytest.mark.parametrize("said", ["swap it for blue and charge my other card", "in red, difference to the other card please"])
def test_another_card_may_be_named_with_the_wish(said: str) -> None:
    assert find_method(Request("exchange_item", said), ALL, used=["card_7001"], asked=False) == MASTER

"""What a language model may choose from: the customer's own items, their products' options, the intents that NLU itself thinks possible.

Nothing else passes. A yes, a no, a stop, a person and a proof of identity are not among them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actions.variants.scales import option_names, option_values
from shop.models import Order, OrderLine, Product

MEANINGS = {
    "track_order": "where an order is",
    "list_orders": "see the own orders",
    "ask_order_details": "a fact of an order: its price, its items, where it goes, how it was paid",
    "cancel_order": "cancel an order",
    "return_item": "send items back for money",
    "exchange_item": "another version of an item that was ordered",
    "change_address": "another address for an order or the account",
    "change_payment": "pay an order in another way",
    "check_refund": "where money that is owed back is",
    "ask_invoice": "an invoice",
    "report_damaged_item": "something arrived broken or wrong",
    "report_missing_delivery": "a parcel never came",
    "report_late_order": "a parcel is late",
    "search_product": "find a product",
    "ask_product": "a property of a product",
    "compare_products": "compare products",
    "check_stock": "whether a product can be had",
    "ask_price": "what a product costs",
    "ask_size": "which size fits",
    "request_recommendation": "a recommendation",
    "find_similar": "products like another one",
    "find_matching": "what goes with a product",
    "ask_popular": "what sells best",
    "ask_returns_policy": "the rules of returns",
    "ask_delivery": "the rules, times and costs of delivery",
    "ask_payment": "which ways to pay there are",
    "ask_promo_code": "discount codes",
    "ask_gift_card": "gift cards",
    "ask_account": "how the account works",
    "ask_account_info": "what the account holds",
    "ask_warranty": "warranty and repairs",
    "ask_privacy": "personal data",
    "ask_loyalty": "loyalty points",
    "ask_opening_hours": "opening hours",
}
"""Intents that may be read from an utterance, with what the customer wants."""
TASKS = ("track_order", "return_item", "exchange_item", "cancel_order", "change_address", "change_payment")
"""What may be read whatever NLU thinks: nothing is done without the customer's own yes, or nothing is done at all."""
DEGREES = (
    "cheapest", "cheaper", "most expensive", "biggest", "bigger", "smallest", "smaller", "longest", "longer", "shortest", "shorter",
    "brightest", "brighter", "dimmest", "dimmer", "strongest", "stronger", "weakest", "weaker", "lightest", "lighter", "heavier",
    "darker", "thinner", "thicker", "warmer", "easier", "harder",
)  # fmt: skip
"""Words for more and less that `actions/variants` reads."""
OTHERWISE = {"leave it": "leave it", "return it": "return it", "cancel the order": "cancel it", "a person": "get me a person"}
"""What may be wanted where a wish cannot be met, and the words for it."""
_MOST = 60
_DIGITS = {
    word: str(digit)
    for digit, words in enumerate(("zero oh nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))
    for word in words.split()
}
_FEWEST_DIGITS = 4


@dataclass(frozen=True)
class Choices:
    """What may be chosen.

    Attributes:
        intents: What may be asked for; empty where a form is open, whose matter is known.
        orders: The customer's own orders whose numbers stand in their words.
        items: What each of the customer's items is called → its name in plain words.
        wishes: What may be wished of an item → the words for it, by item.
        vocabulary: Words of the catalogue; None where no product is looked for.
    """

    intents: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    items: Mapping[str, str] = field(default_factory=dict)
    wishes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    vocabulary: frozenset[str] | None = None

    @property
    def all_wishes(self) -> list[str]:
        """Every wish that some item allows."""
        return list(dict.fromkeys(wish for wishes in self.wishes.values() for wish in wishes))


def of_lines(lines: Sequence[OrderLine], products: Mapping[str, Product]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """The items and wishes that lines of the customer's orders give; those of one name are told apart by their options."""
    items: dict[str, str] = {}
    wishes: dict[str, dict[str, str]] = {}
    for line in lines[:_MOST]:
        twins = {other.label for other in lines if other.name == line.name}
        called = line.label if len(twins) > 1 else line.name
        items[called] = " ".join([line.name, *line.options.values()]) if len(twins) > 1 else line.name
        product = products.get(str(line.product_id))
        wishes[called] = _of_product(product) if product else {}
    return items, wishes


def _of_product(product: Product) -> dict[str, str]:
    named = {f"{name}: {value}": f"{name} {value}" for name in option_names(product) for value in option_values(product, name)}
    return dict(list(named.items())[:_MOST]) | {degree: degree for degree in DEGREES}


def said_orders(text: str, orders: Sequence[Order]) -> tuple[str, ...]:
    """Those orders whose digits stand in a text, figures or words ("two zero zero zero one")."""
    parts = re.findall(r"\d+|[a-z]+", text.lower())
    digits = "".join(_DIGITS.get(part, part if part.isdigit() else " ") for part in parts)
    runs = [run for run in digits.split() if len(run) >= _FEWEST_DIGITS]
    return tuple(str(order.order_id) for order in orders if any(run in _digits_of(order) or _digits_of(order) in run for run in runs))


def _digits_of(order: Order) -> str:
    return "".join(sign for sign in str(order.order_id) if sign.isdigit()) or "-"

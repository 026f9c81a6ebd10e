"""The customers of the demo shop: two that stay the same, and as many invented ones as asked for."""

import unicodedata
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml

from shop.models import Address, Customer, CustomerId, PaymentKind, PaymentMethod

MARA: Final = Customer(
    customer_id=CustomerId("cus_mara"),
    first_name="Mara",
    last_name="Lindqvist",
    email="mara.lindqvist@example.com",
    address=Address(line1="Skeppargatan 14", line2="3 tr", city="Stockholm", postal_code="114 52", country="SE"),
    payment_methods=[
        PaymentMethod(payment_method_id="card_mara_4242", kind=PaymentKind.CARD, brand="Visa", last_four="4242"),
        PaymentMethod(payment_method_id="paypal_mara", kind=PaymentKind.PAYPAL),
        PaymentMethod(payment_method_id="gift_mara_7310", kind=PaymentKind.GIFT_CARD, balance_cents=4500),
    ],
)
JONAS: Final = Customer(
    customer_id=CustomerId("cus_jonas"),
    first_name="Jonas",
    last_name="Okafor",
    email="jonas.okafor@example.com",
    address=Address(line1="Speicherweg 8", city="Hamburg", postal_code="20457", country="DE"),
    payment_methods=[
        PaymentMethod(payment_method_id="card_jonas_0077", kind=PaymentKind.CARD, brand="Mastercard", last_four="0077"),
        PaymentMethod(payment_method_id="gift_jonas_2218", kind=PaymentKind.GIFT_CARD, balance_cents=12000),
    ],
)
_MAIL_DOMAINS = ("example.com", "example.net", "example.org")
_BALANCES = (0, 1000, 2500, 5000, 7350, 15000)
_CARD_BRANDS = ("Visa", "Mastercard", "American Express")


@cache
def _read_people() -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load(Path(__file__).with_name("people.yml").read_text(encoding="utf-8")))


@cache
def list_first_names() -> tuple[str, ...]:
    """All first names of the invented people."""
    return tuple(name for region in _read_people() for name in region["first"])


def generate_customers(random: Random, count: int) -> list[Customer]:
    """Mara, Jonas and invented people, no name twice.

    Args:
        random: Decides everything.
        count: How many in all; at most as many as there are names.
    """
    names = [(region, first, last) for region in _read_people() for first in region["first"] for last in region["last"]]
    chosen = random.sample(names, count - 2)
    return [MARA, JONAS, *(_customer(number, *name, random) for number, name in enumerate(chosen, 3))]


def _customer(number: int, region: dict[str, Any], first: str, last: str, random: Random) -> Customer:
    city, postal_code, street = random.choice(region["places"])
    number_first = region["country"] == "FR"
    house = random.randint(1, 120)
    return Customer(
        customer_id=CustomerId(f"cus_{number:04d}"),
        first_name=first,
        last_name=last,
        email=f"{_ascii(first)}.{_ascii(last)}{number}@{random.choice(_MAIL_DOMAINS)}",
        address=Address(
            line1=f"{house} {street}" if number_first else f"{street} {house}",
            city=city,
            postal_code=postal_code,
            country=region["country"],
        ),
        payment_methods=_payment_methods(number, random),
    )


def _payment_methods(number: int, random: Random) -> list[PaymentMethod]:
    card = f"{random.randint(0, 9999):04d}"
    gift = f"{random.randint(0, 9999):04d}"
    brand, balance_cents = random.choice(_CARD_BRANDS), random.choice(_BALANCES)
    methods = [
        PaymentMethod(payment_method_id=f"card_{number:04d}_{card}", kind=PaymentKind.CARD, brand=brand, last_four=card),
        PaymentMethod(payment_method_id=f"paypal_{number:04d}", kind=PaymentKind.PAYPAL),
        PaymentMethod(payment_method_id=f"gift_{number:04d}_{gift}", kind=PaymentKind.GIFT_CARD, balance_cents=balance_cents),
    ]
    wanted = random.choice(((0,), (0,), (1,), (0, 1), (0, 2), (1, 2), (0, 1, 2)))
    return [methods[i] for i in wanted]


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "").replace("'", "")

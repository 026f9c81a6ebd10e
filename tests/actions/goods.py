"""A small shop with known figures: what the tests of the dialogue talk about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from shop.models import ShopData

NOW = datetime.now(UTC).replace(microsecond=0)


def day(ago: float) -> str:
    return (NOW - timedelta(days=ago)).isoformat()


def product(
    product_id: str, name: str, kind: str, brand: str, variants: list[tuple[dict[str, str], int, int]], **more: Any
) -> dict[str, Any]:
    return {
        "product_id": product_id,
        "name": name,
        "product_type": kind,
        "brand": brand,
        "currency": "EUR",
        "image_url": f"/storefront/images/{product_id}.svg",
        "url": f"/products/{product_id}",
        "variants": [
            {"variant_id": f"{product_id}-{number}", "options": options, "price_cents": cents, "stock": stock}
            for number, (options, cents, stock) in enumerate(variants, 1)
        ],
        **more,
    }


def line(
    number: int, product_id: str, name: str, cents: int, options: dict[str, str] | None = None, quantity: int = 1, variant: int = 1
) -> dict[str, Any]:
    return {
        "line_id": f"L{number}",
        "product_id": product_id,
        "variant_id": f"{product_id}-{variant}",
        "name": name,
        "options": options or {},
        "price_cents": cents,
        "quantity": quantity,
    }


def versions(**options: list[str]) -> list[dict[str, str]]:
    """Every combination of option values."""
    made: list[dict[str, str]] = [{}]
    for name, values in options.items():
        made = [{**one, name: value} for one in made for value in values]
    return made


HOME = {"line1": "Kanalweg 4", "city": "Leipzig", "postal_code": "04109", "country": "DE"}


DOCK = {"line1": "Hafenstrasse 9", "line2": "Flat 2", "city": "Bremen", "postal_code": "28195", "country": "DE"}


def order(
    order_id: str, customer_id: str, status: str, ago: float, lines: list[dict[str, Any]], paid_with: str, **more: Any
) -> dict[str, Any]:
    total = sum(one["price_cents"] * one["quantity"] for one in lines) + more.get("shipping_cents", 0)
    payments = [{"kind": "payment", "amount_cents": total, "payment_method_id": paid_with, "at": day(ago)}, *more.pop("refunds", [])]
    return {
        "order_id": order_id,
        "customer_id": customer_id,
        "status": status,
        "currency": "EUR",
        "address": more.pop("address", HOME),
        "lines": lines,
        "payments": payments,
        "placed_at": day(ago),
        **more,
    }


def parcel(number: str, lines: list[str], expected_in: float | None = None, events: list[tuple[float, str, str]] = ()) -> dict[str, Any]:  # type: ignore[assignment]
    return {
        "tracking_id": number,
        "carrier": "Paketo",
        "tracking_url": f"https://paketo.example/{number}",
        "line_ids": lines,
        "expected_at": day(-expected_in) if expected_in is not None else None,
        "events": [{"at": day(ago), "place": place, "text": text} for ago, place, text in events],
    }


PRODUCTS = [
    product(
        "P-1",
        "Quillon Hush 75",
        "keyboard",
        "Quillon",
        [({"colour": "black"}, 8900, 4), ({"colour": "white"}, 9500, 0)],
        description="A quiet mechanical keyboard with damped switches for shared rooms.",
        attributes={"switches": "silent red", "layout": "75 percent", "connection": "USB-C and Bluetooth", "battery life": "120 hours"},
        keywords=["quiet", "mechanical", "board"],
        reviews=[
            {"author": "Lotte", "rating": 5, "text": "Nobody hears me type.", "written_at": day(90)},
            {"author": "Per", "rating": 4, "text": "Good keys.", "written_at": day(60)},
        ],
    ),
    product(
        "P-2",
        "Quillon Clatter 100",
        "keyboard",
        "Quillon",
        [({"colour": "black"}, 12900, 7)],
        description="A full size keyboard with clicky switches.",
        attributes={"switches": "clicky blue", "layout": "full size", "connection": "USB-C"},
        keywords=["loud", "mechanical"],
    ),
    product(
        "P-3",
        "Juniper Row Felt Keyboard",
        "keyboard",
        "Juniper Row",
        [({"colour": "grey"}, 6900, 2)],
        description="A quiet low keyboard with scissor keys, covered in felt.",
        attributes={"switches": "scissor", "layout": "75 percent", "connection": "Bluetooth"},
        keywords=["quiet", "low"],
    ),
    product(
        "P-4",
        "Nordlys Fold",
        "desk lamp",
        "Nordlys",
        [({"colour": "white"}, 4900, 10), ({"colour": "brass"}, 6900, 1)],
        description="A folding desk lamp with warm and cool light.",
        attributes={"light": "LED, 600 lumen", "height": "42 cm"},
        keywords=["light", "lamp"],
    ),
    product(
        "P-5",
        "Ombra Arc",
        "desk lamp",
        "Ombra",
        [({"colour": "black"}, 8900, 0)],
        description="A tall desk lamp with a long arm.",
        attributes={"light": "LED, 900 lumen", "height": "60 cm"},
        keywords=["light", "lamp"],
    ),
    product(
        "P-6",
        "Pellworth Heavy Tee",
        "t-shirt",
        "Pellworth",
        [
            ({"size": "M", "colour": "black"}, 2500, 9),
            ({"size": "L", "colour": "black"}, 2500, 0),
            ({"size": "M", "colour": "white"}, 2300, 5),
        ],
        description="A heavy cotton shirt that keeps its shape.",
        attributes={"material": "100% cotton", "fit": "regular"},
        keywords=["shirt", "tee", "top"],
    ),
    product(
        "P-7",
        "Calder Tide 42",
        "wristwatch",
        "Calder",
        [({"case": "42 mm", "strap": "leather"}, 19900, 3)],
        description="A diver's watch.",
        attributes={"water resistance": "200 m", "movement": "automatic"},
        keywords=["watch"],
    ),
    product(
        "P-8",
        "Calder Harbour 42",
        "wristwatch",
        "Calder",
        [({"case": "42 mm", "strap": "leather"}, 17900, 2), ({"case": "38 mm", "strap": "steel"}, 16900, 2)],
        description="A plain watch for every day.",
        attributes={"water resistance": "50 m", "movement": "automatic"},
        keywords=["watch"],
    ),
    product(
        "P-9",
        "Kestrel Trail",
        "running shoes",
        "Kestrel",
        [({"size": "42"}, 11900, 3), ({"size": "43"}, 11900, 0), ({"size": "44"}, 11900, 6)],
        description="Grippy shoes for paths and mud.",
        attributes={"drop": "6 mm", "weight": "290 g"},
        keywords=["trail", "shoes", "sneakers"],
    ),
    product(
        "P-10",
        "Quillon Palm Rest",
        "desk accessory",
        "Quillon",
        [({}, 2900, 20)],
        description="A wooden rest for the wrists.",
        attributes={"material": "oak"},
        keywords=["rest", "wrist"],
    ),
    # Many versions each, for changes and exchanges: prices rise with every step, and a few are sold out.
    product(
        "P-11",
        "Fjordline Steel",
        "vacuum flask",
        "Fjordline",
        [
            (options, 2400 + 300 * number, 0 if options == {"capacity": "1 l", "colour": "black"} else 6)
            for number, options in enumerate(versions(capacity=["500 ml", "750 ml", "1 l"], colour=["green", "black"]))
        ],
        description="An insulated steel flask.",
        keywords=["flask", "bottle"],
    ),
    product(
        "P-12",
        "Ombra Glow",
        "night light",
        "Ombra",
        [
            (options, 3100 + 200 * number, 4)
            for number, options in enumerate(versions(brightness=["low", "medium", "high"], power=["solar", "battery", "mains"]))
        ],
        description="A small glow for the bedside.",
    ),
    product(
        "P-13",
        "Kestrel Ridge",
        "hiking boots",
        "Kestrel",
        [
            (options, 11500 + 500 * number, 0 if options == {"size": "43", "waterproof": "yes"} else 3)
            for number, options in enumerate(versions(size=["41", "42", "43"], waterproof=["no", "yes"]))
        ],
        description="Boots for rock and rain.",
        keywords=["boots"],
    ),
    product(
        "P-14",
        "Havre Pack",
        "backpack",
        "Havre",
        [(options, 7900, 5) for options in versions(colour=["grey", "navy", "olive"])],
        description="A plain pack for every day.",
        keywords=["pack", "rucksack"],
    ),
    # Enno's: the same thing in several orders and several times in one, and a scope of which few versions are made.
    product(
        "P-15",
        "Sola Sling",
        "hammock",
        "Sola",
        [
            (options, 6000 + 450 * number, 4)
            for number, options in enumerate(
                versions(length=["2 m", "2.5 m", "3 m"], cloth=["cotton", "hemp"], pattern=["plain", "striped", "dotted"])
            )
        ],
        description="A hammock for two trees.",
    ),
    product(
        "P-16",
        "Galvan Reach",
        "extension lead",
        "Galvan",
        [
            (options, 1500 + 130 * number, 5)
            for number, options in enumerate(
                versions(length=["2 m", "5 m", "10 m"], cover=["rubber", "textile"], colour=["black", "white", "orange"])
            )
        ],
        description="A lead with three sockets.",
        keywords=["lead"],
    ),
    product(
        "P-17",
        "Larkmoor Scout",
        "spotting scope",
        "Larkmoor",
        [
            ({"lens": "60 mm", "zoom": "20x", "cover": "hard case"}, 21000, 3),
            ({"lens": "65 mm", "zoom": "20x", "cover": "hard case"}, 24000, 3),
            ({"lens": "65 mm", "zoom": "30x", "cover": "soft bag"}, 26000, 3),
            ({"lens": "80 mm", "zoom": "45x", "cover": "hard case"}, 33000, 3),
            ({"lens": "80 mm", "zoom": "20x", "cover": "hard case"}, 25000, 3),
            ({"lens": "60 mm", "zoom": "30x", "cover": "soft bag"}, 22500, 3),
        ],
        description="A scope for watching birds.",
        keywords=["scope"],
    ),
    product(
        "P-18",
        "Brisa Pebble",
        "travel speaker",
        "Brisa",
        [
            (options, 5200 + 210 * number, 4)
            for number, options in enumerate(
                versions(colour=["blue", "grey"], playtime=["6 hours", "9 hours"], seal=["splash-proof", "waterproof", "unsealed"])
            )
        ],
        description="A small speaker for the bag.",
        keywords=["speaker"],
    ),
    product(
        "P-19",
        "Morva Brew",
        "coffee maker",
        "Morva",
        [
            (options, 8000 + 700 * number, 3)
            for number, options in enumerate(
                versions(system=["capsule", "filter", "moka"], jug=["glass", "steel"], clock=["timer", "no timer"])
            )
        ],
        description="Makes coffee.",
    ),
    product(
        "P-20",
        "Morva Steep",
        "teapot",
        "Morva",
        [(options, 3000 + 250 * number, 3) for number, options in enumerate(versions(body=["glass", "clay"], volume=["1 l", "1.5 l"]))],
        description="A pot for tea.",
    ),
]

CUSTOMERS = [
    {
        "customer_id": "C-1",
        "first_name": "Ada",
        "last_name": "Lind",
        "email": "ada@mailbox.test",
        "address": HOME,
        "payment_methods": [
            {"payment_method_id": "pm-card-1", "kind": "card", "brand": "Visa", "last_four": "4242"},
            {"payment_method_id": "pm-gift-1", "kind": "gift_card", "balance_cents": 1500},
        ],
    },
    {
        "customer_id": "C-2",
        "first_name": "Bruno",
        "last_name": "Vale",
        "email": "bruno@mailbox.test",
        "address": HOME,
        "payment_methods": [{"payment_method_id": "pm-paypal-2", "kind": "paypal"}],
    },
    {
        "customer_id": "C-3",
        "first_name": "Cleo",
        "last_name": "Moor",
        "email": "cleo@mailbox.test",
        "address": HOME,
        "payment_methods": [{"payment_method_id": "pm-paypal-3", "kind": "paypal"}],
    },
    {
        "customer_id": "C-4",
        "first_name": "Dora",
        "last_name": "Kern",
        "email": "dora@mailbox.test",
        "address": DOCK,
        "payment_methods": [
            {"payment_method_id": "pm-card-4a", "kind": "card", "brand": "Visa", "last_four": "7301"},
            {"payment_method_id": "pm-card-4b", "kind": "card", "brand": "Mastercard", "last_four": "1881"},
            {"payment_method_id": "pm-paypal-4", "kind": "paypal"},
            {"payment_method_id": "pm-gift-4060", "kind": "gift_card", "balance_cents": 6000},
        ],
    },
    {
        "customer_id": "C-5",
        "first_name": "Enno",
        "last_name": "Vik",
        "email": "enno@mailbox.test",
        "address": DOCK,
        "payment_methods": [{"payment_method_id": "pm-paypal-5", "kind": "paypal"}],
    },
]

KEYBOARD = line(1, "P-1", "Quillon Hush 75", 8900, {"colour": "black"})
REST = line(2, "P-10", "Quillon Palm Rest", 2900)
LAMP = line(1, "P-4", "Nordlys Fold", 4900, {"colour": "white"})
FLASK = line(1, "P-11", "Fjordline Steel", 2400, {"capacity": "500 ml", "colour": "green"})
BOOTS = line(2, "P-13", "Kestrel Ridge", 12500, {"size": "42", "waterproof": "no"}, variant=3)
PACK = line(1, "P-14", "Havre Pack", 7900, {"colour": "navy"}, variant=2)
GLOW = line(1, "P-12", "Ombra Glow", 3700, {"brightness": "medium", "power": "solar"}, variant=4)
BIG_FLASK = line(2, "P-11", "Fjordline Steel", 3300, {"capacity": "750 ml", "colour": "black"}, variant=4)
OLD_PACK = line(3, "P-14", "Havre Pack", 7900, {"colour": "grey"})
BLACK_TEE = line(2, "P-6", "Pellworth Heavy Tee", 2500, {"size": "M", "colour": "black"})
WHITE_TEE = line(3, "P-6", "Pellworth Heavy Tee", 2300, {"size": "M", "colour": "white"}, variant=3)
LEAD = line(1, "P-16", "Galvan Reach", 2020, {"length": "2 m", "cover": "textile", "colour": "white"}, variant=5)
BREWER = line(2, "P-19", "Morva Brew", 8000, {"system": "capsule", "jug": "glass", "clock": "timer"})
HAMMOCK = line(1, "P-15", "Sola Sling", 8700, {"length": "2.5 m", "cloth": "cotton", "pattern": "plain"}, variant=7)
LONG_LEAD = line(1, "P-16", "Galvan Reach", 2280, {"length": "5 m", "cover": "rubber", "colour": "black"}, variant=7)
SCOPE = line(1, "P-17", "Larkmoor Scout", 24000, {"lens": "65 mm", "zoom": "20x", "cover": "hard case"}, variant=2)
SPEAKERS = [
    line(1, "P-18", "Brisa Pebble", 5200, {"colour": "blue", "playtime": "6 hours", "seal": "splash-proof"}),
    line(2, "P-18", "Brisa Pebble", 5830, {"colour": "blue", "playtime": "9 hours", "seal": "splash-proof"}, variant=4),
    line(3, "P-18", "Brisa Pebble", 5410, {"colour": "blue", "playtime": "6 hours", "seal": "waterproof"}, variant=2),
]
TEAPOTS = [
    line(1, "P-20", "Morva Steep", 3000, {"body": "glass", "volume": "1 l"}),
    line(2, "P-20", "Morva Steep", 3000, {"body": "glass", "volume": "1 l"}),
]


def arrived(order_id: str, ago: float, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """An order of Enno's that was delivered."""
    return order(order_id, "C-5", "delivered", ago, lines, "pm-paypal-5", shipped_at=day(ago - 2), delivered_at=day(ago - 3))


ORDERS = [
    # Ada: one order in each state that matters.
    order("CH-20001", "C-1", "pending", 1, [KEYBOARD, REST], "pm-card-1", shipping_cents=490),
    order(
        "CH-20002",
        "C-1",
        "shipped",
        5,
        [line(1, "P-9", "Kestrel Trail", 11900, {"size": "42"})],
        "pm-card-1",
        shipped_at=day(3),
        fulfilments=[parcel("PK100200300", ["L1"], 2, [(3, "Leipzig", "Picked up"), (1, "Hamburg", "In the sorting centre")])],
    ),
    order(
        "CH-20003",
        "C-1",
        "delivered",
        12,
        [LAMP, BLACK_TEE, WHITE_TEE],
        "pm-card-1",
        shipped_at=day(10),
        delivered_at=day(8),
        fulfilments=[parcel("PK100200301", ["L1", "L2", "L3"], None, [(8, "Leipzig", "Delivered at the door")])],
    ),
    order(
        "CH-20004",
        "C-1",
        "cancelled",
        30,
        [line(1, "P-7", "Calder Tide 42", 19900, {"case": "42 mm", "strap": "leather"})],
        "pm-card-1",
        cancelled_at=day(29),
        cancel_reason="ordered by mistake",
        refunds=[{"kind": "refund", "amount_cents": 19900, "payment_method_id": "pm-card-1", "at": day(29), "settles_by": day(20)}],
    ),
    order("CH-20005", "C-1", "processed", 2, [line(1, "P-4", "Nordlys Fold", 6900, {"colour": "brass"}, variant=2)], "pm-card-1"),
    # Bruno: two pending orders, so that "my order" is open.
    order("CH-30001", "C-2", "pending", 2, [line(1, "P-2", "Quillon Clatter 100", 12900, {"colour": "black"})], "pm-paypal-2"),
    order("CH-30002", "C-2", "pending", 1, [line(1, "P-4", "Nordlys Fold", 4900, {"colour": "white"}, quantity=2)], "pm-paypal-2"),
    # Dora: two orders that can be changed, two that have arrived, four ways to pay.
    order("CH-60001", "C-4", "pending", 1, [FLASK, BOOTS], "pm-card-4a", address=DOCK),
    order("CH-60002", "C-4", "pending", 2, [PACK], "pm-card-4a"),
    order(
        "CH-60003", "C-4", "delivered", 9, [GLOW, BIG_FLASK, OLD_PACK], "pm-card-4b", address=DOCK, shipped_at=day(7), delivered_at=day(6)
    ),
    order(
        "CH-60004",
        "C-4",
        "delivered",
        20,
        [line(1, "P-9", "Kestrel Trail", 11900, {"size": "42"})],
        "pm-paypal-4",
        address=DOCK,
        shipped_at=day(17),
        delivered_at=day(15),
    ),
    # Enno: what goes together is in different orders.
    order("CH-70003", "C-5", "pending", 1, [LONG_LEAD, OLD_PACK], "pm-paypal-5"),
    arrived("CH-70006", 6, [SCOPE]),
    arrived("CH-70001", 9, [LEAD, BREWER]),
    arrived("CH-70004", 12, SPEAKERS),
    arrived("CH-70005", 15, TEAPOTS),
    arrived("CH-70002", 18, [HAMMOCK]),
    # Others buy keyboard and rest together.
    *(
        order(
            f"CH-4000{number}",
            "C-3",
            "delivered",
            200 + number,
            [KEYBOARD, REST],
            "pm-paypal-3",
            shipped_at=day(199),
            delivered_at=day(198),
        )
        for number in range(1, 4)
    ),
]


def shop_data() -> ShopData:
    return ShopData.model_validate({"products": PRODUCTS, "customers": CUSTOMERS, "orders": ORDERS})

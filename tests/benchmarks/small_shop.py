"""A shop of our own in the shape of the data set: three customers, two products, four orders."""

import gzip
import json
from pathlib import Path
from typing import Any

Json = dict[str, Any]

HOME = {"address1": "4 Mill Lane", "address2": "Flat 2", "city": "Salem", "state": "OR", "country": "USA", "zip": "97301"}
AWAY = {"address1": "9 Dock Road", "address2": "", "city": "Portland", "state": "OR", "country": "USA", "zip": "97201"}


def kettle(item_id: str, colour: str, price: float, *, available: bool = True) -> Json:
    return {"item_id": item_id, "options": {"color": colour, "capacity": "1L"}, "available": available, "price": price}


def item(item_id: str, price: float, colour: str, product_id: str = "70", name: str = "Kettle") -> Json:
    return {"name": name, "product_id": product_id, "item_id": item_id, "price": price, "options": {"color": colour, "capacity": "1L"}}


def paid(amount: float, method: str) -> list[Json]:
    return [{"transaction_type": "payment", "amount": amount, "payment_method_id": method}]


def order(order_id: str, user_id: str, status: str, items: list[Json], payments: list[Json], tracking: list[str] | None = None) -> Json:
    parcels = [{"tracking_id": tracking, "item_ids": [one["item_id"] for one in items]}] if tracking else []
    return {
        "order_id": order_id, "user_id": user_id, "address": HOME, "items": items, "status": status, "fulfillments": parcels,
        "payment_history": payments,
    }  # fmt: skip


def records() -> dict[str, dict[str, Json]]:
    kettles = [kettle("71", "red", 20.1), kettle("72", "blue", 30.2), kettle("73", "grey", 25.0, available=False)]
    mugs = [kettle("81", "white", 5.05)]
    methods = {
        "gift_card_1": {"source": "gift_card", "id": "gift_card_1", "balance": 12.35},
        "credit_card_2": {"source": "credit_card", "id": "credit_card_2", "brand": "visa", "last_four": "4242"},
        "paypal_3": {"source": "paypal", "id": "paypal_3"},
    }
    orders = [
        order("#W100", "ida_holm_1", "pending", [item("71", 20.1, "red"), item("71", 20.1, "red")], paid(40.2, "credit_card_2")),
        order("#W101", "ida_holm_1", "delivered", [item("71", 20.1, "red")], paid(20.1, "gift_card_1"), ["555"]),
        order("#W102", "ida_holm_1", "pending", [item("81", 5.05, "white", "80", "Mug")], paid(5.05, "gift_card_1")),
        order("#W200", "jon_frost_2", "pending", [item("72", 30.2, "blue")], paid(30.2, "paypal_9")),
    ]
    return {
        "users": {
            "ida_holm_1": user("ida_holm_1", "Ida", "Holm", methods, ["#W100", "#W101", "#W102"]),
            "jon_frost_2": user("jon_frost_2", "Jon", "Frost", {"paypal_9": {"source": "paypal", "id": "paypal_9"}}, ["#W200"]),
        },
        "products": {
            "70": {"name": "Kettle", "product_id": "70", "variants": {one["item_id"]: one for one in kettles}},
            "80": {"name": "Mug", "product_id": "80", "variants": {one["item_id"]: one for one in mugs}},
        },
        "orders": {one["order_id"]: one for one in orders},
    }


def user(user_id: str, first: str, last: str, methods: Json, orders: list[str]) -> Json:
    name, email = {"first_name": first, "last_name": last}, f"{first.lower()}@post.test"
    return {"user_id": user_id, "name": name, "address": HOME, "email": email, "payment_methods": methods, "orders": orders}


def call(name: str, outcome: str = "ok", **arguments: Any) -> Json:
    return {"name": name, "arguments": arguments, "outcome": outcome, "tool_type": "write"}


def task(task_id: str, calls: list[Json], expected: Json, **more: Any) -> Json:
    return {"id": task_id, "reference_calls": calls, "expected_db_diff": expected, "multi_item_modify": False, **more}


def write_data(folder: Path, tasks: list[Json], practice: list[Json] | None = None) -> Path:
    """The data set's files, in its folder."""
    place = folder / "store_transactions"
    place.mkdir(parents=True)
    _write(place / "db.json.gz", json.dumps(records()))
    for name, listed in (("tasks_000_001", tasks), ("practice_tasks_1", practice or [])):
        _write(place / f"{name}.jsonl.gz", "".join(json.dumps(one) + "\n" for one in listed))
    return folder


def _write(path: Path, text: str) -> None:
    with gzip.open(path, "wt", encoding="utf8") as file:
        file.write(text)

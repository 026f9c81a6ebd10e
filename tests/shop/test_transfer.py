import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from shop.demo.generate import generate
from shop.errors import InvalidShopData
from shop.models import ShopData
from shop.operations import Shop
from shop.transfer import export_shop, import_shop, read_shop, write_schema, write_shop
from tests.shop.builders import NOW, small_shop

SCHEMA = Path(__file__).parents[2] / "shop" / "schema"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_shop(small_shop(), tmp_path / "files")
    return tmp_path / "files"


def edit(folder: Path, file: str, number: int, **fields: Any) -> None:
    records = json.loads((folder / file).read_text(encoding="utf-8"))
    records[number] |= fields
    (folder / file).write_text(json.dumps(records), encoding="utf-8")


async def problems_of(shop: Shop, folder: Path) -> list[str]:
    before = await shop.dump()
    with pytest.raises(InvalidShopData) as refusal:
        await import_shop(shop, folder, replace=True)
    assert await shop.dump() == before
    return refusal.value.problems


async def test_what_is_exported_is_imported_unchanged(shop: Shop, tmp_path: Path) -> None:
    data = generate(now=NOW)
    await shop.load(data, replace=True)
    await export_shop(shop, tmp_path / "out")
    assert read_shop(tmp_path / "out") == data
    await import_shop(shop, tmp_path / "out", replace=True)
    assert await shop.dump() == data


async def test_every_problem_is_named_with_file_record_and_reason(shop: Shop, folder: Path) -> None:
    edit(folder, "products.json", 0, currency="euro", variants=[{"variant_id": "v", "price_cents": -1, "stock": 1}])
    edit(folder, "customers.json", 1, email="no mail")
    edit(folder, "orders.json", 0, surprise=1)
    edit(folder, "orders.json", 1, placed_at="2026-03-01T10:00:00")
    problems = await problems_of(shop, folder)
    assert [problem.rsplit(": ", 1)[0] for problem in problems] == [
        "products.json: lamp: currency",
        "products.json: lamp: variants[0].price_cents",
        "customers.json: cus_bo: email",
        "orders.json: CH-10001: surprise",
        "orders.json: CH-10002: placed_at",
    ]


@pytest.mark.parametrize(
    ("file", "fields", "problem"),
    [
        ("orders.json", {"customer_id": "cus_x"}, "orders.json: CH-10001: customer_id: no customer 'cus_x'"),
        ("orders.json", {"status": "delivered"}, "orders.json: CH-10001: delivered_at: missing, though the order is delivered"),
        (
            "orders.json",
            {"status": "return_requested"},
            "orders.json: CH-10001: return_request: goes with the status return_requested, and with no other",
        ),
        ("orders.json", {"order_id": "ch 10002"}, "orders.json: ch 10002: this order number is there twice"),
        ("orders.json", {"order_id": "first"}, "orders.json: first: not an order number: up to 32 letters and digits are"),
        ("customers.json", {"customer_id": "cus_bo"}, "customers.json: cus_bo: this id is there 2 times"),
        ("products.json", {"product_id": "shoes"}, "products.json: shoes: this id is there 2 times"),
        (
            "customers.json",
            {"payment_methods": [{"payment_method_id": "card_ada_1111", "kind": "gift_card"}]},
            "customers.json: cus_ada: payment method card_ada_1111: a gift card has a balance_cents, others have none",
        ),
        (
            "customers.json",
            {"payment_methods": []},
            "orders.json: CH-10001: payments: customer 'cus_ada' has no payment method 'card_ada_1111'",
        ),
        (
            "orders.json",
            {"payments": [{"kind": "payment", "amount_cents": 1, "payment_method_id": "card_ada_1111", "at": NOW.isoformat()}] * 20001},
            "orders.json: CH-10001: payments: 20001 cents are paid for an order of 20000",
        ),
        (
            "orders.json",
            {
                "payments": [
                    {"kind": "payment", "amount_cents": 1, "payment_method_id": "card_ada_1111", "at": NOW.isoformat()},
                    {"kind": "refund", "amount_cents": 2, "payment_method_id": "card_ada_1111", "at": NOW.isoformat()},
                ]
            },
            "orders.json: CH-10001: payments: more is refunded than was paid",
        ),
        (
            "orders.json",
            {"fulfilments": [{"tracking_id": "PO1", "carrier": "Postline", "line_ids": ["CH-1-9"]}]},
            "orders.json: CH-10001: fulfilment PO1: no line 'CH-1-9'",
        ),
        (
            "orders.json",
            {"lines": [{"line_id": i, "product_id": "lamp", "variant_id": "shoes-black", "name": "?", "price_cents": 20000} for i in "aa"]},
            "orders.json: CH-10001: line a: product 'lamp' has no variant 'shoes-black'",
        ),
    ],
)
async def test_records_have_to_fit_together(shop: Shop, folder: Path, file: str, fields: dict[str, Any], problem: str) -> None:
    edit(folder, file, 0, **fields)
    assert problem in await problems_of(shop, folder)


async def test_files_that_are_missing_or_no_lists_are_named(shop: Shop, folder: Path) -> None:
    (folder / "products.json").unlink()
    (folder / "customers.json").write_text("{")
    (folder / "orders.json").write_text("{}")
    products, customers, orders = await problems_of(shop, folder)
    assert products.startswith("products.json: the file is missing")
    assert customers.startswith("customers.json: not readable as JSON")
    assert orders == "orders.json: a list of records is expected, not dict"


async def test_what_comes_beside_a_shop_may_refer_to_it_but_not_take_its_ids(shop: Shop, folder: Path) -> None:
    with pytest.raises(InvalidShopData) as refusal:
        await import_shop(shop, folder)
    assert "customers.json: cus_ada: this id is already in the shop" in refusal.value.problems
    added = small_shop().orders[0].model_copy(update={"order_id": "CH-20000"})
    write_shop(ShopData(products=[], customers=[], orders=[added]), folder)
    await import_shop(shop, folder)
    assert len((await shop.dump()).orders) == 4


def test_the_message_of_many_problems_stays_readable() -> None:
    error = InvalidShopData([f"problem {i}" for i in range(150)])
    assert str(error).endswith("problem 99\n... and 50 more")
    assert len(error.problems) == 150


def test_the_schema_in_the_repository_is_that_of_the_models(tmp_path: Path) -> None:
    for path in write_schema(tmp_path):
        assert path.read_text(encoding="utf-8") == (SCHEMA / path.name).read_text(encoding="utf-8")


def test_exported_files_keep_to_the_schema(tmp_path: Path) -> None:
    write_shop(generate(now=NOW), tmp_path)
    for name in ("products", "customers", "orders"):
        schema = json.loads((SCHEMA / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.validate(json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8")), schema)

"""The utterances, what they have to come to, and what a model that reads perfectly would fill in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from shop.models import OrderLine, ShopData

_FILE = Path(__file__).with_name("utterances.yml")


@dataclass(frozen=True)
class Case:
    """A hard utterance.

    Attributes:
        before: What the customer says first.
        order, lines, variants: What has to be known afterwards; empty where that is not asked.
    """

    customer: str
    says: str
    intent: str
    before: Sequence[str] = ()
    order: str = ""
    lines: Sequence[str] = ()
    variants: Sequence[str] = field(default_factory=list)


def load() -> list[Case]:
    """Read the utterances."""
    return [Case(**one) for one in yaml.safe_load(_FILE.read_text("utf8"))]


def ideal_reading(case: Case, text: str, fields: Mapping[str, Any], data: ShopData) -> dict[str, Any]:
    """What a model that understands everything would fill in, as far as the form has fields for it."""
    reading: dict[str, Any] = {"quote": text}
    if "intent" in fields:
        reading["intent"] = case.intent if case.intent in fields["intent"]["enum"] else "none"
    if "items" in fields:
        called = fields["items"]["items"]["properties"]["name"]["enum"]
        reading["items"] = [_item(case, line, called, data) for line in _lines(case, data) if {line.label, line.name} & set(called)]
    return reading


def _lines(case: Case, data: ShopData) -> list[OrderLine]:
    order = next((order for order in data.orders if str(order.order_id) == case.order), None)
    return [line for line in order.lines if not case.lines or line.line_id in case.lines] if order else []


def _item(case: Case, line: OrderLine, called: Sequence[str], data: ShopData) -> dict[str, Any]:
    product = next(product for product in data.products if product.product_id == line.product_id)
    wanted = [one for one in product.variants if str(one.variant_id) in case.variants]
    wishes = [f"{name}: {value}" for one in wanted for name, value in one.options.items() if line.options.get(name) != value]
    return {"name": line.label if line.label in called else line.name, "wishes": wishes}

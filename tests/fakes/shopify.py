"""Shopify's Admin GraphQL API at the wire: a real HTTP server on loopback, shaped by the documented payloads, errors and limits.

It cancels in the background as Shopify does, takes a piece back once, and misbehaves when told to.
"""

import asyncio
import json
import re
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from shop.models import ShopData
from tests.fakes.graphql import Field, GraphQLError, parse, project
from tests.fakes.shopify_data import Json, at, bag, customer_node, gid, order_node, product_node
from tests.fakes.wire import Cut, WireServer

_TERM = re.compile(r'(\w+):"([^"]*)"')
_COST = 50.0
_WRITES = {"orderCancel", "returnCreate", "orderUpdate"}


@dataclass
class FakeShopify(WireServer):
    """One store. Use `async with FakeShopify() as shopify`.

    Attributes:
        calls: The root field of every call that reached it, with its arguments.
        cancel_after_s: How long a cancellation takes in the background.
        refund_after_s: How long after it the money goes back.
        points: What is left of the rate limit; None for no limit.
        restore_rate: Points that come back in a second.
    """

    token: str = "shpat_for_tests_only"
    version: str = "2026-07"
    calls: list[tuple[str, Json]] = field(default_factory=list)
    cancel_after_s: float = 0.05
    refund_after_s: float = 0.0
    points: float | None = None
    restore_rate: float = 1000.0
    orders: dict[str, Json] = field(default_factory=dict)
    customers: dict[str, Json] = field(default_factory=dict)
    products: list[Json] = field(default_factory=list)
    _faults: deque[tuple[str, str]] = field(default_factory=deque)
    _counted_at: float = 0.0

    def fill(self, data: ShopData) -> None:
        """Show this shop."""
        people = {customer.customer_id: customer for customer in data.customers}
        self.customers = {node["id"]: node for node in map(customer_node, data.customers)}
        self.products = [product_node(product) for product in data.products]
        nodes = [order_node(order, people[order.customer_id]) for order in data.orders]
        self.orders = {node["id"]: node for node in nodes}

    def order(self, order_id: str) -> Json:
        """An order as it stands."""
        return self.orders[gid("Order", order_id)]

    def fail_next(self, field_name: str, *kinds: str) -> None:
        """Let the next calls of a root field go wrong, one each.

        Args:
            field_name: Such as `orderCancel`.
            kinds: throttled, http_429, server_error, internal_error, declined (user errors), denied (403), drop_before (cut before it is
                done), drop_after (done, and cut before the answer).
        """
        self._faults.extend((field_name, kind) for kind in kinds)

    def count(self, field_name: str) -> int:
        """How often a root field was called."""
        return sum(name == field_name for name, _ in self.calls)

    # ── HTTP ────────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _more_headers(self) -> str:
        return "Retry-After: 0.1\r\n"

    async def _answer(self, target: str, headers: dict[str, str], body: bytes) -> tuple[int, Json]:
        request = json.loads(body)
        if target != f"/admin/api/{self.version}/graphql.json":
            return 404, {"errors": "Not Found"}
        if headers.get("x-shopify-access-token") != self.token:
            return 401, {"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"}
        try:
            asked = parse(request["query"], request.get("variables") or {})
        except GraphQLError as error:
            return 200, {"errors": [{"message": str(error)}]}
        self.calls += [(each.name, each.arguments) for each in asked]
        return self._perform(asked)

    def _perform(self, asked: list[Field]) -> tuple[int, Json]:
        fault = self._faults.popleft()[1] if self._faults and self._faults[0][0] == asked[0].name else ""
        if fault == "throttled" or not self._takes_points():
            return 200, self._throttled()
        if fault in {"http_429", "server_error", "denied"}:
            return {"http_429": 429, "server_error": 503, "denied": 403}[fault], {"errors": fault}
        if fault == "drop_before":
            raise Cut
        if fault == "internal_error":
            return 200, {"errors": [{"message": "Internal error", "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]}
        try:
            data = {each.name: project(self._resolve(each, declined=fault == "declined"), each) for each in asked}
        except GraphQLError as error:
            return 200, {"errors": [{"message": str(error), "extensions": {"code": "undefinedField"}}]}
        if fault == "drop_after":
            raise Cut
        return 200, {"data": data, "extensions": {"cost": self._cost(_COST)}}

    def _takes_points(self) -> bool:
        if self.points is None:
            return True
        now = time.monotonic()
        self.points = min(self.points + (now - (self._counted_at or now)) * self.restore_rate, 1000.0)
        self._counted_at = now
        if self.points < _COST:
            return False
        self.points -= _COST
        return True

    def _cost(self, actual: float | None) -> Json:
        left = 1000.0 if self.points is None else self.points
        status = {"maximumAvailable": 1000.0, "currentlyAvailable": left, "restoreRate": self.restore_rate}
        return {"requestedQueryCost": _COST, "actualQueryCost": actual, "throttleStatus": status}

    def _throttled(self) -> Json:
        error = {"message": "Throttled", "extensions": {"code": "THROTTLED", "documentation": "https://shopify.dev/api/usage/rate-limits"}}
        return {"errors": [error], "extensions": {"cost": self._cost(None)}}

    # ── the root fields ─────────────────────────────────────────────────────────────────────────────────────────────

    def _resolve(self, asked: Field, *, declined: bool) -> Any:
        arguments = asked.arguments
        match asked.name:
            case "order":
                return self.orders.get(arguments["id"])
            case "orders":
                newest = sorted(self.orders.values(), key=lambda node: (node["createdAt"], node["name"]), reverse=True)
                return {"nodes": [node for node in newest if _matches(arguments["query"], self._order_words(node))]}
            case "customer":
                return self._customer(arguments["id"])
            case "customers":
                wanted = arguments["query"] or ""
                return {"nodes": [node for node in self.customers.values() if _matches(wanted, _customer_words(node))]}
            case "products":
                return {"nodes": self.products}
            case "productsCount":
                return {"count": len(self.products), "precision": "EXACT"}
            case "shop":
                return {"currencyCode": "EUR"}
            case name if name in _WRITES:
                errors = [{"code": "INVALID", "field": None, "message": "Declined."}] if declined else None
                return getattr(self, f"_{name}")(arguments, errors)
        raise GraphQLError(f"Field '{asked.name}' doesn't exist on type 'QueryRoot'")

    def _customer(self, global_id: str) -> Json | None:
        node = self.customers.get(global_id)
        theirs = [order for order in self.orders.values() if order["customer"] and order["customer"]["id"] == global_id]
        return {**node, "orders": {"nodes": theirs}} if node else None

    @staticmethod
    def _order_words(node: Json) -> Json:
        return {"name": node["name"], "customer_id": node["customer"]["id"].rsplit("/", 1)[-1] if node["customer"] else ""}

    def _orderCancel(self, arguments: Json, errors: list[Json] | None) -> Json:
        order = self.orders[arguments["orderId"]]
        if order["cancelledAt"] or order.get("cancelling"):
            errors = [{"code": "INVALID", "field": ["orderId"], "message": "Order has already been cancelled."}]
        elif order["fulfillments"]:
            errors = [{"code": "INVALID", "field": ["orderId"], "message": "Cannot cancel an order that has been fulfilled."}]
        if errors:
            return {"job": None, "orderCancelUserErrors": errors}
        assert set(arguments) == {"orderId", "reason", "restock", "refundMethod", "notifyCustomer", "staffNote"}
        order["cancelling"] = True
        asyncio.get_running_loop().call_later(self.cancel_after_s, self._cancel, order, arguments)
        return {"job": {"id": gid("Job", "1"), "done": False}, "orderCancelUserErrors": []}

    def _cancel(self, order: Json, arguments: Json) -> None:
        order["cancelledAt"], order["cancellation"] = at(datetime.now(UTC)), {"staffNote": arguments["staffNote"]}
        for item in order["lineItems"]["nodes"]:
            item["currentQuantity"] = 0
            self._restock(item)
        if self.refund_after_s:
            asyncio.get_running_loop().call_later(self.refund_after_s, self._refund, order, arguments)
        else:
            self._refund(order, arguments)

    def _refund(self, order: Json, arguments: Json) -> None:
        order["transactions"] += [
            {
                **each,
                "id": f"{each['id']}-refund",
                "kind": "REFUND",
                "parentTransaction": {"id": each["id"]},
                "createdAt": order["cancelledAt"],
            }
            for each in order["transactions"]
            if each["kind"] == "SALE" and each["status"] == "SUCCESS" and arguments["refundMethod"]["originalPaymentMethodsRefund"]
        ]

    def _restock(self, item: Json) -> None:
        for product in self.products:
            for variant in product["variants"]["nodes"]:
                if variant["id"] == item["variant"]["id"]:
                    variant["inventoryQuantity"] += item["quantity"]
                    product["updatedAt"] = at(datetime.now(UTC))

    def _returnCreate(self, arguments: Json, errors: list[Json] | None) -> Json:
        asked = arguments["returnInput"]
        order = self.orders[asked["orderId"]]
        sent = {each["id"]: each for parcel in order["fulfillments"] for each in parcel["fulfillmentLineItems"]["nodes"]}
        for item in asked["returnLineItems"]:
            left = sent[item["fulfillmentLineItemId"]]["quantity"] - _back(order, item["fulfillmentLineItemId"])
            if item["quantity"] > left:
                errors = [{"code": "INVALID", "field": ["returnLineItems"], "message": "Return line item has an invalid quantity."}]
            if item["returnReason"] == "OTHER" and not item["returnReasonNote"]:
                errors = [{"code": "BLANK", "field": ["returnReasonNote"], "message": "Return reason note can't be blank."}]
        if errors:
            return {"return": None, "userErrors": errors}
        items = [
            {"quantity": i["quantity"], "returnReasonNote": i["returnReasonNote"], "fulfillmentLineItem": sent[i["fulfillmentLineItemId"]]}
            for i in asked["returnLineItems"]
        ]
        node = {"id": gid("Return", "1"), "status": "OPEN", "createdAt": asked["requestedAt"], "returnLineItems": {"nodes": items}}
        order["returns"]["nodes"].append({**node, "exchangeLineItems": {"nodes": []}})
        return {"return": node, "userErrors": []}

    def _orderUpdate(self, arguments: Json, errors: list[Json] | None) -> Json:
        asked = arguments["input"]
        order = self.orders[asked["id"]]
        if not errors:
            new = asked["shippingAddress"]
            order["shippingAddress"] = {"provinceCode": None, **{k: v for k, v in new.items() if k != "countryCode"}}
            order["shippingAddress"]["countryCodeV2"] = new["countryCode"]
        return {"order": order, "userErrors": errors or []}


def _back(order: Json, fulfilment_line_item_id: str) -> int:
    """Pieces of a fulfilment line item that are in a return."""
    returned = [item for each in order["returns"]["nodes"] for item in each["returnLineItems"]["nodes"]]
    return sum(item["quantity"] for item in returned if item["fulfillmentLineItem"]["id"] == fulfilment_line_item_id)


def _customer_words(node: Json) -> Json:
    email = (node["defaultEmailAddress"] or {}).get("emailAddress", "")
    return {"email": email, "first_name": node["firstName"], "last_name": node["lastName"]}


def _matches(query: str, words: Json) -> bool:
    """Whether a node satisfies one of the alternatives, each a row of name:"value"."""
    return any(
        all(str(words.get(name)).casefold() == value.casefold() for name, value in _TERM.findall(alternative))
        for alternative in query.split(" OR ")
    )


__all__ = ["FakeShopify", "bag", "gid"]

"""The reference's calls, made through our shop's own door: look-ups by an actor, writes as propose and confirm."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

from benchmarks.store_transactions.convert import address_of
from benchmarks.store_transactions.source import Call, Record, Task
from shop.errors import ShopError
from shop.models import Actor, Customer, CustomerId, Level, OperationName, Order
from shop.operations import Shop

NOT_OF_THE_SHOP: Final = frozenset({"calculate", "transfer_to_human_agents"})
"""Arithmetic is done by every operation itself, and handing over is the gateway's: neither is asked of the shop."""


IDENTIFYING: Final = "find_user_id_by"


class UnknownCall(Exception):
    """The data calls something that has no counterpart here."""


@dataclass
class Desk:
    """Carries out the calls of one task, on behalf of the customer whom they identify."""

    shop: Shop
    task_id: str
    actor: Actor = field(default_factory=Actor)
    notes: list[str] = field(default_factory=list)

    async def make(self, call: Call) -> str | None:
        """Make a call; gives why it was refused, or None where it succeeded.

        Raises:
            UnknownCall: If there is no such call.
        """
        if call.name in NOT_OF_THE_SHOP:
            return None
        made = _CALLS.get(call.name)
        if made is None:
            raise UnknownCall(f"Task {self.task_id} calls {call.name!r}, which has no counterpart here.")
        try:
            await made(self, call.arguments)
        except ShopError as error:
            return str(error)
        return None

    def identify(self, customer_id: str) -> None:
        """Act for a customer from now on: what a proof of identity does in a conversation."""
        self.actor = Actor(level=Level.GUEST, customer_id=CustomerId(customer_id))

    async def do(self, operation: OperationName, arguments: Record) -> None:
        """Propose and confirm, as a conversation does."""
        conversation_id = f"task-{self.task_id}"
        proposal = await self.shop.propose(self.actor, conversation_id, operation, arguments)
        await self.shop.confirm(self.actor, conversation_id, proposal.proposal_id, proposal.token)


async def open_desk(shop: Shop, task: Task) -> Desk:
    """A desk for a task; where the data says outright who the customer is, or identifies nobody, they need not be identified."""
    desk = Desk(shop, task.task_id)
    if task.customer_id:
        desk.identify(task.customer_id)
    elif not any(call.ok and call.name.startswith(IDENTIFYING) for call in task.calls):
        await _assume_owner(desk, task)
    return desk


async def _assume_owner(desk: Desk, task: Task) -> None:
    order_id = next((call.arguments["order_id"] for call in task.calls if "order_id" in call.arguments), None)
    contact = await desk.shop.find_order_contact(order_id) if order_id else None
    if contact:
        desk.identify(contact.customer_id)
        desk.notes.append("the reference identifies nobody before it writes: done here for the order's owner")


def _found(customer: Customer | None) -> Customer:
    if customer is None:
        msg = "No account has these details."
        raise ShopError(msg)
    return customer


async def _find_by_email(desk: Desk, arguments: Record) -> None:
    desk.identify(_found(await desk.shop.find_customer_by_email(arguments["email"])).customer_id)


async def _find_by_name(desk: Desk, arguments: Record) -> None:
    found = await desk.shop.find_customer_by_name_zip(arguments["first_name"], arguments["last_name"], arguments["zip"])
    desk.identify(_found(found).customer_id)


async def _get_user(desk: Desk, arguments: Record) -> None:
    customer = await desk.shop.get_customer(desk.actor)
    if customer.customer_id != arguments["user_id"]:
        _found(None)


async def _get_order(desk: Desk, arguments: Record) -> None:
    order = await desk.shop.get_order(desk.actor, arguments["order_id"])
    if order.order_id != arguments["order_id"]:
        desk.notes.append(f"{arguments['order_id']} is not how order {order.order_id} is written: the reference does not find it, we do")
        msg = "Found by forgiving its spelling."
        raise ShopError(msg)


async def _get_product(desk: Desk, arguments: Record) -> None:
    await desk.shop.get_product(arguments["product_id"])


async def _get_item(desk: Desk, arguments: Record) -> None:
    if await desk.shop.find_variant(arguments["item_id"]) is None:
        msg = f"No item {arguments['item_id']!r}."
        raise ShopError(msg)


async def _list_types(desk: Desk, _: Record) -> None:
    await desk.shop.list_product_types()


async def _cancel(desk: Desk, arguments: Record) -> None:
    await desk.do(OperationName.CANCEL_ORDER, arguments)


async def _change_address(desk: Desk, arguments: Record) -> None:
    address = address_of(arguments).model_dump()
    await desk.do(OperationName.CHANGE_ADDRESS, {"order_id": arguments["order_id"], "address": address})


async def _change_payment(desk: Desk, arguments: Record) -> None:
    await desk.do(OperationName.CHANGE_PAYMENT, arguments)


async def _change_items(desk: Desk, arguments: Record) -> None:
    await desk.do(OperationName.CHANGE_ITEMS, await _swap(desk, arguments))


async def _exchange(desk: Desk, arguments: Record) -> None:
    await desk.do(OperationName.EXCHANGE_ITEMS, await _swap(desk, arguments))


async def _return(desk: Desk, arguments: Record) -> None:
    order = await desk.shop.get_order(desk.actor, arguments["order_id"])
    line_ids = lines_of(order, arguments["item_ids"])
    wanted = {"order_id": arguments["order_id"], "line_ids": line_ids, "payment_method_id": arguments["payment_method_id"]}
    await desk.do(OperationName.RETURN_ITEMS, wanted)


async def _change_default_address(desk: Desk, arguments: Record) -> None:
    await _get_user(desk, arguments)
    await desk.do(OperationName.CHANGE_DEFAULT_ADDRESS, {"address": address_of(arguments).model_dump()})


async def _swap(desk: Desk, arguments: Record) -> Record:
    order = await desk.shop.get_order(desk.actor, arguments["order_id"])
    old, new = arguments["item_ids"], arguments["new_item_ids"]
    if len(old) != len(new):
        msg = f"{len(old)} items cannot become {len(new)}."
        raise ShopError(msg)
    changes = [{"line_id": line, "variant_id": item} for line, item in zip(lines_of(order, old), new, strict=True)]
    return {"order_id": arguments["order_id"], "changes": changes, "payment_method_id": arguments["payment_method_id"]}


def lines_of(order: Order, item_ids: list[str]) -> list[str]:
    """The order's lines for these items, a line for each time an item is named; an item that is not there stays as it is."""
    taken = Counter[str]()
    found = []
    for item_id in item_ids:
        lines = [line.line_id for line in order.lines if line.variant_id == item_id]
        found.append(lines[taken[item_id]] if taken[item_id] < len(lines) else f"{item_id}?")
        taken[item_id] += 1
    return found


_CALLS: Final[dict[str, Callable[[Desk, dict[str, Any]], Awaitable[None]]]] = {
    "find_user_id_by_email": _find_by_email,
    "find_user_id_by_name_zip": _find_by_name,
    "get_user_details": _get_user,
    "get_order_details": _get_order,
    "get_product_details": _get_product,
    "get_item_details": _get_item,
    "list_all_product_types": _list_types,
    "cancel_pending_order": _cancel,
    "modify_pending_order_address": _change_address,
    "modify_pending_order_payment": _change_payment,
    "modify_pending_order_items": _change_items,
    "exchange_delivered_order_items": _exchange,
    "return_delivered_order_items": _return,
    "modify_user_address": _change_default_address,
}

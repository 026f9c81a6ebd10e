"""How a return begins: the order that is meant, what is named of it, and further orders that wait their turn."""

from collections.abc import Sequence
from dataclasses import replace

from actions.confirmation import refuse
from actions.forms.step import Step
from actions.item_choice import holding_most, spread
from actions.mentions import Mention, leaves_out
from actions.methods import names_method
from actions.owned import get_owned, get_products
from actions.reply import HUMAN, Button, Reply, button
from actions.resolve import match_lines, without_order_ids
from actions.returns.items import choose, mentioned
from actions.returns.orders import can_come_back, likelier_order, means_each, pointed_order
from actions.services import Services
from actions.turn import Request, Turn
from actions.variants import asking_words
from actions.waiting import opening_of
from actions.words import STATUS_WORDS
from shop.models import OperationName, Order, OrderStatus


async def take_each(services: Services, turn: Turn) -> Step | None:
    """Take the first of several orders whose items were named; the others wait their turn, each with its own yes."""
    owned = await get_owned(services, turn)
    fitting = [order for order in owned.orders if can_come_back(order)]
    products = await get_products(services, fitting)
    if leaves_out(turn.text) or pointed_order(turn.request, owned, turn.slot("order_id"), products):
        # What is left out, and what "in it" points at, names no order's items.
        return None
    found = spread(turn.request, fitting, products)
    return await _one_by_one(services, turn, [(order, [wish.line_id for wish in wishes]) for order, wishes in found]) if found else None


async def take_offered(services: Services, turn: Turn) -> Step | None:
    """Take all of the orders that were offered, one after another, where "both of them" is the answer."""
    owned = await get_owned(services, turn)
    offered = [order for order in owned.orders if order.order_id in (turn.slot("order_options") or []) and can_come_back(order)]
    if not means_each(turn.request) or len(offered) < 2:
        return None
    opened, products = opening_of(turn), await get_products(services, offered)
    named = [match_lines(opened, order, products).keys if opened else () for order in offered]
    return await _one_by_one(services, turn, list(zip(offered, named, strict=True)))


async def _one_by_one(services: Services, turn: Turn, found: Sequence[tuple[Order, Sequence[str]]]) -> Step:
    first, *later = [_of_order(turn.request, order, line_ids) for order, line_ids in found]
    step = await take_order(services, replace(turn, request=first), found[0][0])
    waiting = [*(request.to_json() for request in later), *(request.to_json() for request in turn.waiting)]
    return replace(step, slots={**step.slots, "waiting_requests": waiting})


def _of_order(request: Request, order: Order, line_ids: Sequence[str]) -> Request:
    """The part of a request that is about one order."""
    named = [{"entity": "order_id", "value": str(order.order_id)}, *({"entity": "line_id", "value": one} for one in line_ids)]
    method = f" {request.text}" if names_method(request) else ""
    return replace(request, text=f"return items of order {order.order_id}{method}", entities=tuple(named))


async def likely_order(services: Services, turn: Turn) -> Order | Step | None:
    """The order that "in it" points at, that is meant by a doubted number, or that holds most of what was named."""
    owned = await get_owned(services, turn)
    fitting = [order for order in owned.orders if can_come_back(order)]
    products = await get_products(services, owned.orders)
    pointed = pointed_order(turn.request, owned, turn.slot("order_id"), products)
    if pointed and can_come_back(pointed):
        return pointed
    doubted = likelier_order(turn.whole_text, turn.request, owned, products, can_come_back)
    if doubted:
        wrong, likely = doubted
        words = f"Order {wrong.order_id} is {STATUS_WORDS[wrong.status]}, so nothing can come back from it yet."
        numbered = replace(turn.request, text=without_order_ids(turn.text), entities=())
        step = await take_order(services, replace(turn, request=numbered), likely)
        return replace(step, said=Reply(f"{words} I take it that you mean order {likely.order_id}."))
    return None if leaves_out(turn.text) else holding_most(turn.request, fitting, products)


async def take_order(services: Services, turn: Turn, order: Order) -> Step:
    """Take an order, and the lines of it that the words speak of; refused where nothing of it can come back."""
    actor = await services.identity.get_actor(turn.conversation_id)
    decision = await services.shop.check(actor, OperationName.RETURN_ITEMS, {"order_id": order.order_id})
    slots = {"order_choice": order.order_id, "order_id": order.order_id}
    if not decision.allowed:
        return refuse(decision, str(order.order_id), _instead(order))
    mention = await _opened_with(services, turn.request, order)
    opened = opening_of(turn) if turn.slot("requested_slot") == "order_choice" else None
    if opened and not mention.keys and not mention.unsure:
        # Which order it is was all that was missing.
        mention = await _opened_with(services, opened, order)
    if len(order.lines) == 1:
        mention = Mention(keys=(order.lines[0].line_id,))
    kept = list(mention.sure) or None
    open_items = Step(slots={"items_options": list(mention.unsure) or None, "items_kept": kept})
    step = await choose(services, turn, order, mention) if mention.keys else open_items
    return replace(step, slots={**slots, **step.slots})


async def _opened_with(services: Services, request: Request, order: Order) -> Mention:
    """The items that the request is about; those of which something is only told count where no other is named."""
    asked = Mention() if request.pressed else await mentioned(services, replace(request, text=asking_words(request.text)), order)
    return asked if asked.keys or asked.unsure else await mentioned(services, request, order)


def _instead(order: Order) -> list[Button]:
    order_id = str(order.order_id)
    match order.status:
        case OrderStatus.PENDING:
            return [button("Cancel it", "cancel_order", order_id=order_id), HUMAN]
        case OrderStatus.PROCESSED | OrderStatus.SHIPPED | OrderStatus.RETURN_REQUESTED:
            return [button("Track it", "track_order", order_id=order_id), HUMAN]
        case _:
            return [HUMAN]

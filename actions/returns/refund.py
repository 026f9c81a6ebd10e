"""Where the money of a return goes: the ways that policy allows, why another is refused, and the proposal."""

from collections.abc import Sequence
from dataclasses import replace

from actions.confirmation import propose
from actions.forms.step import Step
from actions.methods import find_method, names_method, original_ids
from actions.owned import get_products
from actions.reply import Reply
from actions.resolve import match_lines
from actions.services import Services
from actions.turn import Turn
from shop.models import OperationName, Order, PaymentMethod
from shop.wording import join

_ONE_OF_TWO = (
    "Only one of the two is possible for an order: either a return or an exchange. This is the return; if you would rather have the "
    "exchange, say no."
)
_ONLY_THESE = Reply("The refund can go to one of these only.")


async def allowed_methods(services: Services, turn: Turn, order: Order, line_ids: Sequence[str]) -> list[PaymentMethod]:
    """The payment methods to which policy lets the refund of these lines go."""
    actor = await services.identity.get_actor(turn.conversation_id)
    allowed = []
    for method in await services.shop.list_refund_methods(actor, str(order.order_id)):
        arguments = {"order_id": order.order_id, "line_ids": list(line_ids), "payment_method_id": method.payment_method_id}
        if (await services.shop.check(actor, OperationName.RETURN_ITEMS, arguments)).allowed:
            allowed.append(method)
    return allowed


async def read_method(services: Services, turn: Turn, order: Order) -> Step:
    """Read where the money goes."""
    line_ids = turn.slot("items_choice") or []
    method = find_method(turn.request, await allowed_methods(services, turn, order, line_ids), original_ids(order))
    if method:
        return await propose_return(services, turn, order, line_ids, method.payment_method_id)
    wished = names_method(turn.request)
    return Step(missed=not wished, said=await why_not(services, turn, order, line_ids) if wished else _ONLY_THESE)


async def why_not(services: Services, turn: Turn, order: Order, line_ids: Sequence[str]) -> Reply:
    """The rule by which the refund can't go where the customer wants it."""
    actor = await services.identity.get_actor(turn.conversation_id)
    own = await services.shop.list_payment_methods(actor, str(order.order_id))
    named = find_method(turn.request, own, original_ids(order))
    if named is None:
        allowed = await allowed_methods(services, turn, order, line_ids)
        return (
            Reply(f"A refund of order {order.order_id} can go to {join([one.label for one in allowed], 'or')} only.")
            if allowed
            else _ONLY_THESE
        )
    arguments = {"order_id": order.order_id, "line_ids": list(line_ids), "payment_method_id": named.payment_method_id}
    decision = await services.shop.check(actor, OperationName.RETURN_ITEMS, arguments)
    return _ONLY_THESE if decision.allowed else Reply(decision.explanation)


async def propose_return(services: Services, turn: Turn, order: Order, line_ids: Sequence[str], method_id: str) -> Step:
    """Propose the return of these lines; beside an exchange of the same order, that only one is possible."""
    arguments = {"order_id": order.order_id, "line_ids": list(line_ids), "payment_method_id": method_id}
    step = await propose(services, turn, OperationName.RETURN_ITEMS, arguments)
    known = {"order_choice": order.order_id, "items_choice": list(line_ids), "method_choice": method_id, "items_options": None}
    both = step.outcome is None and step.said is None and await _wants_exchange_too(services, turn, order)
    return replace(step, slots={**known, **step.slots}, said=Reply(_ONE_OF_TWO) if both else step.said)


async def _wants_exchange_too(services: Services, turn: Turn, order: Order) -> bool:
    """Whether something else of the same order waits to be exchanged, which rules out one of the two."""
    if turn.slot("proposal"):
        return False
    products = await get_products(services, [order])
    waiting = [one for one in turn.waiting if one.intent == "exchange_item"]
    mentions = [match_lines(one, order, products) for one in waiting]
    return any(mention.keys or mention.unsure for mention in mentions)

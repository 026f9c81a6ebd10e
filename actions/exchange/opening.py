"""How an exchange begins: the order, the items that the words speak of, and other orders' items that wait their turn."""

from collections.abc import Mapping
from dataclasses import replace

from actions.confirmation import refuse
from actions.exchange.changes import collect, go_on
from actions.exchange.counter import Counter
from actions.exchange.elsewhere import names_of, next_words
from actions.exchange.naming import named_lines
from actions.exchange.orders import fits_of, other_ways, part_of
from actions.exchange.settling import both_said, settle
from actions.exchange.swaps import Swaps
from actions.forms.step import Step
from actions.item_choice import spread
from actions.owned import get_order_in_hand, get_owned, get_products
from actions.reply import Reply
from actions.services import Services
from actions.turn import Request, Turn
from actions.variants import LineWish, is_named
from actions.waiting import opening_of
from actions.words import STATUS_WORDS, now_of
from shop.models import Order, Product, ProductFilter


async def counter_in_hand(services: Services, turn: Turn) -> Counter:
    """The order that the form is about."""
    return await _counter_of(services, turn, await get_order_in_hand(services, turn))


async def _counter_of(services: Services, turn: Turn, order: Order) -> Counter:
    owned = await get_owned(services, turn)
    known = await services.shop.list_products(ProductFilter(), limit=500)
    others = [other for other in owned.orders if other.order_id != order.order_id]
    return Counter(order, await get_products(services, [order]), others, known, now_of(services).date())


async def take_each(services: Services, turn: Turn) -> Step | None:
    """Take the first of several orders whose items were named; the others wait their turn, each with its own yes."""
    owned, fits = await get_owned(services, turn), fits_of(turn.text)
    fitting = [order for order in owned.orders if fits(order)]
    found = spread(turn.request, fitting, await get_products(services, fitting))
    if not found:
        return None
    first, *later = [part_of(order, wishes) for order, wishes in found]
    step = await take_order(services, replace(turn, request=first), found[0][0])
    waiting = [request.to_json() for request in [*later, *turn.waiting]]
    said = both_said(step.said, Reply(next_words(names_of(found[1:]))))
    return replace(step, slots={**step.slots, "waiting_requests": waiting}, said=said)


async def take_order(services: Services, turn: Turn, order: Order) -> Step:
    """Take an order, and every item of it that the words speak of."""
    counter = await _counter_of(services, turn, order)
    actor = await services.identity.get_actor(turn.conversation_id)
    decision = await services.shop.check(actor, counter.operation, {"order_id": order.order_id})
    if not decision.allowed:
        return refuse(decision, str(order.order_id), other_ways(order))
    slots = {"order_choice": order.order_id, "order_id": order.order_id}
    turn = _in_full(turn, order, counter.products)
    settled = _settled_by(turn.request, counter)
    if settled:
        step = await go_on(services, turn, counter, settled)
        return replace(step, slots={**slots, **step.slots})
    named = named_lines(counter, turn.request)
    if not named and turn.slot("requested_slot") == "order_choice" and (opened := opening_of(turn)):
        # Which order it is was all that was missing.
        named = named_lines(counter, opened)
    if not named and len(order.lines) == 1:
        named = [LineWish(str(order.lines[0].line_id), turn.text)]
    step = await collect(services, turn, counter, named, Swaps()) if named else Step()
    return replace(step, slots={**slots, **step.slots})


def _settled_by(request: Request, counter: Counter) -> Swaps | None:
    """The items with their versions, where a button carries both."""
    lines, variants = request.values("line_id"), request.values("variant_id")
    if not request.pressed or not lines or len(lines) != len(variants):
        return None
    swaps = Swaps(tuple(lines), dict(zip(lines, variants, strict=True)))
    known = {str(line.line_id) for line in counter.order.lines}
    return swaps if known.issuperset(lines) and all(counter.variant(*one) for one in swaps.chosen.items()) else None


async def stay(services: Services, turn: Turn, order: Order) -> Step:
    """Stay with what was asked: the other order that the words name allows no exchange."""
    where = f"Order {order.order_id} is {STATUS_WORDS[order.status]}, so nothing of it can be exchanged."
    if not turn.slot("proposal"):
        return Step(missed=True, said=Reply(where))
    counter = await counter_in_hand(services, turn)
    step = await settle(services, turn, counter, Swaps.from_json(turn.slot("swaps")), missed=False)
    return replace(step, said=both_said(Reply(where), step.said))


def _in_full(turn: Turn, order: Order, products: Mapping[str, Product]) -> Turn:
    """The whole message where its request only points at what is named before: "the lead to red, the rug to blue. Swap both"."""
    alone = len(turn.tracker.latest_message.get("requests") or []) == 1 and not turn.request.pressed
    if not alone or is_named(turn.text, order.lines, products) or not is_named(turn.whole_text, order.lines, products):
        return turn
    return replace(turn, request=replace(turn.request, text=turn.whole_text))

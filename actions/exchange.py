"""Other versions of items: changed in an order that is pending, exchanged in one that was delivered.

All items are collected before the one change that an order allows: which lines, the variant for each, what the difference
is settled with, the proposal, a yes, the receipt.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.interfaces import Action

from actions.confirmation import commit, propose, read_confirmation, refuse, undone_words
from actions.forms import ABOUT_GOODS, Ask, FinishForm, ShopForm, Step, about_items
from actions.item_choice import holding_most, kept_words, spread
from actions.methods import find_method, method_buttons, names_method, original_ids
from actions.order_choice import choose_order
from actions.owned import get_owned, get_products
from actions.reply import HUMAN, Button, Reply, button
from actions.resolve import refers_to_order
from actions.services import Services
from actions.swapping import Counter, Swaps, drop_named, take
from actions.turn import Request, Turn
from actions.variants import FallbackKind, LineWish, Outcome, variant_titles, without_likeness
from actions.words import STATUS_WORDS, line_words, now_of
from actions.yes_no import is_all_said, is_clear_yes, is_question, is_stop
from shop.models import Order, OrderStatus, PaymentMethod, ProductFilter
from shop.wording import join, money

NO_METHOD = "none"
"""Stands in the method's slot where nothing has to be paid or given back."""
_NOT_ARRIVED = re.compile(
    r"\b(?:pending|not (?:yet )?(?:shipped|sent|packed)|hasn'?t (?:shipped|been)|before (?:you|it)|just (?:ordered|placed)|open order)\b"
)
_ARRIVED = re.compile(r"\b(?:received|arrived|delivered|got|came|exchange|already have)\b")
_WISH = re.compile(
    r"\s+in\s+(?!(?:my|the|order)\b|\S*\d{4})[^,.;]*?(?=\s+instead\b)|"
    r"(?<!want)(?<!like)(?<!need)(?<!able)(?<!have)(?<!wish)\s+(?:for|to|into|with|against)\s+(?!(?:exchange|swap|change|modify|upgrade|get|have|my)\b)"
    r"(?:(?!\b(?:and|from|in my|in order|that i)\b)[^,.;])*|"
    r"\b(?:want|like|need|get|have|prefer|take|give me)\s+(?:an?|the)\s+[^,.;]*?\b(?:one|version|pair)\b(?=\s+(?:instead of|rather than))",
    re.IGNORECASE,
)
"""What is wished for, from "for" or "to" to the end of its clause."""
_SKIP = re.compile(
    r"\b(?:skip|leave|forget(?: about)?|drop|keep|not) (?:it|that|this)(?: one)?\b|\bas it is\b|\bnone of (?:these|those|them)\b"
)
_REOPENED = frozenset({"variant_choice", "method_choice", "confirmation"})
"""Questions at which items can still be left out."""
_INSTEAD = {FallbackKind.RETURN: "return_item", FallbackKind.CANCEL: "cancel_order", FallbackKind.HUMAN: "request_human"}
_WORDS = {FallbackKind.RETURN: "return", FallbackKind.CANCEL: "cancel", FallbackKind.HUMAN: "a person please:"}


class ValidateExchangeItemsForm(ShopForm):
    """Reads which items, for what, and how the difference is settled."""

    form = "exchange_items_form"
    finish = "action_exchange_items"
    intents = frozenset({"exchange_item"})
    reads_conditions = True

    def answers(self, request: Request, asked: str) -> bool:
        """A version or a way to pay is taken for one even where it sounds like a search, or another task."""
        if request.pressed or is_question(request):
            return False
        if asked in {"method_choice", "confirmation"} and names_method(request) and request.intent != "return_item":
            return True
        return asked in {"variant_choice", "items_choice", "confirmation"} and request.intent in ABOUT_GOODS | {"correct_request"}

    def drops(self, turn: Turn, asked: str) -> bool:
        """Whether the customer drops the whole exchange, and not one item of several."""
        swaps = Swaps.from_json(turn.slot("swaps"))
        if asked == "items_choice" and swaps.chosen and turn.request.pressed:
            # "None" as one item more leaves those that were chosen before.
            return False
        one_of_several = asked == "variant_choice" and len(swaps.line_ids) > 1
        return is_stop(turn.request, asked) and not (one_of_several and _skips(turn.request))

    async def step(self, turn: Turn, asked: str | None) -> Step | None:
        """A question whether there is another version is answered, and what was proposed is asked again."""
        told = await self._what_exists(turn) if asked == "confirmation" and is_question(turn.request) else None
        return Step(slots={"confirmation": None}, said=told) if told else await super().step(turn, asked)

    async def _what_exists(self, turn: Turn) -> Reply | None:
        """The versions that a question means, of the one item in hand that has such; None where it asks for something else."""
        if turn.intent not in ABOUT_GOODS or self.names_other_task(turn):
            return None
        swaps, counter = Swaps.from_json(turn.slot("swaps")), await self._counter(turn, await self._order(turn))
        choices = [(line_id, counter.choose(LineWish(line_id, turn.text))) for line_id in swaps.line_ids]
        found = [(line_id, choice) for line_id, choice in choices if choice.outcome in {Outcome.CHOSEN, Outcome.SEVERAL}]
        if len(found) != 1:
            return None
        line_id, choice = found[0]
        line = counter.line(line_id)
        titles = variant_titles(choice.variants, counter.products[str(line.product_id)])
        return Reply(f"Yes, there is the {line.name} as {join(titles, 'or')}. Tell me if you would like that instead.")

    async def takes_out(self, turn: Turn, asked: str) -> bool:
        """Whether the words leave out items of several that are to be exchanged."""
        swaps = Swaps.from_json(turn.slot("swaps"))
        if turn.request.pressed or asked not in _REOPENED or len(swaps.line_ids) < 2 or self.names_other_task(turn):
            return False
        return drop_named(turn.text, await self._counter(turn, await self._order(turn)), swaps) is not None

    def handed_on(self, turn: Turn) -> Request:
        """What another task is told: "return it" is about the items that were to be exchanged."""
        return about_items(turn, Swaps.from_json(turn.slot("swaps")).line_ids)

    async def read(self, turn: Turn, asked: str | None) -> Step:
        """Read the next answer."""
        if asked in {None, "order_choice"}:
            undone = await undone_words(self.services, turn) if asked is None else None
            if undone:
                return Step(outcome={"kind": "refused", "text": undone.text, "buttons": undone.buttons})
            several = await self._take_each(turn) if asked is None else None
            if several:
                return several
            order = await self._choose_order(turn, opening=asked is None)
            return order if isinstance(order, Step) else await self._take(turn, order)
        counter = await self._counter(turn, await self._order(turn))
        if asked == "items_choice":
            return await self._read_items(turn, counter)
        if asked == "variant_choice":
            return await self._read_variant(turn, counter)
        if asked == "method_choice":
            changed = await self._changed(turn, counter)
            return changed or await self._settle(turn, counter, Swaps.from_json(turn.slot("swaps")), missed=True)
        return await self._read_yes(turn, counter)

    async def correct(self, turn: Turn, asked: str) -> Step:
        """Other items, another version or method, or another order after all."""
        await self.services.shop.withdraw(turn.conversation_id)
        if turn.slot("order_choice"):
            counter = await self._counter(turn, await self._order(turn))
            if asked in {"items_choice", "variant_choice"}:
                return await self.read(turn, asked)
            changed = await self._changed(turn, counter)
            if changed:
                return changed
        if asked in {"method_choice", "confirmation"} and not refers_to_order(turn.request):
            return Step(slots={"confirmation": None}, missed=True)
        fresh = dict.fromkeys(("order_choice", "items_choice", "swaps", "variant_choice", "method_choice", "confirmation"))
        order = await self._choose_order(turn, opening=False, excluded_id=turn.slot("order_choice"))
        if not isinstance(order, Step) and turn.slot("order_choice") and not self._fits(turn)(order):
            return await self._again(turn, order)
        step = replace(order, missed=False) if isinstance(order, Step) else await self._take(turn, order)
        return replace(step, slots={**fresh, **step.slots})

    async def _take_each(self, turn: Turn) -> Step | None:
        """Take the first of several orders whose items were named; the others wait their turn, each with its own yes."""
        owned, fits = await get_owned(self.services, turn), self._fits(turn)
        fitting = [order for order in owned.orders if fits(order)]
        found = spread(turn.request, fitting, await get_products(self.services, fitting))
        if not found:
            return None
        first, *later = [_of_order(order, wishes) for order, wishes in found]
        step = await self._take(replace(turn, request=first), found[0][0])
        waiting = [request.to_json() for request in [*later, *turn.waiting]]
        return replace(step, slots={**step.slots, "waiting_requests": waiting})

    async def _again(self, turn: Turn, order: Order) -> Step:
        """Stay with what was asked: the other order that the words name allows no exchange."""
        where = f"Order {order.order_id} is {STATUS_WORDS[order.status]}, so nothing of it can be exchanged."
        if not turn.slot("proposal"):
            return Step(missed=True, said=Reply(where))
        counter = await self._counter(turn, await self._order(turn))
        step = await self._settle(turn, counter, Swaps.from_json(turn.slot("swaps")), missed=False)
        return replace(step, said=Reply(where))

    async def _choose_order(self, turn: Turn, *, opening: bool, excluded_id: str | None = None) -> Order | Step:
        """Find the order by what the customer has: the version that is wished for names no order."""
        have = (
            turn if turn.request.pressed else replace(turn, request=replace(turn.request, text=_WISH.sub(" ", without_likeness(turn.text))))
        )
        if opening:
            owned = await get_owned(self.services, turn)
            fitting = [order for order in owned.orders if self._fits(turn)(order)]
            holder = holding_most(have.request, fitting, await get_products(self.services, fitting))
            if holder:
                return holder
        order = await choose_order(self.services, have, self._fits(turn), opening=opening, excluded_id=excluded_id)
        if isinstance(order, Step) and (order.outcome or {}).get("kind") == "unproved":
            return replace(order, outcome={**(order.outcome or {}), "request": turn.request.to_json()})
        return order

    def _fits(self, turn: Turn) -> Any:
        """Which orders may be meant: the customer's words may say whether it has arrived."""
        text = turn.text.lower().replace("’", "'")
        states = {OrderStatus.PENDING, OrderStatus.DELIVERED}
        if _NOT_ARRIVED.search(text):
            states = {OrderStatus.PENDING}
        elif _ARRIVED.search(text):
            states = {OrderStatus.DELIVERED}
        return lambda order: order.status in states

    async def _order(self, turn: Turn) -> Order:
        actor = await self.services.identity.get_actor(turn.conversation_id)
        return await self.services.shop.get_order(actor, str(turn.slot("order_choice")))

    async def _counter(self, turn: Turn, order: Order) -> Counter:
        owned = await get_owned(self.services, turn)
        known = await self.services.shop.list_products(ProductFilter(), limit=500)
        others = [other for other in owned.orders if other.order_id != order.order_id]
        return Counter(order, await get_products(self.services, [order]), others, known, now_of(self.services).date())

    async def _take(self, turn: Turn, order: Order) -> Step:
        """Take an order, and every item of it that the words speak of."""
        counter = await self._counter(turn, order)
        actor = await self.services.identity.get_actor(turn.conversation_id)
        decision = await self.services.shop.check(actor, counter.operation, {"order_id": order.order_id})
        if not decision.allowed:
            return refuse(decision, str(order.order_id), _other_ways(order))
        slots = {"order_choice": order.order_id, "order_id": order.order_id}
        named = counter.named(turn.request)
        if not named and len(order.lines) == 1:
            named = [LineWish(str(order.lines[0].line_id), turn.text)]
        step = await self._collect(turn, counter, named, Swaps()) if named else Step()
        return replace(step, slots={**slots, **step.slots})

    async def _read_items(self, turn: Turn, counter: Counter) -> Step:
        swaps = Swaps.from_json(turn.slot("swaps"))
        meant = counter.picked(turn.request, swaps.asked)
        if meant:
            return await self._collect(turn, counter, meant, replace(swaps, asked={}))
        if swaps.chosen and turn.request.pressed and turn.intent == "change_mind":
            return await self._go_on(turn, counter, swaps)
        named = counter.named(turn.request)
        if named:
            return await self._collect(turn, counter, named, swaps)
        names = ", ".join(line_words(line) for line in counter.order.lines)
        return Step(missed=True, said=Reply(f"I don't see that in order {counter.order.order_id}. It has: {names}."))

    async def _read_variant(self, turn: Turn, counter: Counter) -> Step:
        """Read the version of the item that was asked about, or what the words change of the others."""
        swaps = Swaps.from_json(turn.slot("swaps"))
        line_id = str(swaps.open_line)
        if turn.request.value("variant_id"):
            return await self._go_on(turn, counter, replace(swaps, chosen={**swaps.chosen, line_id: str(turn.request.value("variant_id"))}))
        fewer = self._fewer(turn, counter, swaps)
        if fewer:
            return await self._go_on(turn, counter, fewer)
        if _skips(turn.request) and len(swaps.line_ids) > 1:
            return await self._go_on(turn, counter, swaps.only([one for one in swaps.line_ids if one != line_id]))
        elsewhere = [wish for wish in counter.named(turn.request) if wish.line_id != line_id]
        if elsewhere and len(counter.order.lines) > 1:
            return await self._collect(turn, counter, counter.named(turn.request), swaps)
        wish = LineWish(line_id, turn.text)
        choice = counter.choose(wish, swaps.open.get(line_id, {}).get("variants", ()))
        if choice.outcome in {Outcome.NEAREST, Outcome.NOT_SAID}:
            wider = counter.choose(wish)
            choice = wider if wider.outcome is not Outcome.NOT_SAID else choice
        step = await self._go_on(turn, counter, take(swaps, wish, choice, counter))
        return replace(step, missed=choice.outcome is Outcome.NOT_SAID)

    async def _read_yes(self, turn: Turn, counter: Counter) -> Step:
        shown = turn.slot("proposal") or {}
        if turn.request.value("more"):
            return Step(slots={"items_choice": None, "variant_choice": None, "confirmation": None})
        if turn.request.pressed or is_clear_yes(turn.request, shown.get("operation")):
            return await read_confirmation(self.services, turn)
        if is_all_said(turn.request) and not self._fewer(turn, counter, Swaps.from_json(turn.slot("swaps"))):
            return await read_confirmation(self.services, turn)
        return await self._changed(turn, counter) or await read_confirmation(self.services, turn)

    async def _changed(self, turn: Turn, counter: Counter) -> Step | None:
        """Fewer items, more of them, another version or another method, said instead of an answer: a new proposal."""
        swaps = Swaps.from_json(turn.slot("swaps"))
        fewer = self._fewer(turn, counter, swaps)
        if fewer:
            return await self._go_on(turn, counter, fewer)
        named = _kept(turn.request, counter)
        if not named and len(swaps.line_ids) == 1:
            named = [LineWish(swaps.line_ids[0], turn.text)]
        wishes = [wish for wish in named if counter.choose(wish).outcome not in {Outcome.NOT_SAID, Outcome.PRESENT}]
        new = [wish for wish in named if wish.line_id not in swaps.line_ids]
        if wishes or new:
            changed = swaps
            for wish in [*wishes, *(one for one in new if one not in wishes)]:
                changed = take(changed, wish, counter.choose(wish), counter)
            if changed != swaps:
                return await self._go_on(turn, counter, changed)
        if names_method(turn.request) and turn.slot("method_choice"):
            return await self._settle(turn, counter, swaps, missed=True)
        return None

    def _fewer(self, turn: Turn, counter: Counter, swaps: Swaps) -> Swaps | None:
        """The items that are left where the words take some out; a version wished for one of these in the same breath counts."""
        fewer = drop_named(turn.text, counter, swaps)
        if not fewer:
            return None
        for wish in counter.named(replace(turn.request, text=kept_words(turn.text))):
            choice = counter.choose(wish)
            if wish.line_id in fewer.line_ids and choice.variant is not None:
                fewer = take(fewer, wish, choice, counter)
        return fewer

    async def _collect(self, turn: Turn, counter: Counter, named: Sequence[LineWish], swaps: Swaps) -> Step:
        loose = [wish for wish in named if not wish.is_sure]
        for wish in (wish for wish in named if wish.is_sure):
            choice = counter.choose(wish)
            if choice.outcome is Outcome.NOT_SAID and wish.line_id in swaps.line_ids:
                # Named once more, and nothing new said of it: what was chosen or asked stands.
                continue
            swaps = take(swaps, wish, choice, counter, several=len(named) > 1)
        if loose:
            swaps = replace(swaps, asked={"lines": [wish.line_id for wish in loose], "text": loose[0].text})
            return Step(slots={"items_choice": None, "swaps": swaps.to_json(), "confirmation": None})
        return await self._go_on(turn, counter, swaps)

    async def _go_on(self, turn: Turn, counter: Counter, swaps: Swaps) -> Step:
        """Ask for the next open version, or go on to what it comes to."""
        said = Reply(" ".join(swaps.said)) if swaps.said else None
        slots: dict[str, Any] = {"items_choice": list(swaps.line_ids) or None, "swaps": swaps.to_json(), "confirmation": None}
        if swaps.instead and not swaps.line_ids:
            return self._instead(counter, swaps)
        if not swaps.line_ids:
            text = " ".join(swaps.said) or "Then nothing is exchanged."
            return Step(outcome={"kind": "refused", "text": f"{text} Nothing was changed.", "slots": {"order_id": counter.order.order_id}})
        if swaps.open_line:
            await self.services.shop.withdraw(turn.conversation_id)
            return Step(slots={**slots, "variant_choice": None}, said=said)
        step = await self._settle(turn, counter, swaps, missed=False)
        return replace(step, slots={**slots, "variant_choice": True, **step.slots}, said=step.said or said)

    def _instead(self, counter: Counter, swaps: Swaps) -> Step:
        """Turn to what the customer wants where the version cannot be had."""
        kind, line_id = swaps.instead or (FallbackKind.HUMAN, "")
        about = [{"entity": "order_id", "value": counter.order.order_id}, {"entity": "line_id", "value": line_id}]
        words = f"{_WORDS.get(kind, '')} {counter.line(line_id).name}".strip()
        request = Request(_INSTEAD.get(kind, "request_human"), words, entities=tuple(about))
        return Step(outcome={"kind": "redirected", "request": request.to_json()}, said=Reply(" ".join(swaps.said)))

    async def _settle(self, turn: Turn, counter: Counter, swaps: Swaps, *, missed: bool) -> Step:
        """Find what the difference is settled with, and propose."""
        actor = await self.services.identity.get_actor(turn.conversation_id)
        order_id, used = str(counter.order.order_id), original_ids(counter.order)
        decision = await self.services.shop.check(actor, counter.operation, {"order_id": order_id, "changes": swaps.changes()})
        if not decision.allowed:
            return refuse(decision, order_id, _other_ways(counter.order))
        methods = await settling_methods(self.services, turn, counter, swaps)
        if counter.difference_cents(swaps) == 0:
            same = next((one.payment_method_id for one in methods if one.payment_method_id in used), None)
            return await self._propose(turn, counter, swaps, same or next((one.payment_method_id for one in methods), None))
        found = find_method(turn.request, methods, used)
        kept = turn.slot("method_choice") if not names_method(turn.request) else None
        allowed = [method.payment_method_id for method in methods]
        said = await self._why_not(turn, counter, swaps) if names_method(turn.request) and not found else None
        if said and len(allowed) == 1:
            step = await self._propose(turn, counter, swaps, allowed[0])
            return replace(step, said=said)
        if found or kept in allowed or len(allowed) == 1:
            return await self._propose(turn, counter, swaps, found.payment_method_id if found else kept if kept in allowed else allowed[0])
        if not methods:
            text = "None of your payment methods can settle that difference, so I can't do this. A person can tell you what is possible."
            return Step(outcome={"kind": "refused", "text": text, "buttons": [HUMAN], "slots": {"order_id": order_id}})
        return Step(slots={"method_choice": None, "confirmation": None}, missed=missed and not said, said=said)

    async def _why_not(self, turn: Turn, counter: Counter, swaps: Swaps) -> Reply:
        """Why the method that was named can't settle the difference."""
        actor = await self.services.identity.get_actor(turn.conversation_id)
        own = await self.services.shop.list_payment_methods(actor, str(counter.order.order_id))
        named = find_method(turn.request, own, original_ids(counter.order))
        arguments = {"order_id": counter.order.order_id, "changes": swaps.changes()}
        if named is None:
            return Reply("The difference can be settled with one of your own methods only.")
        arguments["payment_method_id"] = named.payment_method_id
        return Reply((await self.services.shop.check(actor, counter.operation, arguments)).explanation)

    async def _propose(self, turn: Turn, counter: Counter, swaps: Swaps, method_id: str | None) -> Step:
        arguments: dict[str, Any] = {"order_id": counter.order.order_id, "changes": swaps.changes()}
        if method_id:
            arguments["payment_method_id"] = method_id
        step = await propose(self.services, turn, counter.operation, arguments)
        known = {"items_choice": list(swaps.line_ids), "swaps": swaps.to_json(), "variant_choice": True}
        return replace(step, slots={**known, "method_choice": method_id or NO_METHOD, **step.slots})


async def settling_methods(services: Services, turn: Turn, counter: Counter, swaps: Swaps) -> list[PaymentMethod]:
    """The customer's own methods that policy lets settle the difference, what the order was paid with first."""
    actor = await services.identity.get_actor(turn.conversation_id)
    used = original_ids(counter.order)
    methods = sorted(
        await services.shop.list_payment_methods(actor, str(counter.order.order_id)), key=lambda one: one.payment_method_id not in used
    )
    allowed = []
    for method in methods:
        arguments = {"order_id": counter.order.order_id, "changes": swaps.changes(), "payment_method_id": method.payment_method_id}
        if (await services.shop.check(actor, counter.operation, arguments)).allowed:
            allowed.append(method)
    return allowed


def _skips(request: Request) -> bool:
    """Whether the item that was asked about shall stay as it is."""
    return request.intent == "change_mind" if request.pressed else bool(_SKIP.search(request.text.lower()))


def _kept(request: Request, counter: Counter) -> list[LineWish]:
    """The lines that words speak of; one that they only leave out ("not the boots") is not asked about."""
    staying = {wish.line_id for wish in counter.named(replace(request, text=kept_words(request.text)))}
    return [wish for wish in counter.named(request) if wish.line_id in staying]


def _of_order(order: Order, wishes: Sequence[LineWish]) -> Request:
    """The part of a request that is about one order."""
    words = ", and ".join(dict.fromkeys(wish.text for wish in wishes))
    return Request("exchange_item", words, entities=({"entity": "order_id", "value": str(order.order_id)},))


def _other_ways(order: Order) -> list[Button]:
    order_id = str(order.order_id)
    match order.status:
        case OrderStatus.PENDING:
            return [button("Cancel it", "cancel_order", order_id=order_id), button("Track it", "track_order", order_id=order_id)]
        case OrderStatus.DELIVERED:
            return [button("Return items", "return_item", order_id=order_id)]
        case OrderStatus.PROCESSED | OrderStatus.SHIPPED:
            return [button("Track it", "track_order", order_id=order_id)]
        case _:
            return [HUMAN]


class AskSwapItems(Ask):
    """Asks which lines shall be another version."""

    action_name = "action_ask_exchange_items_form_items_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with the order's lines as buttons."""
        order = await self.services.shop.get_order(await self.actor(turn), str(turn.slot("order_choice")))
        swaps = Swaps.from_json(turn.slot("swaps"))
        taken, asked = swaps.line_ids, swaps.asked.get("lines", ())
        choices = [
            button(f"{line_words(line)}, {money(line.price_cents * line.quantity, order.currency)}", "inform", line_id=line.line_id)
            for line in order.lines
            if line.line_id not in taken and (not asked or line.line_id in asked)
        ]
        if asked:
            return Reply("Which one of these do you mean?", buttons=[*choices, button("None", "change_mind")])
        text = "What else shall be exchanged, and for what?" if taken else f"Which items of order {order.order_id}, and for what?"
        return Reply(text, buttons=[*choices, button("None", "change_mind")])


class AskVariant(Ask):
    """Asks for the version of one item."""

    action_name = "action_ask_variant_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with the real choices as buttons."""
        order = await self.services.shop.get_order(await self.actor(turn), str(turn.slot("order_choice")))
        swaps = Swaps.from_json(turn.slot("swaps"))
        counter = Counter(order, await get_products(self.services, [order]))
        line = counter.line(str(swaps.open_line))
        product, asked = counter.products[str(line.product_id)], swaps.open.get(str(line.line_id), {})
        offered = [one for one in product.variants if str(one.variant_id) in asked.get("variants", ())]
        offered = offered or [one for one in product.variants if one.stock != 0 and one.variant_id != line.variant_id][:6]
        titles = variant_titles(offered, product)
        choices = [button(title, "inform", variant_id=str(one.variant_id)) for title, one in zip(titles, offered, strict=True)]
        text = str(asked.get("said") or f"What shall the {line.name} be like instead?")
        return Reply(text, buttons=[*choices, button("Leave it", "change_mind")], slots={"product_id": str(product.product_id)})


class AskSettling(Ask):
    """Asks what the difference is settled with."""

    action_name = "action_ask_exchange_items_form_method_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with the difference and the methods that policy allows."""
        order = await self.services.shop.get_order(await self.actor(turn), str(turn.slot("order_choice")))
        counter = Counter(order, await get_products(self.services, [order]))
        swaps = Swaps.from_json(turn.slot("swaps"))
        methods = await settling_methods(self.services, turn, counter, swaps)
        cents = counter.difference_cents(swaps)
        amount = money(abs(cents), order.currency)
        text = f"That costs {amount} more. What do you pay it with?" if cents > 0 else f"You get {amount} back. Where should it go?"
        return Reply(text, buttons=[*method_buttons(methods, order.currency), button("Leave it", "change_mind")])


class ActionExchangeItems(FinishForm):
    """Ends the exchange."""

    action_name = "action_exchange_items"
    task = "the exchange"

    async def commit(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """Do it; only the receipt says that it is done."""
        return await commit(self.services, turn, outcome)


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    kinds = (ValidateExchangeItemsForm, AskSwapItems, AskVariant, AskSettling, ActionExchangeItems)
    return [kind(services) for kind in kinds]

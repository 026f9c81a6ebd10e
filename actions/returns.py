"""Sending items back: which order, which of its lines, where the money goes, the proposal, a yes, the receipt."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.interfaces import Action

from actions.confirmation import commit, propose, read_confirmation, refuse, undone_words
from actions.forms import Ask, FinishForm, ShopForm, Step, about_items
from actions.intents import ABOUT_GOODS
from actions.item_choice import holding_most, kept_words, narrowed, spread, taken_out
from actions.mentions import Mention
from actions.methods import find_method, is_asked, method_buttons, names_method, original_ids, wishes_way_back, words_of_method
from actions.not_in_hand import GONE, GONE_WORDS, LOST_ON_THE_WAY, NEVER_CAME, absence_of, find_absence
from actions.order_choice import choose_order
from actions.owned import get_owned, get_products
from actions.reply import HUMAN, Button, Reply, button
from actions.resolve import find_order_ids, match_lines
from actions.services import Services
from actions.turn import Request, Turn
from actions.variants import asking_words
from actions.waiting import opening_of
from actions.words import line_words
from actions.yes_no import is_all_said, is_clear_yes, is_question, is_stop
from shop.models import OperationName, Order, OrderLine, OrderStatus, PaymentMethod, Product
from shop.wording import join, money

_ADDS = re.compile(r"\b(?:also|too|as well|add|plus|and)\b")
_ASKS_FOR = re.compile(
    r"\b(?:can|could|would|will|may) (?:you|i|we)\b.*\b(?:add\w*|also|too|as well|instead|return\w*|send|include|put|take)\b"
    r"|\balso\b|\badd\b"
)
"""A question that wishes for other items: "could you add the flask?"."""
_ELSEWHERE = re.compile(r"\b(?:orders?|other|another|wrong|different|meant|mean|not|no|rather|instead|ones?|from)\b|\d{3,}|n't\b")
_ONLY_THESE = Reply("The refund can go to one of these only.")


class ValidateReturnItemsForm(ShopForm):
    """Reads the answers of the return."""

    form = "return_items_form"
    finish = "action_return_items"
    intents = frozenset({"return_item"})

    def answers(self, request: Request, asked: str) -> bool:
        """A way to pay, or an item, is taken for one even where it sounds like a question about payment, or a search."""
        if asked in {"items_choice", "confirmation"} and request.intent in ABOUT_GOODS and not is_question(request):
            return True
        if asked not in {"method_choice", "confirmation"} or not names_method(request) or find_order_ids(request):
            return False
        return not is_question(request) or request.intent == "change_payment" or wishes_way_back(request)

    async def takes_out(self, turn: Turn, asked: str) -> bool:
        """Whether the words leave out items of several that are to go back."""
        if turn.request.pressed or asked not in {"method_choice", "confirmation"} or self.names_other_task(turn):
            return False
        order = await self._order(turn)
        return bool(narrowed(turn.text, order, await get_products(self.services, [order]), list(turn.slot("items_choice") or [])))

    def drops(self, turn: Turn, asked: str) -> bool:
        """Whether the customer drops the return; another way for the refund is wished for, and drops nothing."""
        wished = not turn.request.pressed and asked in {"method_choice", "confirmation"} and names_method(turn.request)
        return is_stop(turn.request, asked) and not (wished and not is_stop(replace(turn.request, intent="inform"), asked))

    def handed_on(self, turn: Turn) -> Request:
        """What another task is told: "exchange it" is about the items that were to go back."""
        return about_items(turn, turn.slot("items_choice") or [])

    async def read(self, turn: Turn, asked: str | None) -> Step:
        """Read the next answer: order, items, where the money goes, then the yes."""
        undone = await undone_words(self.services, turn) if asked is None else None
        if undone:
            return Step(outcome={"kind": "refused", "text": undone.text, "buttons": undone.buttons})
        absent = await self._not_in_hand(turn)
        if absent:
            return absent
        if asked in {None, "order_choice"}:
            several = await self._take_each(turn) if asked is None else None
            if several:
                return several
            holder = await self._holder(turn) if asked is None else None
            order = holder or await choose_order(self.services, turn, _can_come_back, opening=asked is None)
            return order if isinstance(order, Step) else await self._take(turn, order)
        order = await self._order(turn)
        if asked == "items_choice":
            return await self._read_items(turn, order)
        if asked == "method_choice":
            return await self._changed_items(turn, order) or await self._read_method(turn, order)
        if is_all_said(turn.request) and not await self.takes_out(turn, "confirmation"):
            return await read_confirmation(self.services, turn)
        if turn.request.value("more"):
            return Step(slots={"items_choice": None, "confirmation": None, "items_kept": turn.slot("items_choice")})
        changed = await self._changed(turn, order)
        return changed or await read_confirmation(self.services, turn)

    async def correct(self, turn: Turn, asked: str) -> Step:
        """Other items, another method, or another order after all."""
        await self.services.shop.withdraw(turn.conversation_id)
        current = await self._order(turn) if turn.slot("order_choice") else None
        changed = await self._changed(turn, current) if current else None
        if changed:
            return changed
        fresh: dict[str, Any] = {"order_choice": None, "items_choice": None, "method_choice": None, "confirmation": None}
        order = await choose_order(
            self.services, turn, _can_come_back, opening=False, excluded_id=str(current.order_id) if current else None
        )
        if isinstance(order, Step) and current and not _ELSEWHERE.search(turn.text.lower()):
            # "That's too long" corrects nothing that could be chosen anew.
            return Step(slots={"confirmation": None}, missed=True)
        if isinstance(order, Step):
            return replace(order, slots={**fresh, **order.slots}, missed=False)
        if current and not _can_come_back(order):
            # "Not the lamp" names another order's lamp only by chance.
            return Step(slots={"items_choice": None, "confirmation": None})
        step = await self._take(turn, order)
        return replace(step, slots={**fresh, **step.slots})

    async def _take_each(self, turn: Turn) -> Step | None:
        """Take the first of several orders whose items were named; the others wait their turn, each with its own yes."""
        owned = await get_owned(self.services, turn)
        fitting = [order for order in owned.orders if _can_come_back(order)]
        found = spread(turn.request, fitting, await get_products(self.services, fitting))
        if not found:
            return None
        first, *later = [_of_order(turn.request, order, [wish.line_id for wish in wishes]) for order, wishes in found]
        step = await self._take(replace(turn, request=first), found[0][0])
        waiting = [*(request.to_json() for request in later), *(request.to_json() for request in turn.waiting)]
        return replace(step, slots={**step.slots, "waiting_requests": waiting})

    async def _not_in_hand(self, turn: Turn) -> Step | None:
        """What never came is no return, and what is gone can't be one."""
        if turn.request.pressed or not find_absence(turn.text):
            return None
        owned = await get_owned(self.services, turn)
        orders = [order for order in owned.orders if order.order_id == turn.slot("order_choice")] or list(owned.orders)
        absence = absence_of(turn.request, orders, await get_products(self.services, orders))
        if absence == GONE:
            missing = button("It never reached me", "report_missing_delivery")
            return Step(outcome={"kind": "refused", "text": GONE_WORDS, "buttons": [missing, HUMAN]})
        if absence == NEVER_CAME:
            about = ({"entity": "order_id", "value": turn.slot("order_choice")},) if turn.slot("order_choice") else ()
            request = replace(turn.request, intent="report_missing_delivery", entities=(*turn.request.entities, *about))
            return Step(outcome={"kind": "redirected", "request": request.to_json()}, said=Reply(LOST_ON_THE_WAY))
        return None

    async def _holder(self, turn: Turn) -> Order | None:
        """The delivered order that holds most of what was named."""
        owned = await get_owned(self.services, turn)
        fitting = [order for order in owned.orders if _can_come_back(order)]
        return holding_most(turn.request, fitting, await get_products(self.services, fitting))

    async def _order(self, turn: Turn) -> Order:
        actor = await self.services.identity.get_actor(turn.conversation_id)
        return await self.services.shop.get_order(actor, str(turn.slot("order_choice")))

    async def _take(self, turn: Turn, order: Order) -> Step:
        actor = await self.services.identity.get_actor(turn.conversation_id)
        decision = await self.services.shop.check(actor, OperationName.RETURN_ITEMS, {"order_id": order.order_id})
        slots = {"order_choice": order.order_id, "order_id": order.order_id}
        if not decision.allowed:
            return refuse(decision, str(order.order_id), _instead(order))
        mention = await self._opened_with(turn.request, order)
        opened = opening_of(turn) if turn.slot("requested_slot") == "order_choice" else None
        if opened and not mention.keys and not mention.unsure:
            # Which order it is was all that was missing.
            mention = await self._opened_with(opened, order)
        if len(order.lines) == 1:
            mention = Mention(keys=(order.lines[0].line_id,))
        step = await self._choose(turn, order, mention) if mention.keys else Step(slots={"items_options": list(mention.unsure) or None})
        return replace(step, slots={**slots, **step.slots})

    async def _opened_with(self, request: Request, order: Order) -> Mention:
        """The items that the request is about; those of which something is only told count where no other is named."""
        asked = Mention() if request.pressed else await self._mentioned(replace(request, text=asking_words(request.text)), order)
        return asked if asked.keys or asked.unsure else await self._mentioned(request, order)

    async def _mentioned(self, request: Request, order: Order, among: Sequence[str] = ()) -> Mention:
        return match_lines(request, order, await get_products(self.services, [order]), among)

    async def _read_items(self, turn: Turn, order: Order) -> Step:
        mention = await self._mentioned(turn.request, order, turn.slot("items_options") or ())
        if mention.keys:
            kept = {*(turn.slot("items_kept") or ()), *mention.keys}
            return await self._choose(turn, order, Mention(keys=tuple(line.line_id for line in order.lines if line.line_id in kept)))
        if mention.unsure:
            return Step(slots={"items_options": list(mention.unsure)})
        names = ", ".join(line_words(line) for line in order.lines)
        return Step(missed=True, said=Reply(f"I don't see that in order {order.order_id}. It has: {names}."))

    async def _choose(self, turn: Turn, order: Order, mention: Mention) -> Step:
        slots = {"items_choice": list(mention.keys), "items_options": None}
        options, words = await self._methods(turn, order, mention.keys), words_of_method(turn)
        method = find_method(words, options, original_ids(order), asked=is_asked(turn))
        said = await self._why_not(replace(turn, request=words), order, mention.keys) if names_method(words) and not method else None
        only = options[0].payment_method_id if len(options) == 1 else None
        chosen = method.payment_method_id if method else turn.slot("method_choice") or only
        if chosen:
            return replace(await self._propose(turn, order, mention.keys, chosen), said=said)
        if not options:
            text = "None of the ways this order was paid can take that refund by itself, so a person has to arrange this return."
            return Step(outcome={"kind": "refused", "text": text, "buttons": [HUMAN]})
        return Step(slots=slots, said=said)

    async def _methods(self, turn: Turn, order: Order, line_ids: Sequence[str]) -> list[PaymentMethod]:
        """The methods that policy allows for these lines."""
        return await allowed_methods(self.services, turn, order, line_ids)

    async def _read_method(self, turn: Turn, order: Order) -> Step:
        line_ids = turn.slot("items_choice") or []
        method = find_method(turn.request, await self._methods(turn, order, line_ids), original_ids(order))
        if method:
            return await self._propose(turn, order, line_ids, method.payment_method_id)
        wished = names_method(turn.request)
        return Step(missed=not wished, said=await self._why_not(turn, order, line_ids) if wished else _ONLY_THESE)

    async def _why_not(self, turn: Turn, order: Order, line_ids: Sequence[str]) -> Reply:
        """The rule by which the refund can't go where the customer wants it."""
        actor = await self.services.identity.get_actor(turn.conversation_id)
        own = await self.services.shop.list_payment_methods(actor, str(order.order_id))
        named = find_method(turn.request, own, original_ids(order))
        if named is None:
            allowed = await self._methods(turn, order, line_ids)
            return (
                Reply(f"A refund of order {order.order_id} can go to {join([one.label for one in allowed], 'or')} only.")
                if allowed
                else _ONLY_THESE
            )
        arguments = {"order_id": order.order_id, "line_ids": list(line_ids), "payment_method_id": named.payment_method_id}
        decision = await self.services.shop.check(actor, OperationName.RETURN_ITEMS, arguments)
        return _ONLY_THESE if decision.allowed else Reply(decision.explanation)

    async def _changed_items(self, turn: Turn, order: Order) -> Step | None:
        """Fewer items, or one more, said where the method was asked for."""
        line_ids = list(turn.slot("items_choice") or [])
        products = await get_products(self.services, [order])
        fewer = narrowed(turn.text, order, products, line_ids) or _instead_of(turn.request, order, products, line_ids)
        mention = match_lines(turn.request, order, products) if _ADDS.search(turn.text.lower()) else Mention()
        wanted = fewer or [line.line_id for line in order.lines if line.line_id in {*line_ids, *mention.keys}]
        return await self._choose(turn, order, Mention(keys=tuple(wanted))) if wanted != line_ids else None

    async def _changed(self, turn: Turn, order: Order) -> Step | None:
        """Other items or another method, said instead of a yes: a new proposal."""
        if turn.request.pressed and turn.intent in {"affirm", "deny"}:
            return None
        line_ids, method_id = list(turn.slot("items_choice") or []), turn.slot("method_choice")
        products = await get_products(self.services, [order])
        left = narrowed(turn.text, order, products, line_ids) or _instead_of(turn.request, order, products, line_ids)
        if left:
            return await self._choose(turn, order, Mention(keys=tuple(left)))
        # What a question names, or what another task is wished for, is not to go back.
        is_aside = (is_question(turn.request) and not _ASKS_FOR.search(turn.text.lower())) or self.names_other_task(turn)
        mention = Mention() if is_aside else await self._mentioned(turn.request, order)
        if mention.unsure and (kept := [key for key in mention.unsure if key in line_ids]):
            # "Only the shirt" means the shirt that is already in the list.
            mention = Mention(keys=tuple(kept))
        if mention.unsure:
            return Step(slots={"items_choice": None, "confirmation": None, "items_options": list(mention.unsure)})
        wanted = list(mention.keys)
        if wanted and _ADDS.search(turn.text.lower()):
            wanted = [line.line_id for line in order.lines if line.line_id in {*line_ids, *wanted}]
        method = find_method(turn.request, await self._methods(turn, order, wanted or line_ids), original_ids(order))
        new_method = method.payment_method_id if method else method_id
        if wanted and new_method is None:
            return await self._choose(turn, order, Mention(keys=tuple(wanted)))
        if line_ids and ((wanted and wanted != line_ids) or new_method != method_id):
            return await self._propose(turn, order, wanted or line_ids, new_method)
        if names_method(turn.request) and method is None and not is_clear_yes(turn.request):
            return Step(slots={"confirmation": None}, said=await self._why_not(turn, order, line_ids))
        return None

    async def _propose(self, turn: Turn, order: Order, line_ids: Sequence[str], method_id: str) -> Step:
        arguments = {"order_id": order.order_id, "line_ids": list(line_ids), "payment_method_id": method_id}
        step = await propose(self.services, turn, OperationName.RETURN_ITEMS, arguments)
        known = {"order_choice": order.order_id, "items_choice": list(line_ids), "method_choice": method_id, "items_options": None}
        return replace(step, slots={**known, **step.slots})


def _instead_of(request: Request, order: Order, products: Mapping[str, Product], line_ids: Sequence[str]) -> list[str]:
    """The items that are left, and those named for them, where words take some out: "not the lamp, the shirt"; empty where they do not."""
    out = [] if request.pressed else taken_out(request.text, order, products, line_ids)
    named = match_lines(replace(request, text=kept_words(request.text), entities=()), order, products).keys if out else ()
    wanted = {*(set(line_ids) - set(out)), *named} if out else set()
    return [line.line_id for line in order.lines if line.line_id in wanted]


def _of_order(request: Request, order: Order, line_ids: Sequence[str]) -> Request:
    """The part of a request that is about one order."""
    named = [{"entity": "order_id", "value": str(order.order_id)}, *({"entity": "line_id", "value": one} for one in line_ids)]
    method = f" {request.text}" if names_method(request) else ""
    return replace(request, text=f"return items of order {order.order_id}{method}", entities=tuple(named))


async def allowed_methods(services: Services, turn: Turn, order: Order, line_ids: Sequence[str]) -> list[PaymentMethod]:
    """The payment methods to which policy lets the refund of these lines go."""
    actor = await services.identity.get_actor(turn.conversation_id)
    allowed = []
    for method in await services.shop.list_refund_methods(actor, str(order.order_id)):
        arguments = {"order_id": order.order_id, "line_ids": list(line_ids), "payment_method_id": method.payment_method_id}
        if (await services.shop.check(actor, OperationName.RETURN_ITEMS, arguments)).allowed:
            allowed.append(method)
    return allowed


def _can_come_back(order: Order) -> bool:
    return order.status is OrderStatus.DELIVERED


def _instead(order: Order) -> list[Button]:
    order_id = str(order.order_id)
    match order.status:
        case OrderStatus.PENDING:
            return [button("Cancel it", "cancel_order", order_id=order_id), HUMAN]
        case OrderStatus.PROCESSED | OrderStatus.SHIPPED | OrderStatus.RETURN_REQUESTED:
            return [button("Track it", "track_order", order_id=order_id), HUMAN]
        case _:
            return [HUMAN]


class AskItemsChoice(Ask):
    """Asks which lines of the order are meant."""

    action_name = "action_ask_items_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with the order's lines as buttons."""
        actor = await self.actor(turn)
        order = await self.services.shop.get_order(actor, str(turn.slot("order_choice")))
        options = turn.slot("items_options") or []
        lines = [line for line in order.lines if line.line_id in options] or list(order.lines)
        verb = "would you like to return" if turn.form == "return_items_form" else "is it about"
        choices = [button(_line_title(line, order), "inform", line_id=line.line_id) for line in lines]
        if lines == order.lines:
            choices.append(button("All of them", "inform", line_id="all"))
        return Reply(f"Which items of order {order.order_id} {verb}?", buttons=[*choices, button("None", "change_mind")])


def _line_title(line: OrderLine, order: Order) -> str:
    return f"{line_words(line)}, {money(line.price_cents * line.quantity, order.currency)}"


class AskMethodChoice(Ask):
    """Asks where the money goes."""

    action_name = "action_ask_method_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with the methods that policy allows as buttons."""
        order = await self.services.shop.get_order(await self.actor(turn), str(turn.slot("order_choice")))
        methods = await allowed_methods(self.services, turn, order, turn.slot("items_choice") or [])
        return Reply("Where should the refund go?", buttons=method_buttons(methods, order.currency))


class ActionReturnItems(FinishForm):
    """Ends the return."""

    action_name = "action_return_items"
    task = "the return"

    async def commit(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """Request the return; only the receipt says that it is done."""
        return await commit(self.services, turn, outcome)


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ValidateReturnItemsForm(services), AskItemsChoice(services), AskMethodChoice(services), ActionReturnItems(services)]

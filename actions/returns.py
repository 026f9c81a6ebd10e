"""Sending items back: which order, which of its lines, where the money goes, the proposal, a yes, the receipt."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.interfaces import Action

from actions.beside import figures
from actions.conditions import task_named
from actions.confirmation import commit, propose, read_confirmation, refuse, undone_words
from actions.forms import Ask, FinishForm, ShopForm, Step, about_items
from actions.intents import ABOUT_GOODS
from actions.item_choice import holding_most, kept_words, narrowed, spread, taken_out
from actions.meant import others_waiting
from actions.mentions import Mention, leaves_out
from actions.methods import find_method, is_asked, method_buttons, names_method, original_ids, wishes_way_back, words_of_method
from actions.not_in_hand import GONE, GONE_WORDS, LOST_ON_THE_WAY, NEVER_CAME, absence_of, find_absence
from actions.order_choice import choose_order
from actions.own_words import OF_MONEY, asks_sooner
from actions.owned import get_owned, get_products
from actions.reply import HUMAN, Button, Reply, button
from actions.resolve import find_order_ids, match_lines, match_more, without_order_ids
from actions.return_orders import all_taken_out, likelier_order, means_each, pointed_order, told_part, turned_to
from actions.services import Services
from actions.turn import Request, Turn
from actions.variants import asking_words
from actions.waiting import opening_of
from actions.words import STATUS_WORDS, line_words
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
_ONE_OF_TWO = (
    "Only one of the two is possible for an order: either a return or an exchange. This is the return; if you would rather have the "
    "exchange, say no."
)
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
            several = await (self._take_each(turn) if asked is None else self._take_offered(turn))
            if several:
                return several
            likely = await self._likely(turn) if asked is None else None
            order = likely or await choose_order(self.services, turn, _can_come_back, opening=asked is None)
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

    async def _read_inside(self, turn: Turn, asked: str) -> Step | None:
        """Turn to another order that is named, or take the items that are named, before anything else is made of the words."""
        if turn.slot("order_choice") and asked in {"items_choice", "method_choice", "confirmation"}:
            turned = await self._turned(turn, await self._order(turn))
            if turned:
                return turned
        told = await self._told_items(turn) if asked == "items_choice" else None
        told = await self._told_more(turn) if asked == "confirmation" else told
        return told or await super()._read_inside(turn, asked)

    async def _answer(self, turn: Turn, asked: str) -> Step | None:
        """No, where the money is wanted sooner than it can come."""
        shown = turn.slot("proposal") or {}
        if asked == "confirmation" and shown and not turn.request.pressed and asks_sooner(turn.text) and OF_MONEY.search(turn.text.lower()):
            return Step(slots={asked: None}, said=Reply(f"No, I'm sorry, I can't make that any faster. {figures(shown)}"))
        return await super()._answer(turn, asked)

    async def _told_more(self, turn: Turn) -> Step | None:
        """A further item named at the proposal in one breath with a question."""
        told, chosen = told_part(turn.whole_text), set(turn.slot("items_choice") or [])
        if turn.request.pressed or not told or told == turn.text.strip() or task_named(turn.whole_text) not in {None, "return_item"}:
            return None
        said = replace(turn, request=replace(turn.request, text=told, intent="inform"))
        order = await self._order(turn)
        more = set((await self._mentioned(said.request, order)).keys) - chosen
        step = await self._changed(said, order) if more and _ADDS.search(told.lower()) else None
        return replace(step, slots={**step.slots, "waiting_requests": others_waiting(turn)}) if step else None

    async def _turned(self, turn: Turn, current: Order) -> Step | None:
        """The return of another order's items, where the words turn to it; what was proposed is gone then."""
        owned = await get_owned(self.services, turn)
        products = await get_products(self.services, owned.orders)
        fresh = dict.fromkeys(("order_choice", "items_choice", "items_kept", "items_options", "method_choice", "confirmation"))
        if all_taken_out(turn, current, products, turn.slot("items_choice") or []):
            await self.services.shop.withdraw(turn.conversation_id)
            options = [str(order.order_id) for order in owned.orders if _can_come_back(order) and order.order_id != current.order_id]
            return Step(slots={**fresh, "order_options": options or None}, said=Reply("All right, not that."))
        other = turned_to(turn, owned, current, products)
        if other is None:
            return None
        await self.services.shop.withdraw(turn.conversation_id)
        turn.tracker.slots.update(fresh)
        said = replace(turn, request=replace(turn.request, intent="return_item", text=turn.whole_text))
        step = await self._take(said, other)
        return replace(step, slots={**fresh, "waiting_requests": others_waiting(turn), **step.slots})

    async def _told_items(self, turn: Turn) -> Step | None:
        """Items named in one breath with a question: they are taken first, and what is proposed then tells the figures."""
        told = told_part(turn.whole_text)
        other_task = task_named(turn.whole_text) not in {None, "return_item"}
        if turn.request.pressed or not told or told == turn.text.strip() or other_task:
            return None
        said = replace(turn, request=replace(turn.request, text=told, intent="inform"))
        order = await self._order(turn)
        mention = await self._mentioned(said.request, order, turn.slot("items_options") or ())
        if not mention.keys:
            return None
        step = await self._read_items(said, order)
        step = replace(step, slots={**step.slots, "waiting_requests": others_waiting(turn)})
        if not asks_sooner(turn.whole_text):
            return step
        return replace(step, said=Reply(f"{step.said.text if step.said else ''} I'm sorry, I can't make a refund any faster.".strip()))

    async def _take_offered(self, turn: Turn) -> Step | None:
        """Take all of the orders that were offered, one after another, where "both of them" is the answer."""
        owned = await get_owned(self.services, turn)
        offered = [order for order in owned.orders if order.order_id in (turn.slot("order_options") or []) and _can_come_back(order)]
        if not means_each(turn.request) or len(offered) < 2:
            return None
        opened, products = opening_of(turn), await get_products(self.services, offered)
        named = [match_lines(opened, order, products).keys if opened else () for order in offered]
        return await self._one_by_one(turn, list(zip(offered, named, strict=True)))

    async def _take_each(self, turn: Turn) -> Step | None:
        """Take the first of several orders whose items were named; the others wait their turn, each with its own yes."""
        owned = await get_owned(self.services, turn)
        fitting = [order for order in owned.orders if _can_come_back(order)]
        products = await get_products(self.services, fitting)
        if leaves_out(turn.text) or pointed_order(turn.request, owned, turn.slot("order_id"), products):
            # What is left out, and what "in it" points at, names no order's items.
            return None
        found = spread(turn.request, fitting, products)
        return await self._one_by_one(turn, [(order, [wish.line_id for wish in wishes]) for order, wishes in found]) if found else None

    async def _one_by_one(self, turn: Turn, found: Sequence[tuple[Order, Sequence[str]]]) -> Step:
        first, *later = [_of_order(turn.request, order, line_ids) for order, line_ids in found]
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

    async def _likely(self, turn: Turn) -> Order | Step | None:
        """The order that "in it" points at, that is meant by a doubted number, or that holds most of what was named."""
        owned = await get_owned(self.services, turn)
        fitting = [order for order in owned.orders if _can_come_back(order)]
        products = await get_products(self.services, owned.orders)
        pointed = pointed_order(turn.request, owned, turn.slot("order_id"), products)
        if pointed and _can_come_back(pointed):
            return pointed
        doubted = likelier_order(turn.whole_text, turn.request, owned, products, _can_come_back)
        if doubted:
            wrong, likely = doubted
            words = f"Order {wrong.order_id} is {STATUS_WORDS[wrong.status]}, so nothing can come back from it yet."
            numbered = replace(turn.request, text=without_order_ids(turn.text), entities=())
            step = await self._take(replace(turn, request=numbered), likely)
            return replace(step, said=Reply(f"{words} I take it that you mean order {likely.order_id}."))
        return None if leaves_out(turn.text) else holding_most(turn.request, fitting, products)

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
        kept = list(mention.sure) or None
        open_items = Step(slots={"items_options": list(mention.unsure) or None, "items_kept": kept})
        step = await self._choose(turn, order, mention) if mention.keys else open_items
        return replace(step, slots={**slots, **step.slots})

    async def _opened_with(self, request: Request, order: Order) -> Mention:
        """The items that the request is about; those of which something is only told count where no other is named."""
        asked = Mention() if request.pressed else await self._mentioned(replace(request, text=asking_words(request.text)), order)
        return asked if asked.keys or asked.unsure else await self._mentioned(request, order)

    async def _mentioned(self, request: Request, order: Order, among: Sequence[str] = ()) -> Mention:
        return match_lines(request, order, await get_products(self.services, [order]), among)

    async def _read_items(self, turn: Turn, order: Order) -> Step:
        mention = await self._mentioned(turn.request, order, turn.slot("items_options") or ())
        if mention.keys and turn.slot("items_options"):
            mention = match_more(turn.request, order, await get_products(self.services, [order]), mention, turn.slot("items_options"))
        if mention.keys:
            out = taken_out(turn.text, order, await get_products(self.services, [order]), list(turn.slot("items_kept") or ()))
            kept = {*(turn.slot("items_kept") or ()), *mention.keys} - set(out)
            return await self._choose(turn, order, Mention(keys=tuple(line.line_id for line in order.lines if line.line_id in kept)))
        if mention.unsure:
            kept = {*(turn.slot("items_kept") or ()), *mention.sure}
            return Step(slots={"items_options": list(mention.unsure), "items_kept": list(kept) or None})
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
            step = await self._propose(turn, order, mention.keys, chosen)
            return replace(step, said=said or step.said)
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
            noted = {*mention.sure, *(line_ids if _ADDS.search(turn.text.lower()) else ())}
            known = {"items_options": list(mention.unsure), "items_kept": list(noted) or None}
            return Step(slots={"items_choice": None, "confirmation": None, **known})
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
        both = step.outcome is None and step.said is None and await self._wants_exchange_too(turn, order)
        return replace(step, slots={**known, **step.slots}, said=Reply(_ONE_OF_TWO) if both else step.said)

    async def _wants_exchange_too(self, turn: Turn, order: Order) -> bool:
        """Whether something else of the same order waits to be exchanged, which rules out one of the two."""
        if turn.slot("proposal"):
            return False
        products = await get_products(self.services, [order])
        waiting = [one for one in turn.waiting if one.intent == "exchange_item"]
        mentions = [match_lines(one, order, products) for one in waiting]
        return any(mention.keys or mention.unsure for mention in mentions)


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
        noted = [line_words(line) for line in order.lines if line.line_id in (turn.slot("items_kept") or []) and line not in lines]
        head = f"{join(noted)}: noted. " if noted and turn.form == "return_items_form" else ""
        return Reply(f"{head}Which items of order {order.order_id} {verb}?", buttons=[*choices, button("None", "change_mind")])


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

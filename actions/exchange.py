"""Other versions of items: changed in an order that is pending, exchanged in one that was delivered.

All items are collected before the one change that an order allows: which lines, the variant for each, what the difference
is settled with, the proposal, a yes, the receipt.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.interfaces import Action

from actions.assent import find_assent
from actions.conditions import task_named
from actions.confirmation import commit, read_confirmation, refuse, undone_words
from actions.exchange_corrections import adds, denies, existing_reply, given_up_for, is_wrong_version, leaves_all, reopened
from actions.exchange_elsewhere import Elsewhere, go_there, names_of, next_words, read_elsewhere, turns_there, wait_there
from actions.exchange_orders import find_order, fits_of, other_ways, part_of
from actions.exchange_records import record_reply
from actions.exchange_settling import both_said, settle
from actions.exchange_telling import total_reply, versions_reply
from actions.forms import FinishForm, ShopForm, Step, about_items
from actions.intents import ABOUT_GOODS
from actions.item_choice import kept_words, spread, taken_out
from actions.left_out import denied, fewer, kept_wishes, skips, turn_instead
from actions.methods import names_method
from actions.owned import get_owned, get_products
from actions.reply import Reply
from actions.resolve import refers_to_order
from actions.services import Services
from actions.swapping import Counter, Swaps, drop_named, read_answer, take, wished_by_price
from actions.turn import Request, Turn
from actions.variants import LineWish, Outcome, is_named, wishes_by_line
from actions.variants.likeness import likeness_in, ranks_others
from actions.waiting import opening_of
from actions.words import STATUS_WORDS, line_words, now_of
from actions.yes_no import is_all_said, is_clear_yes, is_question, is_stop
from shop.models import Order, Product, ProductFilter

_REOPENED = frozenset({"variant_choice", "method_choice", "confirmation"})
"""Questions at which items can still be left out."""
_SENDS_BACK = re.compile(r"\b(?:return\w*|sen[dt]\w*|tak(?:e|ing)|giv(?:e|ing))\b")
_WISHED = frozenset({Outcome.CHOSEN, Outcome.SEVERAL, Outcome.NEAREST})


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
        goes_back = request.intent == "return_item" and _SENDS_BACK.search(request.text.lower())
        if asked in {"method_choice", "confirmation"} and names_method(request) and not goes_back:
            # "The refund on my gift card" sends nothing back.
            return True
        return asked in {"variant_choice", "items_choice", "confirmation"} and request.intent in ABOUT_GOODS | {"correct_request"}

    def drops(self, turn: Turn, asked: str) -> bool:
        """Whether the customer drops the whole exchange, and not one item of several."""
        swaps = Swaps.from_json(turn.slot("swaps"))
        if asked == "items_choice" and swaps.chosen and turn.request.pressed:
            # "None" as one item more leaves those that were chosen before.
            return False
        one_of_several = asked == "variant_choice" and len(swaps.line_ids) > 1
        return is_stop(turn.request, asked) and not (one_of_several and skips(turn.request))

    async def step(self, turn: Turn, asked: str | None) -> Step | None:
        """A question for the versions, their prices or the new sum is answered, and what was asked or proposed is asked again."""
        if asked not in _REOPENED | {"items_choice"} or turn.request.pressed:
            return await super().step(turn, asked)
        swaps, counter = Swaps.from_json(turn.slot("swaps")), await self._counter(turn, await self._order(turn))
        given_up = given_up_for(turn, counter, swaps)
        if given_up:
            request = self.handed_on(replace(turn, request=given_up))
            # What the splitter made of it is all the one request.
            waiting = {"waiting_requests": turn.slot("waiting_requests")}
            return Step(slots=waiting, outcome={"kind": "switched", "request": request.to_json()})
        if self.names_other_task(turn) or (asked == "confirmation" and find_assent(turn, self.intents)):
            return await super().step(turn, asked)
        if (
            (len(swaps.line_ids) == 1 or asked == "confirmation")
            and leaves_all(turn.request, counter, swaps)
            and not drop_named(turn.text, counter, swaps)
        ):
            return Step(outcome={"kind": "stopped"})
        return await self._beside(turn, str(asked), counter, swaps) or await super().step(turn, asked)

    async def _beside(self, turn: Turn, asked: str, counter: Counter, swaps: Swaps) -> Step | None:
        """What is asked of an order, its versions or its sum, or for another order; None where neither is."""
        if asked == "variant_choice" and not is_question(turn.request) and ranks_others(likeness_in(turn.text) or ""):
            # "The cheapest of the rest of that order" names a model, and asks for no price.
            return await self.read(turn, asked)
        orders = [counter.order, *counter.others]
        told = record_reply(turn.request, counter, swaps, await get_products(self.services, orders))
        if told:
            return await self._answered(turn, asked, told, counter, swaps)
        elsewhere = await read_elsewhere(self.services, turn, counter, swaps)
        if elsewhere:
            return await self._taken_there(turn, asked, elsewhere, counter, swaps)
        if asked not in _REOPENED:
            return None
        versions = versions_reply(turn.request, counter, swaps)
        if versions:
            said, rest, listed = versions
            return await self._answered(turn, asked, (said, rest), counter, listed)
        aside = (total_reply(turn.request, counter, swaps) or existing_reply(turn, counter, swaps)) if asked == "confirmation" else None
        if aside:
            return Step(slots={asked: None}, said=aside)
        return await self.read(turn, asked) if asked == "confirmation" and adds(turn.request, counter, swaps) else None

    async def _answered(self, turn: Turn, asked: str, told: tuple[Reply, str], counter: Counter, swaps: Swaps) -> Step:
        """Tell what was asked; what is wished for beside the question is taken, else what was open is asked again."""
        said, rest = told
        turn.tracker.slots["swaps"] = swaps.to_json()
        wished = any(counter.choose(LineWish(one, rest)).outcome in _WISHED for one in swaps.line_ids) if rest else False
        if wished:
            step = await self.read(replace(turn, request=replace(turn.request, text=rest)), asked)
        elif asked == "confirmation" and len(swaps.line_ids) == 1 and denies(turn.request):
            # Who says no and asks what else there is does not want what is proposed.
            step = await self._go_on(turn, counter, reopened(swaps, counter, swaps.line_ids))
        else:
            step = Step(slots={asked: None})
        return replace(step, slots={"swaps": swaps.to_json(), **step.slots}, said=both_said(said, step.said), missed=False)

    async def _taken_there(self, turn: Turn, asked: str, elsewhere: Elsewhere, counter: Counter, swaps: Swaps) -> Step:
        """Go to the other order where what is in hand was not meant; else it comes next."""
        own = elsewhere.own
        if turns_there(turn, counter, swaps):
            await self.services.shop.withdraw(turn.conversation_id)
            return go_there(elsewhere, turn)
        wished = any(counter.choose_again(LineWish(one, own), swaps).outcome in _WISHED for one in swaps.line_ids) if own else False
        step = await self.read(replace(turn, request=replace(turn.request, text=own)), asked) if wished else None
        return wait_there(elsewhere, turn, asked, step)

    async def takes_out(self, turn: Turn, asked: str) -> bool:
        """Whether the words leave out items of several that are to be exchanged."""
        swaps = Swaps.from_json(turn.slot("swaps"))
        if turn.request.pressed or asked not in _REOPENED or not swaps.line_ids or self.names_other_task(turn):
            return False
        if task_named(turn.whole_text) not in {None, *self.intents}:
            return False
        counter = await self._counter(turn, await self._order(turn))
        taken = drop_named(turn.text, counter, swaps) or denied(turn, counter, swaps)
        # "No no, the high one" drops nothing.
        return bool(taken) or (is_stop(turn.request, asked) and self._corrects(turn, counter, swaps))

    @staticmethod
    def _corrects(turn: Turn, counter: Counter, swaps: Swaps) -> bool:
        """Whether a no comes with another version."""
        return any(counter.choose_again(LineWish(one, turn.text), swaps).outcome in _WISHED for one in swaps.line_ids)

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
            order = await find_order(self.services, turn, opening=asked is None)
            return order if isinstance(order, Step) else await self._take(turn, order)
        counter = await self._counter(turn, await self._order(turn))
        if asked == "items_choice":
            return await self._read_items(turn, counter)
        if asked == "variant_choice":
            return await self._read_variant(turn, counter)
        if asked == "method_choice":
            changed = await self._changed(turn, counter)
            return changed or await settle(self.services, turn, counter, Swaps.from_json(turn.slot("swaps")), missed=True)
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
        order = await find_order(self.services, turn, opening=False, excluded_id=turn.slot("order_choice"))
        if not isinstance(order, Step) and turn.slot("order_choice") and not fits_of(turn.text)(order):
            return await self._again(turn, order)
        step = replace(order, missed=False) if isinstance(order, Step) else await self._take(turn, order)
        return replace(step, slots={**fresh, **step.slots})

    async def _take_each(self, turn: Turn) -> Step | None:
        """Take the first of several orders whose items were named; the others wait their turn, each with its own yes."""
        owned, fits = await get_owned(self.services, turn), fits_of(turn.text)
        fitting = [order for order in owned.orders if fits(order)]
        found = spread(turn.request, fitting, await get_products(self.services, fitting))
        if not found:
            return None
        first, *later = [part_of(order, wishes) for order, wishes in found]
        step = await self._take(replace(turn, request=first), found[0][0])
        waiting = [request.to_json() for request in [*later, *turn.waiting]]
        said = both_said(step.said, Reply(next_words(names_of(found[1:]))))
        return replace(step, slots={**step.slots, "waiting_requests": waiting}, said=said)

    async def _again(self, turn: Turn, order: Order) -> Step:
        """Stay with what was asked: the other order that the words name allows no exchange."""
        where = f"Order {order.order_id} is {STATUS_WORDS[order.status]}, so nothing of it can be exchanged."
        if not turn.slot("proposal"):
            return Step(missed=True, said=Reply(where))
        counter = await self._counter(turn, await self._order(turn))
        step = await settle(self.services, turn, counter, Swaps.from_json(turn.slot("swaps")), missed=False)
        return replace(step, said=both_said(Reply(where), step.said))

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
            return refuse(decision, str(order.order_id), other_ways(order))
        slots = {"order_choice": order.order_id, "order_id": order.order_id}
        turn = _in_full(turn, order, counter.products)
        named = counter.named(turn.request)
        if not named and turn.slot("requested_slot") == "order_choice" and (opened := opening_of(turn)):
            # Which order it is was all that was missing.
            named = counter.named(opened)
        if not named and len(order.lines) == 1:
            named = [LineWish(str(order.lines[0].line_id), turn.text)]
        step = await self._collect(turn, counter, named, Swaps()) if named else Step()
        return replace(step, slots={**slots, **step.slots})

    async def _read_items(self, turn: Turn, counter: Counter) -> Step:
        swaps = Swaps.from_json(turn.slot("swaps"))
        meant = counter.picked(turn.request, swaps.asked)
        if meant and not swaps.asked["text"]:
            return await self._go_on(turn, counter, reopened(replace(swaps, asked={}), counter, [wish.line_id for wish in meant]))
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
        left = fewer(turn.request, counter, swaps)
        if left:
            return await self._go_on(turn, counter, left)
        rid = await self._rid(turn, counter, swaps)
        if rid:
            return rid
        if skips(turn.request) and len(swaps.line_ids) > 1:
            rest = swaps.only(counter.unlike(line_id, swaps.line_ids))
            return await self._go_on(turn, counter, rest) if rest.line_ids else Step(outcome={"kind": "stopped"})
        named = counter.named(turn.request, line_id, swaps.line_ids) if len(counter.order.lines) > 1 else []
        if any(wish.line_id != line_id for wish in named):
            return await self._collect(turn, counter, named, swaps)
        wish = LineWish(line_id, turn.text)
        choice = read_answer(wish, counter, swaps)
        step = await self._go_on(turn, counter, take(swaps, wish, choice, counter))
        return replace(step, missed=choice.outcome is Outcome.NOT_SAID and not is_wrong_version(turn))

    async def _read_yes(self, turn: Turn, counter: Counter) -> Step:
        shown = turn.slot("proposal") or {}
        if turn.request.value("more"):
            return Step(slots={"items_choice": None, "variant_choice": None, "confirmation": None})
        if turn.request.pressed or is_clear_yes(turn.request, shown.get("operation")):
            return await read_confirmation(self.services, turn)
        if is_all_said(turn.request) and not fewer(turn.request, counter, Swaps.from_json(turn.slot("swaps"))):
            return await read_confirmation(self.services, turn)
        changed = await self._changed(turn, counter)
        return changed or await read_confirmation(self.services, turn)

    async def _changed(self, turn: Turn, counter: Counter) -> Step | None:
        """Fewer items, more of them, another version or another method, said instead of an answer: a new proposal."""
        swaps = Swaps.from_json(turn.slot("swaps"))
        left = fewer(turn.request, counter, swaps)
        if left:
            return await self._go_on(turn, counter, left)
        rid = await self._rid(turn, counter, swaps)
        if rid:
            return rid
        named = kept_wishes(turn.request, counter, swaps)
        if not named and (priced := wished_by_price(turn.text, counter, swaps)):
            return await self._collect(turn, counter, priced, replace(swaps, spared=()))
        if not named and len(swaps.line_ids) == 1:
            named = [LineWish(swaps.line_ids[0], turn.text)]
        wishes = [wish for wish in named if counter.choose_again(wish, swaps).outcome not in {Outcome.NOT_SAID, Outcome.PRESENT}]
        new = [wish for wish in named if wish.line_id not in swaps.line_ids]
        if wishes or new:
            changed = swaps
            for wish in [*wishes, *(one for one in new if one not in wishes)]:
                changed = take(changed, wish, counter.choose_again(wish, swaps), counter)
            if changed != swaps:
                return await self._go_on(turn, counter, changed)
        if names_method(turn.request) and turn.slot("method_choice"):
            return await settle(self.services, turn, counter, swaps, missed=True)
        if any(counter.is_noted(wish, swaps) for wish in named) and not taken_out(
            turn.text, counter.order, counter.products, swaps.line_ids
        ):
            return Step(slots={"confirmation": None}, said=Reply("That is just what I have noted:"))
        return await self._wrong(turn, counter, swaps, named) if is_wrong_version(turn) else None

    async def _wrong(self, turn: Turn, counter: Counter, swaps: Swaps, named: Sequence[LineWish]) -> Step:
        """Ask for the version anew; of several items, first which of them is wrong."""
        meant = [wish.line_id for wish in named if wish.line_id in swaps.line_ids] or list(swaps.line_ids)
        if len(meant) == 1:
            return await self._go_on(turn, counter, reopened(swaps, counter, meant))
        await self.services.shop.withdraw(turn.conversation_id)
        asked = replace(swaps, asked={"lines": meant, "text": ""})
        return Step(slots={"items_choice": None, "swaps": asked.to_json(), "confirmation": None})

    async def _rid(self, turn: Turn, counter: Counter, swaps: Swaps) -> Step | None:
        """Without items that the customer never meant; what is named besides is taken in, wherever it was ordered."""
        out = denied(turn, counter, swaps)
        if not out:
            return None
        said = replace(turn.request, text=kept_words(turn.whole_text))
        own = {"waiting_requests": turn.slot("waiting_requests")}
        rest = swaps.only([one for one in swaps.line_ids if one not in out])
        named = [wish for wish in counter.named(said, chosen=rest.line_ids) if wish.line_id not in out]
        if named or rest.line_ids:
            step = await self._collect(turn, counter, named, rest)
            return replace(step, slots={**step.slots, **own})
        await self.services.shop.withdraw(turn.conversation_id)
        others = [order for order in counter.others if wishes_by_line(said.text, order.lines, await get_products(self.services, [order]))]
        # In another order, the request begins anew.
        again = Request("exchange_item", said.text)
        return Step(slots=own, outcome={"kind": "redirected", "request": again.to_json()} if others else {"kind": "stopped"})

    async def _collect(self, turn: Turn, counter: Counter, named: Sequence[LineWish], swaps: Swaps) -> Step:
        loose = [wish for wish in named if not wish.is_sure]
        for wish in (wish for wish in named if wish.is_sure):
            choice = read_answer(wish, counter, swaps)
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
            return turn_instead(counter, swaps)
        if not swaps.line_ids:
            text = " ".join(swaps.said) or "Then nothing is exchanged."
            return Step(outcome={"kind": "refused", "text": f"{text} Nothing was changed.", "slots": {"order_id": counter.order.order_id}})
        if swaps.open_line:
            await self.services.shop.withdraw(turn.conversation_id)
            return Step(slots={**slots, "variant_choice": None}, said=said)
        step = await settle(self.services, turn, counter, swaps, missed=False)
        return replace(step, slots={**slots, "variant_choice": True, **step.slots}, said=both_said(said, step.said))


def _in_full(turn: Turn, order: Order, products: Mapping[str, Product]) -> Turn:
    """The whole message where its request only points at what is named before: "the lead to red, the rug to blue. Swap both"."""
    alone = len(turn.tracker.latest_message.get("requests") or []) == 1 and not turn.request.pressed
    if not alone or is_named(turn.text, order.lines, products) or not is_named(turn.whole_text, order.lines, products):
        return turn
    return replace(turn, request=replace(turn.request, text=turn.whole_text))


class ActionExchangeItems(FinishForm):
    """Ends the exchange."""

    action_name = "action_exchange_items"
    task = "the exchange"

    async def commit(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """Do it; only the receipt says that it is done."""
        return await commit(self.services, turn, outcome)


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ValidateExchangeItemsForm(services), ActionExchangeItems(services)]

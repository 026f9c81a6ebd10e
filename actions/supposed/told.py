"""Sums asked for before anything is decided: each deed with its own goods, told from records and catalogue, and which one it shall be."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.beside import figures
from actions.own_sums import own_sum_reply
from actions.owned import Owned, get_owned
from actions.reply import Button, Reply
from actions.resolve import find_order_ids
from actions.services import Services
from actions.supposed.clauses import EXCHANGE, RETURN, Clause, decides_by_sum, read_clauses
from actions.supposed.deals import Deal, Goods, goods_of, work_out
from actions.supposed.picked import WHICH
from actions.turn import WAITING, Request, Turn
from shop.models import Order, OrderStatus
from shop.wording import money

_MONEY = re.compile(
    r"\bhow much\b|\b(?:what|which)\b.*\b(?:get|save|saves|pay|costs?|owe|back|difference|refund|more|bring|gives?|total|money|sums?)\b"
    r"|\bsav(?:e|es|ing|ings)\b|\bcosts? (?:me )?(?:anything|something|more|extra)\b|\bdifference\b|\bmore (?:money|back)\b"
)
_OTHER_MATTER = re.compile(
    r"\b(?:shipping|postage|fees?|label|how long|when (?:will|would|do|does|can|is)|how (?:do|does|can) (?:i|it|that|you)|policy|which card"
    r"|why)\b|\bwhat (?:did|have) (?:i|we) pa(?:y|id)\b"
)
_HELD_AGAINST = re.compile(r"\b(?:more|less|most|better|cheaper|difference|saves?|gives?)\b.*\b(?:this|that|or|than|vs)\b")
_MOST = 5


@dataclass(frozen=True)
class Supposed:
    """What is answered to a message that supposes or weighs deeds.

    Attributes:
        text: The sums.
        deals: What they are of.
        is_choice: Whether the customer wishes for two deeds of which an order can have one.
        chosen: The one that the customer's own rule picks; None where they gave none.
        waiting: What waits besides.
    """

    text: str
    deals: tuple[Deal, ...]
    is_choice: bool
    chosen: Deal | None
    waiting: list[dict[str, Any]]

    def buttons(self) -> list[Button]:
        """One for each deed, where one has to be chosen."""
        return [_button(deal) for deal in self.deals if deal.title] if self.is_choice else []

    def slots(self) -> dict[str, Any]:
        """What is remembered, for the next words that lean on it."""
        sums = [deal for deal in self.deals if deal.cents is not None]
        best = max(sums, key=lambda deal: deal.cents or 0, default=None)
        known: dict[str, Any] = {WAITING: self.waiting}
        if best is not None:
            deals = [request_of(deal).to_json() for deal in self.deals if deal.title] if self.is_choice else []
            sums_of = [deal.cents for deal in self.deals if deal.title]
            known["told_sum"] = {"cents": best.cents, "currency": best.order.currency, "deals": deals, "sums": sums_of}
            known["order_id"] = str(best.order.order_id)
        return known


def request_of(deal: Deal) -> Request:
    """The request that a deed is, with all that is known of it, as its button would make it."""
    entities = tuple(
        {"entity": name, "value": one} for name, value in deal.carried().items() for one in (value if isinstance(value, list) else [value])
    )
    return Request(deal.task, f"/{deal.task}{json.dumps(deal.carried(), separators=(',', ':'))}", entities=entities)


async def supposed_reply(services: Services, turn: Turn) -> Reply | None:
    """The sums as a reply, where no form is open to ask for them; None where none are asked for."""
    found = await find_supposed(services, turn)
    if found is None:
        return None
    return Reply(found.text, buttons=found.buttons(), slots=found.slots(), replay=request_of(found.chosen) if found.chosen else None)


async def find_supposed(services: Services, turn: Turn) -> Supposed | None:
    """The sums of the deeds that a message supposes, or between which an order has to choose; None where there are none such.

    Args:
        services: What actions may use.
        turn: The customer's words, in any form or in none.
    """
    if turn.request.pressed or not turn.text:
        return None
    replayed = bool(turn.tracker.latest_message.get("replayed"))
    for text in dict.fromkeys([turn.text if replayed else turn.whole_text, turn.text]):
        if text.startswith("/") or not _may_suppose(text):
            continue
        owned = await get_owned(services, turn)
        if not owned.orders:
            return None
        goods = await goods_of(services, turn, owned)
        clauses = read_clauses(text, goods.names)
        found = await _answered(services, turn, text, clauses, goods)
        if found:
            return found
    return None


def _may_suppose(text: str) -> bool:
    everything = read_clauses(text, lambda words: True)
    small = text.lower()
    weighs = {RETURN, EXCHANGE} <= {one.task for one in everything}
    return bool(everything) and (weighs or bool(_MONEY.search(small) or decides_by_sum(small)))


async def _answered(services: Services, turn: Turn, text: str, clauses: Sequence[Clause], goods: Goods) -> Supposed | None:
    if not clauses or len(clauses) > _MOST:
        return None
    small = text.lower().replace("’", "'")
    asks = all(one.supposed for one in clauses) and bool(_MONEY.search(small)) and not _OTHER_MATTER.search(small)
    weighs = {RETURN, EXCHANGE} == {one.task for one in clauses} and not any(one.supposed for one in clauses)
    if not asks and not weighs:
        return None
    known = await _work_out(services, clauses, goods, _numbered(text, goods.owned))
    if len(known) < len(clauses):
        return None
    if asks and not turn.form and [one.task for one in clauses] == [RETURN]:
        # What goes back may be of several orders.
        own = await own_sum_reply(services, replace(turn, request=replace(turn.request, text=text)))
        if own:
            return Supposed(own.text, known, False, None, _others(turn))
    if asks:
        return _of_question(turn, small, known)
    return _of_choice(turn, small, known) if _is_either_or(known, decides_by_sum(small)) else None


async def _work_out(services: Services, clauses: Sequence[Clause], goods: Goods, numbers: Sequence[Order]) -> tuple[Deal, ...]:
    """The sum of each deed that is not open; what is open by itself is of the order, and "both" of the goods, that the other is of."""
    deals = [await work_out(services, one, goods, numbers) for one in clauses]
    there = {str(deal.order.order_id): deal.line_ids for deal in deals if deal}
    if len(there) == 1 and None in deals:
        order_id, line_ids = there.popitem()
        beside = replace(goods, order_id=order_id, line_ids=line_ids)
        deals = [deal or await work_out(services, one, beside, numbers) for one, deal in zip(clauses, deals, strict=True)]
    return tuple(deal for deal in deals if deal)


def _of_question(turn: Turn, text: str, deals: tuple[Deal, ...]) -> Supposed:
    chosen = _greatest(deals) if decides_by_sum(text) and len(deals) > 1 else None
    shown = (turn.slot("proposal") or {}) if turn.form else {}
    proposed = f" As proposed: {figures(shown)}" if shown and len(deals) == 1 and _HELD_AGAINST.search(text) else ""
    more = _difference(deals) if len(deals) == 2 else ""
    return Supposed(f"{_told(deals)}{more}{proposed}", deals, False, chosen, _others(turn))


def _of_choice(turn: Turn, text: str, deals: tuple[Deal, ...]) -> Supposed:
    order_id = deals[0].order.order_id
    once = f"Only one of the two is possible for order {order_id}, once: either a return or an exchange."
    chosen = _greatest(deals) if decides_by_sum(text) else None
    asked = "" if chosen else f" {WHICH}"
    return Supposed(f"{once} {_told(deals)}{asked}", deals, True, chosen, _others(turn))


def _is_either_or(deals: Sequence[Deal], is_ruled: bool) -> bool:
    """Whether two deeds are wished for of one delivered order, each with goods of its own."""
    if len(deals) != 2 or deals[0].order.order_id != deals[1].order.order_id or deals[0].order.status is not OrderStatus.DELIVERED:
        return False
    first, second = (set(deal.line_ids) for deal in deals)
    return bool(first and second) and (is_ruled or not first & second) and not (is_ruled and any(deal.cents is None for deal in deals))


def _greatest(deals: Sequence[Deal]) -> Deal | None:
    """What gives back most, of those that can be done."""
    return max((deal for deal in deals if deal.cents is not None and deal.title), key=lambda deal: deal.cents or 0, default=None)


def _told(deals: Sequence[Deal]) -> str:
    """The sums in words; where one can't be done, its rule."""
    told = [deal.told.rstrip(".") for deal in deals]
    if any(". " in one for one in told):
        return " ".join(f"{_capital(one)}." for one in told)
    return f"{_capital('; '.join(told))}."


def _difference(deals: Sequence[Deal]) -> str:
    sums = [deal.cents for deal in deals]
    if sums[0] is None or sums[1] is None or sums[0] == sums[1]:
        return ""
    which = "first" if sums[0] > sums[1] else "second"
    return f" The {which} gives you {money(abs(sums[0] - sums[1]), deals[0].order.currency)} more."


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _numbered(text: str, owned: Owned) -> list[Order]:
    found = {str(order.order_id): order for number in find_order_ids(Request("", text)) if (order := owned.find_loosely(number))}
    return list(found.values())


def _others(turn: Turn) -> list[dict[str, Any]]:
    """What waits of this message that is no part of what was answered, and what waited before."""
    brought = max(len(turn.tracker.latest_message.get("requests") or []) - 1, 0) if turn.queue_events_due else 0
    kept = [one for number, one in enumerate(turn.waiting) if number >= brought or not _is_part(one)]
    return [one.to_json() for one in kept]


def _is_part(request: Request) -> bool:
    text = request.text.lower()
    return bool(read_clauses(text, lambda words: True)) or bool(_MONEY.search(text)) or decides_by_sum(text)


def _button(deal: Deal) -> Button:
    return {"title": deal.title, "payload": request_of(deal).text}

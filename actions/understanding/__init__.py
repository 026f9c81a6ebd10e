"""Hard utterances, read with a language model's help where the shop has switched that on (docs/dialogue.md).

A model fills in a form from the customer's own records and words; what it says is put into plain words, and the code that reads
every customer reads those. It is asked once a turn at most, and whatever is wrong with its answer changes nothing.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.exchange.swaps import Swaps
from actions.mentions import words_of
from actions.owned import get_owned, get_products
from actions.services import Services
from actions.spoken import find_order_ids
from actions.turn import Request, Turn
from actions.understanding.choices import MEANINGS, TASKS, Choices, of_lines, said_orders
from actions.understanding.form import NONE, SYSTEM, Reading, prompt, read, schema
from actions.understanding.plain import say
from actions.wishes import Vocabulary
from shop.models import Order, OrderLine

__all__ = ["HELPED", "RESTATED", "Restated", "is_open", "restate_answer", "restate_request"]

log = logging.getLogger(__name__)

RESTATED = "restated"
"""The slot that tells, in the record of the turn, that a model helped and what it read."""
HELPED = frozenset({None, "order_choice", "items_choice", "variant_choice", "confirmation"})
"""The questions at which help may be asked for; None is the message that opens a form."""
_OF_ITEMS = frozenset({"return_item", "exchange_item"})
_OF_ORDERS = frozenset({"cancel_order", "change_address", "change_payment"})
_LONGEST = 600


@dataclass(frozen=True)
class Restated:
    """An utterance in plain words, and the note of it for the turn's record."""

    request: Request
    slots: dict[str, Any]


async def restate_request(services: Services, turn: Turn, vocabulary: Vocabulary) -> Restated | None:
    """Restate a message that NLU has abstained from; what it thinks possible itself is on offer, and what is done to orders.

    Args:
        services: What actions may use.
        turn: The message, outside of any form.
        vocabulary: The catalogue's words for types, brands and options.
    """
    ranking = turn.tracker.latest_message.get("intent_ranking") or []
    if turn.form or not ranking or not _may_help(services, turn):
        return None
    intents = tuple(dict.fromkeys([*(name for one in ranking if (name := str(one.get("name"))) in MEANINGS), *TASKS]))
    owned = await get_owned(services, turn)
    lines = [line for order in owned.orders for line in order.lines]
    choices = await _choices(services, turn, owned.orders, lines)
    catalogue = words_of(*vocabulary.types, *vocabulary.brands, *(value for values in vocabulary.options.values() for value in values))
    choices = replace(choices, intents=intents, vocabulary=catalogue)
    reading = await _ask(services, turn, choices)
    if reading is None or reading.intent == NONE:
        return None
    words = say(reading, reading.intent, choices, turn.text)
    return _restated(services, turn, reading, replace(turn.request, intent=reading.intent, text=words))


async def restate_answer(services: Services, turn: Turn, intents: Collection[str], known: Mapping[str, Any]) -> Restated | None:
    """Restate what was said to a form that could not read it. Neither a yes nor another matter can come of it.

    Args:
        services: What actions may use.
        turn: The message.
        intents: Those of the form.
        known: The form's slots after it has read the message itself.
    """
    intent = next((name for name in sorted(set(intents) & (_OF_ITEMS | _OF_ORDERS))), None)
    if intent is None or not _may_help(services, turn):
        return None
    owned = await get_owned(services, turn)
    orders = [order for order in owned.orders if str(order.order_id) == known.get("order_choice")] or list(owned.orders)
    choices = await _choices(services, turn, orders, _lines_in_question(orders, known))
    reading = await _ask(services, turn, choices) if choices.items or choices.orders else None
    if reading is None:
        return None
    asked = turn.slot("requested_slot") if turn.form else None
    if not asked and not reading.order:
        # The order that the opening words named stays the one.
        reading = reading.model_copy(update={"order": str(known.get("order_choice") or "")})
    words = say(reading, intent, choices)
    if not words:
        return None
    return _restated(services, turn, reading, Request("inform" if asked else intent, words))


def is_open(intents: Collection[str], slots: Mapping[str, Any]) -> bool:
    """Whether the message that opened a form left it open what is wanted. `slots` are what the form has read from it."""
    swaps = Swaps.from_json(slots.get("swaps"))
    if swaps.open_line:
        return not swaps.open.get(swaps.open_line, {}).get("variants")
    needed = "items_choice" if set(intents) & _OF_ITEMS else "order_choice"
    return not slots.get(needed)


def _may_help(services: Services, turn: Turn) -> bool:
    if services.reader is None or not turn.is_new or turn.request.pressed or not words_of(turn.text) or len(turn.text) > _LONGEST:
        return False
    return (turn.slot(RESTATED) or {}).get("turn_id") != turn.turn_id


async def _choices(services: Services, turn: Turn, orders: Sequence[Order], lines: Sequence[OrderLine]) -> Choices:
    items, wishes = of_lines(lines, await get_products(services, orders))
    return Choices(orders=said_orders(turn.text, orders), items=items, wishes=wishes)


def _lines_in_question(orders: Sequence[Order], known: Mapping[str, Any]) -> list[OrderLine]:
    lines = [line for order in orders for line in order.lines]
    open_line = Swaps.from_json(known.get("swaps")).open_line if len(orders) == 1 else None
    return [line for line in lines if line.line_id == open_line] or lines


async def _ask(services: Services, turn: Turn, choices: Choices) -> Reading | None:
    answer = await services.reader.read(SYSTEM, prompt(turn.text, choices), schema(choices)) if services.reader else None
    reading = read(answer, turn.text, choices)
    if reading is None:
        log.info("understanding.not_helped turn_id=%s answered=%s", turn.turn_id, answer is not None)
        return None
    written = next(iter(find_order_ids(turn.request)), "")
    # A number that the customer wrote stands, whoever it belongs to: it is found or refused like any other.
    return reading.model_copy(update={"order": written or reading.order})


def _restated(services: Services, turn: Turn, reading: Reading, request: Request) -> Restated:
    log.info("understanding.helped turn_id=%s intent=%s", turn.turn_id, request.intent)
    model = services.reader.model if services.reader else ""
    note = {"turn_id": turn.turn_id, "model": model, "quote": reading.quote, "intent": request.intent, "text": request.text}
    return Restated(request, {RESTATED: note})

"""What the conversation was about before this turn: read from Rasa's own events and slots, so that nothing more has to be remembered."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.ellipsis import leans, telling_words
from actions.owned import get_owned
from actions.services import Services
from actions.turn import Turn
from shop.errors import ProductNotFound
from shop.models import OrderStatus, Product

_FAR = 3
"""So many exchanges back a matter is still the one that is spoken of; thanks and greetings count as well."""
_SMALLTALK = frozenset({"greet", "thank", "affirm", "deny", "challenge_bot", "give_feedback", "ask_help", "nlu_fallback"})

_SWAYED = frozenset(
    {"nlu_fallback", "inform", "ask_price", "ask_product", "ask_size", "search_product", "check_stock", "track_order", "check_refund"}
)
"""What NLU may hear in a question whose matter is left out."""
_OWN_MATTER = re.compile(
    r"\b(?:my|mine|order|orders|ordered|ch-?\d+|do you (?:have|sell|carry|stock)|show|find|looking for|recommend|arrive\w*|cheaper|where)\b"
)
_WHEN = re.compile(r"\bhow (?:long|soon|fast|quick)|\bwhen\b")
_PATIENT = "order_proof_form"
_OF_ORDERS = frozenset(
    """track_order list_orders check_refund ask_order_details ask_invoice cancel_order return_item exchange_item change_order change_address
    change_payment report_late_order report_missing_delivery report_damaged_item""".split()  # noqa: SIM905
)
_STATES = {
    OrderStatus.PENDING: ("pending", "order"),
    OrderStatus.PROCESSED: ("order", "packed"),
    OrderStatus.SHIPPED: ("parcel", "on", "its", "way", "delivery"),
    OrderStatus.DELIVERED: ("delivered", "order"),
    OrderStatus.CANCELLED: ("refund", "cancelled", "order"),
    OrderStatus.RETURN_REQUESTED: ("refund", "returned", "items"),
    OrderStatus.EXCHANGE_REQUESTED: ("exchange", "items"),
}
_FORMS = {
    "cancel_order_form": ("cancel", "order"),
    "return_items_form": ("return", "items"),
    "exchange_items_form": ("exchange", "items"),
    "change_address_form": ("change", "delivery", "address"),
    "change_payment_form": ("change", "payment", "method"),
}
PRESSED = {
    "ask_returns_policy": "How do returns work and how long do I have?",
    "ask_delivery": "How long does delivery take and what does it cost?",
    "ask_payment": "Which ways to pay are there?",
    "ask_promo_code": "How do I use a promo code?",
    "ask_gift_card": "How do gift cards work?",
    "ask_account": "How do I manage my account?",
    "ask_loyalty": "How does the loyalty programme work?",
    "ask_privacy": "What happens with my data?",
    "ask_warranty": "What does the warranty cover?",
    "ask_opening_hours": "What are the opening hours?",
}
"""What a pressed button asks, since it has no words of the customer's."""

Event = dict[str, Any]


@dataclass(frozen=True)
class Exchange:
    """What the customer wrote at once, and all that answered it.

    Attributes:
        intent: As the last action that answered had it.
        question: The customer's words; empty for a pressed button.
        passage_ids: Passages that the answer cites.
        product_ids: Products whose cards were shown.
    """

    intent: str
    question: str
    passage_ids: tuple[str, ...] = ()
    product_ids: tuple[str, ...] = ()


@dataclass
class _Open:
    """An exchange while its events are read."""

    turn_id: str
    intent: str
    question: str
    passage_ids: list[str] = field(default_factory=list)
    product_ids: list[str] = field(default_factory=list)

    def close(self) -> Exchange:
        return Exchange(self.intent, self.question, tuple(self.passage_ids), tuple(self.product_ids))


def exchanges_before(turn: Turn) -> list[Exchange]:
    """The exchanges before this turn, the latest first."""
    found = [one for one in _read(turn.tracker.events or []) if one.turn_id != turn.turn_id]
    return [one.close() for one in reversed(found)]


def _read(events: Sequence[Event]) -> Iterator[_Open]:
    now: _Open | None = None
    for event in events:
        if event.get("event") == "user" and "parse_data" in event:
            now, done = _begin(event, now)
            if done:
                yield done
        elif event.get("event") == "bot" and now:
            custom = (event.get("data") or {}).get("custom") or {}
            now.passage_ids += [str(one["passage_id"]) for one in custom.get("citations") or [] if one.get("passage_id")]
            now.product_ids += [str(one["product_id"]) for one in custom.get("cards") or [] if one.get("product_id")]
    if now:
        yield now


def _begin(event: Event, now: _Open | None) -> tuple[_Open, _Open | None]:
    """Open an exchange; a request that an action took up in the same turn goes on with the one that is open."""
    turn_id = str((event.get("metadata") or {}).get("turn_id", ""))
    intent = str(((event.get("parse_data") or {}).get("intent") or {}).get("name") or "")
    text = str(event.get("text") or "")
    if now and turn_id and now.turn_id == turn_id:
        now.intent = intent
        return now, None
    return _Open(turn_id, intent, "" if text.startswith("/") else text), now


@dataclass(frozen=True)
class Matter:
    """What is spoken of.

    Attributes:
        words: What names it, for a question that does not.
        intent: What was asked of it last, where articles answered that; None for a product, an order or a form.
        product: The product, where one is spoken of.
    """

    words: tuple[str, ...] = ()
    intent: str | None = None
    product: Product | None = None


def goes_on_with(turn: Turn) -> str | None:
    """The article intent that a question belongs to which leans on the last answer, where NLU heard something else; None for all others."""
    is_busy = bool(turn.form) and turn.form != _PATIENT
    if is_busy or turn.request.pressed or turn.intent not in _SWAYED or _OWN_MATTER.search(turn.text.lower()) or not leans(turn.text):
        return None
    last = _last_exchange(exchanges_before(turn))
    if last and last.intent == "check_refund" and not turn.slot("order_id") and _WHEN.search(turn.text.lower()):
        return "ask_returns_policy"
    return last.intent if last and last.passage_ids and not last.product_ids and last.intent not in {turn.intent, "nlu_fallback"} else None


async def find_matter(services: Services, turn: Turn) -> Matter:
    """What a question that leans on something leans on: the open form, else the article, product or order that was spoken of last."""
    exchanges = exchanges_before(turn)
    last = _last_exchange(exchanges)
    if last and last.passage_ids and not last.product_ids:
        return Matter(tuple(_words(exchanges[exchanges.index(last) :])), last.intent)
    if turn.form in _FORMS:
        return Matter(_FORMS[turn.form])
    if last and last.intent in _OF_ORDERS:
        return Matter(await _order_words(services, turn) or tuple(_words(exchanges[exchanges.index(last) :])))
    product = await _find_product(services, turn) if last else None
    return Matter((product.product_type,), product=product) if product else Matter()


def _last_exchange(exchanges: Sequence[Exchange]) -> Exchange | None:
    """The last exchange that was about something."""
    return next((one for one in exchanges[:_FAR] if one.passage_ids or one.intent not in _SMALLTALK), None)


def _words(exchanges: Sequence[Exchange]) -> list[str]:
    """The words that name the matter: of the last question, and of those before it while each leans on the one before."""
    found: list[str] = []
    for exchange in exchanges:
        question = exchange.question or PRESSED.get(exchange.intent, "")
        found += [word for word in telling_words(question) if word not in found]
        if not leans(question):
            break
    return found


async def _order_words(services: Services, turn: Turn) -> tuple[str, ...]:
    """An order in the words that help pages have for its state."""
    owned = await get_owned(services, turn)
    order = owned.find(turn.slot("order_id"))
    return _STATES.get(order.status, ()) if order else ()


async def _find_product(services: Services, turn: Turn) -> Product | None:
    """The product in hand."""
    try:
        return await services.shop.get_product(str(turn.slot("product_id"))) if turn.slot("product_id") else None
    except ProductNotFound:
        return None

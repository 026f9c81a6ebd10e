"""What the customer's own orders and items are, told from their lines: which one it is, what it is like, how many there are."""

import re
from collections.abc import Mapping, Sequence

from actions.line_choice import narrow_lines
from actions.mentions import Thing, find_names, words_of
from actions.methods import original_ids
from actions.own_words import asks_count, asks_holding, asks_of_them, asks_own_item, asks_paid_with, asks_whose, own_fact_intent, says_mine
from actions.owned import Owned, get_owned, get_products
from actions.reply import Reply
from actions.resolve import find_order_ids, match_orders
from actions.services import Services
from actions.turn import Turn
from actions.variants.names import name_words, same_stem
from actions.words import STATUS_WORDS, list_words, now_of, order_buttons, order_words
from shop.models import Order, OrderLine, OrderStatus, Product
from shop.wording import join, money

Piece = tuple[Order, OrderLine]

_OF_ORDERS = frozenset(
    """list_orders track_order ask_order_details check_refund ask_invoice return_item cancel_order exchange_item change_order""".split()  # noqa: SIM905
)
_PIECES = re.compile(r"\b(?:items?|things?|products?|pieces?|articles?|goods|stuff)\b")
_ORDERS = re.compile(r"\b(?:how many|number of|count of) (?:\w+ ){0,2}?(?:orders|purchases)\b")
_DEAREST_ORDER = re.compile(
    r"\b(?:whats?|what's|which|how much|tell|show)\b.*\b(?:"
    r"(?:most expensive|dearest|priciest|biggest|largest|highest|costliest) (?:order|purchase)"
    r"|most (?:\w+(?:'\w+)? ){0,5}?(?:spent|spend|paid|pay|spending)\b.*\b(?:order|purchase|once|one go))\b"
)
_STATES = {
    OrderStatus.PENDING: re.compile(r"\b(?:pending|not (?:yet )?shipped|unshipped)\b"),
    OrderStatus.PROCESSED: re.compile(r"\b(?:processed|being packed)\b"),
    OrderStatus.SHIPPED: re.compile(r"\b(?:shipped|on (?:its|the|their) way|in transit|coming)\b"),
    OrderStatus.DELIVERED: re.compile(r"\b(?:delivered|arrived|received)\b"),
    OrderStatus.CANCELLED: re.compile(r"\bcancell?ed\b"),
}
_ASKING = frozenset(
    """which what whats list show tell run runs use uses used work works made make good best suitable meant kind type
    biggest largest smallest brightest longest shortest heaviest lightest can could purpose""".split()  # noqa: SIM905
)
_TRUE = frozenset({"yes", "true", "included"})
_MOST_TOLD = 12


async def own_fact_reply(services: Services, turn: Turn) -> Reply | None:
    """Answer what own orders or items are; None where that is not asked, nobody is identified, or the records hold no such item."""
    text = turn.text.lower().replace("’", "'")
    if turn.request.pressed or not text or not _asks(text):
        return None
    owned = await get_owned(services, turn)
    if not owned.orders or not owned.actor.customer_id:
        return None
    if asks_whose(text):
        return _whose(turn, owned)
    if asks_paid_with(text):
        return await _paid_with(services, turn, owned)
    if _DEAREST_ORDER.search(text):
        return _dearest(owned.orders)
    products = await get_products(services, owned.orders)
    if asks_of_them(text) and not says_mine(text):
        return _of_them(text, turn, owned, products)
    meant = match_orders(turn.request, owned.orders, now_of(services).date(), products, turn.slot("order_id"))
    numbered = list(meant.orders) if find_order_ids(turn.request) and meant.named else list(owned.orders)
    if asks_count(text):
        return _count(text, numbered, products)
    held = _in_hand(turn, owned)
    named = _named(text, numbered, products)
    # "My camera" is the camera that is spoken of, where there are others.
    pieces = ([piece for piece in named if piece in held] if turn.form and says_mine(text) else []) or named or held
    if asks_holding(text):
        return _holds(text, pieces)
    return _told(text, pieces, products) if pieces and asks_own_item(text, _option_words(pieces)) else None


async def plain_fact(services: Services, turn: Turn) -> str | None:
    """The intent of words that plainly ask a fact of own orders or items, and so open no form; None for all others."""
    if turn.request.pressed:
        return None
    return own_fact_intent(turn.text, str(turn.slot("last_intent"))) or (
        "ask_order_details" if await own_fact_reply(services, turn) else None
    )


def _asks(text: str) -> bool:
    return bool(
        asks_whose(text) or _DEAREST_ORDER.search(text) or asks_of_them(text) or asks_count(text) or asks_paid_with(text) or says_mine(text)
    )


def _whose(turn: Turn, owned: Owned) -> Reply | None:
    """Whether a number is one of the customer's; of one that is not, nobody says whether it exists."""
    number = next(iter(find_order_ids(turn.request)), None)
    if number is None:
        return None
    order = owned.find_loosely(number)
    if order is None:
        known = f"You have these:\n{list_words(owned.orders[:10])}"
        return Reply(f"Order {number.upper()} is not among your orders. {known}", buttons=order_buttons(owned.orders, "track_order"))
    return Reply(f"Yes, that is your order: {order_words(order)}.", slots={"order_id": str(order.order_id)})


def _dearest(orders: Sequence[Order]) -> Reply:
    best = max(orders, key=lambda order: order.total_cents)
    return Reply(f"Your largest order is {order_words(best)}.", slots={"order_id": str(best.order_id)})


def _named(text: str, orders: Sequence[Order], products: Mapping[str, Product]) -> list[Piece]:
    """All pieces that go by the names in a text, whatever version they are of."""
    pieces = [(order, line) for order in orders for line in order.lines]
    things = [Thing(str(index), words, words) for index, (_, line) in enumerate(pieces) for words in [_names(line, products)]]
    found = find_names(text, things)
    keys = {*found.keys, *found.sure, *found.unsure}
    return [piece for index, piece in enumerate(pieces) if str(index) in keys]


def _names(line: OrderLine, products: Mapping[str, Product]) -> frozenset[str]:
    product = products.get(line.product_id)
    return words_of(line.name, *([product.product_type, product.brand, *product.keywords] if product else []))


def _in_hand(turn: Turn, owned: Owned) -> list[Piece]:
    """The pieces that an open form is about."""
    order = owned.find(turn.slot("order_choice")) if turn.form else None
    chosen = turn.slot("items_choice") or []
    return [(order, line) for line in order.lines if line.line_id in chosen] if order else []


async def _paid_with(services: Services, turn: Turn, owned: Owned) -> Reply | None:
    """What the order that an open form is about was paid with; the order is found by `ask_order_details` where no form is open."""
    order = owned.find(turn.slot("order_choice")) if turn.form and not find_order_ids(turn.request) else None
    if order is None:
        return None
    own = await services.shop.list_payment_methods(owned.actor, str(order.order_id))
    used = [method.label for method in own if method.payment_method_id in original_ids(order)]
    return Reply(f"Order {order.order_id} was paid with your {join(used)}.") if used else None


def _option_words(pieces: Sequence[Piece]) -> frozenset[str]:
    """What the options and values of some pieces are called."""
    options = {name for _, line in pieces for name in line.options}
    values = {value for _, line in pieces for value in line.options.values()}
    return frozenset(word for name in options for word in name_words(name)) | words_of(*values)


def _told(text: str, pieces: Sequence[Piece], products: Mapping[str, Product]) -> Reply:
    """Each piece with its options, and an attribute of its product where the text names one."""
    told = [f"{_piece_words(piece)}{_attribute(text, piece[1], products)}" for piece in pieces[:_MOST_TOLD]]
    slots = {"order_id": str(pieces[0][0].order_id)} if len({order.order_id for order, _ in pieces}) == 1 else {}
    if len(told) == 1:
        return Reply(f"You ordered the {told[0]}", slots=slots)
    return Reply("\n".join(["You ordered these:", *(f"- {one}" for one in told)]), slots=slots)


def _piece_words(piece: Piece) -> str:
    order, line = piece
    options = ", ".join(f"{name} {value}" for name, value in line.options.items())
    counted = f"{line.quantity} x {line.name}" if line.quantity > 1 else line.name
    paid = f"{money(line.price_cents, order.currency)}{' each' if line.quantity > 1 else ''}"
    return f"{counted}{f': {options}' if options else ''} (order {order.order_id}, {STATUS_WORDS[order.status]}, {paid})."


def _attribute(text: str, line: OrderLine, products: Mapping[str, Product]) -> str:
    product = products.get(line.product_id)
    attributes, said = (product.attributes if product else {}), words_of(text)
    named = [f"{name}: {value}" for name, value in attributes.items() if words_of(name) and words_of(name) <= said]
    return f" Its record also says {join(named)}." if named else ""


def _count(text: str, orders: Sequence[Order], products: Mapping[str, Product]) -> Reply | None:
    """How many orders, items, or pieces of a kind there are; cancelled orders count as orders alone."""
    states = _states_of(text)
    if _ORDERS.search(text) and not _PIECES.search(text):
        kept = [order for order in orders if not states or order.status in states]
        return _counted_orders(kept, states)
    kept = [order for order in orders if (order.status in states if states else order.status is not OrderStatus.CANCELLED)]
    pieces = _named(text, kept, products)
    if not pieces and not _PIECES.search(text):
        return None
    pieces = pieces or [(order, line) for order in kept for line in order.lines]
    number, placed = sum(line.quantity for _, line in pieces), len({order.order_id for order, _ in pieces})
    named = "\n".join(f"- {_piece_words(piece)}" for piece in pieces[:_MOST_TOLD])
    where = f"{placed} orders" if placed != 1 else f"order {pieces[0][0].order_id}" if pieces else ""
    left = "" if states or len(kept) == len(orders) else ", cancelled ones left out"
    head = f"That is {number} {'item' if number == 1 else 'items'} in {where}{left}"
    return Reply(f"{head}:\n{named}" if len(pieces) <= _MOST_TOLD else f"{head}.") if pieces else None


def _counted_orders(orders: Sequence[Order], states: frozenset[OrderStatus]) -> Reply:
    like = " or ".join(STATUS_WORDS[state] for state in STATUS_WORDS if state in states)
    one = len(orders) == 1
    kind = f" that {'is' if one else 'are'} {like}" if like else ""
    head = f"You have {len(orders) or 'no'} {'order' if one else 'orders'}{kind}"
    listed = list_words(orders[:_MOST_TOLD])
    slots = {"told_orders": [str(order.order_id) for order in orders[:_MOST_TOLD]]}
    return Reply(f"{head}:\n{listed}", slots=slots) if orders else Reply(f"{head}.")


def _states_of(text: str) -> frozenset[OrderStatus]:
    return frozenset(state for state, pattern in _STATES.items() if pattern.search(text))


def _holds(text: str, pieces: Sequence[Piece]) -> Reply | None:
    """Whether some order holds a piece of a kind, in the state and version that the text names."""
    if not pieces:
        return None
    states = _states_of(text)
    there = [piece for piece in pieces if not states or piece[0].status in states]
    said = words_of(text)
    values = {value for _, line in pieces for value in line.options.values() if words_of(value) and words_of(value) <= said}
    fitting = [piece for piece in there if all(_same_value(piece[1], value, pieces) for value in values)]
    if fitting:
        return Reply("\n".join(["This is what your orders hold:", *(f"- {_piece_words(piece)}" for piece in fitting)]))
    shown = there or pieces
    return Reply("\n".join(["No, your orders hold none like that. What they hold:", *(f"- {_piece_words(piece)}" for piece in shown)]))


def _same_value(line: OrderLine, value: str, pieces: Sequence[Piece]) -> bool:
    """Whether a line has this value, or another that the text names, for the option that the value is of."""
    options = {name for _, one in pieces for name, own in one.options.items() if own == value}
    return any(line.options.get(name) == value for name in options)


def _of_them(text: str, turn: Turn, owned: Owned, products: Mapping[str, Product]) -> Reply | None:
    """Which of the pieces that were told of last the records say a thing of; None where none were told of."""
    pieces = _spoken_of(turn, owned)
    if len(pieces) < 2:
        return None
    lines = [line for _, line in pieces]
    top = narrow_lines(text, lines) if len({line.product_id for line in lines}) == 1 or re.search(r"expensive|cheap|dear", text) else lines
    if len(top) < len(lines):
        return _picked(f"{'That is' if len(top) == 1 else 'Those are'}", [piece for piece in pieces if piece[1] in top])
    said = [word for word in re.findall(r"[a-z0-9][\w-]+", text) if word not in _ASKING and words_of(word)]
    found = {word: [piece for piece in pieces if _tells(piece[1], word, products)] for word in said}
    word = max(found, key=lambda one: (bool(found[one]), -len(found[one])), default=None)
    if word is not None and found[word]:
        return _picked(f'The records say "{word}" of', found[word])
    listed = "\n".join(f"- {_piece_words(piece)}" for piece in pieces[:_MOST_TOLD])
    return Reply(f"The records don't say that of any of them. What they say:\n{listed}")


def _picked(head: str, pieces: Sequence[Piece]) -> Reply:
    if len(pieces) == 1:
        return Reply(f"{head} the {_piece_words(pieces[0])}", slots={"order_id": str(pieces[0][0].order_id)})
    return Reply("\n".join([f"{head} these:", *(f"- {_piece_words(piece)}" for piece in pieces)]))


def _spoken_of(turn: Turn, owned: Owned) -> list[Piece]:
    """The pieces of the order that is in hand, or of those that were listed last."""
    if turn.slot("requested_slot") not in {None, "items_choice"} or (not turn.form and turn.slot("last_intent") not in _OF_ORDERS):
        return []
    listed = (turn.slot("told_orders") or []) if turn.slot("last_intent") == "list_orders" else []
    ids = [turn.slot("order_choice")] if turn.form and turn.slot("order_choice") else listed or [turn.slot("order_id")]
    return [(order, line) for order in owned.orders if str(order.order_id) in ids for line in order.lines]


def _tells(line: OrderLine, word: str, products: Mapping[str, Product]) -> bool:
    """Whether a line's options or its product's record say a word; a yes-or-no option does so by a yes alone."""
    keys = words_of(word)
    if any(keys & words_of(value) for value in line.options.values()):
        return True
    if any(value.casefold() in _TRUE and any(same_stem(word, part) for part in name_words(name)) for name, value in line.options.items()):
        return True
    product = products.get(line.product_id)
    told = [line.name, *([product.product_type, product.description, *product.keywords, *product.attributes.values()] if product else [])]
    return bool(keys & words_of(*told))

"""A reading, said in plain words: from there on the same code reads it that reads every customer."""

from actions.understanding.choices import OTHERWISE, Choices
from actions.understanding.form import Reading, ReadItem

_OF_ITEMS = {"return_item": "return", "exchange_item": "exchange"}
_OF_ORDERS = {
    "track_order": "where is",
    "cancel_order": "cancel",
    "change_address": "change the address of",
    "change_payment": "change the payment method of",
    "check_refund": "where is the refund of",
}
_OF_GOODS = {
    "search_product": "do you have {words}?",
    "check_stock": "is the {words} in stock?",
    "ask_price": "how much is the {words}?",
    "request_recommendation": "recommend me {words}",
}
_KEPT = frozenset({"cancel_order", "change_address", "change_payment"})
"""What is asked for in words that hold more than a reading: a reason, an address, a way to pay."""


def say(reading: Reading, intent: str, choices: Choices, text: str = "") -> str:
    """Say a reading as a customer would.

    Args:
        reading: What was read.
        intent: What is asked for.
        choices: What it was chosen from.
        text: The customer's own words; what a reading does not hold is taken from them.

    Returns:
        The words; `text` where the reading says no more than the intent.
    """
    if intent in _OF_ITEMS and (reading.items or reading.order):
        return _items_words(reading, _OF_ITEMS[intent], choices)
    if intent in _OF_ORDERS and (reading.items or reading.order):
        words = f"{_OF_ORDERS[intent]} {_order_words(reading, choices)}"
        return f"{text.rstrip(' .!?')}. {words}" if text and intent in _KEPT else words
    if intent in _OF_GOODS and reading.words:
        return _OF_GOODS[intent].format(words=" ".join(reading.words))
    return text


def _items_words(reading: Reading, verb: str, choices: Choices) -> str:
    # The order stands before the wish: what comes after "for" is wished for.
    where = f" in order {reading.order}" if reading.order else ""
    if not reading.items:
        return f"{verb} items{where}"
    first, *others = [(f"the {choices.items[item.name]}", _wish_words(item, choices)) for item in reading.items]
    named = [f"{first[0]}{where}{first[1]}", *(f"{name}{wish}" for name, wish in others)]
    otherwise = f", if that isn't available {OTHERWISE[reading.otherwise]}" if reading.otherwise else ""
    return f"{verb} {', and '.join(named)}{otherwise}"


def _wish_words(item: ReadItem, choices: Choices) -> str:
    wishes = " ".join(choices.wishes[item.name][wish] for wish in dict.fromkeys(item.wishes))
    return f" for {wishes}" if wishes else ""


def _order_words(reading: Reading, choices: Choices) -> str:
    if reading.order:
        return f"order {reading.order}"
    return f"the order with the {' and the '.join(choices.items[item.name] for item in reading.items)}"

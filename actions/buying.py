"""Buying is the page's business: said honestly, with the way there."""

import re

from actions.product_words import card
from actions.reply import Reply
from actions.shelf import Shelf
from actions.turn import Turn

_BUYS = re.compile(r"\b(?:cart|basket|check ?out|buy|purchase|order (?:it|this|that|one))\b")


async def buying_reply(turn: Turn, shelf: Shelf) -> Reply | None:
    """Say that the chat places no orders, with the product's card; None where nobody wants to buy."""
    if not _BUYS.search(turn.text.lower()):
        return None
    match = (await shelf.words()).names.find(turn.text)
    product = match.only or await shelf.live(turn.slot("product_id"))
    if product is None:
        return Reply("I can't place orders from this chat. You can buy a product on its page; tell me which, and I'll show it to you.")
    slots = {"product_id": str(product.product_id), "shown_products": [str(product.product_id)]}
    return Reply("I can't place orders from this chat. You can buy it on its page:", cards=[card(product)], slots=slots)

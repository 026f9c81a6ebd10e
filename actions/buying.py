"""Buying is the page's business: said honestly, with the way there."""

import re

from actions.product_words import card
from actions.reply import Reply
from actions.shelf import Shelf
from actions.turn import Turn

_BUYS = re.compile(
    r"\b(?:cart|basket|check ?out|buy|purchase|order (?:it|this|that|one)|(?:i(?:'ll| will)?|i wanna|i want to) "
    r"(?:take|have|get) (?:it|this|that|one|two)|"
    r"how (?:do|can|could|to) (?:i |we )?(?:order|get)(?: (?:it|this|that|one|the \w+))?(?=\W*$))\b|"
    r"^\W*(?:\d|one|two|three) (?:pls|plz|please)\W*$"
)


async def buying_reply(turn: Turn, shelf: Shelf) -> Reply | None:
    """Say that the chat places no orders, with the product's card; None where nobody wants to buy."""
    if not _BUYS.search(turn.text.lower()):
        return None
    match = (await shelf.words()).names.find(turn.text)
    product = (match.only if match.is_plain else None) or await shelf.live(turn.slot("product_id"))
    seen = await shelf.live_all(turn.slot("shown_products") or [])
    if product is None and seen:
        return Reply(
            "I can't place orders from this chat. Open a product's page from its card and add it to your basket there:",
            cards=[card(one) for one in seen],
        )
    if product is None:
        return Reply("I can't place orders from this chat. You can buy a product on its page; tell me which, and I'll show it to you.")
    slots = {"product_id": str(product.product_id), "shown_products": [str(product.product_id)]}
    return Reply(
        "I can't place orders from this chat. Open its page from the card and add it to your basket there:",
        cards=[card(product)],
        slots=slots,
    )

"""What a request says in words and numbers, and the words that lines of orders go by."""

import re
from collections.abc import Mapping, Sequence

from actions.mentions import Thing, words_of
from actions.turn import Request
from shop.models import OrderLine, Product

_WRITTEN = re.compile(
    r"(?<![\w-])(?:#\s?[a-z]{0,3}\s?-?\d{4,9}|\d{5}|\d{7,8}|[a-z]\d{6,9}|"
    r"(?!(?:is|my|no|nr|id|the|for|of|and|to|in|at|by|but|on|zip|pin)\b)[a-z]{2,3}\s?-?\s?#?\d{4,9})(?![\w@-])",
    re.IGNORECASE,
)
_ENTITY_WORDS = ("product", "product_type", "brand", "colour", "size", "material", "capacity")


def find_order_ids(request: Request) -> list[str]:
    """Order numbers as written in a request, first one first. Digits are taken as they stand."""
    written = [value for value in request.values("order_id") if any(sign.isdigit() for sign in value)]
    return list(dict.fromkeys(written + ([] if request.pressed else _WRITTEN.findall(request.text))))


def without_order_ids(text: str) -> str:
    """The text without order numbers."""
    return _WRITTEN.sub(" ", text)


def thing_of(key: str, lines: Sequence[OrderLine], products: Mapping[str, Product]) -> Thing:
    """Lines as one thing that may be meant, with all the words that they go by."""
    texts: list[str] = []
    for line in lines:
        product = products.get(line.product_id)
        texts += [line.name, *line.options.values(), *([product.product_type, product.brand, *product.keywords] if product else [])]
    return Thing(key, words_of(*texts))


def spoken_words(request: Request) -> str:
    """The words of a request, and those that NLU's synonyms stand for."""
    # What an entity's synonym was mapped to stands beside the words themselves.
    values = [value for entity in _ENTITY_WORDS for value in request.values(entity)]
    return " ".join([request.text, *(value for value in values if value.lower() not in request.text.lower())])

"""What a request says in words and numbers, and the words that lines of orders go by."""

import re
from collections.abc import Mapping, Sequence

from actions.mentions import Thing, words_of
from actions.places import STATES
from actions.turn import Request
from shop.models import OrderLine, Product

_WRITTEN = re.compile(
    r"(?<![\w-])(?:#\s?[a-z]{0,3}\s?-?\d{4,9}|\d{5}|\d{7,8}|[a-z]\d{6,9}|"
    r"(?!(?:is|my|no|nr|id|the|for|of|and|to|in|at|by|but|on|zip|pin)\b)[a-z]{2,3}\s?-?\s?#?\d{4,9})(?![\w@-])",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)?"
_NAMED = re.compile(
    rf"\b(?P<a>[A-ZÄÖÜ]\w[\w'’-]*,?\s+[A-ZÄÖÜ]\w[\w'’-]*)[\s,;/–-]+(?P<zip>\d{{5}})(?![\w@-])"
    rf"|(?:^\W*|\b(?:[iI]['’]?m|[aA]m|[iI]s|[iI]t['’]?s)\s+)(?P<b>{_WORD},?\s+{_WORD})[\s,;/–-]+(?P<number>\d{{5}})\W*(?:$|[.!?])"
    rf"|^\W*(?P<last>\d{{5}})[\s,;/–-]+(?P<c>{_WORD},?\s+{_WORD})\W*$"
)
"""Two words before five digits, or after them; a person's name where none of them is a word for an order or a deed."""
_NO_NAME = re.compile(
    r"\b(?:order\w*|numbers?|nr|no|cancel\w*|return\w*|track\w*|where|what|which|when|status|my|the|of|for|about|in|from|and|to|is|it|that|this|one|"
    r"please|exchange\w*|swap\w*|change\w*|refund\w*|invoice|delivery|item\w*|id|send|show|hi|hello|thanks|yes|no|with|on|parcel|package|purchase|"
    r"help|check|find|want|need|i|you|me|another|other|actually|instead|was|has|not)\b",
    re.IGNORECASE,
)
_ZIPPED = re.compile(
    r"\b(?:zip|post(?:al)?\s?code|plz)s?\b(?:\s*code)?(?:\s+(?:is|was|to|of|number"
    r"|should be|says?|reads?))*\s*[:=]?\s*(?:[A-Z]{2}\s)?\d{4,5}\b"
    r"|\b\d{5}(?:-\d{4})?\s*(?:as |is |for )*(?:my |the |our )?(?:zip|post(?:al)?\s?code)\b"
    r"|\b\d{5}\s+(?:is|was|for) (?:my |the |our )?(?:zip|post(?:al)?\s?code|plz)\b"
    r"|\b(?:full |my |the )*name(?:'s|\s+is)?\s*[:=]?\s+[^\W\d_]+(?:[\s,-]+[^\W\d_]+){1,2}[\s,-]+\d{5}\b"
    rf"|\b(?:{'|'.join(STATES)})\s+\d{{5}}(?:-\d{{4}})?\b"
    r"|(?<![\w#-])(?<!order )(?<!number )(?<!order: )(?<!order is )\d{5}\s+(?=[A-ZÄÖÜ][a-zäöüß]{2,})(?!(?:Please|Thanks|Thank|And|But"
    r"|The|Can|Could|What|When|Where|Which|How|Order|Is|It)\b)"
)
"""A postal code, which is no order number."""
_CARD = re.compile(
    r"\b(?:visa|master ?card|amex|american express|maestro|(?:credit|debit|gift) ?cards?|cards?)\b(?: (?:that|which|one|card|is|was))*"
    r"(?:,? ?\(?(?:end(?:s|ing|ed)?(?: (?:in|with|on))?|number|no\.?|last (?:four|4)(?: digits)?))? ?[*x.#…]*\s?(\d{4})\b(?!-?\d)",
    re.IGNORECASE,
)
"""The end of a card's number, which is no order's."""
_ITEM_NUMBER = re.compile(
    r"\b(?:items?|variants?|versions?|sku|article|product|model)\s*(?:ids?|numbers?|nos?\.?|nr\.?|codes?)?\s*[:#]?\s*"
    r"(?P<number>[\w-]*\d{3,}[\w-]*)(?:\s*(?:,|and|&|to|for|into|with)+\s*#?(?P<next>[\w-]*\d{6,}[\w-]*))*",
    re.IGNORECASE,
)
_SHORTEST_ID = 4
_ENTITY_WORDS = ("product", "product_type", "brand", "colour", "size", "material", "capacity")


def find_order_ids(request: Request) -> list[str]:
    """Order numbers as written in a request, first one first. Digits are taken as they stand; postal codes are none."""
    written = [value for value in request.values("order_id") if any(sign.isdigit() for sign in value)]
    if request.pressed:
        return list(dict.fromkeys(written))
    zips = {digits for found in _ZIPPED.finditer(request.text) for digits in re.findall(r"\d+", found[0])} | _beside_names(request.text)
    zips |= set(_CARD.findall(request.text))
    kept = [value for value in written if _digits(value) not in zips]
    found = [number for number in _WRITTEN.findall(_ZIPPED.sub(" ", request.text)) if _digits(number) not in zips]
    return list(dict.fromkeys(kept + found))


def tells_postal_code(text: str) -> bool:
    """Whether words tell a postal code as such, or beside a name."""
    return bool(_ZIPPED.search(text) or _beside_names(text))


def _beside_names(text: str) -> set[str]:
    """Five digits right beside a person's name: "Ann Berg, 32286"."""
    names = [found for found in _NAMED.finditer(text) if not _NO_NAME.search(found["a"] or found["b"] or found["c"])]
    return {found["zip"] or found["number"] or found["last"] for found in names}


def find_item_numbers(text: str) -> list[str]:
    """Numbers that are said to be those of items: "item 49839014", "variant KX-100"."""
    return [number for found in _ITEM_NUMBER.finditer(text) for number in re.findall(r"[\w-]*\d{3,}[\w-]*", found[0])]


def lines_by_id(text: str, lines: Sequence[OrderLine]) -> list[str]:
    """Ids of the lines whose variant or product is named by its own id."""
    ids = [(str(line.line_id), {str(line.variant_id), str(line.product_id)}) for line in lines]
    return [line_id for line_id, names in ids if any(is_written(name, text) for name in names)]


def is_written(name: str, text: str) -> bool:
    """Whether an id stands in a text as it is; a short one may stand there by chance."""
    if len(name) < (_SHORTEST_ID + 2 if name.isdigit() else _SHORTEST_ID):
        return False
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text, re.IGNORECASE) is not None


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def without_cards(text: str) -> str:
    """The text without the ends of cards' numbers."""
    return _CARD.sub(" ", text)


def without_order_ids(text: str) -> str:
    """The text without order numbers."""
    return _WRITTEN.sub(" ", text)


def thing_of(key: str, lines: Sequence[OrderLine], products: Mapping[str, Product]) -> Thing:
    """Lines as one thing that may be meant, with all the words that they go by."""
    names: list[str] = []
    options: list[str] = []
    for line in lines:
        product = products.get(line.product_id)
        names += [line.name, *([product.product_type, product.brand, *product.keywords] if product else [])]
        options += line.options.values()
    return Thing(key, words_of(*names, *options), words_of(*names))


def spoken_words(request: Request) -> str:
    """The words of a request, and those that NLU's synonyms stand for."""
    # What an entity's synonym was mapped to stands beside the words themselves.
    values = [value for entity in _ENTITY_WORDS for value in request.values(entity)]
    return " ".join([request.text, *(value for value in values if value.lower() not in request.text.lower())])

"""What a text asks of a product besides its name: a price range, options, a brand, "cheaper"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from actions.turn import Request
from shop.filtering import singular
from shop.models import Product, ProductFilter

_AMOUNT = r"(?:€|\$|£|eur(?:os?)?\s*)?\s*(\d{1,5}(?:[.,]\d{1,2})?)(?![.,]?\d)\s*(?:€|\$|£|euros?|eur\b|dollars?|bucks|pounds?)?"
_BETWEEN = re.compile(
    rf"\b(?:between|from)\s+{_AMOUNT}\s*(?:and|to|-|–)\s*{_AMOUNT}"
    r"|(?<![\w-])(\d{1,5})\s*(?:-|–|to)\s*(\d{1,5})\s*(?:€|euros?|eur\b)"
)
_MOST = re.compile(
    rf"\b(?:under|below|less than|cheaper than|up to|max(?:imum)?(?: of)?|at most|no more than|not more than|within|"
    rf"budget (?:of|is)|for)\s+"
    rf"(?:about |around )?{_AMOUNT}(?!\s*(?:mm|cm|m\b|l\b|ml|g\b|kg|inch|%|years?|people|persons?|days?|pieces))"
)
_MOST_AFTER = re.compile(
    rf"(?<![\w.,-]){_AMOUNT}\s*(?:in total|total|max(?:imum)?|tops|at most|or less|or under|budget|is my (?:limit|budget|max))\b"
)
_LEAST = re.compile(
    rf"\b(?:over|above|more than|at least|min(?:imum)?(?: of)?|starting (?:at|from))\s+{_AMOUNT}(?!\s*(?:mm|cm|l\b|ml|g\b|kg|%))"
)
_CHEAPER = re.compile(r"\b(?:cheaper|less expensive|for less|lower price|more affordable|too expensive|lower budget)\b")
_SIZE = re.compile(r"\b(?:size|in|a|an)\s+(\d{1,3}(?:[.,]5)?|xxs|xs|s|m|l|xl|xxl|xxxl)\b")
_CURRENCY = re.compile(r"€|\$|£|\b(?:euros?|eur|dollars?|bucks|pounds?)\b")
_OPTION_ENTITIES = ("colour", "size", "capacity", "material")
_WORD = r"(?<![\w.]){}(?![\w])"


@dataclass(frozen=True)
class Wishes:
    """What the customer asks of a product.

    Attributes:
        filters: Type, brand, options and price range that records can be held against.
        words: What is left of the text, for a search by words.
        cheaper: Whether it should cost less than what was shown.
        unmet: Option words that no product of the shop carries, such as a colour it does not have.
        currency: What the prices of the filters are in: the shop's own, whatever sign was written.
    """

    filters: ProductFilter = field(default_factory=ProductFilter)
    words: str = ""
    cheaper: bool = False
    unmet: tuple[str, ...] = ()
    currency: str = "EUR"

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for at all."""
        return self.filters == ProductFilter() and not self.words and not self.cheaper


@dataclass(frozen=True)
class Vocabulary:
    """The words of a catalogue that records can be held against."""

    types: frozenset[str]
    brands: frozenset[str]
    options: dict[str, frozenset[str]]
    currency: str = "EUR"

    @classmethod
    def of(cls, products: Sequence[Product]) -> "Vocabulary":
        """Collect types, brands and option values."""
        options: dict[str, set[str]] = {}
        for product in products:
            for variant in product.variants:
                for name, value in variant.options.items():
                    options.setdefault(name, set()).add(value)
        return cls(
            types=frozenset(product.product_type for product in products),
            brands=frozenset(product.brand for product in products),
            options={name: frozenset(values) for name, values in options.items()},
            currency=products[0].currency if products else "EUR",
        )


def read_wishes(request: Request, vocabulary: Vocabulary) -> Wishes:
    """Read what a request asks for. Only what the catalogue has becomes a filter; the rest stays as words."""
    text = request.text.lower()
    least, most, rest = _read_prices(text)
    brand = _find(rest, vocabulary.brands)
    rest = _cut(rest, brand)
    kind = _find_type(rest, vocabulary.types)
    options, rest = _read_options(request, rest, vocabulary)
    filters = ProductFilter(product_type=kind, brand=brand, options=options, min_price_cents=least, max_price_cents=most)
    said = [_plain(value) for entity in _OPTION_ENTITIES[:2] for value in request.values(entity)]
    unmet = [value for value in said if value not in {option.lower() for option in options.values()}]
    words = " ".join(word for word in re.findall(r"[\w.'-]+", _CHEAPER.sub(" ", rest)) if word not in _IDLE)
    cheaper = bool(_CHEAPER.search(text)) and most is None
    return Wishes(filters, words, cheaper=cheaper, unmet=tuple(dict.fromkeys(unmet)), currency=vocabulary.currency)


def _read_prices(text: str) -> tuple[int | None, int | None, str]:
    between = _BETWEEN.search(text)
    if between:
        low, high = (value for value in between.groups() if value)
        return _cents(low), _cents(high), _without(text, between)
    least, most = _LEAST.search(text), _MOST.search(text) or _MOST_AFTER.search(text)
    rest = text
    for found in (least, most):
        rest = rest.replace(found[0], " ") if found else rest
    return (_cents(least[1]) if least else None), (_cents(most[1]) if most else None), _CURRENCY.sub(" ", rest)


def _cents(written: str) -> int:
    whole, _, part = written.replace(",", ".").partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def _find(text: str, names: frozenset[str]) -> str | None:
    found = [name for name in names if re.search(_WORD.format(re.escape(name.lower())), text)]
    return max(found, key=len, default=None)


def _find_type(text: str, types: frozenset[str]) -> str | None:
    plain = " ".join(singular(word) for word in re.findall(r"[\w-]+", text))
    found = [kind for kind in types if re.search(_WORD.format(re.escape(" ".join(singular(word) for word in kind.lower().split()))), plain)]
    return max(found, key=len, default=None)


def _read_options(request: Request, text: str, vocabulary: Vocabulary) -> tuple[dict[str, str], str]:
    options: dict[str, str] = {}
    wanted = [_plain(value) for entity in _OPTION_ENTITIES for value in request.values(entity)] + _SIZE.findall(text)
    for name, values in vocabulary.options.items():
        for value in sorted(values, key=len, reverse=True):
            plain = value.lower()
            # A bare "42" or "m" is a size only where it is said to be one; longer values speak for themselves.
            if (plain in wanted or (len(plain) > 2 and re.search(_WORD.format(re.escape(plain)), text))) and name not in options:
                options[name] = value
                text = _cut(text, plain)
    return options, _SIZE.sub(" ", text) if options else text


def _plain(value: str) -> str:
    return value.lower().removeprefix("size").strip()


def _cut(text: str, name: str | None) -> str:
    return re.sub(_WORD.format(re.escape(name.lower())), " ", text) if name else text


def _without(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + " " + text[found.end() :]


_IDLE = frozenset(
    """a an and any are as at be buy by can could cost costs do does dont euro euros expensive find for from get give got has have
    hello hey hi how i i'd i'm im in is it its like looking look me much my need of off on one ones only or other please price
    prices product products recommend recommendation sell sells shop should show similar size some something stock suggest
    suggestion than that the their them there these thing things this those to too under us want was we what whats what's when where
    which with would you your available anything item items colour color good nice best gift present more less if so but no not
    still left also really maybe us kind sort type popular else goes go match matching matches buys people others most bestseller
    bestsellers sellers seller selling top rated trending alternatives alternative accessories accessory compare versus vs between
    difference differences better long delivery ok okay tho though just pls plz u thx hmm well birthday budget total thats
    dad mum mom father mother son daughter friend wife husband girlfriend boyfriend he she his her likes loves instead then""".split()  # noqa: SIM905
)

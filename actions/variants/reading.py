"""Reads what words ask of a product's variants."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product as combinations

from actions.mentions import find_ordinal, without_idioms
from actions.spoken import is_written
from actions.variants.asides import read_asides
from actions.variants.degrees import Degree, find_degrees
from actions.variants.limits import read_limits
from actions.variants.model import PRICE, Comparison, Extreme, Wish
from actions.variants.named_wishes import read_values
from actions.variants.scales import option_names, option_values, product_scale
from actions.variants.spans import Named, find_named
from actions.variants.unmet import find_unmet
from actions.variants.values import Token, measure_of, normal, tokens_of, value_words
from shop.models import OrderLine, Product

_MOST_READINGS = 4
_ORDER_ID = re.compile(r"#\s?[a-z]*-?\d{4,}|\b[a-z]{1,3}-\d{4,}\b|\b[a-z]{1,3}\d{5,}\b", re.IGNORECASE)
_SAME = re.compile(
    r"\b(?:(?:exact(?:ly)? )?(?:the )?(?:exact )?same(?: exact)? (?:one|item|thing|product"
    r"|model|piece|variant|version|article)|(?:the )?same (?:again|as before)|(?:very|exactly the|just the) same\b"
    r"|(?:an?other|a|the|my) (?:new|fresh|working|intact|undamaged|unbroken|whole|proper|second) (?:one|copy|piece|unit)\b|"
    r"identical|replacement|(?:the )?exact same|(?:an?other|a new|a fresh) one (?:of the same"
    r"|like it|exactly like)|like[- ]for[- ]like|same one|"
    r"(?:the|for|to) same(?=\s*$|[.,!?])|same \w+(?=\s*$|[.,!?]))"
)

_SPOILT = re.compile(
    r"\b(?:broken|broke|damaged|defective|faulty|cracked|shattered|smashed|dented|scratched|torn|ripped|leak(?:s|ing|y)?|chipped|bent"
    r"|dead on arrival|in pieces|(?:not|never|no longer|stopped) work(?:s|ing)?)\b"
)
"""What is wrong with a piece, so that the same once more is wished for where nothing else is."""

_STAYS_SAME = re.compile(
    r"\b(?:(?:everything|all|anything) else|(?:all )?the (?:rest|others?)|\w+ and \w+|(?:the|my) \w+)(?: \w+)? "
    r"(?:(?:has|have|needs?|ought) to|must|should|shall|can)(?: still)? (?:be|stay|remain|look)(?: exactly)? the (?:exact )?same\b"
    r"(?! (?:one|item|piece|thing|model|version|product)s?\b)|\b(?:everything|anything|all) else(?: \w+){0,2} (?:the )?same\b"
    r"|\b(?:not|isn't|aren't|never) (?:quite |exactly |really )?(?:the )?same\b"
)
"""What has to stay beside a wish, or is said not to be alike: it asks for no same piece again."""
_MINE_IS = re.compile(
    r"\b(?:mine(?: is|'s| has| only has| is only)|the one (?:that )?i (?:have|got) is"
    r"|my (?:old |present |current )?\w+ is)\b(?! to\b)[^:]*$"
)
_NOT_THE = re.compile(r"\b(?:not|instead of|rather than|never said|no longer)(?: the| your)?$")
"""What takes back a superlative: "not the dearest, the cheapest"."""
_PRICED = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)[.,](\d{2})(?![\d%]|[.,]\d)")
_PAID = re.compile(
    r"\b(?:paid|pay|have|mine|difference|total|order|save|back|than|over|under|below|above|most|least|from|budget)\b[^,.;!?]*$"
)
"""What makes of a price no version: "I paid 20.00 for it"."""
_COMPLAINS = re.compile(
    r"(?:^|(?<=[.;!?])\s*|\bno+\b[\s,.!]*)(?:that|this|it)(?:'s| is)(?: even| still| much)? "
    r"(?:\w+er|more \w+|less \w+|not \w+er)(?=\s*(?:[.,;!?]|$))"
    r"|\b(?:that|this|it|which)(?:'s| is) the (?:very )?(?:\w+est|most|least)(?: [\w-]+){1,2} "
    r"(?:(?:that )?you (?:have|sell|make)|there is|of all)\b",
    re.IGNORECASE,
)
"""What is said of the version on offer, and is no wish: "no, that's longer"."""
_TOLD_GONE = re.compile(
    r"(?:^|[,.;:(!?]|\b(?:because|since|as|and|but|that|though|although|so)\b)"
    r"(?:(?!\b(?:because|since|as|and|but|so|though|although|if|unless|when|whether|in case)\b)[^,.;:()!?])*?"
    r"(?:\b(?:is|are|was|were|seems?|looks?|be)|'s|'re)\b[^,.;:()!?]{0,25}?"
    r"\b(?:sold out|out of stock|not in stock|unavailable|not available|not to be had)\b"
)
"""What is only told to be missing, and is no wish: "(the large ones are always sold out)"."""
_STAYS_AFTER = re.compile(r"^(?:and \w+ )?(?:has to|have to|must|should|needs? to|shall)? ?(?:stay|remain|be kept|not change)\b|^stays?\b")
_STAYS_BEFORE = re.compile(
    r"\b(?:must|has to|have to|should|needs to) (?:stay|remain|be)(?: a| an| the)?$|\b(?:keep|stay|staying|keeping)(?: it| the| a)?$"
)
_WHICHEVER = re.compile(
    r"\bwhich ?ever(?: one)? (?:is|has|goes|zooms)(?: the)? (?:(?P<more>most|more|highest|higher|biggest|bigger|longest|"
    r"longer|largest|larger|strongest|best)|least|less|lowest|lower|smallest|smaller|shortest|shorter)\b"
)
"""What picks one of several values that are named: "20 cm or 30 cm, whichever is the most"."""


@dataclass(frozen=True)
class _Context:
    product: Product
    present: OrderLine | None
    tokens: tuple[Token, ...]
    named: tuple[Named, ...]


def read_wish(
    text: str, product: Product, present: OrderLine | None = None, *, among: Sequence[str] = (), known: Sequence[Product] = ()
) -> tuple[Wish, ...]:
    """Read what a text asks of a product's variants.

    Args:
        text: The customer's words, without what to do where the wish cannot be met.
        product: The product as it is sold now.
        present: The line that is to be changed, for "bigger" and "no more than I paid"; None where nothing was bought.
        among: Ids of the variants that were just offered, for "the second one".
        known: The catalogue, for values that other products have and this one lacks ("in pink").

    Returns:
        One reading; several where a word fits more than one option ("black": the frame or the lens).
    """
    plain = _TOLD_GONE.sub(" , ", normal(_COMPLAINS.sub(" ", _without_ids(text.replace("’", "'"), product))))
    limits = read_limits(plain, present.price_cents if present else None, numbers_are_options=_has_numbers(product))
    tokens = tokens_of(limits.rest)
    asides = read_asides(tokens, product, present)
    named = tuple(one for one in find_named(tokens, product) if not asides.covers(one.start) and not _describes(one, tokens, present))
    context = _Context(product, present, tokens, named)
    base = replace(
        _read_degrees(context),
        kept=asides.kept,
        free=asides.free,
        all_free=asides.all_free,
        max_cents=limits.max_cents,
        min_cents=limits.min_cents,
        picked=_picked(text, product, present, among),
        unmet=find_unmet(tokens, named, product, known),
    )
    valued = [_with_whichever(_with_values(base, context, meant), plain, product) for meant in _readings(named)]
    wishes = [_with_changed(_without_old(wish, product), asides.changed, present) for wish in valued]
    wishes = [replace(wish, kept=wish.kept | (own - wish.touched)) for wish in wishes] if (own := asides.all_kept) else wishes
    distinct = [wish for at, wish in enumerate(wishes) if wish not in wishes[:at]]
    return tuple(_with_same(wish, plain, present) for wish in distinct)


def _describes(one: Named, tokens: Sequence[Token], present: OrderLine | None) -> bool:
    """Whether a value only says which piece is meant: "the black flask for the cheapest one"."""
    if _has_to_stay(one, tokens):
        return False
    if present and all(present.options.get(name) == value for name, value in one.options) and _is_mine(one, tokens):
        return True
    into = next((at for at, token in enumerate(tokens) if token.key in {"for", "to", "into"}), 0)
    own = present.options if present else {}
    return one.end <= into and not one.denied and all(own.get(name) == value for name, value in one.options)


def _is_mine(one: Named, tokens: Sequence[Token]) -> bool:
    """Whether a clause only tells what the customer's own is like: "mine is medium"."""
    before = " ".join(token.raw for token in tokens[max(0, one.start - 8) : one.start])
    return bool(_MINE_IS.search(re.split(r"[.;!?]", before)[-1]))


def _has_to_stay(one: Named, tokens: Sequence[Token]) -> bool:
    before = " ".join(token.raw for token in tokens[max(0, one.start - 4) : one.start])
    after = " ".join(token.raw for token in tokens[one.end : one.end + 4])
    return bool(_STAYS_AFTER.search(after) or _STAYS_BEFORE.search(before))


def _with_changed(wish: Wish, changed: frozenset[str], present: OrderLine | None) -> Wish:
    """Refuse the present value of "another colour", where no other is named."""
    open_ = changed - wish.touched if present else frozenset()
    refused = {name: (present.options[name],) for name in open_ if present and name in present.options}
    return replace(wish, excluded={**wish.excluded, **refused}, kept=wish.kept - changed)


def _with_same(wish: Wish, text: str, present: OrderLine | None) -> Wish:
    own = {name: (value,) for name, value in present.options.items()} if present else {}
    # "The same again, the white one" says what it is like.
    told = {name: values for name, values in wish.required.items() if own.get(name) != values}
    asks_nothing = replace(wish, required=told, kept=frozenset()).is_empty and not wish.unclear
    said = _STAYS_SAME.sub(" ", text)
    is_same = _SAME.search(said) or _SPOILT.search(said)
    return replace(wish, required=told, same=True) if present and asks_nothing and is_same else wish


def _with_values(base: Wish, context: _Context, meant: Sequence[tuple[Named, str, str]]) -> Wish:
    values = read_values(meant, context.tokens, context.product, context.present)
    return replace(
        base, required=values.required, excluded=values.excluded, bounds=tuple(values.bounds), preferences=tuple(values.preferences)
    )


def _with_whichever(wish: Wish, text: str, product: Product) -> Wish:
    """The most of several values that are named: "20 cm or 30 cm, whichever is the most"."""
    found = _WHICHEVER.search(text)
    listed = [name for name, values in wish.required.items() if len(values) > 1 and product_scale(product, name)]
    if not found or len(listed) != 1:
        return wish
    extremes = [one for one in wish.extremes if one.said not in found[0]]
    return replace(wish, extremes=(*extremes, Extreme(listed[0], 1 if found["more"] else -1, found[0])))


def _without_old(wish: Wish, product: Product) -> Wish:
    """A value that is named says more than "longer"; where all are named, the price tells nothing either; of two the last said counts."""
    named = {name for name, values in wish.required.items() if len(values) == 1}
    told = named | {PRICE} if named >= set(option_names(product)) else named
    last = {one.option: one for one in wish.comparisons if one.option not in told}
    return replace(wish, comparisons=tuple(last.values()), extremes=tuple(one for one in wish.extremes if one.option not in told))


def _readings(named: Sequence[Named]) -> list[list[tuple[Named, str, str]]]:
    """Every way to take the words that fit more than one option, up to a few."""
    ways = [[(one, option, value) for option, value in one.options] for one in named]
    return [list(way) for way, _ in zip(combinations(*ways), range(_MOST_READINGS), strict=False)]


def _read_degrees(context: _Context) -> Wish:
    taken = frozenset(at for one in context.named for at in range(one.start, one.end))
    found = [one for one in find_degrees(context.tokens, context.product, taken) if one.is_extreme or not _belongs_to_bound(one, context)]
    found = [one for one in found if not (one.is_extreme and _NOT_THE.search(_before(context.tokens, one.at)))]
    extremes = [Extreme(one.option, one.sign, one.said, one.at) for one in found if one.option and one.is_extreme]
    comparisons = [Comparison(one.option, one.sign, one.steps, one.said) for one in found if one.option and not one.is_extreme]
    unclear = tuple(one.said for one in found if one.option is None)
    last = {one.option: one.sign for one in extremes}
    # "Which is the dearest? Switch it to the cheapest": of two opposites the last said counts.
    extremes = [one for one in extremes if one.sign == last[one.option]]
    if any(one.option == PRICE for one in extremes):
        comparisons = [one for one in comparisons if one.option != PRICE]
    return Wish(extremes=tuple(extremes), comparisons=tuple(comparisons), unclear=unclear)


def _before(tokens: Sequence[Token], at: int) -> str:
    return " ".join(token.raw for token in tokens[max(0, at - 3) : at])


def _belongs_to_bound(degree: Degree, context: _Context) -> bool:
    """Whether "better" or "larger" goes with a value: "i7 or better", "larger than 500 ml"."""
    return any(
        one.end <= degree.at <= one.end + 2 and context.tokens[one.end].key in {"or", "and", "+"}
        for one in context.named
        if one.end < len(context.tokens)
    ) or any(degree.end < one.start <= degree.end + 3 and context.tokens[degree.end].key == "than" for one in context.named)


def _picked(text: str, product: Product, present: OrderLine | None, among: Sequence[str]) -> tuple[str, ...]:
    """The variants that are named by id, or by their place among those offered; the id of what the customer has only describes it."""
    written = [str(variant.variant_id) for variant in product.variants if is_written(str(variant.variant_id), text)]
    own = str(present.variant_id) if present else ""
    again = own in written and len(re.findall(rf"(?<![\w-]){re.escape(own)}(?![\w-])", text)) > 1
    named = tuple(one for one in written if one != own or again) or _by_price(text, product, own)
    if named or not among:
        return named
    position = find_ordinal(without_idioms(text), len(among))
    return () if position is None or _is_value(text, product) else (among[position],)


def _by_price(text: str, product: Product, own: str) -> tuple[str, ...]:
    """The one version that costs just what is written: "the dearest one, the 208.60 plain"."""
    said = [found for found in _PRICED.finditer(text.lower()) if not _PAID.search(text.lower()[: found.start()])]
    cents = {int(found[1].replace(",", "")) * 100 + int(found[2]) for found in said}
    found = [str(one.variant_id) for one in product.variants if one.price_cents in cents and str(one.variant_id) != own]
    return tuple(found) if len(found) == 1 else ()


def _is_value(text: str, product: Product) -> bool:
    """Whether a bare number is an option's value, such as size 8, and no place in a list."""
    bare = text.strip(" .)!")
    return bare.isdigit() and any(bare in value_words(value)[1] for name in option_names(product) for value in option_values(product, name))


def _without_ids(text: str, product: Product) -> str:
    for variant in product.variants:
        if len(str(variant.variant_id)) >= 4:
            text = text.replace(str(variant.variant_id), " ")
    return _ORDER_ID.sub(" ", text)


def _has_numbers(product: Product) -> bool:
    words = [word for name in option_names(product) for value in option_values(product, name) for word in value_words(value)[1]]
    return any(measure_of(word) is not None and not word.startswith("=") for word in words)

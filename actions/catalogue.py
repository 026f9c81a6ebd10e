"""Questions about the catalogue itself, answered by counting and comparing records: how many versions, which, the cheapest."""

import re
from collections.abc import Sequence

from actions.product_words import options_words
from actions.variants import Outcome, Wish, choose_variant, reading_words
from actions.variants.judge import faults
from actions.variants.names import name_words, same_stem
from actions.variants.reading import read_wish
from actions.variants.scales import option_names, option_values
from actions.variants.values import tokens_of
from shop.models import OrderLine, Product, Variant
from shop.wording import join, money

_VERSIONS = r"(?:options?|variants?|versions?|variet(?:y|ies)|kinds?|types?|styles?|choices?|different|variations?)"
_COUNT = re.compile(
    rf"\b(?:how many|(?:what(?:'s| is) )?the (?:exact )?number of|count of)\b(?=.*\b(?:{_VERSIONS}"
    rf"|colou?rs?|sizes?|do you|are there|you|available|choose|pick|choice|can (?:i|we)|in stock|on offer|exist)\b)"
)
_BARE_COUNT = re.compile(
    r"^\W*(?:(?:no|just|only|please|tell me|give me|i (?:asked for|want|need|said)|and|so|but|ok|exactly|in total)\W+)*"
    r"(?:how many(?: (?:exactly|precisely|of them|are (?:there|they)|is that|in total|then|please|now))*"
    r"|(?:the|a|an) (?:exact )?(?:number|count)(?:\W+(?:please|exactly))*)\W*$"
)
"""A number that is asked for again: "how many exactly?"."""
_OF_VERSIONS = re.compile(rf"\b{_VERSIONS}\b")
_CHOOSES = re.compile(r"\b(?:choose|pick|select)\b")
_PIECES = re.compile(r"\bhow many\b.*\b(?:left|pieces of|in stock of|remaining|units)\b")
_WHICH = re.compile(rf"\b(?:what|which|list|show)\b[^.?!]{{0,40}}?\b(?:{_VERSIONS})\b|\bin (?:what|which) \w+")
_TYPES = re.compile(
    r"\b(?:what|which|list|show|tell me|all)\b[^.?!]{0,30}\b(?:product types?|types? of (?:products?|things?|items?)|categor\w+|"
    r"kinds? of (?:products?|things?|items?|stuff)|product range|assortment)\b|^\W*what (?:do"
    r"|does) (?:you|your shop|the shop) (?:guys )?(?:sell|have|offer|carry)\W*$"
)
CHEAPEST = re.compile(r"\b(?:cheapest|least expensive|lowest[- ]priced?|lowest price|most affordable)\b")
_DEAREST = re.compile(r"\b(?:most expensive|priciest|dearest|highest[- ]priced?|highest price|costliest)\b")
_TOGETHER = re.compile(r"\b(?:together|in total|altogether|combined|all in all|sum|total)\b")
_COSTS = re.compile(r"\b(?:how much|price|costs?|pay)\b")
_DIFFERENCE = re.compile(
    r"\b(?:how much (?:more|less|extra|cheaper|dearer)|price difference|difference in price|costs? (?:me )?(?:more|extra|less)|"
    r"(?:more|less) expensive than (?:mine|what i have|the one i)|cheaper than (?:mine|what i have|the one i))\b"
)
_MANY = 12


def types_words(text: str, products: Sequence[Product]) -> str | None:
    """The types of product that are sold, with how many of each; None where the text does not ask for them."""
    if not _TYPES.search(text.lower()):
        return None
    kinds = sorted({product.product_type for product in products})
    counts = [f"{kind} ({sum(product.product_type == kind for product in products)})" for kind in kinds]
    return f"We sell {len(kinds)} types of product: {', '.join(counts)}."


def asks_bare_count(text: str) -> bool:
    """Whether words ask for a number and for nothing else: "a number please, how many exactly?"."""
    clauses = [one for one in re.split(r"[.!?…;]+", text.lower()) if re.search(r"\w", one)]
    return bool(clauses) and all(_BARE_COUNT.search(one) for one in clauses)


def count_words(named: Sequence[Product]) -> str:
    """How many versions there are of these products."""
    return _count_words("", named)


def asks_sum(text: str) -> bool:
    """Whether a text asks what several products cost together."""
    return bool(_TOGETHER.search(text.lower()) and _COSTS.search(text.lower()))


def catalogue_words(text: str, named: Sequence[Product]) -> str | None:
    """What records say to a question about products as such; None where the text asks something else.

    Args:
        text: The customer's words.
        named: The products that they speak of, as they are now: one, or all of a type.
    """
    plain = text.lower()
    if not named:
        return None
    if asks_sum(plain) and len(named) > 1:
        return _sum_words(named)
    told = _extremes_words(text, named) if len({product.product_type for product in named}) == 1 else None
    if (
        _COUNT.search(plain)
        and not _PIECES.search(plain)
        and (len(named) > 1 or _OF_VERSIONS.search(plain) or _CHOOSES.search(plain) or _option_named(plain, named[0]))
    ):
        # "How many are there, and what's the cheapest?" asks for both.
        return f"{_count_words(plain, named)} {told or ''}".strip()
    if told:
        return told
    return _which_words(plain, named[0]) if len(named) == 1 else None


def _extremes_words(text: str, named: Sequence[Product]) -> str | None:
    """The cheapest and the dearest, as far as they are asked for."""
    asked = [(pattern, sign) for pattern, sign in ((CHEAPEST, 1), (_DEAREST, -1)) if pattern.search(text.lower())]
    told = [_extreme_words(_only(text, pattern), named, sign) for pattern, sign in asked]
    return " ".join(filter(None, told)) or None


def _only(text: str, asked: re.Pattern[str]) -> str:
    """The text without the superlatives of price that the other sentence tells of."""
    return re.sub("|".join(other.pattern for other in (CHEAPEST, _DEAREST) if other is not asked), " ", text, flags=re.IGNORECASE)


def asks_difference(text: str) -> bool:
    """Whether a text asks how much more or less something costs than what the customer has."""
    return bool(_DIFFERENCE.search(text.lower()))


def difference_words(text: str, line: OrderLine, product: Product) -> str | None:
    """How much more or less the wished version costs than what was paid for a piece; None where no version is plainly meant.

    Args:
        text: The customer's words.
        line: What they have.
        product: The same product as it is sold now.
    """
    choice = choose_variant(text, product, line, same_allowed=True)
    if choice.outcome not in {Outcome.CHOSEN, Outcome.SEVERAL}:
        return None
    told = [_against(variant, line, product) for variant in choice.variants]
    paid = money(line.price_cents, product.currency)
    return f"You paid {paid} for your {line.label}. Now {join(told)}."


def _against(variant: Variant, line: OrderLine, product: Product) -> str:
    gap = variant.price_cents - line.price_cents
    more = "the same" if not gap else f"{money(abs(gap), product.currency)} {'more' if gap > 0 else 'less'}"
    return f"{options_words(variant.options) or product.name} costs {money(variant.price_cents, product.currency)}, {more}"


def versions_asked(text: str, product: Product) -> list[Variant] | None:
    """The variants, sold out or not, that words single out; None where they single out none, [] where none is like that.

    Args:
        text: The customer's words without the product's own name.
        product: The product as it is now.
    """
    wish = read_wish(text, product)[0]
    if wish.is_empty and not wish.unmet:
        return None
    choice = choose_variant(text, product)
    if choice.outcome is Outcome.NEAREST or wish.unmet:
        return list(choice.sold_out)
    exact = [variant for variant in product.variants if not faults(variant, wish, product, None)]
    return list(choice.variants) if wish.extremes else exact


def _count_words(text: str, named: Sequence[Product]) -> str:
    if len(named) == 1:
        product = named[0]
        option = _option_named(text, product)
        if option:
            return _values_count(*_only_with(text, product, option), option)
        return f"{_versions_of(product)} {_options_of(product)}".strip()
    versions = [variant for product in named for variant in product.variants]
    there = sum(variant.available for variant in versions)
    kinds = sorted({product.product_type for product in named})
    return (
        f"We have {len(named)} products of the type {join(kinds)}, in {len(versions)} versions altogether; "
        f"{there} of these versions are in stock right now."
    )


def _versions_of(product: Product) -> str:
    count, there = len(product.variants), sum(variant.available for variant in product.variants)
    if count == 1:
        return f"The {product.name} comes in one version, which is {'in stock' if there else 'sold out'}."
    stock = "all of them are in stock" if there == count else f"{there} of them {'is' if there == 1 else 'are'} in stock right now"
    return f"The {product.name} comes in {count} versions; {stock}."


def _options_of(product: Product) -> str:
    parts = [f"{name}: {', '.join(option_values(product, name))}" for name in option_names(product)]
    return f"({'; '.join(parts)})" if parts else ""


def _only_with(text: str, product: Product, option: str) -> tuple[Product, str]:
    """The product with only those versions that fit what else a question names, and what that is."""
    wish = read_wish(text, product)[0]
    wish = Wish(required={name: found for name, found in wish.required.items() if name != option}, excluded=wish.excluded)
    fitting = [one for one in product.variants if not faults(one, wish, product, None)]
    if wish.is_empty or not fitting:
        return product, ""
    return product.model_copy(update={"variants": fitting}), f" ({reading_words(wish)})"


def _values_count(product: Product, like: str, option: str) -> str:
    values = option_values(product, option)
    there = [value for value in values if any(v.available for v in product.variants if v.options.get(option) == value)]
    noun = f"{option} choices" if len(values) != 1 else f"{option} choice"
    tail = "" if len(there) == len(values) else f" In stock: {', '.join(there) or 'none'}."
    return f"The {product.name}{like} comes in {len(values)} {noun}: {', '.join(values)}.{tail}"


def _option_named(text: str, product: Product) -> str | None:
    said = [token.key for token in tokens_of(text)]
    named = [name for name in option_names(product) if any(same_stem(key, word) for key in said for word in name_words(name))]
    return named[0] if len(named) == 1 else None


def _which_words(text: str, product: Product) -> str | None:
    option = _option_named(text, product)
    asks_values = (
        option
        and re.search(r"\b(?:what|which|list|all|every)\b", text)
        and re.search(r"\b(?:have|has|come|comes|available|there|offer|stock|get|choose|exist|options?|possible|do you)\b", text)
    )
    if option and asks_values:
        return _values_count(*_only_with(text, product, option), option)
    if not _WHICH.search(text):
        return None
    there = [variant for variant in product.variants if variant.available]
    listed = [f"{options_words(v.options)} ({money(v.price_cents, product.currency)})" for v in there if v.options]
    if not listed or len(listed) > _MANY:
        return f"{_versions_of(product)} {_options_of(product)}".strip()
    return f"{_versions_of(product)} In stock: {'; '.join(listed)}."


def _extreme_words(text: str, named: Sequence[Product], sign: int) -> str | None:
    """The cheapest (or dearest) version in stock, of those that fit what else is asked."""
    found = [(variant, product) for product in named if (variant := _extreme_of(text, product, sign))]
    if not found:
        return None
    price = min(sign * variant.price_cents for variant, _ in found)
    best = [(variant, product) for variant, product in found if sign * variant.price_cents == price]
    variant, product = best[0]
    options = f" ({options_words(variant.options)})" if variant.options else ""
    which = "cheapest" if sign > 0 else "most expensive"
    also = f" {len(best) - 1} more cost the same." if len(best) > 1 else ""
    price_words = money(variant.price_cents, product.currency)
    return f"The {which} {product.product_type} in stock is the {product.name}{options} at {price_words}.{also}"


def _extreme_of(text: str, product: Product, sign: int) -> Variant | None:
    choice = choose_variant(text, product)
    if choice.outcome in {Outcome.CHOSEN, Outcome.SEVERAL}:
        return choice.variants[0]
    there = [variant for variant in product.variants if variant.available]
    only_price = all(one.option == "price" for one in choice.wish.extremes) and not choice.wish.required and not choice.wish.unmet
    return min(there, key=lambda variant: sign * variant.price_cents) if there and only_price else None


def _sum_words(named: Sequence[Product]) -> str | None:
    if len({product.currency for product in named}) > 1 or len(named) > 5:
        return None
    parts = [f"{product.name} {money(product.from_price_cents, product.currency)}" for product in named]
    total = money(sum(product.from_price_cents for product in named), named[0].currency)
    open_ = any(len({variant.price_cents for variant in product.variants}) > 1 for product in named)
    return f"{'From ' if open_ else ''}{total} together: {join(parts)}.{' Some versions cost more.' if open_ else ''}"

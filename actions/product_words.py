"""Products as cards, lines and facts. Every figure is copied from a record of this moment."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.reply import Button, button
from actions.wishes import Wishes
from answers.models import Fact
from knowledge_base.text import sentences
from shop.filtering import fits
from shop.models import Product, ProductFilter, Variant
from shop.wording import money

MOST = 4
"""Cards in one message."""


def card(product: Product, variant: Variant | None = None, subtitle: str = "") -> dict[str, Any]:
    """A card with picture, price and link."""
    shown = variant or cheapest(product)
    return {
        "title": product.name,
        "subtitle": subtitle or subtitle_of(product, variant),
        "image_url": product.image_url,
        "url": product.url,
        "price_cents": shown.price_cents,
        "currency": product.currency,
        "product_id": product.product_id,
    }


def cheapest(product: Product) -> Variant:
    """The cheapest variant in stock, or of all where none is."""
    return min([v for v in product.variants if v.available] or product.variants, key=lambda variant: variant.price_cents)


def subtitle_of(product: Product, variant: Variant | None = None) -> str:
    """Type and stock in a few words; a type that is the name itself says nothing new."""
    there = any(v.available for v in ([variant] if variant else product.variants))
    options = f"{options_words(variant.options)}, " if variant and variant.options else ""
    kind = "" if product.product_type.casefold() == product.name.casefold() else f"{product.product_type}, "
    return f"{kind}{options}{'in stock' if there else 'sold out'}"


def options_words(options: Mapping[str, str]) -> str:
    """Options in a phrase, such as "black, 42"."""
    return ", ".join(options.values())


def matching_variants(product: Product, options: Mapping[str, str]) -> list[Variant]:
    """The variants that carry those of the options that the product has at all."""
    names = {name.casefold() for variant in product.variants for name in variant.options}
    wanted = ProductFilter(options={name: value for name, value in options.items() if name.casefold() in names})
    return [variant for variant in product.variants if fits(variant, wanted)]


def price_words(product: Product, variants: Sequence[Variant]) -> str:
    """What the variants cost: one price, or each option's."""
    prices = sorted({variant.price_cents for variant in variants})
    if len(prices) == 1:
        return f"{product.name} costs {money(prices[0], product.currency)}."
    by_price = [
        f"{money(cents, product.currency)} ({'; '.join(options_words(v.options) for v in variants if v.price_cents == cents)})"
        for cents in prices[:4]
    ]
    return (
        f"{product.name} costs {' or '.join(by_price)}."
        if len(prices) <= 4
        else f"{product.name} costs from {money(prices[0], product.currency)}."
    )


def version_words(product: Product, variant: Variant) -> str:
    """What one version costs, and that it is sold out where it is."""
    price = money(variant.price_cents, product.currency)
    gone = "" if variant.available else " It is sold out at the moment."
    return f"{product.name} ({options_words(variant.options)}) costs {price}.{gone}"


def stock_words(product: Product, variants: Sequence[Variant]) -> str:
    """How many of each variant there are."""
    if len(product.variants) == 1:
        return f"{product.name}: {_count(product.variants[0])}."
    there = [_options_with_count(variant) for variant in variants if variant.available]
    gone = [options_words(variant.options) for variant in variants if not variant.available]
    parts = [f"in stock in {'; '.join(there)}" if there else "", f"sold out in {'; '.join(gone)}" if gone else ""]
    return f"{product.name}: {', '.join(part for part in parts if part)}."


def _options_with_count(variant: Variant) -> str:
    options = options_words(variant.options)
    return options if variant.stock is None else f"{options} ({_count(variant)})"


def _count(variant: Variant) -> str:
    if variant.stock is None:
        return "in stock"
    return f"{variant.stock} in stock" if variant.stock else "sold out"


def facts_of(product: Product) -> list[Fact]:
    """A product's record as lines that an answer may quote."""
    record, about = f"product:{product.product_id}", f"{product.name}, {product.product_type}"
    price, stock = price_words(product, product.variants), stock_words(product, product.variants)
    facts = [
        Fact(
            fact_id=f"{record}:price",
            text=price,
            values={"from_price_cents": product.from_price_cents},
            line=f"price: {price.removeprefix(product.name)}",
            about=about,
        ),
        Fact(
            fact_id=f"{record}:stock",
            text=stock,
            values={"in_stock": product.in_stock},
            line=f"stock{stock.removeprefix(product.name)}",
            about=about,
        ),
    ]
    # Sentence by sentence, because a description as a whole is near to any question about the product.
    for number, sentence in enumerate(sentences(product.description)):
        facts.append(Fact(fact_id=f"{record}:description:{number}", text=f"{product.name}: {sentence}", line=sentence, about=about))
    for name, value in product.attributes.items():
        line = f"{name}: {value}"
        facts.append(Fact(fact_id=f"{record}:{name}", text=f"{product.name}, {line}.", values={name: value}, line=line, about=about))
    return facts


def comparison(products: Sequence[Product]) -> str:
    """Products side by side: price, stock, rating, and every attribute that one of them has."""
    names = list(dict.fromkeys(name for product in products for name in product.attributes))
    rows = [
        (
            "price",
            [
                f"from {money(p.from_price_cents, p.currency)}" if len(p.variants) > 1 else money(p.from_price_cents, p.currency)
                for p in products
            ],
        )
    ]
    rows.append(("stock", ["in stock" if product.in_stock else "sold out" for product in products]))
    rows += [(name, [product.attributes.get(name, "not stated") for product in products]) for name in names]
    rows.append(("rating", [_rating(product) for product in products]))
    lines = [f"- {name}: " + " | ".join(values) for name, values in rows if len(set(values)) > 1]
    same = [f"{name} ({values[0]})" for name, values in rows if len(set(values)) == 1 and values[0] not in {"not stated", "no reviews"}]
    tail = f"\nThe same for both: {', '.join(same)}." if same and len(products) == 2 else ""
    return " | ".join(product.name for product in products) + "\n" + "\n".join(lines) + tail


def average_rating(product: Product) -> float | None:
    """What buyers gave it on average, or None without reviews."""
    ratings = [review.rating for review in product.reviews]
    return sum(ratings) / len(ratings) if ratings else None


def _rating(product: Product) -> str:
    average = average_rating(product)
    return "no reviews" if average is None else f"{average:.1f} of 5 ({len(product.reviews)} reviews)"


def product_buttons(products: Sequence[Product], intent: str) -> list[Button]:
    """A button for each product, which asks `intent` of it."""
    return [button(product.name, intent, product_id=str(product.product_id)) for product in products[:5]]


def wish_words(wishes: Wishes) -> str:
    """The wishes in a phrase, such as " in black under 100.00 EUR"."""
    filters, currency = wishes.filters, wishes.currency
    parts = [f" by {filters.brand}" if filters.brand else "", f" in {options_words(filters.options)}" if filters.options else ""]
    if filters.min_price_cents is not None and filters.max_price_cents is not None:
        parts.append(f" between {money(filters.min_price_cents, currency)} and {money(filters.max_price_cents, currency)}")
    elif filters.max_price_cents is not None:
        parts.append(f" up to {money(filters.max_price_cents, currency)}")
    elif filters.min_price_cents is not None:
        parts.append(f" from {money(filters.min_price_cents, currency)}")
    return "".join(parts)

"""The goods of the demo shop, read from `catalogue/*.yml` and given stock, reviews and links."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import chain
from itertools import product as combinations
from pathlib import Path
from random import Random
from typing import Any

import yaml

from shop.demo.people import list_first_names
from shop.models import Product, ProductId, Review, Variant, VariantId

_CATALOGUE = Path(__file__).parent / "catalogue"
_RATINGS = {"good": (5, 5, 5, 4, 4), "mixed": (4, 3, 3), "bad": (2, 1, 2)}
_TITLES = {
    "good": ("Would buy again", "Exactly right", "Very happy", "Well made", "Recommended", "Better than hoped"),
    "mixed": ("Good, with a but", "Nearly perfect", "Does the job", "Fine overall"),
    "bad": ("Not for me", "Had to complain", "Disappointed"),
}
_LONG_WARRANTY = {brand: {"warranty": "5 years"} for brand in ("Voltaire Home", "Calder")}
_MOODS = ("good", "good", "good", "good", "mixed", "mixed", "bad")


@cache
def read_catalogue() -> tuple[dict[str, Any], ...]:
    """The authored files, one per product type, in the order of their names."""
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_CATALOGUE.glob("*.yml")))


def slug(text: str) -> str:
    """Reduce text to lower-case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def generate_products(random: Random, now: datetime) -> list[Product]:
    """All products, with stock and reviews from `random`."""
    return [_product(kind, item, random, now) for kind in read_catalogue() for item in kind["products"]]


def _product(kind: dict[str, Any], item: dict[str, Any], random: Random, now: datetime) -> Product:
    product_id = ProductId(slug(item["name"]))
    options = item.get("options", kind["options"])
    return Product(
        product_id=product_id,
        name=item["name"],
        product_type=kind["product_type"],
        brand=item["brand"],
        description=item["text"],
        currency="EUR",
        attributes=_attributes(kind, item, options),
        keywords=[*item["keywords"], *kind["keywords"]],
        variants=list(_variants(product_id, item, {**kind.get("surcharge", {}), **item.get("surcharge", {})}, options, random)),
        reviews=_reviews(kind["reviews"], {*item["keywords"], *chain(*options.values())}, random, now),
        image_url=f"/storefront/images/{product_id}.svg",
        url=f"/products/{product_id}",
    )


def _attributes(kind: dict[str, Any], item: dict[str, Any], options: dict[str, list[str]]) -> dict[str, str]:
    """What holds for every variant; an option of the same name would contradict it."""
    facts = {**kind["attributes"], **_LONG_WARRANTY.get(item["brand"], {}), **item["attributes"]}
    return {name: str(value) for name, value in facts.items() if name not in options}


def _variants(
    product_id: str, item: dict[str, Any], surcharge: dict[str, float], options: dict[str, list[str]], random: Random
) -> Iterator[Variant]:
    scarce = random.random() < 0.3
    for values in combinations(*options.values()):
        price = item["price"] + sum(surcharge.get(value, 0) for value in values)
        yield Variant(
            variant_id=VariantId("-".join([product_id, *map(slug, values)])),
            options=dict(zip(options, values, strict=True)),
            price_cents=round(price * 100),
            stock=_stock(scarce, random) if not item.get("sold_out") else 0,
        )


def _stock(scarce: bool, random: Random) -> int:
    if random.random() < (0.3 if scarce else 0.08):
        return 0
    return random.randint(1, 5) if scarce else random.randint(3, 60)


def _reviews(phrases: dict[str, list[Any]], known: set[str], random: Random, now: datetime) -> list[Review]:
    fitting = {mood: [text for text in (_fitting(phrase, known) for phrase in said) if text] for mood, said in phrases.items()}
    reviews: list[Review] = []
    for _ in range(random.randint(2, 5)):
        mood = random.choice([mood for mood in _MOODS if fitting[mood]] or ["none"])
        if mood in fitting:
            text = fitting[mood].pop(random.randrange(len(fitting[mood])))
            reviews.append(_review(mood, text, random, now))
    return sorted(reviews, key=lambda review: review.written_at, reverse=True)


def _fitting(phrase: str | dict[str, Any], known: set[str]) -> str | None:
    """A phrase, unless it speaks of something that this product is not.

    Written as {say, only} it fits where one of the words in `only` is a keyword or option of the product; as {say, never}
    where none is.
    """
    if isinstance(phrase, str):
        return phrase
    fits = known & set(phrase["only"]) if "only" in phrase else not known & set(phrase["never"])
    return str(phrase["say"]) if fits else None


def _review(mood: str, text: str, random: Random, now: datetime) -> Review:
    return Review(
        author=f"{random.choice(list_first_names())} {random.choice('ABCDEFGHJKLMNPRSTVWZ')}.",
        rating=random.choice(_RATINGS[mood]),
        title=random.choice(_TITLES[mood]),
        text=text,
        written_at=now - timedelta(days=random.randint(4, 500), minutes=random.randint(0, 1439)),
    )

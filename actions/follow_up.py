"""What a few words mean after products were shown: "lightest?", "how heavy", "the french press one". Answered from their records."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from actions.mentions import find_ordinal, find_ordinals
from actions.product_names import ProductNames
from actions.product_words import average_rating, card
from actions.reply import Reply
from actions.shelf import Shelf, shown
from actions.turn import Turn
from actions.wishes import read_wishes
from knowledge_base.retrievers import asked
from shop.filtering import singular
from shop.filtering import told_of as told_in
from shop.models import Product, ProductFilter
from shop.wording import money

_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-zA-Z]*)")
_UNITS = {"kg": 1000.0, "l": 1000.0, "cm": 10.0, "m": 1000.0, "min": 1 / 60, "days": 24.0, "day": 24.0, "months": 730.0, "years": 8766.0}
_DIFFERENCE = re.compile(r"\b(?:diff\w*|compare|which (?:one )?is better|vs)\b")
_FEW_WORDS = 8
_COMES = re.compile(
    r"\b(?:where(?:'?s| is)? it|where it is|when (?:does|will|is) it (?:come|coming|arriv\w*|get|here|be)|how long (?:until|till) it)\b"
)
_PRICE, _RATING = "price", "rating"
_WHICH = r"which (?:one |of (?:these|them|the two) )?(?:is|are)"
_MOST_OF_IT = re.compile(r"\b(?:highest|most|longest|biggest|largest|greatest|best)\b")
_LEAST_OF_IT = re.compile(r"\b(?:lowest|least|shortest|smallest|fewest)\b")


@dataclass(frozen=True)
class Trait:
    """Something that records say of products, and the words that ask for it.

    Attributes:
        names: The attributes that tell it; the first one that a product has counts.
        asked: Words that ask what it is.
        least: Words that ask for the one with least of it.
        most: Words that ask for the one with most of it.
    """

    names: tuple[str, ...]
    asked: str
    least: str = ""
    most: str = ""


TRAITS = (
    Trait((_PRICE,), "", "cheapest|least expensive|lowest price", "most expensive|priciest"),
    Trait((_RATING,), "", "worst rated", "best rated|highest rated|best reviews?|best one"),
    Trait(("weight",), r"how heavy|weight|how light|weigh\w*", rf"lightest|least heavy|{_WHICH} lighter", rf"heaviest|{_WHICH} heavier"),
    Trait(
        ("noise level", "loudness limit"),
        r"how (?:loud|quiet|noisy)|noise|loudness",
        rf"quietest|least noisy|most silent|{_WHICH} quieter",
        rf"loudest|{_WHICH} louder",
    ),
    Trait(("brightness",), r"how bright|brightness|lumens?", "dimmest", rf"brightest|most light|{_WHICH} brighter"),
    Trait(("battery life",), r"batt?e?ry|batery|how long does it last", "", r"longest (?:lasting|batt?er\w*)|best batter\w*"),
    Trait(
        ("waterproof", "water resistance", "water column"),
        r"water ?-?(?:proof|resist\w*)|rain ?proof|swim\w*|div(?:e|ing)|(?:get|gets) wet|snorkel\w*|shower\w*",
        "",
        r"most water ?-?(?:proof|resistant)|best for (?:diving|swimming|snorkelling)",
    ),
    Trait(
        ("dimensions", "pack size", "size", "height"), r"how (?:big|large|small|tall|wide)|dimensions|measurements", "smallest", "biggest"
    ),
    Trait(("material",), r"material|made (?:of|from|out of)"),
    Trait(("warranty",), r"warranty|guarantee"),
    Trait(("care",), r"dish ?washer|wash\w*|how (?:do i|to) clean|care"),
    Trait(("power",), r"how (?:strong|powerful)|watts?|power", "", "strongest|most powerful"),
    Trait(("noise cancelling",), r"noise ?-?cancel\w*|\banc\b"),
    Trait(("connection",), r"bluetooth|wireless|usb|connect\w*"),
)


async def follow_up_intent(turn: Turn, shelf: Shelf) -> str | None:
    """What a few words ask of the products that were shown last, as an intent; None where they are about something else."""
    before = await shelf.live_all(turn.slot("shown_products") or [])
    if not before or len(turn.text.split()) > _FEW_WORDS:
        return None
    text, words = turn.text.lower(), await shelf.words()
    if len(find_ordinals(text, len(before))) >= 2 or (len(before) >= 2 and _DIFFERENCE.search(text)):
        return "compare_products"
    match = words.names.find(turn.text)
    if match.is_plain and not any(product in before for product in match.products):
        return "search_product"
    if _asked(text) or any(trait.least + trait.most and _extremes(text, trait) for trait in TRAITS):
        return "ask_product"
    wishes = read_wishes(turn.request, words.vocabulary)
    if wishes.cheaper:
        return "ask_price"
    wants_option = wishes.filters.options or wishes.unmet
    if turn.slot("product_id") and wants_option:
        return "check_stock"
    is_one = find_ordinal(text, len(before)) is not None or ProductNames(before).find(turn.text).only
    return "search_product" if is_one or wants_option or wishes.filters != ProductFilter() else None


def answer_about(products: Sequence[Product], text: str, *, only_extremes: bool = False) -> Reply | None:
    """Answer a question about all of the products that were shown, from their records; None where they do not tell.

    Args:
        products: What was shown.
        text: The question.
        only_extremes: Whether only "which is the lightest" is asked of all, since one of them is in hand.
    """
    text = text.lower()
    for trait in TRAITS:
        choose = _extremes(text, trait)
        if choose:
            return _extreme(products, trait, choose)
    named = _named_trait(products, text)
    if named and (_MOST_OF_IT.search(text) or _LEAST_OF_IT.search(text)):
        return _extreme(products, named, max if _MOST_OF_IT.search(text) else min)
    each = None if only_extremes else _asked(text)
    return _each(products, each) if each else None


async def of_kind(turn: Turn, shelf: Shelf) -> Reply | None:
    """Which of all products of a type has most or least of something ("the lightest tent"), or what each has of it ("which bottles …")."""
    words, text = await shelf.words(), turn.text.lower()
    match, kind = words.names.find(turn.text), _kind_named(text, words.names.products)
    if kind is None or (match.only and match.by_name and match.is_plain):
        return None
    filters = read_wishes(turn.request, words.vocabulary).filters
    if filters.model_copy(update={"product_type": None}) != ProductFilter():
        return None
    products = await shelf.live_all([str(product.product_id) for product in words.names.products if product.product_type == kind])
    return answer_about(products, turn.text, only_extremes=not text.startswith("which")) if len(products) > 1 else None


def _kind_named(text: str, products: Sequence[Product]) -> str | None:
    """The one type whose head word ("bottle" of "water bottle") stands in the text; None where there are none or several."""
    said = {singular(word) for word in re.findall(r"[\w-]+", text)}
    kinds = {product.product_type for product in products if singular(product.product_type.lower().split()[-1]) in said}
    return kinds.pop() if len(kinds) == 1 else None


def _named_trait(products: Sequence[Product], text: str) -> Trait | None:
    """An attribute of most of the products whose words all stand in the text: "water column", "keeps … hot"."""
    said = {singular(word) for word in re.findall(r"\w+", text)}
    counted = Counter(name for product in products for name in product.attributes)
    known = [name for name, times in counted.items() if times * 2 > len(products) or (times > 1 and " " in name)]
    named = [name for name in known if {singular(word) for word in name.split()} <= said]
    return Trait((max(named, key=len),), "") if named else None


def _extremes(text: str, trait: Trait) -> Callable[..., Product] | None:
    chosen = [choose for words, choose in ((trait.least, min), (trait.most, max)) if words and re.search(rf"\b(?:{words})\b", text)]
    return next(iter(chosen), None)


def _asked(text: str) -> Trait | None:
    return next((trait for trait in TRAITS[::-1] if trait.asked and re.search(rf"\b(?:{trait.asked})\b", text)), None)


def _extreme(products: Sequence[Product], trait: Trait, choose: Callable[..., Product]) -> Reply | None:
    known = [product for product in products if _figure(product, trait) is not None]
    if not known:
        return None
    best = choose(known, key=lambda product: _figure(product, trait))
    others = "; ".join(f"{product.name}: {_said(product, trait)}" for product in products if product is not best)
    head = f"Of these, the {best.name} it is, with {_label(best, trait)} {_said(best, trait)}."
    slots = {"product_id": str(best.product_id)}
    return Reply(f"{head} The others: {others}." if others else head, cards=[_card_of(best, trait)], slots=slots)


def _card_of(product: Product, trait: Trait) -> dict[str, Any]:
    """A card with the price of a version that has what is told, and not of a cheaper one that has not."""
    true_of = told_in(_said(product, trait), product.variants)
    fitting = sorted(true_of, key=lambda one: (not one.available, one.price_cents))
    return card(product, fitting[0] if len(fitting) < len(product.variants) else None)


def _each(products: Sequence[Product], trait: Trait) -> Reply | None:
    if not any(_value(product, trait) for product in products):
        return None
    lines = [f"- {product.name}: {_said(product, trait)}" for product in products]
    label = next(_label(product, trait) for product in products if _value(product, trait))
    head = f"{label[:1].upper()}{label[1:]}:"
    return Reply("\n".join([head, *lines]), slots=shown(products))


def told_of(product: Product, text: str) -> str | None:
    """What one product's record says on what a text asks, or None; how long a battery lasts says nothing of how it is changed."""
    trait = _asked(text.lower())
    value = _value(product, trait) if trait else None
    if trait is None or value is None:
        return None
    line = f"{_label(product, trait)}: {value}"
    return None if asked.told(text, [line], f"{product.name}, {product.product_type}") == [False] else f"{product.name}, {line}."


def _label(product: Product, trait: Trait) -> str:
    return next((name for name in trait.names if name in product.attributes), trait.names[0])


def _value(product: Product, trait: Trait) -> str | None:
    if trait.names == (_PRICE,):
        return money(product.from_price_cents, product.currency)
    if trait.names == (_RATING,):
        rating = average_rating(product)
        return f"{rating:.1f} of 5" if rating is not None else None
    return next((product.attributes[name] for name in trait.names if name in product.attributes), None)


def _said(product: Product, trait: Trait) -> str:
    return _value(product, trait) or "not stated"


def _figure(product: Product, trait: Trait) -> float | None:
    """The first number of the value in one unit, for comparing."""
    if trait.names == (_PRICE,):
        return product.from_price_cents
    found = _NUMBER.search(_value(product, trait) or "")
    return float(found[1].replace(",", ".")) * _UNITS.get(found[2].lower(), 1.0) if found else None


def comes_later(turn: Turn) -> bool:
    """Whether "when does it come" after tracking is about the order, and no product."""
    return turn.slot("last_intent") == "track_order" and bool(_COMES.search(turn.text.lower()))

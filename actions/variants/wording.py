"""Says what was understood and how variants differ. Every figure is copied from a record."""

from collections.abc import Sequence
from dataclasses import replace

from actions.variants.judge import faults
from actions.variants.model import PRICE, Outcome, VariantChoice, Wish
from actions.variants.scales import option_names, product_scale
from shop.models import OrderLine, Product, Variant
from shop.wording import join, money

PRICED = {1: "most expensive", -1: "cheapest"}
MORE = {1: "more", -1: "less"}


def price_sign(wish: Wish) -> int:
    """1 where the dearest is wished for, -1 where the cheapest is, 0 where neither."""
    return next((one.sign for one in wish.extremes if one.option == PRICE), 0)


def differences(variant: Variant, present: OrderLine) -> str:
    """What differs from what the customer has, such as "white instead of black"; empty where nothing does."""
    return ", ".join(
        f"{_value(name, value)} instead of {_value(name, present.options[name])}"
        for name, value in variant.options.items()
        if name in present.options and present.options[name] != value
    )


def variant_titles(variants: Sequence[Variant], product: Product, present: OrderLine | None = None) -> list[str]:
    """A short title for each of several variants: the options by which they differ, from each other and from what is had, and the price."""
    own = [present.options] if present else []
    all_options = [*(variant.options for variant in variants), *own]
    names = [name for name in option_names(product) if len({options.get(name) for options in all_options}) > 1]
    titles = []
    for variant in variants:
        options = {name: variant.options[name] for name in (names or variant.options) if name in variant.options}
        words = ", ".join(_value(name, value) for name, value in options.items()) or product.name
        titles.append(f"{words} ({money(variant.price_cents, product.currency)})")
    return titles


def reading_words(wish: Wish, currency: str = "EUR") -> str:
    """What was understood, in a phrase such as "switch type clicky blue; up to 90.00 EUR"; empty where nothing was."""
    parts = [f"{name} {' or '.join(values)}" for name, values in wish.required.items()]
    parts += [f"not {_value(name, value)}" for name, values in wish.excluded.items() for value in values]
    parts += [one.said for one in wish.bounds]
    parts += [one.said for one in wish.comparisons]
    parts += [one.said for one in wish.extremes]
    parts += [" before ".join(" or ".join(group) for group in one.values) for one in wish.preferences]
    parts += [f"the same {name}" for name in sorted(wish.kept)]
    parts += [f"up to {money(wish.max_cents, currency)}"] if wish.max_cents is not None else []
    parts += [f"from {money(wish.min_cents, currency)}"] if wish.min_cents is not None else []
    parts += ["the same once more"] if wish.same else []
    return "; ".join(dict.fromkeys(parts))


def question_words(choice: VariantChoice, product: Product, present: OrderLine | None = None) -> str:
    """The sentence that goes before the choices, or that says why there is none."""
    if choice.outcome is Outcome.SEVERAL:
        return f"These versions of the {product.name} fit. Which one shall it be?"
    if choice.outcome is Outcome.NEAREST:
        return _nearest(choice, product, present)
    if choice.outcome is Outcome.PRESENT:
        return _already(choice, product)
    if choice.outcome is Outcome.OTHER_PRODUCT:
        return f"It can only be changed to another version of the {product.name}, not to another product such as a {choice.other}."
    return f"{_unclear(choice.wish)}What shall the new {product.name} be like? It comes in {options_words(product)}."


def options_words(product: Product) -> str:
    """The options that a product comes in and that can be bought, such as "colour: black, white; size: M, L"."""
    there = [variant for variant in product.variants if variant.available] or product.variants
    parts = []
    for name in option_names(product):
        values = list(dict.fromkeys(variant.options[name] for variant in there if name in variant.options))
        parts.append(f"{name}: {', '.join(values)}")
    return "; ".join(parts) or "one version only"


def _nearest(choice: VariantChoice, product: Product, present: OrderLine | None) -> str:
    if present and choice.variants and (more := _no_more(choice.wish, product, present, choice.variants[0])):
        missing = more
    elif choice.wish.unmet:
        missing = f"There is no {product.name} in {' or '.join(choice.wish.unmet)}."
    elif choice.sold_out:
        missing = f"The {product.name} ({', '.join(choice.sold_out[0].options.values())}) exists but is sold out."
    else:
        missing = _missing(choice.wish, product, present)
    if not choice.variants:
        return f"{missing} Nothing else of it is in stock."
    if len(choice.variants) == 1 and present is not None:
        return f"{missing} The nearest in stock is {differences(choice.variants[0], present)}."
    return f"{missing} The nearest in stock:"


def _no_more(wish: Wish, product: Product, present: OrderLine, nearest: Variant) -> str:
    """That nothing with what has to stay has more of an option than the customer's own; empty where that is not so."""
    one = next((one for one in wish.extremes if one.option != PRICE), None)
    scale = product_scale(product, one.option) if one else None
    own = (scale or {}).get(present.options.get(one.option, "")) if one else None
    held = wish.held(present.options) & present.options.keys()
    if one is None or scale is None or own is None or not held or wish.unmet or one.option in wish.required:
        return ""
    places = [(place - own) * one.sign for other in product.variants if (place := scale.get(other.options.get(one.option, ""))) is not None
              and all(other.options.get(name) == present.options.get(name) for name in held)]  # fmt: skip
    if max(places, default=0) > 0 or (scale.get(nearest.options.get(one.option, ""), own) - own) * one.sign <= 0:
        return ""
    like = join([_value(name, present.options[name]) for name in option_names(product) if name in held])
    return f"No {product.name} with {like} has {'more' if one.sign > 0 else 'less'} {one.option} than yours."


def _already(choice: VariantChoice, product: Product) -> str:
    asked = reading_words(choice.wish, product.currency) if choice.wish.extremes else ""
    sign = price_sign(choice.wish)
    if sign:
        besides = reading_words(replace(choice.wish, extremes=()), product.currency)
        like = f" ({besides})" if besides else ""
        return f"Your {product.name} is already the {PRICED[sign]}{like}: no version in stock costs {MORE[sign]}."
    if asked:
        return f"Of the {product.name}, the one that you have already is like that ({asked}); there is no other."
    return f"That is the version of the {product.name} that you have already."


def _missing(wish: Wish, product: Product, present: OrderLine | None) -> str:
    """Why there is none: none is made like that, only the customer's own is, or something else would have to change."""
    asked = reading_words(wish, product.currency)
    like = f"like that{f' ({asked})' if asked else ''}"
    made = [one for one in product.variants if not faults(one, wish, product, present)]
    if made and present and all(one.variant_id == present.variant_id for one in made):
        return f"Only the {product.name} that you have is {like}."
    return f"There is no {product.name} {like}{' with everything else unchanged' if made else ' at all'}."


def _unclear(wish: Wish) -> str:
    return f'I can\'t tell what "{wish.unclear[0]}" means for it. ' if wish.unclear else ""


def _value(name: str, value: str) -> str:
    """A value as it can be said alone: yes and no, numbers and "none" need the option's name."""
    return f"{name} {value}" if value.lower() in {"yes", "no", "none"} or value.replace(".", "").isdigit() else value

"""Finds the variants that a wish means. Nothing is guessed: one that fits, several to ask about, or the nearest."""

from collections.abc import Sequence
from dataclasses import replace

from actions.variants.fallbacks import split_fallback
from actions.variants.judge import Judge, faults
from actions.variants.model import Extreme, FallbackKind, Outcome, VariantChoice, Wish
from actions.variants.others import names_other_product, with_own_variants
from actions.variants.reading import read_wish
from shop.models import OrderLine, Product, Variant

MOST = 5
"""How many variants a question offers."""


def choose_variant(
    text: str,
    product: Product,
    present: OrderLine | None = None,
    *,
    among: Sequence[str] = (),
    own: Sequence[OrderLine] = (),
    known: Sequence[Product] = (),
    same_allowed: bool = False,
) -> VariantChoice:
    """Say which variant of a product a customer's words ask for.

    Args:
        text: The customer's words, the condition for where the wish cannot be met included.
        product: The product as it is sold now.
        present: The line that is to be changed; its options are kept unless the words change them. None where
            nothing was bought yet.
        among: Ids of the variants that were just offered: "the second one", "the cheaper one" and bare values mean these.
        own: The customer's other lines, for "the same as in my other order".
        known: The catalogue, for other products and for values that this product lacks.
        same_allowed: Whether the variant that the customer has may be chosen again, as in an exchange.

    Returns:
        The choice. Variants that cannot be bought are never chosen; those that would fit are in `sold_out`.
    """
    parts = split_fallback(text)
    first = _choose(parts.text, product, present, among=among, own=own, known=known, same_allowed=same_allowed)
    if parts.fallback is None or first.outcome in {Outcome.CHOSEN, Outcome.SEVERAL, Outcome.NOT_SAID}:
        return first
    if parts.fallback.kind is not FallbackKind.WISH:
        return replace(first, fallback=parts.fallback)
    second = _second(first, parts.text, parts.fallback.text, product, present, own=own, known=known, same_allowed=same_allowed)
    return replace(second, used_fallback=True) if second.variants and second.outcome is not Outcome.NEAREST else first


def _second(first: VariantChoice, text: str, fallback: str, product: Product, present: OrderLine | None, **more: object) -> VariantChoice:
    """The second wish: what it leaves unsaid is taken from the first, where that can be had."""
    then = split_fallback(fallback)
    later = read_wish(then.text, product, present)[0]
    joined = _choose_wishes([_joined(first.wish, later)], product, present, same_allowed=bool(more.get("same_allowed")))
    if joined.outcome in {Outcome.CHOSEN, Outcome.SEVERAL}:
        return joined
    _ = text
    return choose_variant(fallback, product, present, **more)  # type: ignore[arg-type]


def _joined(first: Wish, later: Wish) -> Wish:
    kept = {name: values for name, values in first.required.items() if name not in later.touched}
    wanted = later.touched
    return replace(
        later,
        required={**kept, **later.required},
        excluded={**{name: values for name, values in first.excluded.items() if name not in wanted}, **later.excluded},
        bounds=(*(one for one in first.bounds if one.option not in wanted), *later.bounds),
        max_cents=later.max_cents if later.max_cents is not None else first.max_cents,
        kept=first.kept | later.kept,
        free=first.free | later.free,
    )


def _choose(
    text: str,
    product: Product,
    present: OrderLine | None,
    *,
    among: Sequence[str],
    own: Sequence[OrderLine],
    known: Sequence[Product],
    same_allowed: bool,
) -> VariantChoice:
    other = names_other_product(text, product, known)
    if other is not None:
        return VariantChoice(Outcome.OTHER_PRODUCT, other=other)
    wishes = with_own_variants(read_wish(text, product, present, among=among, known=known), text, product, present, own)
    return _choose_wishes(wishes, product, present, among=among, same_allowed=same_allowed)


def _choose_wishes(
    wishes: Sequence[Wish], product: Product, present: OrderLine | None, *, among: Sequence[str] = (), same_allowed: bool = False
) -> VariantChoice:
    choices = [_resolve(wish, product, present, among=among, same_allowed=same_allowed) for wish in wishes]
    rank = [Outcome.CHOSEN, Outcome.SEVERAL, Outcome.NEAREST, Outcome.PRESENT, Outcome.NOT_SAID]
    best = min((choice.outcome for choice in choices), key=rank.index)
    if best in {Outcome.CHOSEN, Outcome.SEVERAL}:
        fitting = [choice for choice in choices if choice.outcome in {Outcome.CHOSEN, Outcome.SEVERAL}]
        variants = tuple(dict.fromkeys(_ids(variant for choice in fitting for variant in choice.variants)))
        by_id = {str(variant.variant_id): variant for variant in product.variants}
        found = tuple(by_id[one] for one in variants)
        return replace(fitting[0], variants=found[:MOST], outcome=Outcome.CHOSEN if len(found) == 1 else Outcome.SEVERAL)
    return next(choice for choice in choices if choice.outcome is best)


def _ids(variants: object) -> list[str]:
    return [str(variant.variant_id) for variant in variants]  # type: ignore[attr-defined]


def _resolve(wish: Wish, product: Product, present: OrderLine | None, *, among: Sequence[str], same_allowed: bool) -> VariantChoice:
    if wish.is_empty and not wish.unmet:
        return VariantChoice(Outcome.NOT_SAID, wish=wish)
    pool = [variant for variant in product.variants if not among or str(variant.variant_id) in among]
    if wish.picked:
        pool = [variant for variant in product.variants if str(variant.variant_id) in wish.picked]
        return _picked(pool, wish, present, same_allowed=same_allowed)
    if wish.same and present is not None:
        pool = [variant for variant in pool if variant.variant_id == present.variant_id]
        return _picked(pool, wish, present, same_allowed=same_allowed, product=product)
    if among:
        wish = _among(wish)
    judge = Judge(wish, product, present, keeps=not among)
    asked = [variant for variant in pool if not faults(variant, wish, product, present)] if not wish.unmet else []
    present_id = present.variant_id if present else None
    # What the customer has may be the cheapest already, sold out or not.
    within = [variant for variant in asked if variant.stock != 0 or variant.variant_id == present_id]
    found = judge.best([variant for variant in within if judge.changes(variant) == 0], within)
    other = [variant for variant in found if variant.variant_id != present_id]
    sold_out = tuple(one for one in asked if one.stock == 0 and one.variant_id != present_id and judge.changes(one) == 0)
    if other:
        return VariantChoice(Outcome.CHOSEN if len(other) == 1 else Outcome.SEVERAL, tuple(other[:MOST]), wish, sold_out)
    if found:
        return VariantChoice(Outcome.PRESENT, tuple(found), wish, sold_out)
    return VariantChoice(Outcome.NEAREST, tuple(judge.nearest()), wish, sold_out)


def _among(wish: Wish) -> Wish:
    """Of those that were offered, "the cheaper one" is the cheapest."""
    extremes = (*wish.extremes, *(Extreme(one.option, one.sign, one.said) for one in wish.comparisons))
    return replace(wish, comparisons=(), extremes=extremes)


def _picked(
    pool: Sequence[Variant], wish: Wish, present: OrderLine | None, *, same_allowed: bool, product: Product | None = None
) -> VariantChoice:
    if present is not None and not same_allowed and any(variant.variant_id == present.variant_id for variant in pool):
        return VariantChoice(Outcome.PRESENT, tuple(pool), wish)
    buyable = tuple(variant for variant in pool if variant.stock != 0)
    if buyable:
        return VariantChoice(Outcome.CHOSEN if len(buyable) == 1 else Outcome.SEVERAL, buyable, wish)
    near = Judge(wish, product, present, keeps=True).nearest() if product else []
    return VariantChoice(Outcome.NEAREST, tuple(near), wish, sold_out=tuple(pool))

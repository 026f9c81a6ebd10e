"""Finds the variants that a wish means. Nothing is guessed: one that fits, several to ask about, or the nearest."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from actions.variants.fallbacks import split_fallback
from actions.variants.model import PRICE, Extreme, FallbackKind, Outcome, VariantChoice, Wish
from actions.variants.others import names_other_product, with_own_variants
from actions.variants.reading import read_wish
from actions.variants.scales import option_names, option_values, place_of, product_scale
from actions.variants.values import tokens_of
from shop.models import OrderLine, Product, Variant

MOST = 5
"""How many variants a question offers."""
_NEAREST = 3


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
    judge = _Judge(wish, product, present, keeps=not among)
    asked = [variant for variant in pool if not _faults(variant, wish, product, present)] if not wish.unmet else []
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
    return VariantChoice(Outcome.NEAREST, tuple(judge.nearest(same_allowed=same_allowed)), wish, sold_out)


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
    near = _Judge(wish, product, present, keeps=True).nearest(same_allowed=False) if product else []
    return VariantChoice(Outcome.NEAREST, tuple(near), wish, sold_out=tuple(pool))


def _faults(variant: Variant, wish: Wish, product: Product, present: OrderLine | None) -> int:
    """How many of the wishes that have to be met a variant does not meet."""
    options = variant.options
    faults = sum(options.get(name) not in values for name, values in wish.required.items())
    faults += sum(options.get(name) in values for name, values in wish.excluded.items())
    faults += sum(one.strict and options.get(one.option) not in {v for group in one.values for v in group} for one in wish.preferences)
    for bound in wish.bounds:
        place = (product_scale(product, bound.option) or {}).get(options.get(bound.option, ""))
        gap = None if place is None else (place - bound.rank) * bound.sign
        faults += gap is None or gap < 0 or (gap == 0 and bound.strict)
    faults += wish.max_cents is not None and variant.price_cents > wish.max_cents
    faults += wish.min_cents is not None and variant.price_cents < wish.min_cents
    return faults + sum(not _is_more(variant, one.option, one.sign, one.steps, product, present) for one in wish.comparisons)


def _is_more(variant: Variant, option: str, sign: int, steps: int | None, product: Product, present: OrderLine | None) -> bool:
    if present is None:
        return True
    if option == PRICE:
        return (variant.price_cents - present.price_cents) * sign > 0
    scale = product_scale(product, option) or {}
    here, there = scale.get(present.options.get(option, "")), scale.get(variant.options.get(option, ""))
    if here is None or there is None or (there - here) * sign <= 0:
        return False
    if not steps:
        return True
    ladder = sorted(set(scale.values()))
    return ladder.index(there) - ladder.index(here) == steps * sign


class _Judge:
    """Holds variants of one product against one wish."""

    def __init__(self, wish: Wish, product: Product, present: OrderLine | None, *, keeps: bool) -> None:
        self._wish, self._product, self._present = wish, product, present
        by_price = PRICE in {one.option for one in wish.extremes} | {one.option for one in wish.comparisons}
        self._keeps_all = keeps and not wish.all_free and not by_price
        self._kept = frozenset(option_names(product)) - wish.touched if self._keeps_all else wish.kept

    def changes(self, variant: Variant) -> int:
        """How many options that should stay are different."""
        if self._present is None:
            return 0
        now = self._present.options
        return sum(variant.options.get(name) != now[name] for name in self._kept if name in now)

    def best(self, exact: Sequence[Variant], fitting: Sequence[Variant]) -> list[Variant]:
        """Those of the exactly fitting that the wish likes best, and what would be better still with another option changed."""
        top = self._liked(exact)
        if self._wish.extremes and self._keeps_all and fitting:
            reached = max(map(self._extent, top), default=self._worst)
            further = [variant for variant in self._liked(fitting) if self._extent(variant) > reached]
            if further:
                least = min(map(self.changes, further))
                top = [*top, *(variant for variant in further if self.changes(variant) == least)]
        top = sorted(top, key=self._order)
        if len(top) > 1 and (self._wish.all_free or self._wish.free) and not self._wish.extremes:
            return self._least_changed(top)
        return top

    def nearest(self, *, same_allowed: bool) -> list[Variant]:
        """The variants that come nearest to the wish and can be bought."""
        present_id = self._present.variant_id if self._present else None
        pool = [v for v in self._product.variants if v.stock != 0 and (same_allowed or v.variant_id != present_id)]
        keyed = {str(variant.variant_id): (*self._distance(variant), *self._order(variant)) for variant in pool}
        return sorted(pool, key=lambda variant: keyed[str(variant.variant_id)])[:_NEAREST]

    def _least_changed(self, variants: Sequence[Variant]) -> list[Variant]:
        """Where all will do: of those that change least, the cheapest."""
        now = self._present.options if self._present else {}
        return [min(variants, key=lambda v: (sum(v.options.get(name) != value for name, value in now.items()), *self._order(v)))]

    def _liked(self, variants: Sequence[Variant]) -> list[Variant]:
        found = list(variants)
        for liking in (self._extent, self._preference, self._next):
            top = max(map(liking, found), default=self._worst)
            found = [variant for variant in found if liking(variant) == top]
        return self._kept_most(found)

    def _kept_most(self, variants: list[Variant]) -> list[Variant]:
        """Of those that are the cheapest alike, the ones that change least."""
        if not any(one.option == PRICE for one in self._wish.extremes) or self._present is None:
            return variants
        now = self._present.options
        count: Callable[[Variant], int] = lambda v: sum(v.options.get(name) != value for name, value in now.items())  # noqa: E731
        least = min(map(count, variants), default=0)
        return [variant for variant in variants if count(variant) == least]

    @property
    def _worst(self) -> tuple[float, ...]:
        return (float("-inf"),)

    def _extent(self, variant: Variant) -> tuple[float, ...]:
        return tuple(one.sign * self._place(variant, one.option) for one in self._wish.extremes)

    def _preference(self, variant: Variant) -> tuple[float, ...]:
        ranks = []
        for one in self._wish.preferences:
            value = variant.options.get(one.option, "")
            place = next((at for at, group in enumerate(one.values) if value in group), len(one.values))
            stays = self._present is not None and self._present.options.get(one.option) == value
            ranks.append(-float(place) + (0.5 if place == len(one.values) and stays else 0))
        return tuple(ranks)

    def _next(self, variant: Variant) -> tuple[float, ...]:
        near = [one for one in self._wish.comparisons if one.steps == 0]
        return tuple(-one.sign * self._place(variant, one.option) for one in near)

    def _place(self, variant: Variant, option: str) -> float:
        if option == PRICE:
            return float(variant.price_cents)
        return (product_scale(self._product, option) or {}).get(variant.options.get(option, ""), 0.0)

    def _order(self, variant: Variant) -> tuple[float, ...]:
        return (*(-rank for rank in self._preference(variant)), float(self.changes(variant)), float(variant.price_cents))

    def _distance(self, variant: Variant) -> tuple[float, ...]:
        faults = _faults(variant, self._wish, self._product, self._present)
        return (float(faults), self._gap(variant), float(self.changes(variant)))

    def _gap(self, variant: Variant) -> float:
        """How far a measure that no variant has is away: 700 ml is nearer to 750 ml than to 500 ml."""
        gap = 0.0
        for raw in self._wish.unmet:
            for name in option_names(self._product):
                key = next((token.key for token in tokens_of(raw)), "")
                place = place_of(key, option_values(self._product, name))
                if place is not None:
                    gap += abs(self._place(variant, name) - place)
        return gap

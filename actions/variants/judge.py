"""Holds the variants of a product against a wish."""

from collections.abc import Callable, Sequence

from actions.variants.model import PRICE, Wish
from actions.variants.scales import option_names, option_values, place_of, product_scale
from actions.variants.values import tokens_of
from shop.models import OrderLine, Product, Variant

_NEAREST = 3


def faults(variant: Variant, wish: Wish, product: Product, present: OrderLine | None) -> int:
    """How many of the wishes that have to be met a variant does not meet."""
    options = variant.options
    count = sum(options.get(name) not in values for name, values in wish.required.items())
    count += sum(options.get(name) in values for name, values in wish.excluded.items())
    count += sum(one.strict and options.get(one.option) not in {v for group in one.values for v in group} for one in wish.preferences)
    for bound in wish.bounds:
        place = (product_scale(product, bound.option) or {}).get(options.get(bound.option, ""))
        count += place is None or not bound.allows(place)
    count += wish.max_cents is not None and variant.price_cents > wish.max_cents
    count += wish.min_cents is not None and variant.price_cents < wish.min_cents
    return count + sum(not _is_more(variant, one.option, one.sign, one.steps, product, present) for one in wish.comparisons)


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


class Judge:
    """Holds variants of one product against one wish.

    Args:
        wish: What is asked for.
        product: The product.
        present: What the customer has.
        keeps: Whether options that are not named have to stay; not so among variants that were just offered.
    """

    def __init__(self, wish: Wish, product: Product, present: OrderLine | None, *, keeps: bool) -> None:
        self._wish, self._product, self._present = wish, product, present
        self._compared = Wish(comparisons=tuple(one for one in wish.comparisons if one.option != PRICE))
        self._now = present.options if present else {}
        self._present_id = present.variant_id if present else None
        by_price = PRICE in {one.option for one in wish.extremes} | {one.option for one in wish.comparisons}
        self._keeps_all = keeps and not wish.all_free and not by_price
        self._kept = (frozenset(option_names(product)) - wish.touched) | self._within_bounds() if self._keeps_all else wish.kept

    def _within_bounds(self) -> frozenset[str]:
        """Options of which only a measure is asked that the present value has: "at most 15 inch" changes no 15 inch."""
        found = set()
        for bound in self._wish.bounds:
            place = (product_scale(self._product, bound.option) or {}).get(self._now.get(bound.option, ""))
            if place is not None and bound.allows(place):
                found.add(bound.option)
        return frozenset(found)

    def changes(self, variant: Variant) -> int:
        """How many options that should stay are different."""
        return sum(variant.options.get(name) != self._now[name] for name in self._kept if name in self._now)

    def differs(self, variant: Variant) -> int:
        """How many options are different at all."""
        return sum(variant.options.get(name) != value for name, value in self._now.items())

    def best(self, exact: Sequence[Variant], fitting: Sequence[Variant]) -> list[Variant]:
        """Those of the exactly fitting that the wish likes best, and what would be better still with another option changed."""
        top = self._liked(exact)
        if self._wish.extremes and self._keeps_all and fitting:
            reached = max(map(self._extent, top), default=self._worst)
            within = [variant for variant in fitting if self._is_kept(variant)]
            further = [variant for variant in self._liked(within) if self._extent(variant) > reached]
            if further:
                least = min(map(self.changes, further))
                top = [*top, *(variant for variant in further if self.changes(variant) == least)]
        top = sorted(top, key=self._order)
        if len(top) > 1 and (self._wish.all_free or self._wish.free) and not self._wish.extremes:
            return self._least_changed(top)
        return top

    def _is_kept(self, variant: Variant) -> bool:
        """Whether what was said to stay does."""
        return all(variant.options.get(name) == self._now.get(name) for name in self._wish.kept)

    def is_topped(self, others: Sequence[Variant], found: Sequence[Variant]) -> bool:
        """Whether one of the others has more of what is wanted most: the biggest is another, and it is sold out."""
        return bool(self._wish.extremes) and max(map(self._extent, others), default=self._worst) > max(map(self._extent, found))

    def ranked(self, variants: Sequence[Variant]) -> list[Variant]:
        """Variants, the one that is liked best first."""
        return sorted(variants, key=self._order)

    def further(self) -> list[Variant]:
        """Where nothing that keeps what has to stay has more of what is wanted most: those that have, the most first."""
        if not self._present or not any(one.option != PRICE for one in self._wish.extremes):
            return []
        own = self._extent(self._product.variants[0].model_copy(update={"options": self._now, "price_cents": self._present.price_cents}))
        more = [one for one in self._product.variants if one.available and self._extent(one) > own]
        ranked = sorted(more, key=lambda one: (*(-part for part in self._extent(one)), *self._order(one)))
        return ranked[:_NEAREST]

    def nearest(self) -> list[Variant]:
        """The variants that come nearest to the wish and can be bought."""
        pool = [variant for variant in self._product.variants if variant.available and variant.variant_id != self._present_id]
        # "Less bright" is never met by one that is not, whatever else is like that.
        pool = [one for one in pool if not faults(one, self._compared, self._product, self._present)] or pool
        keyed = {str(variant.variant_id): (*self._distance(variant), *self._order(variant)) for variant in pool}
        return sorted(pool, key=lambda variant: keyed[str(variant.variant_id)])[:_NEAREST]

    def _least_changed(self, variants: Sequence[Variant]) -> list[Variant]:
        """Where all will do: of those that change least, the cheapest."""
        other = [variant for variant in variants if variant.variant_id != self._present_id]
        return [min(other or variants, key=lambda variant: (self.differs(variant), *self._order(variant)))]

    def _liked(self, variants: Sequence[Variant]) -> list[Variant]:
        found = list(variants)
        for liking in self._likings():
            top = max(map(liking, found), default=self._worst)
            found = [variant for variant in found if liking(variant) == top]
        if not any(one.option == PRICE for one in self._wish.extremes):
            return found
        # Of those that cost alike, the ones that change least.
        least = min(map(self.differs, found), default=0)
        return [variant for variant in found if self.differs(variant) == least]

    def _likings(self) -> tuple[Callable[[Variant], tuple[float, ...]], ...]:
        """What is liked, the first said first: "prefer red, whichever is cheaper", "the cheapest, preferably red"."""
        first = min((one.at for one in self._wish.preferences), default=0)
        prefers_first = any(one.at > first for one in self._wish.extremes) and bool(self._wish.preferences)
        return (self._preference, self._extent, self._next) if prefers_first else (self._extent, self._preference, self._next)

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
            stays = self._now.get(one.option) == value
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
        liked = (-rank for rank in self._preference(variant))
        return (*liked, float(self.changes(variant)), float(self.differs(variant)), float(variant.price_cents))

    def _distance(self, variant: Variant) -> tuple[float, ...]:
        count = faults(variant, self._wish, self._product, self._present) + self._gives_up(variant)
        return (float(count), self._gap(variant), float(self.changes(variant)))

    def _gives_up(self, variant: Variant) -> int:
        """How many values that the customer has and names are others: they weigh more, because they were said to be kept."""
        held = [name for name, values in self._wish.required.items() if values == (self._now.get(name),)]
        return sum(variant.options.get(name) != self._now[name] for name in held)

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

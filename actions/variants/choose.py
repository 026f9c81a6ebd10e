"""Finds the variants that a wish means. Nothing is guessed: one that fits, several to ask about, or the nearest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.variants.fallbacks import split_fallback
from actions.variants.judge import Judge, faults
from actions.variants.model import PRICE, Extreme, FallbackKind, Outcome, VariantChoice, Wish
from actions.variants.others import names_other_product, with_own_variants
from actions.variants.reading import read_wish
from actions.variants.scales import option_names
from shop.models import OrderLine, Product, Variant

MOST = 5
"""How many variants a question offers."""
_RETRACTED = re.compile(
    r"\b(?:no[,.]? wait|wait[,.]? no|scratch that|strike that|on second thoughts?|actually[,.]? no|n(?:o|ah|ope)[,.]? actually"
    r"|hm+[,.]? no|nah)\b",
    re.IGNORECASE,
)
_DISMISSED = re.compile(
    r"^.*\b(?:sounds?|looks?|seems?|is|was|would be) (?:\w+ )?"
    r"(?:fun|nice|good|great|tempting|lovely|pretty|cute|cool|tempted|interesting)\W+"
    r"(?:but |though |hmm* |well )*(?:no+|nah|nope|actually)\b[\s,.]*(?=\w)",
    re.IGNORECASE | re.DOTALL,
)
"""What was only thought of aloud: "the red one sounds fun... nah, the blue one"."""
_FOUND = frozenset({Outcome.CHOSEN, Outcome.SEVERAL})
_RANK = (Outcome.CHOSEN, Outcome.SEVERAL, Outcome.NEAREST, Outcome.PRESENT, Outcome.NOT_SAID)


@dataclass(frozen=True)
class _Matter:
    """What wishes are held against; the fields are the arguments of `choose_variant`."""

    product: Product
    present: OrderLine | None
    among: Sequence[str] = ()
    own: Sequence[OrderLine] = ()
    known: Sequence[Product] = ()
    same_allowed: bool = False
    strict: bool = False

    @property
    def present_id(self) -> str | None:
        """The variant that the customer has."""
        return str(self.present.variant_id) if self.present else None


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
    return _with_fallback(text, _Matter(product, present, among, own, known, same_allowed))


def _with_fallback(text: str, matter: _Matter) -> VariantChoice:
    parts = split_fallback(text)
    # "Preferably red, else leave it": where there is something to do without, what is preferred is needed.
    first = _choose(parts.text, replace(matter, strict=parts.fallback is not None))
    if parts.fallback is None or first.outcome in _FOUND or first.outcome is Outcome.NOT_SAID:
        return first
    if parts.fallback.kind is not FallbackKind.WISH:
        return replace(first, fallback=parts.fallback)
    second = _second(first, parts.fallback.text, replace(matter, among=()))
    # "Less bright, or else on battery" is not met by the customer's own.
    is_own = second.outcome is Outcome.PRESENT and bool(first.wish.comparisons)
    if second.variants and second.outcome is not Outcome.NEAREST and not is_own:
        return replace(second, used_fallback=True, missed=second.missed or first.wish)
    return replace(first, fallback=second.fallback)


def _second(first: VariantChoice, fallback: str, matter: _Matter) -> VariantChoice:
    """The second wish: what it leaves unsaid is taken from the first, where that can be had."""
    later = read_wish(split_fallback(fallback).text, matter.product, matter.present)[0]
    both = _joined(first.wish, later)
    # "One under 30; if there is none, the cheapest": the limit is what could not be kept.
    for wish in (both, replace(both, max_cents=later.max_cents, min_cents=later.min_cents)):
        joined = _resolve(wish, matter)
        if joined.outcome in _FOUND:
            return joined
    return _with_fallback(fallback, matter)


def _joined(first: Wish, later: Wish) -> Wish:
    wanted = later.touched
    required = {name: values for name, values in first.required.items() if name not in wanted}
    excluded = {name: values for name, values in first.excluded.items() if name not in wanted}
    return replace(
        later,
        required={**required, **later.required},
        excluded={**excluded, **later.excluded},
        bounds=(*(one for one in first.bounds if one.option not in wanted), *later.bounds),
        comparisons=(*(one for one in first.comparisons if one.option not in wanted | {PRICE}), *later.comparisons),
        extremes=(*(one for one in first.extremes if one.option not in wanted | {PRICE}), *later.extremes),
        max_cents=later.max_cents if later.max_cents is not None else first.max_cents,
        kept=first.kept | later.kept,
        free=first.free | later.free,
    )


def _choose(text: str, matter: _Matter) -> VariantChoice:
    other = names_other_product(text, matter.product, matter.known)
    if other is not None:
        return VariantChoice(Outcome.OTHER_PRODUCT, other=other)
    read = _read(text, matter)
    if matter.strict:
        read = tuple(replace(wish, preferences=tuple(replace(one, strict=True) for one in wish.preferences)) for wish in read)
    wishes = with_own_variants(read, text, matter.product, matter.present, matter.own)
    return _best([_resolve(wish, matter) for wish in wishes], matter.product)


def _read(text: str, matter: _Matter) -> Sequence[Wish]:
    """Read a text; of what is said before "no wait", only what is not said otherwise after it."""

    def read(part: str) -> Sequence[Wish]:
        return read_wish(part, matter.product, matter.present, among=matter.among, known=matter.known)

    dismissed = _DISMISSED.search(text)
    if dismissed and not read(text[dismissed.end() :])[0].is_empty:
        return _read(text[dismissed.end() :], matter)
    retracted = _RETRACTED.search(text)
    later = read(text[retracted.end() :]) if retracted else ()
    if not retracted or not later or later[0].is_empty:
        return read(text)
    first = read(text[: retracted.start()])[0]
    options = set(option_names(matter.product))
    return [one if options <= one.touched | one.kept else _joined(first, one) for one in later]


def _best(choices: Sequence[VariantChoice], product: Product) -> VariantChoice:
    """What the readings come to together: where several bring something, all of it is asked about."""
    found = [choice for choice in choices if choice.outcome in _FOUND]
    if not found:
        return min(choices, key=lambda choice: _RANK.index(choice.outcome))
    ids = list(dict.fromkeys(str(variant.variant_id) for choice in found for variant in choice.variants))
    by_id = {str(variant.variant_id): variant for variant in product.variants}
    return _found([by_id[one] for one in ids], found[0].wish, found[0].sold_out)


def _found(variants: Sequence[Variant], wish: Wish, sold_out: tuple[Variant, ...] = ()) -> VariantChoice:
    return VariantChoice(Outcome.CHOSEN if len(variants) == 1 else Outcome.SEVERAL, tuple(variants[:MOST]), wish, sold_out)


def _resolve(wish: Wish, matter: _Matter) -> VariantChoice:
    if wish.is_empty and not wish.unmet:
        return VariantChoice(Outcome.NOT_SAID, wish=wish)
    if wish.picked or (wish.same and matter.present_id):
        return _picked(wish.picked or (str(matter.present_id),), wish, matter)
    return _fitting(_among(wish) if matter.among else wish, matter)


def _fitting(wish: Wish, matter: _Matter) -> VariantChoice:
    """The variants that fit and can be bought; the present one counts too, because it may be the cheapest already."""
    judge = Judge(wish, matter.product, matter.present, keeps=not matter.among)
    pool = [one for one in matter.product.variants if not matter.among or str(one.variant_id) in matter.among]
    asked = [one for one in pool if not faults(one, wish, matter.product, matter.present)] if not wish.unmet else []
    within = [one for one in asked if one.available or one.variant_id == matter.present_id]
    found = judge.best([one for one in within if judge.changes(one) == 0], within)
    other = [one for one in found if one.variant_id != matter.present_id]
    if matter.present and not matter.among and _gains_nothing(wish, matter.present, other, matter.product):
        # What is sold out is no better price: the customer's own stays, even where it is sold out itself.
        return VariantChoice(Outcome.PRESENT, tuple(one for one in pool if one.variant_id == matter.present_id), wish)
    gone = [one for one in asked if not one.available and one.variant_id != matter.present_id and judge.changes(one) == 0]
    sold_out = tuple(judge.ranked(gone))
    if other and all(judge.changes(one) for one in other):
        # The biggest, but in another colour: what differs is said before it is taken.
        return VariantChoice(Outcome.NEAREST, tuple(other[:MOST]), wish, sold_out)
    if other:
        return _found(other, wish, sold_out)
    further = judge.further() if found and matter.present and wish.held(matter.present.options) else []
    if further:
        return VariantChoice(Outcome.NEAREST, tuple(further), wish, sold_out)
    is_best = found and not judge.is_topped(sold_out, found)
    outcome, variants = (Outcome.PRESENT, found) if is_best else (Outcome.NEAREST, judge.nearest())
    return VariantChoice(outcome, tuple(variants), wish, sold_out)


def _gains_nothing(wish: Wish, present: OrderLine, others: Sequence[Variant], product: Product) -> bool:
    """Whether what the customer has is as cheap (or as dear) as the best of the others, and has all else that is wished for."""
    sign = next((one.sign for one in wish.extremes if one.option == PRICE), 0)
    if not sign or len(wish.extremes) > 1:
        return False
    own = {"variant_id": present.variant_id, "options": present.options, "price_cents": present.price_cents}
    if faults(product.variants[0].model_copy(update=own), wish, product, present):
        return False
    return all((one.price_cents - present.price_cents) * sign <= 0 for one in others)


def _among(wish: Wish) -> Wish:
    """Of those that were offered, "the cheaper one" is the cheapest."""
    extremes = (*wish.extremes, *(Extreme(one.option, one.sign, one.said) for one in wish.comparisons))
    return replace(wish, comparisons=(), extremes=extremes)


def _picked(ids: Sequence[str], wish: Wish, matter: _Matter) -> VariantChoice:
    """Variants that were named outright, or the same once more."""
    pool = [variant for variant in matter.product.variants if str(variant.variant_id) in ids]
    if not matter.same_allowed and any(variant.variant_id == matter.present_id for variant in pool):
        return VariantChoice(Outcome.PRESENT, tuple(pool), wish)
    buyable = [variant for variant in pool if variant.available]
    if buyable:
        return _found(buyable, wish)
    nearest = Judge(wish, matter.product, matter.present, keeps=True).nearest()
    return VariantChoice(Outcome.NEAREST, tuple(nearest), wish, sold_out=tuple(pool))

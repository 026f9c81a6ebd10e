"""What comes of a wish for one line: a version that is chosen, a question for it, or that the line stays as it is."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.exchange.counter import Counter
from actions.exchange.swaps import Swaps
from actions.variants import (
    FallbackKind,
    LineWish,
    Outcome,
    VariantChoice,
    question_words,
    reading_words,
    variant_titles,
)
from actions.variants.judge import faults
from actions.variants.wording import PRICED, price_sign
from shop.models import OrderLine

_SAME_LINE = re.compile(r"\b(?:same|this|that|your) (?:product )?(?:line|series|range|family|collection|model)\b")
_MOST_OTHERS = 4


def wished_by_price(text: str, counter: Counter, swaps: Swaps) -> list[LineWish]:
    """Another wish for the prices of all that was chosen by its price: "not the dearest, the cheapest"; empty where words wish none."""
    meant = [LineWish(one, text) for one in (*swaps.line_ids, *swaps.spared) if one in swaps.priced or one in swaps.spared]
    signed = [wish for wish in meant if price_sign(counter.choose(wish).wish)]
    return meant if len(signed) == len(meant) > 0 and any(one in swaps.priced for one in swaps.line_ids) else []


def take(swaps: Swaps, wish: LineWish, choice: VariantChoice, counter: Counter, *, several: bool = False) -> Swaps:
    """Add what came of a wish for one line; of several that are wished alike, one that is so already stays."""
    line_id = wish.line_id
    if choice.variant is not None:
        priced = {**{key: value for key, value in swaps.priced.items() if key != line_id}, **_chosen_by_price(line_id, choice, counter)}
        taken = replace(_with(swaps, line_id, str(choice.variant.variant_id)), priced=priced)
        beside = [_missed_words(choice, counter.line(line_id), counter), _others_of_line(wish, choice, counter)]
        return replace(taken, said=(*swaps.said, *filter(None, beside)))
    product, line = counter.products.get(str(counter.line(line_id).product_id)), counter.line(line_id)
    if product is None:
        gone = f"The {line.name} is no longer sold, so it can't be swapped for another version."
        return replace(_without(swaps, line_id), said=(*swaps.said, gone), left=(*swaps.left, line_id))
    told = question_words(choice, product, line)
    if choice.outcome is Outcome.PRESENT and price_sign(choice.wish):
        spared = (*(one for one in swaps.spared if one != line_id), line_id)
        return replace(_without(swaps, line_id), said=(*swaps.said, told), left=(*swaps.left, line_id), spared=spared)
    if choice.outcome is Outcome.PRESENT and several:
        return replace(_without(swaps, line_id), said=(*swaps.said, f"The {line.label} is that already."), left=(*swaps.left, line_id))
    if choice.fallback and choice.fallback.kind is FallbackKind.LEAVE:
        stays = f"{told.split(' The nearest')[0]} So the {line.name} stays as it is."
        return replace(_without(swaps, line_id), said=(*swaps.said, stays), left=(*swaps.left, line_id))
    if choice.fallback and choice.fallback.kind is not FallbackKind.WISH:
        said = (*swaps.said, told.split(" The nearest")[0])
        return replace(_without(swaps, line_id), said=said, instead=(choice.fallback.kind, line_id))
    if choice.outcome is Outcome.NEAREST and not choice.variants:
        return replace(_without(swaps, line_id), said=(*swaps.said, told), left=(*swaps.left, line_id))
    offered = [str(variant.variant_id) for variant in choice.variants] if choice.outcome is not Outcome.PRESENT else []
    chosen = {key: value for key, value in swaps.chosen.items() if key != line_id}
    return replace(
        swaps, line_ids=_added(swaps.line_ids, line_id), chosen=chosen, open={**swaps.open, line_id: {"said": told, "variants": offered}}
    )


def _missed_words(choice: VariantChoice, line: OrderLine, counter: Counter) -> str:
    """What was wished for first and is missing, where the next best that was named is chosen; empty otherwise."""
    like = reading_words(choice.missed, counter.order.currency) if choice.missed else ""
    return f"There is no {line.name} like that in stock ({like}), so this is the next that you named." if like else ""


def _others_of_line(wish: LineWish, choice: VariantChoice, counter: Counter) -> str:
    """What else there is of what was asked for "from the same line", beside the version that changes nothing else; empty otherwise."""
    product = counter.products[str(counter.line(wish.line_id).product_id)]
    fitting = [one for one in product.variants if one.available and not faults(one, choice.wish, product, counter.line(wish.line_id))]
    others = [one for one in fitting if one is not choice.variant][:_MOST_OTHERS]
    if not _SAME_LINE.search(wish.text.lower()) or not others:
        return ""
    return f"I keep everything else as it is. There is also: {'; '.join(variant_titles(others, product))}."


def _chosen_by_price(line_id: str, choice: VariantChoice, counter: Counter) -> dict[str, str]:
    """What a version was chosen as, where its price was what counted, with what else was asked of it."""
    line = counter.line(line_id)
    like = reading_words(replace(choice.wish, extremes=()), counter.order.currency)
    which = PRICED.get(price_sign(choice.wish))
    return {line_id: f"The {which} {line.name}{f' ({like})' if like else ''} in stock"} if which else {}


def _with(swaps: Swaps, line_id: str, variant_id: str) -> Swaps:
    asked = {key: value for key, value in swaps.open.items() if key != line_id}
    told = {key: value for key, value in swaps.told.items() if key != line_id}
    return replace(swaps, line_ids=_added(swaps.line_ids, line_id), chosen={**swaps.chosen, line_id: variant_id}, open=asked, told=told)


def _without(swaps: Swaps, line_id: str) -> Swaps:
    return swaps.only([one for one in swaps.line_ids if one != line_id])


def _added(line_ids: Sequence[str], line_id: str) -> tuple[str, ...]:
    return (*line_ids, line_id) if line_id not in line_ids else tuple(line_ids)

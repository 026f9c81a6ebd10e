"""Other variants for lines of an order: what is chosen so far, what is open, what it comes to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from actions.item_choice import narrowed
from actions.mentions import Mention, words_of
from actions.order_filters import by_number, narrow_orders
from actions.resolve import match_lines
from actions.turn import Request
from actions.variants import (
    FallbackKind,
    LineWish,
    Outcome,
    VariantChoice,
    choose_variant,
    likeness_in,
    names_lines,
    question_words,
    read_wish,
    reading_words,
    variant_titles,
    wishes_by_line,
)
from actions.variants.judge import faults
from actions.variants.likeness import ranks_others
from actions.variants.model import PRICE, Wish
from actions.variants.wording import PRICED, price_sign
from shop.filtering import singular
from shop.models import OperationName, Order, OrderLine, OrderStatus, Product, Variant

_ELSE = re.compile(
    r"\b(?!(?:order|another|other|number|after|ever|never|however|over|whether|together|either|later|matter|customer|rather|prefer|offer|remember"
    r"|deliver|answer|wonder|number|proper|super|corner|under|enter|paper)\b)"
    r"(?:[a-z]{2,}er|more|less|without|but"
    r"|(?<!came )(?<!comes )(?<!arrived )(?<!delivered )with"
    r"(?! (?:(?:an?|the) )?(?:very |exact |exactly )?(?:new|fresh|same|identical|another|working)\b))\b"
)
"""Words that wish for something else than the same once more."""
_AS_MINE = re.compile(
    r"\b(?:mine|same|like my|as my|i have|i've got|unchanged|everything else|the rest|i paid|(?:my|the) (?:old|present|current) \w+)\b"
)
"""Words by which a version is held against what the customer has, and not against what is proposed."""
_OF_ALL = re.compile(
    r"\b(?:every|each|all)(?: (?:the|of|my|your|these|those|five|four|three|two))* (?:items?|things|products|pieces|them)\b|\beverything\b"
)
"""What speaks of all items anew, and not of the versions of one that were offered last."""
_TO = re.compile(r"\b(?:to|for|into|against)\b", re.IGNORECASE)
_SAME_LINE = re.compile(r"\b(?:same|this|that|your) (?:product )?(?:line|series|range|family|collection|model)\b")
_MOST_OTHERS = 4
_TOGETHER = re.compile(r"\b(?:both|each|all|every one|them)\b")
_MORE_OF_THEM = re.compile(r"\b(?:also|too|add|plus|as well|both|all|each|every|everything)\b")
"""What adds pieces of the same kind to the one that was asked about."""
_GIVES = re.compile(
    r"\b(?:for|to|into|in(?! (?:(?:my|the|that) )?(?:\w+ )?(?:order|[a-z#-]*\d))|as|with|on|be|make|want\w*|same|again|keep|should|need"
    r"|like|most|least|best|[a-z]{3,}est|only)\b"
)
"""Words before what is wished for."""


@dataclass(frozen=True)
class Swaps:
    """The lines that are to change, in the customer's order, and the variants chosen for them.

    Attributes:
        line_ids: What is to change.
        chosen: Line id → variant id, for those that are settled.
        said: What there is to tell before the next question.
        left: Lines that stay as they are, because the customer wanted that where the wish cannot be met.
        instead: What the customer wants in place of a change that cannot be had.
        asked: Lines of which one is meant, and the words that wish for it; empty where that is settled.
        priced: Line id → what was chosen for its price, such as "the cheapest Fjordline Steel"; its price is told.
        told: Line id → ids of the versions that were listed last, which "the dearest" then means.
        spared: Lines that stay because no version in stock has a better price; another wish for prices is about them too.
        open: Line id → what is asked about it: the words before the choices, and the ids of the variants on offer.
    """

    line_ids: tuple[str, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    instead: tuple[FallbackKind, str] | None = None
    open: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)
    priced: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, Sequence[str]] = field(default_factory=dict)
    spared: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Self:
        """Read what `to_json` wrote."""
        if not data:
            return cls()
        chosen, open_, asked, priced, told = (dict(data.get(name, {})) for name in ("chosen", "open", "asked", "priced", "told"))
        spared = tuple(data.get("spared", ()))
        return cls(tuple(data["line_ids"]), chosen, open=open_, asked=asked, priced=priced, told=told, spared=spared)

    def to_json(self) -> dict[str, Any]:
        """Write what has to be remembered until the next turn."""
        kept = {"chosen": self.chosen, "open": self.open, "asked": self.asked, "priced": self.priced, "told": self.told}
        lines = {"line_ids": list(self.line_ids), "spared": list(self.spared)}
        return {**lines, **{name: dict(value) for name, value in kept.items()}}

    @property
    def open_line(self) -> str | None:
        """The first line whose variant is still open."""
        return next((line_id for line_id in self.line_ids if line_id not in self.chosen), None)

    def changes(self) -> list[dict[str, str]]:
        """The argument of the operation."""
        return [{"line_id": line_id, "variant_id": self.chosen[line_id]} for line_id in self.line_ids if line_id in self.chosen]

    def only(self, line_ids: Sequence[str]) -> "Swaps":
        """These lines alone."""
        kept = tuple(line_id for line_id in self.line_ids if line_id in line_ids)
        chosen = {key: value for key, value in self.chosen.items() if key in kept}
        return replace(self, line_ids=kept, chosen=chosen, open={key: value for key, value in self.open.items() if key in kept})


@dataclass(frozen=True)
class Counter:
    """An order, the products in it, and what is known besides: what wishes are held against."""

    order: Order
    products: Mapping[str, Product]
    others: Sequence[Order] = ()
    known: Sequence[Product] = ()
    today: date = field(default_factory=date.today)

    def models(self, text: str, line: OrderLine) -> list[OrderLine]:
        """The customer's other pieces that "the same as in my other order" may mean: those of the order that it names."""
        likeness = likeness_in(text)
        if likeness is None:
            return []
        named = Request("", likeness)
        numbered = by_number(named, self.others)
        own = [one for one in self.order.lines if one.line_id != line.line_id]
        if ranks_others(likeness) and any(one.product_id == line.product_id for one in own):
            return own
        # What is alike is no help to find the order: only its place, its day, its state.
        orders = numbered[0] if numbered else narrow_orders(named, self.others, self.today, {}) or self.others
        rest = [one for one in self.order.lines if one.line_id != line.line_id] if orders is self.others else []
        return [*rest, *(one for order in orders for one in order.lines)]

    @property
    def operation(self) -> OperationName:
        """Pending items are changed, delivered ones exchanged."""
        return OperationName.CHANGE_ITEMS if self.order.status is OrderStatus.PENDING else OperationName.EXCHANGE_ITEMS

    def line(self, line_id: str) -> OrderLine:
        """A line of the order."""
        return next(line for line in self.order.lines if line.line_id == line_id)

    def unlike(self, line_id: str, line_ids: Sequence[str]) -> list[str]:
        """Those of some lines that are not the same version as one of them, which goes with all that are."""
        return [one for one in line_ids if self.line(one).variant_id != self.line(line_id).variant_id]

    def named(self, request: Request, about: str | None = None, chosen: Sequence[str] = ()) -> list[LineWish]:
        """The lines that words speak of, each with the words that speak of it; "everything" speaks of all.

        Args:
            request: What was said or pressed.
            about: The line that was asked about, to which words belong before they name another.
            chosen: Lines in hand, which words such as "both" then speak of where they name none.
        """
        if chosen and not request.pressed and not names_lines(request.text, self.order.lines, self.products):
            return [LineWish(one, request.text) for one in chosen] if len(chosen) == 1 or _TOGETHER.search(request.text.lower()) else []
        pressed = match_lines(request, self.order, self.products) if request.value("line_id") else Mention()
        if pressed.keys:
            return [LineWish(key, "") for key in pressed.keys]
        found = wishes_by_line(request.text, self.order.lines, self.products, about, [one for one in chosen if one != about])
        if about and chosen and not _MORE_OF_THEM.search(request.text.lower()):
            found = self._without_models(request, found, about, chosen)
        if found:
            found = self._described(request.text, found)
            left = narrowed(request.text, self.order, self.products, [wish.line_id for wish in found])
            return self._settled(request, [wish for wish in found if left is None or wish.line_id in left])
        every = match_lines(request, self.order, self.products).keys
        if len(self.order.lines) > 1 and len(every) == len(self.order.lines):
            return [LineWish(key, request.text) for key in every]
        return []

    def _without_models(self, request: Request, found: list[LineWish], about: str, chosen: Sequence[str]) -> list[LineWish]:
        """Without pieces of the same kind as the one asked about, that are only its model: "the cheapest of my other mugs"."""
        kind = self.line(about).product_id
        models = [wish for wish in found if wish.line_id not in chosen and self.line(wish.line_id).product_id == kind]
        if not models:
            return found
        rest = [wish for wish in found if wish not in models and wish.line_id != about]
        return rest if rest else [LineWish(about, request.text)]

    def picked(self, request: Request, asked: Mapping[str, Any]) -> list[LineWish]:
        """What the answer to "which one of these?" picks, with the words that wished for it."""
        lines = list(asked.get("lines", ()))
        keys = [key for key in match_lines(request, self.order, self.products, lines).keys if key in lines]
        return [LineWish(key, str(asked["text"])) for key in keys]

    def _described(self, text: str, found: list[LineWish]) -> list[LineWish]:
        """Of several pieces of one kind, the one whose versions are written out before "to": "the mugs: blue, tall to red, tall"."""
        lines = [self.line(wish.line_id) for wish in found]
        head = _TO.split(text)[0]
        if len(lines) < 2 or len({line.product_id for line in lines}) > 1 or _TOGETHER.search(head.lower()):
            return found
        said = head.lower()
        told = [line for line in lines if line.options and all(value.lower() in said for value in line.options.values())]
        return [wish for wish in found if wish.line_id == told[0].line_id] if len(told) == 1 else found

    def _settled(self, request: Request, found: list[LineWish]) -> list[LineWish]:
        """Of lines of which one is meant, the one that its options tell, or the only one that is not as is wished already."""
        loose = [wish for wish in found if not wish.is_sure]
        if len(loose) < 2:
            return [replace(wish, is_sure=True) for wish in found]
        told = [key for key in match_lines(request, self.order, self.products).keys if any(wish.line_id == key for wish in loose)]
        other = [wish for wish in loose if self.choose(wish).outcome is not Outcome.PRESENT and not self._is_same(wish)]
        only = other if len(other) == 1 else [wish for wish in loose if wish.line_id in told] if len(told) == 1 else []
        return [replace(wish, is_sure=True) for wish in found if wish.is_sure or wish in only] if only else found

    def _is_same(self, wish: LineWish) -> bool:
        variant = self.choose(wish).variant
        return variant is not None and variant.variant_id == self.line(wish.line_id).variant_id

    def choose_again(self, wish: LineWish, swaps: "Swaps") -> VariantChoice:
        """The variant that words ask for in place of the one that is proposed: what they leave unsaid stays as it was wished for."""
        plain, chosen = self.choose(wish), self.variant(wish.line_id, swaps.chosen.get(wish.line_id, ""))
        if chosen is None or plain.wish.picked or _AS_MINE.search(wish.text.lower()):
            return plain
        listed = self.listed(wish, swaps)
        if listed is not None:
            return listed
        new = {"options": chosen.options, "variant_id": chosen.variant_id, "price_cents": chosen.price_cents}
        again = self.choose(wish, of=self.line(wish.line_id).model_copy(update=new))
        found = {Outcome.CHOSEN, Outcome.SEVERAL}
        again = self._more_than_own(self._without_own(again, wish.line_id), wish.line_id)
        if again.variant is not None and again.variant.variant_id == self.line(wish.line_id).variant_id and not again.wish.same:
            return plain
        return again if again.outcome in found or plain.outcome not in found else plain

    def listed(self, wish: LineWish, swaps: "Swaps") -> VariantChoice | None:
        """What words pick of the versions that were listed last; None where they pick none of these."""
        told, line = swaps.told.get(wish.line_id, ()), self.line(wish.line_id)
        product = self.products.get(str(line.product_id))
        if not told or product is None or any(one.option != PRICE for one in read_wish(wish.text, product, line)[0].comparisons):
            return None
        choice = self.choose(wish, told)
        return choice if choice.outcome is Outcome.CHOSEN else None

    def is_noted(self, wish: LineWish, swaps: "Swaps") -> bool:
        """Whether words ask for the very version that is proposed."""
        choice = self.choose_again(wish, swaps)
        chosen = swaps.chosen.get(wish.line_id)
        return choice.outcome in {Outcome.PRESENT, Outcome.CHOSEN} and chosen in {str(one.variant_id) for one in choice.variants}

    def _more_than_own(self, choice: VariantChoice, line_id: str) -> VariantChoice:
        """Of several, those that are "shorter" than what the customer has too, and not only than what is proposed; all where none is."""
        line = self.line(line_id)
        wish = Wish(comparisons=tuple(one for one in choice.wish.comparisons if one.option != PRICE))
        kept = tuple(one for one in choice.variants if not faults(one, wish, self.products[str(line.product_id)], line))
        if choice.outcome is not Outcome.SEVERAL or not kept:
            return choice
        return replace(choice, variants=kept, outcome=Outcome.CHOSEN if len(kept) == 1 else Outcome.SEVERAL)

    def _without_own(self, choice: VariantChoice, line_id: str) -> VariantChoice:
        """Of several, those that the customer does not have: "the other colour" is not their own."""
        other = tuple(one for one in choice.variants if one.variant_id != self.line(line_id).variant_id)
        if choice.outcome is not Outcome.SEVERAL or not other:
            return choice
        return replace(choice, variants=other, outcome=Outcome.CHOSEN if len(other) == 1 else Outcome.SEVERAL)

    def choose(self, wish: LineWish, among: Sequence[str] = (), of: OrderLine | None = None) -> VariantChoice:
        """The variant that words ask for in place of a line, or of what that line is to become."""
        line = of or self.line(wish.line_id)
        product = self.products.get(str(line.product_id))
        if product is None or not wish.text:
            return VariantChoice(Outcome.NOT_SAID)
        same = self.operation is OperationName.EXCHANGE_ITEMS
        choice = choose_variant(
            wish.text, product, line, among=among, own=self.models(wish.text, line), known=self.known, same_allowed=same
        )
        if choice.outcome is Outcome.PRESENT and not _GIVES.search(wish.text.lower()):
            # "Exchange the white lamp" says which one it is.
            return VariantChoice(Outcome.NOT_SAID)
        is_same = choice.variant is not None and choice.variant.variant_id == line.variant_id
        # "A nicer one of the same brand" wishes for something that was not understood: it is asked about.
        return VariantChoice(Outcome.NOT_SAID) if is_same and _wishes_else(wish.text, product) else choice

    def variant(self, line_id: str, variant_id: str) -> Variant | None:
        """A variant of the product of a line."""
        product = self.products.get(str(self.line(line_id).product_id))
        return next((one for one in product.variants if one.variant_id == variant_id), None) if product else None

    def difference_cents(self, swaps: Swaps) -> int:
        """What the new items cost more than the old ones; negative where they cost less."""
        total = 0
        for line_id, variant_id in swaps.chosen.items():
            line, variant = self.line(line_id), self.variant(line_id, variant_id)
            total += (variant.price_cents - line.price_cents) * line.quantity if variant and line_id in swaps.line_ids else 0
        return total


def _wishes_else(text: str, product: Product) -> bool:
    values = [value for one in product.variants for value in one.options.values()]
    own = words_of(product.name, product.product_type, *product.keywords, *values)
    return any(singular(word) not in own for word in _ELSE.findall(text.lower()))


def wished_by_price(text: str, counter: Counter, swaps: Swaps) -> list[LineWish]:
    """Another wish for the prices of all that was chosen by its price: "not the dearest, the cheapest"; empty where words wish none."""
    meant = [LineWish(one, text) for one in (*swaps.line_ids, *swaps.spared) if one in swaps.priced or one in swaps.spared]
    signed = [wish for wish in meant if price_sign(counter.choose(wish).wish)]
    return meant if len(signed) == len(meant) > 0 and any(one in swaps.priced for one in swaps.line_ids) else []


def read_answer(wish: LineWish, counter: Counter, swaps: Swaps) -> VariantChoice:
    """What words pick of the versions on offer for a line, or else of all that there are."""
    is_wider = _AS_MINE.search(wish.text.lower()) or _OF_ALL.search(wish.text.lower())
    offered = () if is_wider else swaps.open.get(wish.line_id, {}).get("variants", ())
    choice = counter.listed(wish, swaps) or counter.choose(wish, offered)
    if choice.outcome not in {Outcome.NEAREST, Outcome.NOT_SAID}:
        return choice
    wider = counter.choose(wish)
    return wider if wider.outcome is not Outcome.NOT_SAID else choice


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


def drop_named(text: str, counter: Counter, swaps: Swaps) -> Swaps | None:
    """Without the lines that the words take out ("not the lamp", "just the shirt"); None where they take nothing out."""
    left = narrowed(text, counter.order, counter.products, swaps.line_ids)
    return swaps.only(left) if left else None


def _with(swaps: Swaps, line_id: str, variant_id: str) -> Swaps:
    asked = {key: value for key, value in swaps.open.items() if key != line_id}
    told = {key: value for key, value in swaps.told.items() if key != line_id}
    return replace(swaps, line_ids=_added(swaps.line_ids, line_id), chosen={**swaps.chosen, line_id: variant_id}, open=asked, told=told)


def _without(swaps: Swaps, line_id: str) -> Swaps:
    return swaps.only([one for one in swaps.line_ids if one != line_id])


def _added(line_ids: Sequence[str], line_id: str) -> tuple[str, ...]:
    return (*line_ids, line_id) if line_id not in line_ids else tuple(line_ids)

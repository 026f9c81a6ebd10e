"""An order at the counter: what wishes for other versions of its lines are held against, and what they come to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from actions.exchange.swaps import Swaps
from actions.mentions import words_of
from actions.order_filters import by_number, narrow_orders
from actions.turn import Request
from actions.variants import (
    LineWish,
    Outcome,
    VariantChoice,
    choose_variant,
    likeness_in,
    read_wish,
)
from actions.variants.judge import faults
from actions.variants.likeness import ranks_others
from actions.variants.model import PRICE, Wish
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
_GIVES = re.compile(
    r"\b(?:for|to|into|in(?! (?:(?:my|the|that) )?(?:\w+ )?(?:order|[a-z#-]*\d))|as|with|on|be|make|want\w*|same|again|keep|should|need"
    r"|like|most|least|best|[a-z]{3,}est|only)\b"
)
"""Words before what is wished for."""


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

    def choose_again(self, wish: LineWish, swaps: Swaps) -> VariantChoice:
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

    def listed(self, wish: LineWish, swaps: Swaps) -> VariantChoice | None:
        """What words pick of the versions that were listed last; None where they pick none of these."""
        told, line = swaps.told.get(wish.line_id, ()), self.line(wish.line_id)
        product = self.products.get(str(line.product_id))
        if not told or product is None or any(one.option != PRICE for one in read_wish(wish.text, product, line)[0].comparisons):
            return None
        choice = self.choose(wish, told)
        return choice if choice.outcome is Outcome.CHOSEN else None

    def is_noted(self, wish: LineWish, swaps: Swaps) -> bool:
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


def read_answer(wish: LineWish, counter: Counter, swaps: Swaps) -> VariantChoice:
    """What words pick of the versions on offer for a line, or else of all that there are."""
    is_wider = _AS_MINE.search(wish.text.lower()) or _OF_ALL.search(wish.text.lower())
    offered = () if is_wider else swaps.open.get(wish.line_id, {}).get("variants", ())
    choice = counter.listed(wish, swaps) or counter.choose(wish, offered)
    if choice.outcome not in {Outcome.NEAREST, Outcome.NOT_SAID}:
        return choice
    wider = counter.choose(wish)
    return wider if wider.outcome is not Outcome.NOT_SAID else choice


def _wishes_else(text: str, product: Product) -> bool:
    values = [value for one in product.variants for value in one.options.values()]
    own = words_of(product.name, product.product_type, *product.keywords, *values)
    return any(singular(word) not in own for word in _ELSE.findall(text.lower()))

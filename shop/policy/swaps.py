"""What the rules on changing items and on exchanging them have in common: other variants of the same products."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.models import Decision, LineChange, OperationName, Order, OrderLine, PaymentMethod, Product, WishedChange
from shop.policy.approval import refuse_above
from shop.policy.payments import explain_no_charge, explain_no_refund
from shop.policy.rule import Rule
from shop.settings import ShopSettings
from shop.wording import join, options_words


@dataclass(frozen=True)
class SwapRules:
    """The rules that an operation applies to the lines, to the new variants and to the difference in price.

    Attributes:
        done: What is done to an item, such as "exchanged".
    """

    operation: OperationName
    lines: Rule
    variants: Rule
    method: Rule
    approval: Rule
    done: str


@dataclass(frozen=True)
class Swap:
    """What is asked: other variants for lines of an order.

    Attributes:
        order: As it stands now.
        wishes: What is to change; None where only the order is asked about. A wish without a variant asks about its line alone.
        payment_method_id: What settles the difference; None while none is named.
        methods: The payment methods of the actor.
        products: Those of the order's lines, by id.
    """

    order: Order
    wishes: Sequence[WishedChange] | None
    payment_method_id: str | None
    methods: Sequence[PaymentMethod]
    products: Mapping[str, Product]

    @property
    def changes(self) -> list[LineChange]:
        """What each wish changes, in the order's lines; wishes without a variant, or for a strange one, are left out."""
        return line_changes(self.order, self.wishes or [], self.products)

    @property
    def difference_cents(self) -> int:
        """What the new items cost more than the old ones; negative where they cost less."""
        return sum(change.difference_cents for change in self.changes)


def line_changes(order: Order, wishes: Sequence[WishedChange], products: Mapping[str, Product]) -> list[LineChange]:
    """What each wish changes, in the order's lines; wishes without a variant, or for one that does not exist, are left out.

    Args:
        order: As it stands now.
        wishes: At most one for each line.
        products: Those of the order's lines, by id.
    """
    wanted = {wish.line_id: wish.variant_id for wish in wishes}
    changes = (_line_change(line, wanted[line.line_id], products) for line in order.lines if line.line_id in wanted)
    return [change for change in changes if change is not None]


def refuse_wishes(rules: SwapRules, swap: Swap, settings: ShopSettings, *, same_variant: bool) -> Decision | None:
    """Say no to what is asked for the lines; None where they may change so, or where only the order is asked about.

    Args:
        rules: Those of the operation.
        swap: What is asked.
        settings: The figures in the rules.
        same_variant: Whether the new variant may be the old one.
    """
    if swap.wishes is None:
        return None
    return (
        _refuse_lines(rules, swap.order, swap.wishes, settings)
        or _refuse_strangers(rules, swap, swap.wishes, settings)
        or (None if same_variant else _refuse_same(rules, swap, swap.wishes, settings))
        or _refuse_sold_out(rules, swap, settings)
        or _refuse_method(rules, swap, settings)
        or refuse_above(rules.approval, rules.operation, abs(swap.difference_cents), swap.order.currency, settings)
    )


def _refuse_lines(rules: SwapRules, order: Order, wishes: Sequence[WishedChange], settings: ShopSettings) -> Decision | None:
    if not wishes:
        return rules.lines.refuses(settings, f"Which items of order {order.order_id} do you want to have {rules.done}?")
    line_ids = [wish.line_id for wish in wishes]
    if len(set(line_ids)) != len(line_ids):
        return rules.lines.refuses(settings, f"Each item can be {rules.done} once only.")
    if not set(line_ids) <= {line.line_id for line in order.lines}:
        names = join([line.label for line in order.lines])
        return rules.lines.refuses(settings, f"That is not part of order {order.order_id}. It has {names}.")
    return None


def _refuse_strangers(rules: SwapRules, swap: Swap, wishes: Sequence[WishedChange], settings: ShopSettings) -> Decision | None:
    strange = {wish.line_id for wish in wishes if wish.variant_id is not None} - {change.line_id for change in swap.changes}
    names = [line.label for line in swap.order.lines if line.line_id in strange]
    if not names:
        return None
    explanation = f"{join(names)}: an item can be {rules.done} for another option of the same product only, not for another product."
    return rules.variants.refuses(settings, explanation)


def _refuse_same(rules: SwapRules, swap: Swap, wishes: Sequence[WishedChange], settings: ShopSettings) -> Decision | None:
    same = [change for change in swap.changes if change.old_variant_id == change.new_variant_id]
    if not same:
        return None
    explanation = f"Order {swap.order.order_id} has that already: {join([_new_label(change) for change in same])}."
    return rules.variants.refuses(settings, explanation, already_done=len(same) == len(wishes))


def _refuse_sold_out(rules: SwapRules, swap: Swap, settings: ShopSettings) -> Decision | None:
    wanted = Counter[str]()
    for change in swap.changes:
        wanted[change.new_variant_id] += change.quantity
    missing = [_explain_shortage(change, swap.products, wanted) for change in swap.changes]
    named = list(dict.fromkeys(filter(None, missing)))
    return rules.variants.refuses(settings, f"{join(named)}.") if named else None


def _explain_shortage(change: LineChange, products: Mapping[str, Product], wanted: Mapping[str, int]) -> str | None:
    variant = products[change.product_id].find_variant(change.new_variant_id)
    if variant is None or variant.has(wanted[variant.variant_id]):
        return None
    label = _new_label(change)
    return f"Of {label} only {variant.stock} are left" if variant.stock else f"{label} is sold out"


def _refuse_method(rules: SwapRules, swap: Swap, settings: ShopSettings) -> Decision | None:
    if swap.payment_method_id is None:
        return None
    method = next((m for m in swap.methods if m.payment_method_id == swap.payment_method_id), None)
    difference = swap.difference_cents
    if difference < 0:
        explanation = explain_no_refund(swap.order, method, -difference, settings.difference_refund_to)
    else:
        explanation = explain_no_charge(method, difference, swap.order.currency)
    return rules.method.refuses(settings, explanation) if explanation else None


def _line_change(line: OrderLine, variant_id: str | None, products: Mapping[str, Product]) -> LineChange | None:
    product = products.get(line.product_id)
    variant = product.find_variant(variant_id) if product and variant_id is not None else None
    if variant is None:
        return None
    return LineChange(
        line_id=line.line_id,
        product_id=line.product_id,
        name=line.name,
        quantity=line.quantity,
        old_variant_id=line.variant_id,
        old_options=line.options,
        old_price_cents=line.price_cents,
        new_variant_id=variant.variant_id,
        new_options=variant.options,
        new_price_cents=variant.price_cents,
    )


def _new_label(change: LineChange) -> str:
    options = options_words(change.new_options)
    return f"{change.name} ({options})" if options else change.name

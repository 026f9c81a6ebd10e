"""What a change or an exchange asks: which items, which version, and what the difference is settled with."""

from rasa_sdk.interfaces import Action

from actions.exchange.counter import Counter
from actions.exchange.settling import settling_methods
from actions.exchange.swaps import Swaps
from actions.forms.ask import Ask
from actions.methods import method_buttons
from actions.owned import get_order_in_hand, get_products
from actions.reply import Reply, button
from actions.services import Services
from actions.turn import Turn
from actions.variants import differences, variant_titles
from actions.words import line_words
from shop.wording import money


class AskSwapItems(Ask):
    """Asks which lines shall be another version."""

    action_name = "action_ask_exchange_items_form_items_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with the order's lines as buttons."""
        order = await get_order_in_hand(self.services, turn)
        swaps = Swaps.from_json(turn.slot("swaps"))
        taken, asked = swaps.line_ids, swaps.asked.get("lines", ())
        choices = [
            button(f"{line_words(line)}, {money(line.price_cents * line.quantity, order.currency)}", "inform", line_id=line.line_id)
            for line in order.lines
            if line.line_id not in taken and (not asked or line.line_id in asked)
        ]
        if asked:
            return Reply("Which one of these do you mean?", buttons=[*choices, button("None", "change_mind")])
        text = "What else shall be exchanged, and for what?" if taken else f"Which items of order {order.order_id}, and for what?"
        return Reply(text, buttons=[*choices, button("None", "change_mind")])


class AskVariant(Ask):
    """Asks for the version of one item."""

    action_name = "action_ask_variant_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with the real choices as buttons."""
        order = await get_order_in_hand(self.services, turn)
        swaps = Swaps.from_json(turn.slot("swaps"))
        counter = Counter(order, await get_products(self.services, [order]))
        line = counter.line(str(swaps.open_line))
        product, asked = counter.products[str(line.product_id)], swaps.open.get(str(line.line_id), {})
        by_id = {str(one.variant_id): one for one in product.variants}
        # The best comes first.
        offered = [by_id[one] for one in asked.get("variants", ()) if one in by_id]
        offered = offered or [one for one in product.variants if one.stock != 0 and one.variant_id != line.variant_id][:6]
        titles = variant_titles(offered, product, line)
        choices = [button(title, "inform", variant_id=str(one.variant_id)) for title, one in zip(titles, offered, strict=True)]
        text = str(asked.get("said") or f"What shall the {line.name} be like instead?")
        return Reply(text, buttons=[*choices, button("Leave it", "change_mind")], slots={"product_id": str(product.product_id)})


class AskSettling(Ask):
    """Asks what the difference is settled with."""

    action_name = "action_ask_exchange_items_form_method_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with the difference and the methods that policy allows."""
        order = await get_order_in_hand(self.services, turn)
        counter = Counter(order, await get_products(self.services, [order]))
        swaps = Swaps.from_json(turn.slot("swaps"))
        methods = await settling_methods(self.services, turn, counter, swaps)
        cents = counter.difference_cents(swaps)
        amount = money(abs(cents), order.currency)
        text = f"That costs {amount} more. What do you pay it with?" if cents > 0 else f"You get {amount} back. Where should it go?"
        text = f"{_chosen_words(counter, swaps)}. {text}"
        return Reply(text, buttons=[*method_buttons(methods, order.currency), button("Leave it", "change_mind")])


def _chosen_words(counter: Counter, swaps: Swaps) -> str:
    """What each item becomes, such as "Ombra Glow: high instead of low"."""
    told = []
    for line_id in swaps.line_ids:
        line, variant = counter.line(line_id), counter.variant(line_id, swaps.chosen[line_id])
        told.append(f"{line.name}: {(differences(variant, line) if variant else '') or 'the same once more'}")
    return "; ".join(told)


def create(services: Services) -> list[Action]:
    """Make this topic's questions."""
    return [kind(services) for kind in (AskSwapItems, AskVariant, AskSettling)]

"""Choosing an order inside a form: from the customer's words, or by one question with the real choices."""

from collections.abc import Callable

from actions.forms.ask import Ask
from actions.forms.step import Step
from actions.owned import Owned, find_meant, get_owned
from actions.reply import HUMAN, Reply, button
from actions.resolve import OrderMatch, find_order_ids
from actions.services import Services
from actions.turn import Turn
from actions.words import list_words, order_buttons
from shop.models import Order

Fits = Callable[[Order], bool]


async def choose_order(services: Services, turn: Turn, fits: Fits, *, opening: bool, excluded_id: str | None = None) -> Order | Step:
    """Find the order that a form is about.

    Args:
        services: What actions may use.
        turn: The words that name it, or fail to.
        fits: Which orders the form's operation can apply to. A named order is taken whether it fits or not, so
            that the customer learns why it does not.
        opening: Whether these words opened the form; then a lone order that fits needs no question.
        excluded_id: The order that a correction has just ruled out.

    Returns:
        The order, or the step that goes on without one.
    """
    owned = await get_owned(services, turn)
    if not can_see(owned, turn):
        return Step(
            outcome={"kind": "unproved", "request": turn.request.to_json(), "order": next(iter(find_order_ids(turn.request)), None)}
        )
    if not owned.orders:
        return Step(outcome={"kind": "refused", "text": "I don't see any orders in your account.", "buttons": [HUMAN]})
    current = excluded_id or turn.slot("order_id")
    match = await find_meant(services, turn.request, owned.orders, current)
    if match.unknown_id or match.unknown_thing:
        options = [str(order.order_id) for order in owned.orders if fits(order)]
        return Step(slots={"order_options": options}, said=Reply(missing_words(match)), missed=True)
    return _settle(turn, match, owned, fits, opening=opening, excluded_id=excluded_id)


def _settle(turn: Turn, match: OrderMatch, owned: Owned, fits: Fits, *, opening: bool, excluded_id: str | None) -> Order | Step:
    candidates = [order for order in match.orders if order.order_id != excluded_id]
    fitting = [order for order in candidates if fits(order)]
    if match.named and len(candidates) == 1:
        return candidates[0]
    if (match.named or opening or excluded_id) and len(fitting) == 1:
        return fitting[0]
    current = owned.find(turn.slot("order_id"))
    if opening and not match.named and current is not None and current.order_id != excluded_id and (fits(current) or not fitting):
        return current
    if opening and not match.named and len(owned.orders) == 1:
        return owned.orders[0]
    # Orders that what is asked cannot apply to are offered only where there is no other.
    offered = fitting or [order for order in owned.orders if fits(order) and order.order_id != excluded_id] or candidates
    return Step(slots={"order_options": [str(order.order_id) for order in offered]}, missed=not opening and not match.named)


def can_see(owned: Owned, turn: Turn) -> bool:
    """A guest who names a further order has to prove that one too; whether there is one is not said."""
    if owned.actor.customer_id:
        return True
    asked = find_order_ids(turn.request)
    return owned.is_proved and (not asked or any(_is_proved(order_id, owned) for order_id in asked))


def _is_proved(order_id: str, owned: Owned) -> bool:
    digits = "".join(sign for sign in order_id if sign.isdigit())
    return any("".join(sign for sign in str(order.order_id) if sign.isdigit()) == digits for order in owned.orders)


def not_found(match: OrderMatch, owned: Owned, intent: str) -> Reply:
    """Say that nothing matches, and what there is, with buttons that say the same intent for it."""
    buttons = order_buttons(owned.orders, intent)
    return Reply(f"{missing_words(match)} You have these:\n{list_words(owned.orders[:10])}", buttons=buttons)


def missing_words(match: OrderMatch) -> str:
    """Say what is not there."""
    what = f"order {match.unknown_id} among yours" if match.unknown_id else f'"{match.unknown_thing}" in any of your orders'
    return f"I can't find {what}."


class AskOrderChoice(Ask):
    """Asks which order is meant, with the real choices as buttons."""

    action_name = "action_ask_order_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask."""
        owned = await get_owned(self.services, turn)
        wanted = turn.slot("order_options") or []
        orders = [order for order in owned.orders if order.order_id in wanted] or list(owned.orders)
        choices = order_buttons(orders, "inform", 8)
        return Reply("Which order do you mean?", buttons=[*choices, button("None of these", "change_mind")])


def create(services: Services) -> list[Ask]:
    """Make this topic's actions."""
    return [AskOrderChoice(services)]

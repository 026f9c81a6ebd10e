"""What a return asks: which lines of the order, and where the money goes."""

from rasa_sdk.interfaces import Action

from actions.forms.ask import Ask
from actions.methods import method_buttons
from actions.owned import get_order_in_hand
from actions.reply import Reply, button
from actions.returns.refund import allowed_methods
from actions.services import Services
from actions.turn import Turn
from actions.words import line_words
from shop.models import Order, OrderLine
from shop.wording import join, money


class AskItemsChoice(Ask):
    """Asks which lines of the order are meant."""

    action_name = "action_ask_items_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with the order's lines as buttons."""
        order = await get_order_in_hand(self.services, turn)
        options = turn.slot("items_options") or []
        lines = [line for line in order.lines if line.line_id in options] or list(order.lines)
        verb = "would you like to return" if turn.form == "return_items_form" else "is it about"
        choices = [button(_line_title(line, order), "inform", line_id=line.line_id) for line in lines]
        if lines == order.lines:
            choices.append(button("All of them", "inform", line_id="all"))
        noted = [line_words(line) for line in order.lines if line.line_id in (turn.slot("items_kept") or []) and line not in lines]
        head = f"{join(noted)}: noted. " if noted and turn.form == "return_items_form" else ""
        return Reply(f"{head}Which items of order {order.order_id} {verb}?", buttons=[*choices, button("None", "change_mind")])


def _line_title(line: OrderLine, order: Order) -> str:
    return f"{line_words(line)}, {money(line.price_cents * line.quantity, order.currency)}"


class AskMethodChoice(Ask):
    """Asks where the money goes."""

    action_name = "action_ask_method_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with the methods that policy allows as buttons."""
        order = await get_order_in_hand(self.services, turn)
        methods = await allowed_methods(self.services, turn, order, turn.slot("items_choice") or [])
        return Reply("Where should the refund go?", buttons=method_buttons(methods, order.currency))


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [AskItemsChoice(services), AskMethodChoice(services)]

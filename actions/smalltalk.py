"""The words around the business. They promise nothing, and say that this is software."""

from rasa_sdk.interfaces import Action

from actions.base import ShopAction
from actions.reply import HUMAN, Reply, button
from actions.services import Services
from actions.turn import Turn

HELP = [
    button("Where is my order?", "track_order"),
    button("Cancel an order", "cancel_order"),
    button("Return something", "return_item"),
    button("Find a product", "request_recommendation"),
    button("Delivery and payment", "ask_delivery"),
    HUMAN,
]
CAN = (
    "I can tell you where an order is, cancel one that is still pending, start a return, look into a refund, find and compare products, "
    "and answer questions about delivery, payment and our other rules. For everything else I get you a person."
)


class Line(ShopAction):
    """Says one line."""

    def __init__(self, services: Services, name: str, text: str, *, helps: bool = False) -> None:
        super().__init__(services)
        self.action_name = name
        self._text = text
        self._helps = helps

    async def act(self, turn: Turn) -> Reply:
        """Say it, with help buttons where nothing else is going on."""
        text = self._text.format(brand=self.services.settings.brand_name, hours=self.services.settings.opening_hours)
        return Reply(text, buttons=HELP if self._helps and not turn.form else [])


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [
        Line(services, "action_greet", "Hello! I'm the AI assistant of {brand}. What can I do for you?", helps=True),
        Line(services, "action_say_goodbye", "Goodbye, and thank you for visiting {brand}."),
        Line(services, "action_accept_thanks", "You're welcome! Tell me if there is anything else."),
        Line(services, "action_offer_help", CAN, helps=True),
        Line(
            services,
            "action_admit_bot",
            "I'm an AI assistant, a piece of software, not a person. A person at {brand} can take over whenever you like ({hours}).",
            helps=True,
        ),
        Line(
            services, "action_take_feedback", "Thank you for telling us. Your words stay in this conversation, where our team reads them."
        ),
    ]

"""Which size to take: the sizes there are, and what the sizing articles advise."""

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.interfaces import Action

from actions.knowledge import UNKNOWN, answer_question
from actions.product_questions import OneProductAction
from actions.product_words import MOST, card, product_buttons, stock_words
from actions.reply import HUMAN, Reply
from actions.services import Services
from actions.shelf import Shelf, shown
from actions.turn import Turn
from shop.models import Product


class ActionAdviseSize(OneProductAction):
    """Says which sizes there are, and what the sizing articles advise."""

    action_name = "action_advise_size"
    intent = "ask_size"
    question = "Sizes of which product?"

    async def tell(self, turn: Turn, product: Product) -> Reply:
        """Tell the sizes of the record beside the advice."""
        question = turn.text or f"Which size do I need for {product.product_type}?"
        advice = await answer_question(self.services, turn, question, topic="sizing")
        sizes = stock_words(product, product.variants)
        if advice.text == UNKNOWN:
            text = f"{sizes} I can't tell which one fits you; a person can advise you."
            return Reply(text, buttons=[HUMAN], cards=[card(product)], slots=shown([product]))
        text = advice.text if sizes in advice.text else f"{advice.text} {sizes}"
        return replace(advice, text=text, cards=[card(product)], slots=shown([product]))

    async def choose(self, turn: Turn, products: Sequence[Product]) -> Reply:
        """For a whole type of product the articles advise."""
        advice = await answer_question(self.services, turn, turn.text or "Which size do I need?", topic="sizing")
        if advice.text == UNKNOWN:
            return await super().choose(turn, products)
        return replace(advice, buttons=product_buttons(products[:MOST], self.intent), slots=shown(products[:MOST]))

    async def tell_none(self, turn: Turn) -> Reply:
        """The articles on sizes speak for every product."""
        advice = await answer_question(self.services, turn, turn.text or "How do I find my size?", topic="sizing")
        return Reply(self.question) if advice.text == UNKNOWN else advice


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionAdviseSize(services, Shelf(services))]

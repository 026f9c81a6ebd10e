"""Products side by side, from their records."""

from rasa_sdk.interfaces import Action

from actions.mentions import find_ordinals
from actions.product_words import MOST, comparison
from actions.reply import Reply
from actions.services import Services
from actions.shelf import ProductAction, Shelf, cards_of, shown
from actions.turn import Turn
from shop.models import Product


class ActionCompareProducts(ProductAction):
    """Sets two or three products side by side."""

    action_name = "action_compare_products"

    async def act(self, turn: Turn) -> Reply:
        """Compare what was named, else what was shown; ask where that leaves fewer than two."""
        products = await self._products(turn)
        if len(products) < 2:
            options = await self.shelf.live_all(turn.slot("shown_products") or [])
            return Reply("Which two products shall I compare? Please give me both names.", cards=cards_of(options[:MOST]))
        return Reply(comparison(products), cards=cards_of(products), slots=shown(products))

    async def _products(self, turn: Turn) -> list[Product]:
        names = (await self.shelf.words()).names
        shown_now = await self.shelf.live_all(turn.slot("shown_products") or [])
        if len(shown_now) >= 2 and (pointed := find_ordinals(turn.text, len(shown_now))):
            return [shown_now[index] for index in pointed]
        named = await self.shelf.live_all([str(product.product_id) for product in names.find_several(turn.text)])
        before = await self.shelf.live_all(turn.slot("shown_products") or [])
        in_hand = await self.shelf.live(turn.slot("product_id"))
        if len(named) >= 2:
            return named[:4]
        if named and in_hand and in_hand not in named:
            return [in_hand, *named]
        of_kind = names.find(turn.text)
        if len(of_kind.products) == 2:
            return await self.shelf.live_all([str(product.product_id) for product in of_kind.products])
        return named or before[:2]


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionCompareProducts(services, Shelf(services))]

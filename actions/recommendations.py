"""Advising what to take: for a need, like a product, with a product, what others buy, for a known customer."""

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.interfaces import Action

from actions.product_words import MOST, card, product_buttons, wish_words
from actions.reply import Reply, button
from actions.services import Services
from actions.shelf import ProductAction, Shelf, shown
from actions.turn import Turn
from actions.wishes import Wishes
from recommendation.models import Recommendation
from shop.models import Product, ProductFilter

_POPULAR = button("What others buy", "ask_popular")


def shown_with_reasons(text: str, found: Sequence[Recommendation], wishes: Wishes | None = None) -> Reply:
    """Cards with their reasons, remembered for "the second one"."""
    cards = [card(one.product, one.variant, " · ".join(one.reasons[:2])) for one in found]
    slots = shown([one.product for one in found])
    if wishes is not None:
        slots["wishes"] = {"filters": wishes.filters.model_dump(mode="json", exclude_none=True), "words": wishes.words}
    return Reply(text, cards=cards, slots=slots)


class Advice(ProductAction):
    """What the recommendations share."""

    async def customer_id(self, turn: Turn) -> str | None:
        """Whose past orders count, where the customer is signed in."""
        actor = await self.actor(turn)
        return str(actor.customer_id) if actor.customer_id else None

    async def popular(self, turn: Turn, wishes: Wishes) -> Reply:
        """What others buy, within the wishes."""
        found = await self.services.recommendations.popular(wishes.filters, MOST, await self.customer_id(turn))
        if not found:
            return Reply(
                f"I can't name a bestseller{wish_words(wishes)}. Tell me what you need it for, and I'll look for something that fits."
            )
        return shown_with_reasons(f"Others often buy these{wish_words(wishes)}:", found, wishes)


class ActionRecommendProducts(Advice):
    """Recommends for a need in the customer's words; without one, for the customer, or what others buy."""

    action_name = "action_recommend_products"

    async def act(self, turn: Turn) -> Reply:
        """Recommend, with reasons."""
        wishes = self._with_earlier(turn, await self.wishes(turn))
        wishes = replace(wishes, words=(await self.shelf.words()).names.mend_words(wishes.words))
        need = " ".join(part for part in (wishes.words, wishes.filters.product_type) if part)
        customer_id = await self.customer_id(turn)
        if need:
            return await self._for_need(need, wishes, customer_id)
        if customer_id:
            found = await self.services.recommendations.for_customer(customer_id, wishes.filters, MOST)
            if found:
                return shown_with_reasons("Going by what you bought before, these could suit you:", found, wishes)
        reply = await self.popular(turn, wishes)
        return replace(reply, text=f"{reply.text} Tell me what it is for, and I can be more exact.") if reply.cards else reply

    def _with_earlier(self, turn: Turn, wishes: Wishes) -> Wishes:
        earlier = turn.slot("wishes")
        if not earlier or wishes.words or wishes.filters.product_type or turn.intent == "request_recommendation":
            return wishes
        before = ProductFilter.model_validate(earlier["filters"])
        return replace(wishes, filters=before.model_copy(update=wishes.filters.model_dump(exclude_defaults=True)), words=earlier["words"])

    async def _for_need(self, need: str, wishes: Wishes, customer_id: str | None) -> Reply:
        found = await self.services.recommendations.for_need(need, wishes.filters, MOST, customer_id)
        if found:
            return shown_with_reasons(f"This could suit you{wish_words(wishes)}:", found, wishes)
        loose = wishes.filters.model_copy(update={"min_price_cents": None, "max_price_cents": None, "options": {}})
        nearest = await self.services.recommendations.for_need(need, loose, MOST, customer_id)
        if nearest and loose != wishes.filters:
            return shown_with_reasons(f"Nothing in stock fits{wish_words(wishes)}. Without that limit, these come near:", nearest, wishes)
        return Reply("I found nothing in stock that fits that. Can you describe it in other words?", buttons=[_POPULAR])


class AboutOne(Advice):
    """Advice that starts from one product."""

    intent: str
    question: str

    async def act(self, turn: Turn) -> Reply:
        """Find the product to start from, then advise."""
        match = await self.meant(turn)
        anchor = match.only
        wishes = await self.wishes(turn, anchor)
        if anchor is None and match.products:
            return Reply("Which one do you mean?", buttons=product_buttons(match.products, self.intent), slots=shown(match.products[:MOST]))
        if anchor is None:
            return Reply(self.question, buttons=[_POPULAR])
        filters = wishes.filters.model_copy(
            update={"product_type": None, "brand": None, **({"max_price_cents": anchor.from_price_cents - 1} if wishes.cheaper else {})}
        )
        return await self.advise(turn, anchor, replace(wishes, filters=filters))

    async def advise(self, turn: Turn, anchor: Product, wishes: Wishes) -> Reply:
        """Advise from the product."""
        raise NotImplementedError


class ActionFindSimilar(AboutOne):
    """Shows what is like a product."""

    action_name = "action_find_similar"
    intent = "find_similar"
    question = "Similar to which product?"

    async def advise(self, turn: Turn, anchor: Product, wishes: Wishes) -> Reply:
        """Show similar ones in stock, with what they share and what differs."""
        found = await self.services.recommendations.similar_to(str(anchor.product_id), wishes.filters, MOST, await self.customer_id(turn))
        if not found:
            return Reply(f"We have nothing in stock that is like the {anchor.name}{wish_words(wishes)}.", buttons=[_POPULAR])
        reply = shown_with_reasons(f"Similar to the {anchor.name}{wish_words(wishes)}:", found)
        return replace(reply, slots={**reply.slots, "product_id": str(anchor.product_id)})


class ActionFindMatching(AboutOne):
    """Shows what is bought together with a product."""

    action_name = "action_find_matching"
    intent = "find_matching"
    question = "Something to go with which product?"

    async def advise(self, turn: Turn, anchor: Product, wishes: Wishes) -> Reply:
        """Show what other customers bought with it."""
        found = await self.services.recommendations.goes_with(str(anchor.product_id), wishes.filters, MOST, await self.customer_id(turn))
        if not found:
            text = f"Too few customers have bought something together with the {anchor.name} for me to recommend anything."
            return Reply(text, buttons=[button("Show similar ones", "find_similar", product_id=str(anchor.product_id))])
        reply = shown_with_reasons(f"Bought together with the {anchor.name}:", found)
        return replace(reply, slots={**reply.slots, "product_id": str(anchor.product_id)})


class ActionShowPopular(Advice):
    """Shows what others buy."""

    action_name = "action_show_popular"

    async def act(self, turn: Turn) -> Reply:
        """Show it, within the wishes."""
        told = None if turn.request.pressed else await self.of_catalogue(turn)
        if told:
            return told
        return await self.popular(turn, await self.wishes(turn))


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    shelf = Shelf(services)
    return [kind(services, shelf) for kind in (ActionRecommendProducts, ActionFindSimilar, ActionFindMatching, ActionShowPopular)]

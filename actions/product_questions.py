"""What the record of one product says: facts, stock, price."""

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.interfaces import Action

from actions.catalogue import asks_difference, difference_words, versions_asked
from actions.ellipsis import leans
from actions.follow_up import answer_about, comes_later, of_kind, told_of
from actions.knowledge import UNKNOWN, answer_question, in_full
from actions.mentions import words_of
from actions.owned import get_owned, get_products
from actions.price_pairs import price_pair_reply
from actions.product_words import (
    MOST,
    card,
    facts_of,
    matching_variants,
    options_words,
    price_words,
    product_buttons,
    stock_words,
    version_words,
    wish_words,
)
from actions.reply import Button, Reply, button
from actions.resolve import match_items
from actions.service_prices import service_price_reply
from actions.services import Services
from actions.shelf import ProductAction, Shelf, cards_of, shown
from actions.turn import Turn
from actions.wishes import Wishes
from actions.words import now_of
from answers.models import Answer
from knowledge_base.retrievers import asked
from knowledge_base.retrievers.asked import Asked
from shop.models import Product, ProductFilter, Variant
from shop.wording import money

_OPTION_WORDS = 4
"""Words up to which an option asks for just that: "in black?"."""


class OneProductAction(ProductAction):
    """An answer about one product; where several fit, it asks which."""

    intent: str
    question: str

    async def act(self, turn: Turn) -> Reply:
        """Find the product, then tell; "when does it come" after tracking is about the order."""
        if comes_later(turn):
            return Reply("", replay=replace(turn.request, intent="track_order"))
        if told := await service_price_reply(self.services, turn, self.shelf):
            return told
        match = await self.meant(turn)
        before = await self.shown_before(turn)
        told = answer_about(before, turn.text, only_extremes=bool(match.only)) if len(before) > 1 else None
        told = told or (None if turn.request.pressed else await self.of_catalogue(turn) or await of_kind(turn, self.shelf))
        if told:
            return told
        if match.only:
            return await self.tell(turn, match.only)
        limits = (await self.wishes(turn)).filters
        if limits.max_price_cents is not None or limits.min_price_cents is not None:
            return Reply("", replay=replace(turn.request, intent="search_product"))
        if match.products:
            return await self.choose(turn, match.products)
        return await self.tell_none(turn)

    async def tell(self, turn: Turn, product: Product) -> Reply:
        """Answer about the product."""
        raise NotImplementedError

    async def asked_for(self, turn: Turn, product: Product, wishes: Wishes) -> Sequence[Variant]:
        """The variants that the words single out, read as for an exchange; those with the wished options where they do not."""
        words = (await self.shelf.words()).names.without_name(turn.text, product)
        found = versions_asked(words, product) if turn.text else None
        return found or matching_variants(product, wishes.filters.options)

    async def choose(self, turn: Turn, products: Sequence[Product]) -> Reply:
        """Ask which of several is meant."""
        more = f" There are {len(products)} that fit." if len(products) > MOST else ""
        return Reply(f"Which one do you mean?{more}", buttons=product_buttons(products, self.intent), slots=shown(products[:MOST]))

    async def tell_none(self, turn: Turn) -> Reply:
        """Say that no product was named."""
        return Reply(self.question)


class ActionTellProduct(OneProductAction):
    """Answers a question about a product from its record and the articles."""

    action_name = "action_tell_product"
    intent = "ask_product"
    question = "Which product is it about? Please give me its name."

    async def tell(self, turn: Turn, product: Product) -> Reply:
        """Answer, or say that the record does not tell."""
        slots = shown([product])
        if not turn.text:
            return Reply("\n".join(fact.text for fact in facts_of(product)), cards=[card(product)], slots=slots)
        wishes = await self.wishes(turn, product)
        # What is a version of other goods ("waterproof") may be a property of this one, and no version of it.
        own = {option for variant in product.variants for option in variant.options}
        wants_version = not own.isdisjoint(wishes.filters.options) or (wishes.unmet and len(product.variants) > 1)
        if wants_version and len(turn.text.split()) <= _OPTION_WORDS:
            return Reply("", replay=replace(turn.request, intent="check_stock"))
        question = (await self.shelf.words()).names.without_name(turn.text, product)
        reply = await self._answer(turn, product, question)
        told = told_of(product, turn.text) if reply.text == UNKNOWN else None
        if told:
            return Reply(told, cards=[card(product)], slots=slots)
        if reply.text == UNKNOWN and leans(turn.text):
            reply = await self._answer(turn, product, f"{question} {product.product_type}")
        if reply.text == UNKNOWN:
            text = f"Our records don't say that about the {product.name}, and I won't guess. Shall I get a person who can find out?"
            return replace(reply, text=text, cards=[card(product)], slots=slots)
        return replace(reply, slots=slots)

    async def _answer(self, turn: Turn, product: Product, question: str) -> Reply:
        return await answer_question(
            self.services, turn, question, facts_of(product), speaks_of_it=lambda answer: speaks_of(product, answer, turn.text)
        )

    async def tell_none(self, turn: Turn) -> Reply:
        """Without a product the articles may still know."""
        question, _ = await in_full(self.services, turn, turn.text)
        reply = await answer_question(self.services, turn, question) if turn.text else Reply(UNKNOWN)
        return Reply(self.question) if reply.text == UNKNOWN else reply


def speaks_of(product: Product, answer: Answer, question: str) -> bool:
    """Whether an answer rests on the product's record, or on an article that names its kind and speaks of what is asked.

    Care of pans says nothing of keyboards, and which hobs cast iron works on says nothing of a pan whose record names its own.
    """
    if any(evidence.startswith("product:") for sentence in answer.sentences for evidence in sentence.evidence_ids):
        return True
    head = product.product_type.split()[-1]  # "water" of "water bottle" is in every recipe for washing
    wanted = asked.read(question, f"{product.name}, {product.product_type}")
    if not wanted.is_open and (_tells(wanted, product) or not any(wanted.told_by(sentence.text) for sentence in answer.sentences)):
        return False
    features = [value for value in product.attributes.values() if not any(sign.isdigit() for sign in value)]
    named = words_of(" ".join([product.name, head, product.brand, *features]))
    return bool(named & words_of(" ".join([answer.text, *(citation.title for citation in answer.citations)])))


def _tells(wanted: Asked, product: Product) -> bool:
    """Whether the record itself speaks of what is asked: then no article on another thing of the kind answers in its place."""
    return any(wanted.told_by(f"{name}: {value}") for name, value in product.attributes.items())


class ActionTellStock(OneProductAction):
    """Tells what is in stock, by option."""

    action_name = "action_tell_stock"
    intent = "check_stock"
    question = "Which product shall I check?"

    async def tell(self, turn: Turn, product: Product) -> Reply:
        """Tell for the wished options, or for all; a price limit makes it a search."""
        wishes = await self.wishes(turn, product)
        if wishes.filters.max_price_cents is not None or wishes.filters.min_price_cents is not None:
            return Reply("", replay=replace(turn.request, intent="search_product"))
        variants = await self.asked_for(turn, product, wishes)
        slots = shown([product])
        if wishes.unmet or not variants:
            named = " or ".join(wishes.unmet) or options_words(wishes.filters.options)
            text = f"There is no {product.name} in {named}. {stock_words(product, product.variants)}"
            return Reply(text, cards=[card(product)], buttons=_similar(product), slots=slots)
        gone = not any(variant.available for variant in variants)
        rest = f" {stock_words(product, product.variants)}" if gone and len(variants) < len(product.variants) else ""
        return Reply(stock_words(product, variants) + rest, cards=[card(product)], buttons=_similar(product) if gone else [], slots=slots)

    async def choose(self, turn: Turn, products: Sequence[Product]) -> Reply:
        """For a whole type of product, show those that are in stock with the wished options."""
        wishes = await self.wishes(turn)
        filters = ProductFilter(
            options=wishes.filters.options, in_stock=True, product_ids=frozenset(str(product.product_id) for product in products)
        )
        there = await self.services.recommendations.find("", filters, MOST)
        if not there:
            return Reply(f"None of those is in stock{wish_words(wishes)}.", cards=cards_of(products[:MOST]), slots=shown(products[:MOST]))
        return Reply(f"In stock{wish_words(wishes)}:", cards=cards_of(there), slots=shown(there))


def _similar(product: Product) -> list[Button]:
    return [button("Show similar ones", "find_similar", product_id=str(product.product_id))]


class ActionTellPrice(OneProductAction):
    """Tells prices from the record of this moment."""

    action_name = "action_tell_price"
    intent = "ask_price"
    question = "The price of which product?"

    async def act(self, turn: Turn) -> Reply:
        """Tell a price, or how far it is from what the customer paid."""
        told = await price_pair_reply(self.services, turn, self.shelf) or await self._difference(turn)
        return told or await super().act(turn)

    async def _difference(self, turn: Turn) -> Reply | None:
        """How much more or less a version costs than the piece that the customer bought; None where no piece is plainly meant."""
        if not asks_difference(turn.text):
            return None
        owned = await get_owned(self.services, turn)
        products = await get_products(self.services, owned.orders)
        items = match_items(turn.request, owned.orders, now_of(self.services).date(), products, turn.slot("order_id"))
        lines = [line for order, ids in items.lines for line in order.lines if line.line_id in ids and line.product_id in products]
        if len(lines) != 1 or items.unsure:
            return None
        product = products[lines[0].product_id]
        told = difference_words(turn.text, lines[0], product)
        return Reply(told, cards=[card(product)], slots=shown([product])) if told else None

    async def tell(self, turn: Turn, product: Product) -> Reply:
        """Tell the price of the wished options, or look for something cheaper."""
        wishes = await self.wishes(turn, product)
        if wishes.cheaper:
            return await self._cheaper(turn, [product])
        variants = await self.asked_for(turn, product, wishes) or product.variants
        if len(variants) == 1 < len(product.variants):
            return Reply(version_words(product, variants[0]), cards=[card(product, variants[0])], slots=shown([product]))
        return Reply(
            price_words(product, variants), cards=[card(product, variants[0] if len(variants) == 1 else None)], slots=shown([product])
        )

    async def _cheaper(self, turn: Turn, products: Sequence[Product]) -> Reply:
        product = min(products, key=lambda one: one.from_price_cents)
        limit = product.from_price_cents - 1
        found = await self.services.recommendations.similar_to(str(product.product_id), ProductFilter(max_price_cents=limit), MOST)
        if not found:
            price = money(product.from_price_cents, product.currency)
            text = f"The {product.name} at {price} is the cheapest of its kind that we have in stock."
            return Reply(text, slots={"product_id": str(product.product_id)})
        cards = [card(one.product, one.variant, "; ".join(one.reasons[:3])) for one in found]
        slots = shown([one.product for one in found])
        return Reply(f"These are like the {product.name} and cost less:", cards=cards, slots=slots)

    async def choose(self, turn: Turn, products: Sequence[Product]) -> Reply:
        """For a whole type of product, tell the range; of several that were shown, look for one that costs less."""
        if (await self.wishes(turn)).cheaper:
            return await self._cheaper(turn, products)
        prices = [product.from_price_cents for product in products]
        low, high = money(min(prices), products[0].currency), money(max(prices), products[0].currency)
        by_price = sorted(products, key=lambda product: product.from_price_cents)[:MOST]
        text = f"Those are {len(products)} products, from {low} to {high}. The cheapest:"
        return Reply(text, cards=cards_of(by_price), slots=shown(by_price))


def create(services: Services) -> list[Action]:
    """Make this topic's actions; they share one shelf."""
    shelf = Shelf(services)
    return [kind(services, shelf) for kind in (ActionTellProduct, ActionTellStock, ActionTellPrice)]

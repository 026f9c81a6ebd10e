"""Finding products, and what their records say: facts, stock, price, sizes, side by side."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rasa_sdk.interfaces import Action

from actions.knowledge import UNKNOWN, answer_question
from actions.mentions import words_of
from actions.owned import find_meant, get_owned
from actions.product_words import card, facts_of, matching_variants, options_words, price_words, stock_words
from actions.reply import Button, Reply, button
from actions.services import Services
from actions.shelf import ProductAction, Shelf, cards_of, shown
from actions.turn import Turn
from actions.wishes import Wishes
from answers.models import Answer
from shop.models import Product, ProductFilter
from shop.wording import money

MOST = 4
_ORDER_INTENTS = frozenset({"track_order", "list_orders", "check_refund", "ask_invoice"})
_SEARCHES = re.compile(r"\b(?:show|find|have|sell|look|looking|buy|want|need|search|any)\b")


def product_buttons(products: Sequence[Product], intent: str) -> list[Button]:
    """A button for each product, which asks `intent` of it."""
    return [button(product.name, intent, product_id=str(product.product_id)) for product in products[:5]]


def wish_words(wishes: Wishes, currency: str = "EUR") -> str:
    """The wishes in a phrase, such as " in black under 100.00 EUR"."""
    filters = wishes.filters
    parts = [f" by {filters.brand}" if filters.brand else "", f" in {options_words(filters.options)}" if filters.options else ""]
    if filters.min_price_cents is not None and filters.max_price_cents is not None:
        parts.append(f" between {money(filters.min_price_cents, currency)} and {money(filters.max_price_cents, currency)}")
    elif filters.max_price_cents is not None:
        parts.append(f" up to {money(filters.max_price_cents, currency)}")
    elif filters.min_price_cents is not None:
        parts.append(f" from {money(filters.min_price_cents, currency)}")
    return "".join(parts)


class ActionSearchProducts(ProductAction):
    """Finds products by words and wishes, from live records."""

    action_name = "action_search_products"

    async def act(self, turn: Turn) -> Reply:
        """Show what fits; else say that nothing does, and show the nearest there is."""
        if await self._means_an_order(turn):
            return Reply("", replay=replace(turn.request, intent=str(turn.slot("last_intent"))))
        picked = await self.picked(turn)
        if picked:
            return Reply(stock_words(picked, picked.variants), cards=[card(picked)], slots=shown([picked]))
        wishes = await self._with_earlier(turn, await self.wishes(turn))
        if wishes.is_empty:
            return Reply("What are you looking for? You can name a product, a brand, a colour, a size or a price.")
        query = " ".join(part for part in (wishes.filters.product_type, wishes.words) if part)
        kept = {"wishes": {"filters": wishes.filters.model_dump(mode="json", exclude_none=True), "words": wishes.words}}
        found = await self.services.recommendations.find(query, wishes.filters, MOST)
        if found:
            cards = cards_of(found, wishes)
            return Reply(_note(wishes, turn, found) + _headline(wishes, cards), cards=cards, slots=shown(found, **kept))
        return await self._nearest(query, wishes, kept)

    async def _means_an_order(self, turn: Turn) -> bool:
        """Whether a few words after a question about an order ("the shoes!") name something that the customer bought."""
        if turn.slot("last_intent") not in _ORDER_INTENTS or len(turn.text.split()) > 4 or _SEARCHES.search(turn.text.lower()):
            return False
        owned = await get_owned(self.services, turn)
        match = await find_meant(self.services, turn.request, owned.orders, None)
        return match.named and bool(match.orders)

    async def _with_earlier(self, turn: Turn, wishes: Wishes) -> Wishes:
        """Add "under 50?" to what was searched for before."""
        earlier = turn.slot("wishes")
        if not earlier or wishes.words or wishes.filters.product_type:
            return wishes
        before = ProductFilter.model_validate(earlier["filters"])
        now = wishes.filters.model_dump(exclude_defaults=True)
        merged = before.model_copy(update={**now, "options": {**before.options, **wishes.filters.options}})
        cap = await self._cheaper_than_shown(turn) if wishes.cheaper else merged.max_price_cents
        return replace(wishes, filters=merged.model_copy(update={"max_price_cents": cap}), words=earlier["words"])

    async def _cheaper_than_shown(self, turn: Turn) -> int | None:
        before = await self.shelf.live_all(turn.slot("shown_products") or [])
        return min((product.from_price_cents for product in before), default=0) - 1 if before else None

    async def _nearest(self, query: str, wishes: Wishes, kept: Mapping[str, object]) -> Reply:
        looser = (
            wishes.filters.model_copy(update={"min_price_cents": None, "max_price_cents": None}),
            wishes.filters.model_copy(update={"options": {}}),
            ProductFilter(product_type=wishes.filters.product_type),
            ProductFilter(),
        )
        for filters in looser:
            found = await self.services.recommendations.find(query, filters, MOST) if query or filters != ProductFilter() else []
            if found:
                what = f'"{query}"' if query else "that"
                text = f"I found nothing for {what}{wish_words(wishes)}. The nearest we have:"
                return Reply(text, cards=cards_of(found), slots=shown(found, **kept))
        return Reply(
            "I found nothing like that in our shop. Can you describe it in other words?", buttons=[button("What others buy", "ask_popular")]
        )


def _headline(wishes: Wishes, cards: Sequence[Mapping[str, str]]) -> str:
    if all(one["subtitle"].endswith("sold out") for one in cards):
        return f"We carry this{wish_words(wishes)}, but it is sold out at the moment:"
    return f"{'Here' if len(cards) > 1 else 'This'} is what we have{wish_words(wishes)}:"


def _note(wishes: Wishes, turn: Turn, found: Sequence[Product]) -> str:
    """What was asked for and is not there: a colour or size that the shop lacks, a material that none of these has."""
    unmet = [f"We have nothing in {' or '.join(wishes.unmet)}. "] if wishes.unmet else []
    texts = " ".join(" ".join([one.name, one.description, *one.attributes.values()]) for one in found).lower()
    unmet += [f"I see none made of {material}. " for material in turn.request.values("material") if material.lower() not in texts]
    return "".join(unmet)


class OneProductAction(ProductAction):
    """An answer about one product; where several fit, it asks which."""

    intent: str
    question: str

    async def act(self, turn: Turn) -> Reply:
        """Find the product, then tell."""
        match = await self.meant(turn)
        if match.only:
            return await self.tell(turn, match.only)
        if match.products:
            return await self.choose(turn, match.products)
        return await self.tell_none(turn)

    async def tell(self, turn: Turn, product: Product) -> Reply:
        """Answer about the product."""
        raise NotImplementedError

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
        question = (await self.shelf.words()).names.without_name(turn.text, product)
        reply = await answer_question(
            self.services, turn, question, facts_of(product), speaks_of_it=lambda answer: speaks_of(product, answer)
        )
        if reply.text == UNKNOWN:
            text = f"Our records don't say that about the {product.name}, and I won't guess. Shall I get a person who can find out?"
            return replace(reply, text=text, cards=[card(product)], slots=slots)
        return replace(reply, slots=slots)

    async def tell_none(self, turn: Turn) -> Reply:
        """Without a product the articles may still know."""
        reply = await answer_question(self.services, turn, turn.text) if turn.text else Reply(UNKNOWN)
        return Reply(self.question) if reply.text == UNKNOWN else reply


def speaks_of(product: Product, answer: Answer) -> bool:
    """Whether an answer rests on the product's record, or on an article that names its kind: care of pans says nothing of keyboards."""
    if any(evidence.startswith("product:") for sentence in answer.sentences for evidence in sentence.evidence_ids):
        return True
    named = words_of(" ".join([product.name, product.product_type, product.brand, *product.attributes.values()]))
    return bool(named & words_of(" ".join([answer.text, *(citation.title for citation in answer.citations)])))


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
        variants = matching_variants(product, wishes.filters.options)
        slots = shown([product])
        if wishes.unmet or not variants:
            named = " or ".join(wishes.unmet) or options_words(wishes.filters.options)
            text = f"There is no {product.name} in {named}. {stock_words(product, product.variants)}"
            return Reply(text, cards=[card(product)], buttons=_similar(product), slots=slots)
        gone = not any(variant.stock for variant in variants)
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

    async def tell(self, turn: Turn, product: Product) -> Reply:
        """Tell the price of the wished options, or look for something cheaper."""
        wishes = await self.wishes(turn, product)
        if wishes.cheaper:
            return await self._cheaper(turn, [product])
        variants = matching_variants(product, wishes.filters.options) or product.variants
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
            return Reply(text, slots=shown([product]))
        cards = [card(one.product, one.variant, "; ".join(one.reasons[:3])) for one in found]
        slots = {"shown_products": [str(one.product.product_id) for one in found]}
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
    """Make this topic's actions."""
    shelf = Shelf(services)
    kinds = (ActionSearchProducts, ActionTellProduct, ActionTellStock, ActionTellPrice)
    return [kind(services, shelf) for kind in kinds]

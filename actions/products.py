"""Finding products, and what their records say: facts, stock, price, sizes, side by side."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rasa_sdk.interfaces import Action

from actions.catalogue import asks_difference, difference_words, versions_asked
from actions.follow_up import answer_about, told_of
from actions.knowledge import UNKNOWN, answer_question
from actions.mentions import words_of
from actions.owned import find_meant, get_owned, get_products
from actions.product_words import card, facts_of, matching_variants, options_words, price_words, stock_words, version_words
from actions.reply import Button, Reply, button
from actions.resolve import match_items
from actions.services import Services
from actions.shelf import ProductAction, Shelf, cards_of, shown
from actions.turn import Turn
from actions.wishes import Wishes
from actions.words import now_of
from answers.models import Answer
from shop.models import Product, ProductFilter, Variant
from shop.wording import money

MOST = 4
_FEW = 2
_SHORT = 6
_OPTION_WORDS = 4
"""Words up to which an option asks for just that: "in black?"."""
_NARROWING = 3
"""Words up to which a search for another type keeps the budget of the last one."""
_ASKED_FOR = re.compile(
    r"^(?:(?:hi|hey|hello|ok|and)\W+)?(?:(?:do|dont|don't)\s+)?(?:you|u|ya)\s+(?:guys\s+)?(?:sell|have|carry|stock|offer|do)\s+"
    r"(?:(?:any|some|a|an|also|the|any kind of)\s+)*(?P<thing>[a-z][\w-]*(?: [a-z][\w-]*)?)\W*$"
)
_ORDER_INTENTS = frozenset({"track_order", "list_orders", "check_refund", "ask_invoice"})
_COMES = re.compile(
    r"\b(?:where(?:'?s| is)? it|where it is|when (?:does|will|is) it (?:come|coming|arriv\w*|get|here|be)|how long (?:until|till) it)\b"
)
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
        if turn.slot("last_intent") == "track_order" and _COMES.search(turn.text.lower()):
            return Reply("", replay=replace(turn.request, intent="track_order"))
        if await self._means_an_order(turn):
            return Reply("", replay=replace(turn.request, intent=str(turn.slot("last_intent"))))
        picked = await self.picked(turn) or await self.one_of_shown(turn)
        of_catalogue = None if picked else await self.of_catalogue(turn) or await self._of_version(turn)
        if of_catalogue:
            return of_catalogue
        if picked:
            return Reply(stock_words(picked, picked.variants), cards=[card(picked)], slots=shown([picked]))
        before = await self.shown_before(turn)
        told = answer_about(before, turn.text) if before and await self._only_asks(turn) else None
        if told:
            return told
        named = await self.wishes(turn)
        wishes = await self._with_earlier(turn, named)
        if wishes.is_empty:
            return Reply("What are you looking for? You can name a product, a brand, a colour, a size or a price.")
        query = " ".join(part for part in (wishes.filters.product_type, wishes.words) if part)
        kept = {"wishes": {"filters": wishes.filters.model_dump(mode="json", exclude_none=True), "words": wishes.words}}
        missing = await self._unsold(turn, wishes)
        found = [] if missing else await self.services.recommendations.find(query, wishes.filters, MOST)
        if found:
            cards = cards_of(found, wishes)
            return Reply(_note(wishes, turn, found) + _headline(wishes, cards), cards=cards, slots=shown(found, **kept))
        return await self._nearest_to_unsold(missing, wishes) if missing else await self._nearest(query, wishes, kept)

    async def _of_version(self, turn: Turn) -> Reply | None:
        """A product by its name in a certain version is asked for in stock, and not searched for by words."""
        names = (await self.shelf.words()).names
        match = names.find(turn.text)
        if not match.only or not match.by_name or not match.is_plain:
            return None
        limits = (await self.wishes(turn, match.only)).filters
        is_limited = limits.max_price_cents is not None or limits.min_price_cents is not None
        if is_limited or versions_asked(names.without_name(turn.text, match.only), match.only) is None:
            return None
        return Reply("", replay=replace(turn.request, intent="check_stock"))

    async def _means_an_order(self, turn: Turn) -> bool:
        """Whether a few words after a question about an order ("the shoes!") name something that the customer bought."""
        if turn.slot("last_intent") not in _ORDER_INTENTS or len(turn.text.split()) > 4 or _SEARCHES.search(turn.text.lower()):
            return False
        owned = await get_owned(self.services, turn)
        match = await find_meant(self.services, turn.request, owned.orders, None)
        return match.named and bool(match.orders)

    async def _with_earlier(self, turn: Turn, wishes: Wishes) -> Wishes:
        """Add "under 50?" or "thick ones" to what was searched for before, and keep a budget that was named for all of it."""
        earlier = turn.slot("wishes") or {"filters": {}, "words": ""}
        before = ProductFilter.model_validate(earlier["filters"])
        if wishes.filters.product_type or wishes.filters.brand or not (kind := await self._kind_in_view(turn, wishes)):
            return _with_budget(turn, wishes, before)
        if before.product_type not in {None, kind}:
            before = ProductFilter()
        now = wishes.filters.model_dump(exclude_defaults=True)
        options = {**before.options, **wishes.filters.options}
        merged = before.model_copy(update={**now, "product_type": kind, "options": options})
        cap = await self._cheaper_than_shown(turn) if wishes.cheaper else merged.max_price_cents
        words = wishes.words or ("" if wishes.cheaper else earlier["words"])
        return replace(wishes, filters=merged.model_copy(update={"max_price_cents": cap}), words=words)

    async def _kind_in_view(self, turn: Turn, wishes: Wishes) -> str | None:
        """The type of what was shown last, where the words that are left are said of it too."""
        kinds = {product.product_type for product in await self.shelf.live_all(turn.slot("shown_products") or [])}
        kind = kinds.pop() if len(kinds) == 1 else None
        names = (await self.shelf.words()).names
        return kind if kind and (not wishes.words or names.are_of(wishes.words, kind)) else None

    async def _cheaper_than_shown(self, turn: Turn) -> int | None:
        before = await self.shelf.live_all(turn.slot("shown_products") or [])
        return min((product.from_price_cents for product in before), default=0) - 1 if before else None

    async def _only_asks(self, turn: Turn) -> bool:
        """Whether the words look for nothing anew, so that "the lightest" is one of those that were shown."""
        return len(turn.text.split()) <= _SHORT and not (await self.wishes(turn)).filters.product_type

    async def _unsold(self, turn: Turn, wishes: Wishes) -> str | None:
        """What was asked for by name and is nothing that the shop sells; None where that is not plain."""
        found = _ASKED_FOR.search(turn.text.lower().strip())
        if not found or wishes.filters.product_type or wishes.filters.brand or not wishes.words:
            return None
        thing = found["thing"].split()[-1]
        names = (await self.shelf.words()).names
        is_known = names.is_sold(thing) or names.is_sold(names.mend_words(thing)) or thing not in wishes.words.split()
        return None if is_known or (names.find(turn.text).by_name and names.find(turn.text).is_plain) else found["thing"]

    async def _nearest_to_unsold(self, thing: str, wishes: Wishes) -> Reply:
        found = await self.services.recommendations.find(thing, wishes.filters, _FEW)
        text = f"We don't sell {thing}."
        if not found:
            return Reply(text, buttons=[button("What others buy", "ask_popular")])
        return Reply(f"{text} The nearest we have, in case it helps:", cards=cards_of(found), slots=shown(found))

    async def _nearest(self, query: str, wishes: Wishes, kept: Mapping[str, object]) -> Reply:
        looser = (
            wishes.filters.model_copy(update={"options": {}}),
            wishes.filters.model_copy(update={"min_price_cents": None, "max_price_cents": None}),
            ProductFilter(product_type=wishes.filters.product_type),
        )
        for filters in looser:
            found = await self.services.recommendations.find(query, filters, MOST) if query or filters != ProductFilter() else []
            found = sorted(found, key=lambda one: one.from_price_cents) if wishes.filters.max_price_cents else found
            if found:
                what = f'"{query}"' if query else "that"
                text = f"I found nothing for {what}{wish_words(wishes)}. The nearest we have:"
                return Reply(text, cards=cards_of(found), slots=shown(found, **kept))
        return Reply(
            "I found nothing like that in our shop. Can you describe it in other words?", buttons=[button("What others buy", "ask_popular")]
        )


def _with_budget(turn: Turn, wishes: Wishes, before: ProductFilter) -> Wishes:
    """Keep the limit that was named for a need as a whole ("250 in total") when its parts are looked at ("just the tent")."""
    has_limit = wishes.filters.max_price_cents is not None or wishes.filters.min_price_cents is not None
    if has_limit or before.max_price_cents is None or (before.product_type and len(turn.text.split()) > _NARROWING):
        return wishes
    return replace(wishes, filters=wishes.filters.model_copy(update={"max_price_cents": before.max_price_cents}))


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
        """Find the product, then tell; "when does it come" after tracking is about the order."""
        if turn.slot("last_intent") == "track_order" and _COMES.search(turn.text.lower()):
            return Reply("", replay=replace(turn.request, intent="track_order"))
        match = await self.meant(turn)
        before = await self.shown_before(turn)
        told = answer_about(before, turn.text, only_extremes=bool(match.only)) if len(before) > 1 else None
        told = told or (None if turn.request.pressed else await self.of_catalogue(turn))
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
        if (wishes.filters.options or wishes.unmet) and len(turn.text.split()) <= _OPTION_WORDS:
            return Reply("", replay=replace(turn.request, intent="check_stock"))
        question = (await self.shelf.words()).names.without_name(turn.text, product)
        reply = await answer_question(
            self.services, turn, question, facts_of(product), speaks_of_it=lambda answer: speaks_of(product, answer)
        )
        told = told_of(product, turn.text) if reply.text == UNKNOWN else None
        if told:
            return Reply(told, cards=[card(product)], slots=slots)
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
        return await self._difference(turn) or await super().act(turn)

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
    """Make this topic's actions."""
    shelf = Shelf(services)
    kinds = (ActionSearchProducts, ActionTellProduct, ActionTellStock, ActionTellPrice)
    return [kind(services, shelf) for kind in kinds]

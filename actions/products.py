"""Finding products by words and wishes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rasa_sdk.interfaces import Action

from actions.catalogue import CHEAPEST, versions_asked
from actions.follow_up import answer_about, comes_later, of_kind
from actions.owned import find_meant, get_owned
from actions.product_words import (
    MOST,
    card,
    stock_words,
    wish_words,
)
from actions.reply import Reply, button
from actions.service_prices import service_price_reply
from actions.services import Services
from actions.shelf import ProductAction, Shelf, cards_of, shown
from actions.turn import Turn
from actions.wishes import Wishes
from shop.models import Product, ProductFilter

_FEW = 2
_MANY = 24
_SHORT = 6
_NARROWING = 3
"""Words up to which a search for another type keeps the budget of the last one."""
_ASKED_FOR = re.compile(
    r"^(?:(?:hi|hey|hello|ok|and)\W+)?(?:(?:do|dont|don't)\s+)?(?:you|u|ya)\s+(?:guys\s+)?(?:sell|have|carry|stock|offer|do)\s+"
    r"(?:(?:any|some|a|an|also|the|any kind of)\s+)*(?P<thing>[a-z][\w-]*(?: [a-z][\w-]*)?)\W*$"
)
_ORDER_INTENTS = frozenset({"track_order", "list_orders", "check_refund", "ask_invoice"})
_SEARCHES = re.compile(r"\b(?:show|find|have|sell|look|looking|buy|want|need|search|any)\b")


class ActionSearchProducts(ProductAction):
    """Finds products by words and wishes, from live records."""

    action_name = "action_search_products"

    async def act(self, turn: Turn) -> Reply:
        """Show what fits; else say that nothing does, and show the nearest there is."""
        if comes_later(turn):
            return Reply("", replay=replace(turn.request, intent="track_order"))
        if told := await service_price_reply(self.services, turn, self.shelf):
            return told
        if await self._means_an_order(turn):
            return Reply("", replay=replace(turn.request, intent=str(turn.slot("last_intent"))))
        picked = await self.picked(turn) or await self.one_of_shown(turn)
        of_catalogue = None if picked else await self.of_catalogue(turn) or await of_kind(turn, self.shelf) or await self._of_version(turn)
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
        found = [] if missing else await self._find(turn, query, wishes)
        if found:
            cards = cards_of(found, wishes)
            return Reply(_note(wishes, turn, found) + _headline(wishes, cards), cards=cards, slots=shown(found, **kept))
        return await self._nearest_to_unsold(missing, wishes) if missing else await self._nearest(query, wishes, kept)

    async def _find(self, turn: Turn, query: str, wishes: Wishes) -> list[Product]:
        """What fits best; of the kind that does, the cheapest first where that is asked for."""
        if not CHEAPEST.search(turn.text.lower()):
            return await self.services.recommendations.find(query, wishes.filters, MOST)
        found = await self.services.recommendations.find(CHEAPEST.sub(" ", query.lower()).strip(), wishes.filters, _MANY)
        alike = [product for product in found if product.product_type == found[0].product_type]
        return sorted(alike, key=lambda product: (not product.in_stock, product.from_price_cents))[:MOST]

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


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionSearchProducts(services, Shelf(services))]

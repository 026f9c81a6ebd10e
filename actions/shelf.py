"""The catalogue as the product topics see it: the words it knows, the product in hand, what was shown last."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.base import ShopAction
from actions.catalogue import asks_sum, catalogue_words, types_words
from actions.mentions import find_ordinal
from actions.product_names import ProductMatch, ProductNames, points_back
from actions.product_words import card
from actions.reply import Reply
from actions.services import Services
from actions.turn import Turn
from actions.wishes import Vocabulary, Wishes, read_wishes
from shop.errors import ProductNotFound
from shop.filtering import fits
from shop.models import Product, ProductFilter

PRODUCT_INTENTS = frozenset(
    """search_product ask_product check_stock ask_price ask_size request_recommendation find_similar
    find_matching ask_popular""".split()  # noqa: SIM905
)
"""Intents that a bare option or price after them asks again."""
_EVERY = 100_000
_FEW_WORDS = 5
_MOST_CARDS = 4
_FRESH_S = 60.0


@dataclass(frozen=True)
class Words:
    """What the catalogue's products, types, brands and options are called."""

    names: ProductNames
    vocabulary: Vocabulary


class Shelf:
    """Knows the catalogue's words, read again every minute; prices and stock are asked for live."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._words: Words | None = None
        self._read_at = 0.0

    async def words(self) -> Words:
        """The catalogue's words."""
        if self._words is None or time.monotonic() - self._read_at > _FRESH_S:
            products = await self._services.shop.list_products(ProductFilter(), limit=_EVERY)
            self._words = Words(ProductNames(products), Vocabulary.of(products))
            self._read_at = time.monotonic()
        return self._words

    async def live(self, product_id: Any) -> Product | None:
        """A product as it is now, or None where it is not sold any more."""
        try:
            return await self._services.shop.get_product(str(product_id)) if product_id else None
        except ProductNotFound:
            return None

    async def live_all(self, product_ids: Sequence[str]) -> list[Product]:
        """Those products that are still sold."""
        found = [await self.live(product_id) for product_id in product_ids]
        return [product for product in found if product is not None]


class ProductAction(ShopAction):
    """An action about products. All of them share one shelf."""

    def __init__(self, services: Services, shelf: Shelf) -> None:
        super().__init__(services)
        self.shelf = shelf

    async def wishes(self, turn: Turn, about: Product | None = None) -> Wishes:
        """What the turn's words ask for; the words of the product's own name ("Tide 42") ask for nothing."""
        words = await self.shelf.words()
        request = turn.request
        if about is not None:
            kept = tuple(found for found in request.entities if str(found.get("value", "")).lower() not in about.name.lower())
            request = replace(request, text=words.names.without_name(request.text, about), entities=kept)
        return read_wishes(request, words.vocabulary)

    async def picked(self, turn: Turn) -> Product | None:
        """The product of a pressed button, or "the second one" of those that were shown."""
        pressed = await self.shelf.live(turn.request.value("product_id"))
        if pressed:
            return pressed
        shown = turn.slot("shown_products") or []
        position = find_ordinal(turn.text, len(shown)) if shown else None
        return None if position is None else await self.shelf.live(shown[position])

    async def meant(self, turn: Turn) -> ProductMatch:
        """The products that the turn speaks of: one that was picked, one by name, the one in hand, or all that were shown."""
        picked = await self.picked(turn)
        if picked:
            return ProductMatch((picked,), by_name=True)
        shown = await self.shelf.live_all(turn.slot("shown_products") or [])
        match = (await self.shelf.words()).names.find(turn.text)
        in_hand = await self.shelf.live(turn.slot("product_id"))
        if shown and not match.is_plain:
            among = ProductNames(shown).find(turn.text)
            chosen = among if among.products and len(among.products) < len(shown) else None
            if in_hand and not (chosen and chosen.only):
                chosen = None
            return chosen or ProductMatch((in_hand,) if in_hand else tuple(shown), by_name=in_hand is not None)
        live = tuple(await self.shelf.live_all([str(product.product_id) for product in match.products]))
        among_shown = tuple(product for product in live if product in shown)
        if len(live) > 1 and len(among_shown) == 1 and points_back(turn.request):
            return ProductMatch(among_shown, by_name=True)
        if in_hand and (not live or (not match.by_name and points_back(turn.request))):
            return ProductMatch((in_hand,), by_name=True)
        return ProductMatch(live, by_name=match.by_name) if live else ProductMatch(tuple(shown))

    async def of_catalogue(self, turn: Turn) -> Reply | None:
        """As `catalogue_reply`, from this action's shelf."""
        return await catalogue_reply(turn, self.shelf)

    async def one_of_shown(self, turn: Turn) -> Product | None:
        """The one of the last shown that a few words single out: "the french press one"."""
        before = await self.shown_before(turn)
        if len(turn.text.split()) > _FEW_WORDS or len(before) < 2:
            return None
        words = await self.shelf.words()
        asks = read_wishes(turn.request, words.vocabulary).filters
        return None if asks != ProductFilter() else ProductNames(before).find(turn.text).only

    async def shown_before(self, turn: Turn) -> list[Product]:
        """The products that were shown last, where the turn's words name no others."""
        match = (await self.shelf.words()).names.find(turn.text)
        before = await self.shelf.live_all(turn.slot("shown_products") or [])
        return [] if match.is_plain and not any(product in before for product in match.products) else before


async def catalogue_reply(turn: Turn, shelf: Shelf) -> Reply | None:
    """What records answer to a question about the catalogue as such: how many, which, the cheapest; None for others."""
    words = await shelf.words()
    kinds = types_words(turn.text, words.names.products)
    if kinds:
        return Reply(kinds)
    several = words.names.find_several(turn.text) if asks_sum(turn.text) else []
    named = several if len(several) > 1 else words.names.find_plain(turn.text)
    products = await shelf.live_all([str(product.product_id) for product in named])
    in_hand = await shelf.live(turn.slot("product_id")) if not products else None
    spoken_of = products or ([in_hand] if in_hand else [])
    told = catalogue_words(turn.text, spoken_of)
    if told is None:
        return None
    told_of = ([product for product in spoken_of if product.name in told] or spoken_of)[:_MOST_CARDS]
    return Reply(told, cards=cards_of(told_of), slots=shown(told_of))


def shown(products: Sequence[Product], **more: Any) -> dict[str, Any]:
    """What to remember of products that are shown: all of them, and the one in hand where there is one."""
    ids = [str(product.product_id) for product in products]
    return {"shown_products": ids, "product_id": ids[0] if len(ids) == 1 else None, **more}


def cards_of(products: Sequence[Product], wishes: Wishes | None = None) -> list[dict[str, Any]]:
    """Cards for products, each with the variant that the wishes single out."""
    filters = wishes.filters if wishes else ProductFilter()
    cards = []
    for product in products:
        fitting = sorted((one for one in product.variants if fits(one, filters)), key=lambda one: (not one.available, one.price_cents))
        cards.append(card(product, fitting[0] if filters.options and fitting else None))
    return cards

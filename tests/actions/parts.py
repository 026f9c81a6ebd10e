"""The actions with every part real: the shop on SQLite, articles in a temporary index, answers, recommendations."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import answers
import knowledge_base
import recommendation
import shop as shop_package
from actions.services import ActionSettings, Services
from answers.answerer import Answerer
from answers.settings import AnswerSettings
from knowledge_base import registry
from knowledge_base.catalogue import CatalogueIndex
from knowledge_base.embedders.base import Embedder
from knowledge_base.knowledge import KnowledgeBase
from knowledge_base.models import ProductDocument
from knowledge_base.settings import KnowledgeBaseSettings
from recommendation.settings import RecommendationSettings
from shop.models import Actor, Level, Product
from shop.operations import Shop
from shop.settings import ShopSettings
from tests.actions.goods import shop_data

ROOT = Path(__file__).parents[2]
CODE = "271828"


@dataclass
class Desk:
    """Says who writes. The code of an order that exists is always the same here; the gateway's own service makes real ones."""

    shop: Shop
    actors: dict[str, Actor] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)

    def sign_in(self, conversation_id: str, customer_id: str) -> None:
        self.actors[conversation_id] = Actor.model_validate({"level": Level.CUSTOMER, "customer_id": customer_id})

    async def get_actor(self, conversation_id: str) -> Actor:
        return self.actors.get(conversation_id, Actor())

    async def start_order_proof(self, conversation_id: str, order_id: str) -> None:
        if await self.shop.find_order_contact(order_id):
            self.sent.append(order_id)

    async def prove_order(self, conversation_id: str, order_id: str, code: str) -> bool:
        contact = await self.shop.find_order_contact(order_id)
        if contact is None or code != CODE:
            return False
        self.actors[conversation_id] = Actor(level=Level.GUEST, order_ids=frozenset({contact.order_id}))
        return True

    async def may_try(self, conversation_id: str) -> bool:
        """The gateway's own service counts; nobody is stopped here."""
        return True

    async def prove_weakly(self, conversation_id: str, facts: dict[str, str]) -> bool:
        if email := facts.get("email"):
            customer = await self.shop.find_customer_by_email(email)
        else:
            customer = await self.shop.find_customer_by_name_zip(facts["first_name"], facts["last_name"], facts["zip"])
        known = self.actors.get(conversation_id, Actor()).customer_id
        if customer is None or known not in {None, customer.customer_id}:
            return False
        self.actors[conversation_id] = Actor(level=Level.GUEST, customer_id=customer.customer_id)
        return True


def document_of(product: Product) -> ProductDocument:
    fields = {
        "name": product.name,
        "product_type": product.product_type,
        "brand": product.brand,
        "description": product.description,
        "keywords": " ".join(product.keywords),
        "attributes": " ".join(f"{name} {value}" for name, value in product.attributes.items()),
        "options": " ".join({value for variant in product.variants for value in variant.options.values()}),
    }
    return ProductDocument(product.product_id, fields)


@dataclass
class Parts:
    """What a test works with."""

    services: Services
    desk: Desk
    shop: Shop
    published: list[tuple[str, dict[str, Any]]]


@dataclass
class Library:
    """What takes a while to make and does not change: the articles' index, the embedder, the answers."""

    knowledge: KnowledgeBase
    embedder: Embedder
    answers: Answerer


async def make_library(folder: Path) -> Library:
    settings = KnowledgeBaseSettings(index_dir=folder / "index", embedding_dir=ROOT / "var" / "embedding", store="memory")
    knowledge = knowledge_base.create(settings)
    await knowledge.ingest([ROOT / "knowledge_base" / "articles"])
    embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
    return Library(knowledge, embedder, answers.create(AnswerSettings(), knowledge, embedder))


async def make_parts(folder: Path, settings: ActionSettings | None = None, library: Library | None = None) -> Parts:
    library = library or await make_library(folder)
    shop = shop_package.create(ShopSettings(url=f"sqlite+aiosqlite:///{folder / 'shop.db'}"))
    data = shop_data()
    await shop.load(data)
    catalogue = CatalogueIndex(library.embedder)
    await catalogue.rebuild([document_of(product) for product in data.products])
    published: list[tuple[str, dict[str, Any]]] = []

    async def publish(conversation_id: str, frame: dict[str, Any]) -> None:
        published.append((conversation_id, frame))

    desk = Desk(shop)
    services = Services(
        shop=shop,
        knowledge=library.knowledge,
        answers=library.answers,
        recommendations=recommendation.create(RecommendationSettings(), shop, catalogue),
        identity=desk,
        publish=publish,
        settings=settings or ActionSettings(),
    )
    return Parts(services, desk, shop, published)

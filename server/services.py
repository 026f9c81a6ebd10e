"""Builds what actions use, out of the packages behind the gateway."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import structlog

from knowledge_base.errors import KnowledgeBaseError
from server.conversations.ledgers import Ledgers, RecordedAnswers
from server.conversations.live import Publisher
from server.identity.service import Identity
from server.settings import Settings
from shop.errors import ShopError

if TYPE_CHECKING:
    from actions.services import Services
    from knowledge_base.catalogue import CatalogueIndex
    from knowledge_base.models import ProductDocument
    from shop.models import Product
    from shop.operations import Shop

log = structlog.get_logger()

_REFRESH_S = 300.0
_PAGE = 1000


@dataclass(frozen=True)
class Built:
    """What actions use, the executor that runs them, and the catalogue's index, which follows the shop."""

    services: "Services"
    executor: Any
    catalogue: "CatalogueIndex"


def build_services(settings: Settings, shop: "Shop", identity: Identity, publish: Publisher, ledgers: Ledgers) -> Built:
    """Build the packages. Blocking: imports are heavy and models are read; not for the event loop's thread."""
    import answers
    import recommendation
    from actions import create_executor
    from actions.services import ActionSettings, Services
    from answers import guided
    from answers.answerer import Answerer
    from knowledge_base import registry
    from knowledge_base.catalogue import CatalogueIndex
    from knowledge_base.knowledge import KnowledgeBase
    from recommendation.settings import RecommendationSettings

    knowledge_settings = settings.knowledge_base_settings()
    embedder = registry.build("knowledge_base.embedders", knowledge_settings.embedder, knowledge_settings)  # one model in memory for all
    store = registry.build("knowledge_base.stores", knowledge_settings.store, knowledge_settings)
    reranker = registry.build("knowledge_base.rerankers", knowledge_settings.reranker, knowledge_settings, embedder)
    knowledge = KnowledgeBase(knowledge_settings, store=store, embedder=embedder, reranker=reranker)
    catalogue = CatalogueIndex(embedder, settings.data_dir / "catalogue.vectors")
    reader = guided.create(settings.answer_settings(), settings.llm_understanding_timeout_s) if settings.llm_understanding else None
    services = Services(
        shop=shop,
        knowledge=knowledge,
        answers=cast("Answerer", RecordedAnswers(answers.create(settings.answer_settings(), knowledge, embedder), ledgers)),
        recommendations=recommendation.create(RecommendationSettings(), shop, catalogue),
        identity=identity,
        publish=publish,
        reader=reader,
        settings=ActionSettings(
            brand_name=settings.brand_name,
            opening_hours=settings.opening_hours,
            timezone=settings.timezone,
            guest_proof=settings.guest_proof,
        ),
    )
    return Built(services, create_executor(services), catalogue)


async def warm_up(services: "Services") -> None:
    """Read the index and the model before the first customer waits for them."""
    try:
        await services.knowledge.search("How long does delivery take, and what does it cost?")
        await services.answers.prepare()
    except KnowledgeBaseError as exc:
        log.warning("knowledge.not_warm", error=type(exc).__name__)


async def follow_catalogue(shop: "Shop", catalogue: "CatalogueIndex") -> None:
    """Index the shop's products now and again from time to time, until cancelled. Stock and price are read live anyway."""
    while True:
        try:
            await index_catalogue(shop, catalogue)
        except (ShopError, KnowledgeBaseError) as exc:
            log.warning("catalogue.not_indexed", error=type(exc).__name__)
        await asyncio.sleep(_REFRESH_S)


async def index_catalogue(shop: "Shop", catalogue: "CatalogueIndex") -> int:
    """Index the shop's products by words; gives how many."""
    from shop.models import ProductFilter

    products: list[Product] = []
    while page := await shop.list_products(ProductFilter(), limit=_PAGE, offset=len(products)):
        products += page
    await catalogue.rebuild([document_of(product) for product in products])
    return len(products)


def document_of(product: "Product") -> "ProductDocument":
    """Give the words by which a product is found."""
    from knowledge_base.models import ProductDocument

    options = {value for variant in product.variants for value in variant.options.values()}
    fields = {
        "name": product.name,
        "product_type": product.product_type,
        "brand": product.brand,
        "description": product.description,
        "keywords": " ".join(product.keywords),
        "attributes": " ".join(f"{name} {value}" for name, value in product.attributes.items()),
        "options": " ".join(sorted(options)),
    }
    return ProductDocument(product.product_id, fields)

"""The small interface behind the demo shop's pages. Only with `COUNTERHAND_DEMO=1`: it signs anybody in as anybody."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from knowledge_base.errors import DocumentNotFound
from knowledge_base.knowledge import KnowledgeBase
from server.errors import NotAuthenticated
from server.identity import tokens
from server.settings import Settings
from server.storefront import schemas
from server.storefront.articles import render_article
from server.storefront.errors import HelpUnavailable, NotInShop
from server.storefront.pictures import draw
from server.storefront.session import DemoSessions
from shop.errors import ProductNotFound
from shop.models import Actor, Customer, CustomerId, Level, Product, ProductFilter
from shop.operations import Shop
from shop.wording import amount

_PER_PAGE = 24
_EVERYTHING = 100_000
_DAY_S = 86_400


def create_router(settings: Settings, shop: Shop, find_knowledge: Callable[[], KnowledgeBase | None]) -> APIRouter:
    """Build the routes of the demo shop.

    Args:
        settings: The installation's settings.
        shop: Where products, customers and orders are.
        find_knowledge: Gives the knowledge base once it is built.
    """
    router = APIRouter(prefix="/storefront", tags=["storefront"], include_in_schema=False)
    _add_catalogue(router, settings, shop)
    _add_account(router, settings, shop)
    _add_help(router, find_knowledge)
    return router


def _add_catalogue(router: APIRouter, settings: Settings, shop: Shop) -> None:
    @router.get("/api/config")
    async def get_config() -> schemas.ConfigView:
        some = await shop.list_products(ProductFilter(), limit=1)
        return schemas.ConfigView(
            brand_name=settings.brand_name, accent_colour=settings.accent_colour, widget_id=settings.widget_id,
            currency=some[0].currency if some else "EUR", amounts=amount(123450),
        )  # fmt: skip

    @router.get("/api/types")
    async def list_types() -> list[schemas.TypeView]:
        counts = Counter(product.product_type for product in await shop.list_products(ProductFilter(), limit=_EVERYTHING))
        return [schemas.TypeView(product_type=kind, count=count) for kind, count in sorted(counts.items())]

    @router.get("/api/products")
    async def list_products(
        product_type: Annotated[str, Query(alias="type", max_length=100)] = "",
        q: Annotated[str, Query(max_length=200)] = "",
        page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    ) -> schemas.ProductPage:
        wanted = ProductFilter(product_type=product_type or None, text=q.strip() or None)
        found = await shop.list_products(wanted, limit=_EVERYTHING)
        found = found if product_type or q else _mix(found)
        shown = found[(page - 1) * _PER_PAGE : page * _PER_PAGE]
        pages = max(1, -(-len(found) // _PER_PAGE))
        return schemas.ProductPage(items=[schemas.product_card(product) for product in shown], page=page, pages=pages)

    @router.get("/api/products/{product_id}")
    async def get_product(product_id: str) -> dict[str, Any]:
        return schemas.product_details(await _find_product(shop, product_id))

    @router.get("/images/{product_id}.svg")
    async def get_picture(product_id: str) -> Response:
        picture = draw(await _find_product(shop, product_id))
        headers = {"Cache-Control": f"public, max-age={_DAY_S}", "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(picture, media_type="image/svg+xml", headers=headers)


def _add_account(router: APIRouter, settings: Settings, shop: Shop) -> None:
    sessions = DemoSessions(settings)

    async def find_customer(request: Request) -> Customer | None:
        customer_id = sessions.find_customer_id(request)
        return await shop.find_customer(customer_id) if customer_id else None

    async def get_customer(request: Request) -> Customer:
        customer = await find_customer(request)
        if customer is None:
            raise NotAuthenticated("Sign in to the shop first.")
        return customer

    @router.get("/api/customers")
    async def list_customers() -> list[schemas.PersonView]:
        return [schemas.person_view(customer) for customer in await shop.list_customers()]

    @router.post("/api/session")
    async def sign_in(body: schemas.SignInRequest, response: Response) -> schemas.SessionView:
        customer = await shop.find_customer(body.customer_id)
        if customer is None:
            raise NotInShop(f"No customer {body.customer_id!r}.")
        sessions.open(response, customer.customer_id)
        return schemas.SessionView(customer=schemas.person_view(customer))

    @router.get("/api/session")
    async def get_session(customer: Annotated[Customer | None, Depends(find_customer)]) -> schemas.SessionView:
        return schemas.SessionView(customer=schemas.person_view(customer) if customer else None)

    @router.delete("/api/session", status_code=204)
    async def sign_out() -> Response:
        response = Response(status_code=204)
        sessions.close(response)
        return response

    _add_customers_own(router, settings, shop, get_customer)


def _add_customers_own(router: APIRouter, settings: Settings, shop: Shop, get_customer: Callable[[Request], Awaitable[Customer]]) -> None:
    @router.get("/api/identity-token")
    async def get_identity_token(customer: Annotated[Customer, Depends(get_customer)], response: Response) -> schemas.IdentityTokenView:
        token, expires_at = tokens.issue(customer.customer_id, settings, lifetime_s=tokens.LONGEST_S)
        response.headers["Cache-Control"] = "no-store"
        return schemas.IdentityTokenView(identity_token=token, expires_at=expires_at)

    @router.get("/api/orders")
    async def list_orders(customer: Annotated[Customer, Depends(get_customer)]) -> list[dict[str, Any]]:
        actor = Actor(level=Level.CUSTOMER, customer_id=CustomerId(customer.customer_id))
        return [schemas.order_details(order) for order in await shop.list_orders(actor, limit=100)]


def _add_help(router: APIRouter, find_knowledge: Callable[[], KnowledgeBase | None]) -> None:
    def get_knowledge() -> KnowledgeBase:
        knowledge = find_knowledge()
        if knowledge is None:
            raise HelpUnavailable("The help pages are not ready yet. Try again in a moment.")
        return knowledge

    known = Depends(get_knowledge)

    @router.get("/api/articles")
    async def list_articles(knowledge: Annotated[KnowledgeBase, known]) -> list[schemas.ArticleLine]:
        documents = await knowledge.list_documents()
        return [schemas.ArticleLine(slug=one.slug, title=one.title, topic=one.topic) for one in documents]

    @router.get("/api/articles/{slug}")
    async def get_article(slug: str, knowledge: Annotated[KnowledgeBase, known]) -> schemas.ArticleView:
        try:
            document = await knowledge.get_document(slug)
        except DocumentNotFound as exc:
            raise NotInShop(f"No article {slug!r}.") from exc
        return schemas.ArticleView(title=document.title, html=render_article(document.text, document.title), updated=document.updated)


def _mix(products: list[Product]) -> list[Product]:
    """Put one of each kind first, then the second of each, and so on: a shop window, not a stack of backpacks."""
    seen: Counter[str] = Counter()
    ranks = []
    for product in products:
        ranks.append(seen[product.product_type])
        seen[product.product_type] += 1
    return [product for _, product in sorted(zip(ranks, products, strict=True), key=lambda pair: pair[0])]


async def _find_product(shop: Shop, product_id: str) -> Product:
    try:
        return await shop.get_product(product_id)
    except ProductNotFound as exc:
        raise NotInShop(f"No product {product_id!r}.") from exc

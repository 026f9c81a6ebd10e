"""The demo shop: its pages, what they read, and who it says one is."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import jwt
import pytest
from fastapi import FastAPI
from starlette.responses import JSONResponse

import shop as shop_package
from knowledge_base.errors import DocumentNotFound
from knowledge_base.ingestion.passages import Anchors, plain
from knowledge_base.models import Document
from server.errors import ServerError
from server.settings import Settings
from server.storefront import pages, routes
from server.storefront.articles import render_article
from server.storefront.session import COOKIE
from shop.operations import Shop
from shop.settings import ShopSettings
from tests.fakes.counter import demo_shop

ARTICLES = Path(__file__).parents[3] / "knowledge_base" / "articles"
RETURNS = Document(
    slug="returns", title="Returns", topic="returns", text="# Returns\n\n## How long\n\nThirty days.\n\n## How long\n\nAgain."
)


class OneArticle:
    """A knowledge base with one article, which is all that these pages ask of it."""

    async def list_documents(self) -> list[Document]:
        return [RETURNS]

    async def get_document(self, slug: str) -> Document:
        if slug != RETURNS.slug:
            raise DocumentNotFound(slug)
        return RETURNS


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    shop = shop_package.create(ShopSettings(backend="sql", url=f"sqlite+aiosqlite:///{demo_shop()}"))
    yield shop
    await shop.close()


@pytest.fixture
def settings() -> Settings:
    return Settings(session_secret="s" * 40, identity_secret="i" * 40)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The three built parts, as the web build leaves them."""
    for part in ("console", "storefront"):
        (tmp_path / part / "assets").mkdir(parents=True)
        (tmp_path / part / "index.html").write_text(f"<!doctype html><title>{part}</title>")
        (tmp_path / part / "assets" / "index-1a2b.js").write_text("export {}")
    (tmp_path / "widget").mkdir()
    (tmp_path / "widget" / "widget.js").write_text("(() => {})()")
    (tmp_path / "secret.txt").write_text("not for anybody")
    return tmp_path


def client_of(settings: Settings, shop: Shop, dist: Path, knowledge: OneArticle | None = None) -> httpx.AsyncClient:
    app = FastAPI()

    @app.exception_handler(ServerError)
    async def say(_: object, exc: ServerError) -> JSONResponse:
        return JSONResponse({"error": type(exc).__name__, "detail": str(exc)}, exc.status)

    app.include_router(routes.create_router(settings, shop, lambda: knowledge))  # type: ignore[arg-type, return-value]
    app.include_router(pages.create_router(settings, dist))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000")


@pytest.fixture
async def browser(settings: Settings, shop: Shop, built: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(settings, shop, built, OneArticle()) as browser:
        yield browser


class TestPages:
    @pytest.mark.parametrize("path", ["/", "/products/any", "/orders", "/help", "/help/returns"])
    async def test_every_address_of_the_shop_is_the_one_page(self, browser: httpx.AsyncClient, path: str):
        answer = await browser.get(path)
        assert (answer.status_code, "storefront" in answer.text) == (200, True)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'self'" in policy
        assert answer.headers["cache-control"] == "no-cache"

    @pytest.mark.parametrize("path", ["/console/", "/console/conversations/conv_1", "/console/../secret.txt", "/console/%2e%2e/secret.txt"])
    async def test_every_address_of_the_console_is_its_page_under_a_strict_policy(self, browser: httpx.AsyncClient, path: str):
        answer = await browser.get(path)
        assert "not for anybody" not in answer.text
        if answer.status_code == 200:
            policy = answer.headers["content-security-policy"]
            for rule in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"):
                assert rule in policy
            assert "unsafe-eval" not in policy
            assert "script-src 'self' " not in policy

    async def test_the_console_has_one_address(self, browser: httpx.AsyncClient):
        answer = await browser.get("/console")
        assert (answer.status_code, answer.headers["location"]) == (307, "/console/")

    async def test_files_with_a_hash_in_their_name_are_kept_for_ever(self, browser: httpx.AsyncClient):
        for part in ("console", "storefront"):
            answer = await browser.get(f"/{part}/assets/index-1a2b.js")
            assert (answer.status_code, "immutable" in answer.headers["cache-control"]) == (200, True)
        assert (await browser.get("/storefront/assets/gone.js")).status_code == 404

    async def test_any_shop_may_load_the_widget_and_soon_sees_a_new_one(self, browser: httpx.AsyncClient):
        answer = await browser.get("/widget.js")
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert answer.headers["cache-control"] == "public, max-age=300"

    async def test_pages_that_are_not_built_say_how_to_build_them(self, settings: Settings, shop: Shop, tmp_path: Path):
        async with client_of(settings, shop, tmp_path / "nothing") as browser:
            for path in ("/", "/console/"):
                answer = await browser.get(path)
                assert (answer.status_code, "make web" in answer.text) == (503, True)
            assert (await browser.get("/widget.js")).status_code == 503

    async def test_without_the_demo_there_is_no_shop(self, settings: Settings, shop: Shop, built: Path):
        app = FastAPI()
        app.include_router(pages.create_router(settings.model_copy(update={"demo": False}), built))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000") as browser:
            assert (await browser.get("/")).headers["location"] == "/console/"
            assert (await browser.get("/orders")).status_code == 404
            assert (await browser.get("/console/")).status_code == 200


class TestCatalogue:
    async def test_the_list_is_paged_filtered_and_searched(self, browser: httpx.AsyncClient):
        everything = (await browser.get("/storefront/api/products")).json()
        assert (len(everything["items"]), everything["page"]) == (24, 1)
        last = (await browser.get("/storefront/api/products", params={"page": everything["pages"]})).json()
        assert 1 <= len(last["items"]) <= 24
        kinds = {one["product_type"]: one["count"] for one in (await browser.get("/storefront/api/types")).json()}
        assert len(kinds) >= 12
        assert {item["product_type"] for item in everything["items"][: len(kinds)]} == set(list(kinds)[:24])
        keyboards = (await browser.get("/storefront/api/products", params={"type": "keyboard"})).json()
        assert len(keyboards["items"]) == min(24, kinds["keyboard"])
        assert {item["product_type"] for item in keyboards["items"]} == {"keyboard"}
        name = keyboards["items"][0]["name"]
        found = (await browser.get("/storefront/api/products", params={"q": name})).json()
        assert found["items"][0]["name"] == name
        assert (await browser.get("/storefront/api/products", params={"q": "zzzz"})).json() == {"items": [], "page": 1, "pages": 1}

    async def test_a_product_has_its_variants_and_a_picture(self, browser: httpx.AsyncClient):
        card = (await browser.get("/storefront/api/products")).json()["items"][0]
        product = (await browser.get(f"/storefront/api/products/{card['product_id']}")).json()
        assert product["variants"][0]["price_cents"] > 0
        assert product["price_cents"] == card["price_cents"]
        picture = await browser.get(card["image_url"])
        assert picture.headers["content-type"] == "image/svg+xml"
        for path in ("/storefront/api/products/none", "/storefront/images/none.svg"):
            answer = await browser.get(path)
            assert (answer.status_code, answer.json()["error"]) == (404, "NotInShop")

    async def test_every_product_has_a_picture_of_its_kind_without_anything_active(self, browser: httpx.AsyncClient, shop: Shop):
        from server.storefront.pictures import draw

        products = (await shop.dump()).products
        for product in products:
            tree = ElementTree.fromstring(draw(product))  # noqa: S314  # our own drawing
            tags = {element.tag.rsplit("}", 1)[-1] for element in tree.iter()}
            assert tags <= {"svg", "title", "rect", "circle", "ellipse", "path", "g"}
            assert len(list(tree.iter())) > 6
        shapes = {re.sub(r"<title>.*?</title>|#[0-9a-f]{6}", "", draw(p)).split("opacity")[1] for p in products}
        assert len(shapes) >= 20


class TestAccount:
    async def test_nobody_is_signed_in_at_first(self, browser: httpx.AsyncClient):
        assert (await browser.get("/storefront/api/session")).json() == {"customer": None}
        for path in ("identity-token", "orders"):
            assert (await browser.get(f"/storefront/api/{path}")).status_code == 401

    async def test_a_demo_customer_sees_their_orders_and_gets_a_token_for_the_widget(
        self, browser: httpx.AsyncClient, settings: Settings, shop: Shop
    ):
        people = (await browser.get("/storefront/api/customers")).json()
        assert set(people[0]) == {"customer_id", "name", "city"}
        signed_in = await browser.post("/storefront/api/session", json={"customer_id": people[0]["customer_id"]})
        assert signed_in.json()["customer"]["name"] == people[0]["name"]
        cookie = signed_in.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        token = (await browser.get("/storefront/api/identity-token")).json()
        claims = jwt.decode(token["identity_token"], settings.identity_secret, algorithms=["HS256"], audience=settings.widget_id)
        assert claims["sub"] == people[0]["customer_id"]
        assert claims["exp"] == token["expires_at"] <= claims["iat"] + 600
        owners = {order.order_id: order.customer_id for order in (await shop.dump()).orders}
        orders = (await browser.get("/storefront/api/orders")).json()
        assert orders
        assert {owners[order["order_id"]] for order in orders} == {people[0]["customer_id"]}
        assert all(order["total_cents"] > 0 and "note" not in order for order in orders)
        assert (await browser.delete("/storefront/api/session")).status_code == 204
        assert (await browser.get("/storefront/api/session")).json() == {"customer": None}

    async def test_an_unknown_customer_cannot_be_played(self, browser: httpx.AsyncClient):
        answer = await browser.post("/storefront/api/session", json={"customer_id": "nobody"})
        assert (answer.status_code, "set-cookie" in answer.headers) == (404, False)

    async def test_a_forged_cookie_is_nobody(self, browser: httpx.AsyncClient, settings: Settings, shop: Shop):
        customer = (await shop.list_customers(1))[0].customer_id
        claims = {"sub": customer, "aud": "counterhand-storefront", "exp": 4_000_000_000}
        forged = [
            jwt.encode(claims, "another secret that is long enough", algorithm="HS256"),
            jwt.encode(claims, settings.session_secret, algorithm="HS256"),
            jwt.encode(claims, "", algorithm="none"),
            "nonsense",
        ]
        for cookie in forged:
            answer = await browser.get("/storefront/api/orders", headers={"Cookie": f"{COOKIE}={cookie}"})
            assert answer.status_code == 401


class TestHelp:
    async def test_articles_are_listed_and_shown(self, browser: httpx.AsyncClient):
        assert (await browser.get("/storefront/api/articles")).json() == [{"slug": "returns", "title": "Returns", "topic": "returns"}]
        shown = (await browser.get("/storefront/api/articles/returns")).json()
        assert shown["html"] == '<h2 id="how-long">How long</h2>\n<p>Thirty days.</p>\n<h2 id="how-long-2">How long</h2>\n<p>Again.</p>\n'
        assert (await browser.get("/storefront/api/articles/none")).status_code == 404

    async def test_before_the_knowledge_base_is_ready_it_says_so(self, settings: Settings, shop: Shop, built: Path):
        async with client_of(settings, shop, built) as browser:
            answer = await browser.get("/storefront/api/articles")
            assert (answer.status_code, answer.json()["error"]) == (503, "HelpUnavailable")

    @pytest.mark.parametrize(
        "markdown",
        [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](data:text/html,<script>)",
            "[x](vbscript:x)", "![x](https://elsewhere.example/pixel.png)", "<https://ok.example> <svg/onload=alert(1)>",
        ],
    )  # fmt: skip
    def test_nothing_active_gets_out_of_an_article(self, markdown: str):
        html = render_article(markdown, "Title")
        tags = re.findall(r"<(/?[a-z0-9]+)([^>]*)>", html)
        assert {name.lstrip("/") for name, _ in tags} <= {"p", "a"}
        assert all(re.fullmatch(r'( href="https://[^"]*")?', attributes) for _, attributes in tags)

    @pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.md")), ids=lambda path: path.stem)
    def test_the_anchors_of_our_articles_are_those_that_citations_use(self, path: Path):
        from markdown_it import MarkdownIt

        body = path.read_text("utf8").split("---\n", 2)[-1]
        tokens = MarkdownIt("commonmark").enable("table").parse(body)
        anchors = Anchors()
        expected = [anchors.take(plain(tokens[at + 1])) for at, token in enumerate(tokens) if token.type == "heading_open"]
        assert re.findall(r'<h\d id="([^"]+)"', render_article(body, "no such title")) == expected

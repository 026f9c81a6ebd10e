"""Chromium, a running stack, and pages that fail the test when they reach beyond this machine or throw."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from server.staff.accounts import add_account
from server.staff.passwords import PasswordHashing
from server.storage.engine import Database
from tests.browser.windows import Staff
from tests.stack import Stack, running_stack

_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]  # fmt: skip
_WAIT_MS = 20_000

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    with running_stack() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("Chromium is not installed. Install the package chromium.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, headless=True, args=_ARGS)
        yield launched
        launched.close()


@dataclass
class Watch:
    """What pages did that they must not do."""

    strays: list[str]
    errors: list[str]

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._see)
        context.on("weberror", lambda thrown: self.errors.append(str(thrown.error)))

    def _see(self, request: Request) -> None:
        where = urlsplit(request.url)
        if where.scheme not in {"data", "blob"} and where.hostname != "127.0.0.1":
            self.strays.append(request.url)


@pytest.fixture
def visit(browser: Browser, stack: Stack) -> Iterator[Visit]:
    """Open a page of the stack as somebody new; at the end nothing has left this machine and no script has failed."""
    watch, contexts = Watch([], []), []

    def open_page(path: str = "/", *, width: int = 1280, height: int = 860, before: Callable[[BrowserContext], None] | None = None) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=stack.url, reduced_motion="reduce")
        context.set_default_timeout(_WAIT_MS)
        watch.follow(context)
        contexts.append(context)
        if before:
            before(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watch.strays == []
    assert watch.errors == []


@pytest.fixture
def make_staff(stack: Stack) -> Callable[..., Staff]:
    """Make an account as `counterhand staff add` does."""

    def make(name: str, role: str = "agent") -> Staff:
        async def add() -> str:
            database, hashing = Database(stack.settings.database_url), PasswordHashing(workers=1)
            try:
                return (await add_account(database, hashing, email, name, role)).password
            finally:
                hashing.close()
                await database.close()

        email = f"{name.lower().replace(' ', '.')}@counter.example"
        with ThreadPoolExecutor(1) as aside:  # Playwright's own loop runs in this thread
            return Staff(name, email, aside.submit(asyncio.run, add()).result())

    return make


@dataclass(frozen=True)
class Shopper:
    """A demo customer with an order that can still be cancelled."""

    name: str
    order_id: str


@pytest.fixture(scope="session")
def shoppers(stack: Stack) -> Iterator[Shopper]:
    """Give demo customers with exactly one pending order, each once."""
    return _find_shoppers(stack.url)


def _find_shoppers(url: str) -> Iterator[Shopper]:
    with httpx.Client(base_url=f"{url}/storefront/api", trust_env=False) as shop:
        for person in shop.get("/customers").json():
            shop.post("/session", json={"customer_id": person["customer_id"]}).raise_for_status()
            pending = [order["order_id"] for order in shop.get("/orders").json() if order["status"] == "pending"]
            if len(pending) == 1:
                yield Shopper(person["name"], pending[0])

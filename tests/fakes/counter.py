"""A running gateway for tests of the staff's side: the real app over ASGI, a scripted dialogue, the demo shop, a fresh database."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import mkdtemp
from typing import Any

import httpx
from fastapi import FastAPI

import shop as shop_package
from server.app import create_app
from server.dialogue.scripted import Script, ScriptedDialogue, echo
from server.gateway import Gateway
from server.identity import tokens
from server.settings import Settings
from server.staff.accounts import add_account
from server.staff.passwords import PasswordHashing
from shop.demo.loading import load_demo
from shop.models import Customer
from shop.settings import ShopSettings

PASSWORD = "seven geese cross the quay"
HASHING = PasswordHashing()
Json = dict[str, Any]


@dataclass
class Counter:
    """The gateway with a client for each person."""

    app: FastAPI
    settings: Settings
    dialogue: ScriptedDialogue

    @property
    def gateway(self) -> Gateway:
        """The app's parts."""
        found: Gateway = self.app.state.gateway
        return found

    def browser(self, address: str = "127.0.0.1") -> httpx.AsyncClient:
        """A browser of its own: cookies kept, requests from `address`."""
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app, client=(address, 5311)), base_url=self.settings.base_url)

    async def add_staff(self, email: str, name: str, *, role: str = "agent") -> str:
        """Make an account; gives its one-time password."""
        return (await add_account(self.gateway.database, HASHING, email, name, role)).password

    async def agent(self, name: str = "Mara Lind", *, role: str = "agent") -> "Agent":
        """A member of the staff who has signed in and chosen a password."""
        email = f"{name.lower().replace(' ', '.')}@harbour.example"
        one_time = await self.add_staff(email, name, role=role)
        agent = Agent(self.browser(), email)
        await agent.sign_in(one_time)
        changed = await agent.post("/password", {"current_password": one_time, "new_password": PASSWORD})
        assert changed.status_code == 204, changed.text
        return agent

    async def customer(self, customer_id: str | None = None) -> "Visitor":
        """A customer in the web chat, signed in when an id is given."""
        browser = self.browser()
        token = {"identity_token": tokens.issue(customer_id, self.settings)[0]} if customer_id else {}
        opened = (await browser.post("/api/v1/conversations", json=token)).json()
        return Visitor(browser, opened["conversation_id"], {"Authorization": f"Bearer {opened['token']}"})

    async def some_customer(self) -> Customer:
        """The first customer of the demo shop."""
        return (await self.gateway.shop.list_customers(1))[0]

    async def outbox(self) -> list[str]:
        """The e-mails that have been written to files, oldest first."""
        return [path.read_text() for path in sorted((self.settings.data_dir / "outbox").glob("*.eml"))]


@dataclass
class Agent:
    """A member of the staff at the console."""

    browser: httpx.AsyncClient
    email: str
    csrf: str = ""

    async def sign_in(self, password: str = PASSWORD) -> httpx.Response:
        """Sign in and keep the CSRF token."""
        answer = await self.browser.post("/api/v1/staff/session", json={"email": self.email, "password": password})
        self.csrf = answer.json().get("csrf_token", self.csrf)
        return answer

    async def get(self, path: str, **params: Any) -> httpx.Response:
        """Read from the staff API."""
        return await self.browser.get(f"/api/v1/staff{path}", params=params)

    async def post(self, path: str, body: Json | None = None) -> httpx.Response:
        """Write to the staff API with the CSRF header."""
        return await self.browser.post(f"/api/v1/staff{path}", json=body, headers={"X-CSRF-Token": self.csrf})

    async def say(self, conversation_id: str, text: str, client_message_id: str = "") -> httpx.Response:
        """Answer a customer."""
        return await self.post(
            f"/conversations/{conversation_id}/messages",
            {"text": text, "client_message_id": client_message_id or text[:50].replace(" ", "-")},
        )


@dataclass
class Visitor:
    """A customer in the web chat."""

    browser: httpx.AsyncClient
    conversation_id: str
    headers: dict[str, str]
    said: int = 0

    async def say(self, text: str, *, wait: int = 10) -> httpx.Response:
        """Write a message and wait for the replies."""
        self.said += 1
        body = {"text": text, "client_message_id": f"c{self.said}"}
        headers = {**self.headers, **({"Prefer": f"wait={wait}"} if wait else {})}
        return await self.browser.post(f"/api/v1/conversations/{self.conversation_id}/messages", json=body, headers=headers)

    async def ask_for_person(self) -> httpx.Response:
        """Press "talk to a person"."""
        return await self.browser.post(f"/api/v1/conversations/{self.conversation_id}/handover", headers=self.headers)

    async def read(self) -> list[tuple[str, str]]:
        """Everything the customer sees: author and words."""
        page = (await self.browser.get(f"/api/v1/conversations/{self.conversation_id}/messages", headers=self.headers)).json()
        return [(message["author"], message["text"]) for message in page["messages"]]


@cache
def demo_shop() -> Path:
    """The demo shop's database, made once per run and copied for each test."""
    path = Path(mkdtemp(prefix="counterhand-shop-")) / "shop.db"

    async def load() -> None:
        shop = shop_package.create(ShopSettings(backend="sql", url=f"sqlite+aiosqlite:///{path}"))
        await load_demo(shop)
        await shop.close()

    import threading

    thread = threading.Thread(target=lambda: asyncio.run(load()))
    thread.start()
    thread.join()
    return path


@asynccontextmanager
async def open_counter(folder: Path, database_url: str = "", script: Script = echo, **settings: Any) -> AsyncIterator[Counter]:
    """Start a gateway below `folder`; stop it at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    copyfile(demo_shop(), folder / "shop.db")
    given = {"rate_messages": "10000/minute", "rate_conversations": "10000/minute", **settings}
    secrets = {name: f"{name}-{'x' * 32}" for name in ("identity_secret", "action_secret", "rasa_token", "session_secret")}
    built = Settings(data_dir=folder, database_url=database_url, dialogue="scripted", **secrets, **given)
    dialogue = ScriptedDialogue(script)
    app = create_app(built, dialogue=dialogue, with_actions=False)
    async with app.router.lifespan_context(app):
        yield Counter(app, built, dialogue)


async def eventually(check: Callable[[], Awaitable[bool]] | Callable[[], bool], within_s: float = 5.0) -> None:
    """Wait until `check` holds."""
    end = time.monotonic() + within_s
    while True:
        held = check()
        if held if isinstance(held, bool) else await held:
            return
        assert time.monotonic() < end, f"Did not come true within {within_s} s."
        await asyncio.sleep(0.02)

"""A chat with the real bot: Rasa as trained, every action with its real parts, a small shop of its own for each test."""

import asyncio
import re
import shutil
import tempfile
import threading
import uuid
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import httpx
import uvicorn
from fastapi import FastAPI, Request

from actions import create_executor
from actions.services import ActionSettings
from answers.guided import GuidedReader
from server.dialogue.base import PastTurn, TurnInput
from server.identity.meeting import WEAK, meet
from shop.models import Actor, Level, Order
from tests.actions.parts import Library, Parts, make_library, make_parts

T = TypeVar("T")


class Actions:
    """The action webhook, in a thread of its own, with the parts of the test that runs."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/webhook"
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp(prefix="counterhand-talk-"))
        self.parts: Parts | None = None
        self.reader: GuidedReader | None = None
        self._executor: Any = None
        self._library: Library | None = None
        app = FastAPI()
        app.add_api_route("/webhook", self._run, methods=["POST"])
        self._server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
        self._thread = threading.Thread(target=self.loop.run_until_complete, args=(self._server.serve(),), daemon=True)
        self._thread.start()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=300)

    def fresh(self, **settings: Any) -> Parts:
        """Begin with an untouched shop."""
        return self.wait(self._fresh(ActionSettings(**settings)))

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        shutil.rmtree(self.folder, ignore_errors=True)

    async def _fresh(self, settings: ActionSettings) -> Parts:
        self._library = self._library or await make_library(self.folder)
        folder = self.folder / uuid.uuid4().hex
        folder.mkdir()
        if self.parts:
            await self.parts.shop.close()
        self.parts = await make_parts(folder, settings, self._library)
        self._executor = create_executor(replace(self.parts.services, reader=self.reader))
        return self.parts

    async def _run(self, request: Request) -> dict[str, Any]:
        result = await self._executor.run(await request.json())
        plain: dict[str, Any] = result if isinstance(result, dict) else result.model_dump()
        return plain


@dataclass
class Chat:
    """One conversation, told like a transcript."""

    actions: Actions
    parts: Parts
    rasa_url: str
    conversation_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    replies: list[dict[str, Any]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    _unheard: list[dict[str, Any]] = field(default_factory=list)

    def signs_in(self, customer_id: str) -> None:
        self.parts.desk.sign_in(self.conversation_id, customer_id)

    def says(self, text: str, **metadata: str) -> "Chat":
        """The customer writes. What the bot had said before must have been looked at or is let go."""
        turn = self.actions.wait(self._meet(text))
        told = {**turn.metadata, **metadata}
        sent = {"sender": self.conversation_id, "message": turn.payload or turn.text, "metadata": told}
        answer = httpx.post(f"{self.rasa_url}/webhooks/rest/webhook", json=sent, timeout=60, trust_env=False).json()
        assert answer, f"The bot said nothing to {text!r}."
        self.replies = [message.get("custom") or message for message in answer]
        self._unheard = list(self.replies)
        return self

    async def _meet(self, text: str) -> TurnInput:
        """What the gateway does before Rasa reads the words: proofs of identity are taken out where the settings allow them."""

        async def load_history() -> list[PastTurn]:
            return [PastTurn("", None, said) for said in self.said]

        turn = TurnInput(uuid.uuid4().hex, self.conversation_id, text, "web", "en", has_history=bool(self.said), load_history=load_history)
        allowed = self.parts.services.settings.guest_proof
        met = await meet(turn, self.parts.desk, allowed) if WEAK & set(allowed) and not text.startswith("/") else turn
        self.said.append(text)
        return met

    def presses(self, title: str) -> "Chat":
        """The customer presses a button of the last replies."""
        buttons = [one for reply in self.replies for one in reply.get("buttons") or [] if one["title"].startswith(title)]
        assert buttons, f"No button {title!r}. There are {self.buttons}."
        return self.says(buttons[0]["payload"])

    def replays(self, payload: str) -> "Chat":
        """An old button is pressed again."""
        return self.says(payload)

    def payload_of(self, title: str) -> str:
        return next(one["payload"] for reply in self.replies for one in reply.get("buttons") or [] if one["title"].startswith(title))

    def hears(self, *parts: str) -> "Chat":
        """The bot's next replies, up to one that holds these words."""
        while self._unheard:
            text = self._unheard.pop(0)["text"]
            if all(part in text for part in parts):
                return self
        raise AssertionError(f"Nobody said {parts!r} in:\n{self.text}")

    def never_hears(self, *parts: str) -> "Chat":
        for part in parts:
            assert part not in self.text, f"{part!r} was said:\n{self.text}"
        return self

    @property
    def text(self) -> str:
        return "\n".join(str(reply["text"]) for reply in self.replies)

    @property
    def buttons(self) -> list[str]:
        return [one["title"] for reply in self.replies for one in reply.get("buttons") or []]

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [one for reply in self.replies for one in reply.get("cards") or []]

    @property
    def citations(self) -> list[dict[str, Any]]:
        return [one for reply in self.replies for one in reply.get("citations") or []]

    @property
    def handover(self) -> dict[str, str] | None:
        return next((reply["handover"] for reply in self.replies if reply.get("handover")), None)

    def is_offered_a_person(self) -> "Chat":
        assert "Talk to a person" in self.buttons, self.buttons
        return self

    def order_is(self, order_id: str, status: str, customer_id: str = "C-1") -> "Chat":
        """What the shop's record says."""
        order = self.order(order_id, customer_id)
        assert order.status == status, f"{order_id} is {order.status}"
        return self

    def goes_to(self, order_id: str, line1: str, customer_id: str = "C-1") -> "Chat":
        """What the shop's record says of an order's address."""
        assert self.order(order_id, customer_id).address.line1 == line1
        return self

    def order(self, order_id: str, customer_id: str = "C-1") -> Order:
        """The shop's record."""
        actor = Actor.model_validate({"level": Level.CUSTOMER, "customer_id": customer_id})
        return self.actions.wait(self.parts.shop.get_order(actor, order_id))

    def receipts(self) -> list[str]:
        found = self.actions.wait(self.parts.shop.list_receipts(self.conversation_id))
        return [re.sub(r"\s+", " ", receipt.text) for receipt in found]


@contextmanager
def running_actions(port: int) -> Iterator[Actions]:
    actions = Actions(port)
    try:
        yield actions
    finally:
        actions.stop()

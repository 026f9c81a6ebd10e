"""The gateway with real Rasa and the shipped bot: memory survives restarts, commands stay ours."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from server.identity import tokens
from shop import create as create_shop
from shop.models import Actor, Level
from tests.stack import Stack, running_stack

pytestmark = pytest.mark.timeout(900)

_RECORDED_WITHIN_S = 1.0
"""A turn's record is kept a moment after its answer; a Rasa that dies within that moment costs an open form, never a message."""


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with running_stack() as stack:
        yield stack


class Chat:
    """A customer at the real thing."""

    def __init__(self, stack: Stack, customer_id: str | None = None) -> None:
        self._base = f"{stack.url}/api/v1/conversations"
        body = {"identity_token": tokens.issue(customer_id, stack.settings)[0]} if customer_id else {}
        opened = httpx.post(self._base, json=body, timeout=30, trust_env=False).json()
        self.conversation_id = opened["conversation_id"]
        self._headers = {"Authorization": f"Bearer {opened['token']}", "Prefer": "wait=30"}
        self._said = 0

    def say(self, text: str = "", **body: str) -> dict[str, Any]:
        """Send a message and wait for its replies."""
        self._said += 1
        given = {"client_message_id": f"r{self._said}", **(body or {"text": text})}
        url = f"{self._base}/{self.conversation_id}/messages"
        answer = httpx.post(url, json=given, headers=self._headers, timeout=40, trust_env=False)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def read(self) -> list[dict[str, Any]]:
        """The whole log."""
        answer = httpx.get(f"{self._base}/{self.conversation_id}/messages?limit=500", headers=self._headers, timeout=30, trust_env=False)
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found


def words(answer: dict[str, Any]) -> str:
    """What was replied, in one text."""
    return "\n".join(reply["text"] for reply in answer["replies"])


async def cancellable(stack: Stack) -> tuple[str, str]:
    """A customer with a pending order, and its number."""
    shop = create_shop(stack.settings.shop_settings())
    try:
        for customer in await shop.list_customers(200):
            for order in await shop.list_orders(Actor(level=Level.CUSTOMER, customer_id=customer.customer_id)):
                if order.status == "pending":
                    return str(customer.customer_id), str(order.order_id)
    finally:
        await shop.close()
    raise AssertionError("the demo shop has pending orders")


async def status_of(stack: Stack, customer_id: str, order_id: str) -> str:
    shop = create_shop(stack.settings.shop_settings())
    try:
        actor = Actor.model_validate({"level": "customer", "customer_id": customer_id})
        return str((await shop.get_order(actor, order_id)).status)
    finally:
        await shop.close()


def test_the_shipped_bot_answers(stack: Stack) -> None:
    chat = Chat(stack)
    assert "trouble" not in words(chat.say("hello"))
    assert "business days" in words(chat.say("how long does standard delivery take?"))


@pytest.mark.parametrize("command", ["/restart", "/session_start", " /cancel_order", "/affirm"])
def test_a_customer_cannot_command_rasa(stack: Stack, command: str) -> None:
    chat = Chat(stack)
    chat.say("hello")
    answer = chat.say(command)
    assert answer["replies"], "it is read as words and answered"
    url = f"{stack.rasa_url}/conversations/{chat.conversation_id}/tracker"
    tracker = httpx.get(url, params={"token": stack.settings.rasa_token, "include_events": "ALL"}, timeout=30, trust_env=False).json()
    said = [event["text"] for event in tracker["events"] if event["event"] == "user"]
    assert said == ["hello", command.strip().lstrip("/")]


async def test_a_form_goes_on_after_rasa_and_the_gateway_were_killed(stack: Stack) -> None:
    customer_id, order_id = await cancellable(stack)
    chat = Chat(stack, customer_id)
    assert "Why" in words(chat.say(f"cancel order {order_id}"))
    await asyncio.sleep(_RECORDED_WITHIN_S)
    stack.restart_rasa()
    assert "Shall I do that?" in words(chat.say("no longer needed"))
    await asyncio.sleep(_RECORDED_WITHIN_S)
    stack.restart_server()
    assert f"Order {order_id} is cancelled." in words(chat.say("yes"))
    assert await status_of(stack, customer_id, order_id) == "cancelled"


def test_rasa_away_means_the_fallback_and_back_means_the_bot(stack: Stack) -> None:
    chat = Chat(stack)
    chat.say("hello")
    stack.kill_rasa()
    assert "trouble" in words(chat.say("how can I pay?"))
    assert "trouble" in words(chat.say("how can I pay?")), "and the second time at once"
    stack.start_rasa()
    assert "trouble" not in words(chat.say("how can I pay?"))

"""The same twelve dialogues in every case, over the public API, each in a conversation of its own."""

import asyncio
import re
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import httpx

_WAIT_S = 30


class Yield(StrEnum):
    """What a customer got."""

    FULL = "full"
    """What was asked for."""
    PART = "part"
    """An honest line, with a person within reach, and no more."""
    NOTHING = "-"
    """An error, or no reply in time."""


@dataclass(frozen=True)
class Customer:
    """A demo customer, with what the storefront gave their browser."""

    identity_token: str
    order_id: str


@dataclass(frozen=True)
class Dialogue:
    """One question and what a full reply says.

    Attributes:
        promise: Whether it has to work whatever is down, as long as the database is up.
        signed_in: Whether the customer is known.
    """

    name: str
    says: str
    full: str
    promise: bool = False
    signed_in: bool = False


_STATUS = r"\b(?:pending|processed|shipped|delivered|cancelled|on its way|arriv)"
DIALOGUES = (
    Dialogue("order", "Where is my order {order}?", _STATUS, promise=True, signed_in=True),
    Dialogue("newest", "where is my last order", _STATUS, promise=True, signed_in=True),
    Dialogue("person", "I want to talk to a person", "handover", promise=True),
    Dialogue("button", "", "handover", promise=True),
    Dialogue("audited", "How long is a gift card valid?", r"3 years"),
    Dialogue("article", "can a gift card be paid out in cash", r"cannot be paid out in cash"),
    Dialogue("written", "could you tell me what standard delivery costs", r"4\.90 EUR"),
    Dialogue("products", "show me mechanical keyboards", r"[Kk]eyboard"),
    Dialogue("cancel", "please cancel my order {order}", r"cancel|shipped|delivered|pending", signed_in=True),
    Dialogue("return", "what does a return cost me and who pays for the label", r"label is free"),
    Dialogue("greeting", "hello there", r"[Hh]ello|[Hh]i\b|help"),
    Dialogue("unknown", "what is the name of your chief engineer's cat", r"don't know|didn't understand|won't guess|not sure|person"),
)
TROUBLE = "trouble with part of my systems"


@dataclass(frozen=True)
class Outcome:
    """What one dialogue yielded, and after how long."""

    dialogue: Dialogue
    got: Yield
    seconds: float
    said: str


async def find_customer(url: str) -> Customer:
    """Sign a demo customer with a pending order in at the storefront."""
    async with httpx.AsyncClient(base_url=f"{url}/storefront/api", trust_env=False, timeout=30) as shop:
        for person in (await shop.get("/customers")).json():
            (await shop.post("/session", json={"customer_id": person["customer_id"]})).raise_for_status()
            orders = (await shop.get("/orders")).json()
            if found := [order["order_id"] for order in orders if order["status"] == "pending"]:
                token = (await shop.get("/identity-token")).json()["identity_token"]
                return Customer(token, found[0])
    message = "No demo customer has a pending order."
    raise RuntimeError(message)


async def hold(url: str, customer: Customer, dialogues: Sequence[Dialogue] = DIALOGUES) -> list[Outcome]:
    """Hold all dialogues at the same time."""
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", trust_env=False, timeout=_WAIT_S + 10) as http:
        return list(await asyncio.gather(*(_hold(http, dialogue, customer) for dialogue in dialogues)))


async def _hold(http: httpx.AsyncClient, dialogue: Dialogue, customer: Customer) -> Outcome:
    begun = time.perf_counter()
    try:
        got, said = await _talk(http, dialogue, customer)
    except httpx.HTTPStatusError as exc:
        got, said = Yield.NOTHING, f"{exc.response.status_code} {exc.response.text[:200]}"
    except (httpx.HTTPError, KeyError, ValueError) as exc:
        got, said = Yield.NOTHING, type(exc).__name__
    return Outcome(dialogue, got, time.perf_counter() - begun, said)


async def _talk(http: httpx.AsyncClient, dialogue: Dialogue, customer: Customer) -> tuple[Yield, str]:
    body = {"identity_token": customer.identity_token} if dialogue.signed_in else {}
    opened = (await http.post("/conversations", json=body)).raise_for_status().json()
    path, headers = f"/conversations/{opened['conversation_id']}", {"Authorization": f"Bearer {opened['token']}"}
    if not dialogue.says:
        mode = (await http.post(f"{path}/handover", headers=headers)).raise_for_status().json()["mode"]
        return (Yield.FULL if mode == "queued" else Yield.NOTHING), mode
    sent = {"text": dialogue.says.format(order=customer.order_id), "client_message_id": uuid.uuid4().hex}
    answer = await http.post(f"{path}/messages", json=sent, headers=headers | {"Prefer": f"wait={_WAIT_S}"})
    told = answer.raise_for_status().json()
    return _judge(dialogue, told.get("replies") or [], str(told.get("mode", "")))


def _judge(dialogue: Dialogue, replies: list[dict[str, Any]], mode: str) -> tuple[Yield, str]:
    shown = [[reply["text"], *(one["title"] for one in [*reply["cards"], *reply["buttons"]])] for reply in replies]
    said = " ".join(text for texts in shown for text in texts)
    if dialogue.full == "handover":
        return (Yield.FULL if mode == "queued" or "person" in said else Yield.NOTHING), said
    if re.search(dialogue.full, said) and (TROUBLE not in said or dialogue.promise):
        return Yield.FULL, said
    return (Yield.PART if "person" in said else Yield.NOTHING), said

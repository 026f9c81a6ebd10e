"""`python -m benchmarks.turn`: latency and throughput of three kinds of turns, against Rasa's REST channel alone."""

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
import psutil

from server.identity import tokens
from shop import create as create_shop
from shop.models import Actor, Level
from tests.stack import Stack, running_stack

TURNS = 200
CLIENTS = 16
PER_CONVERSATION = 10
"""Turns of one conversation. Rasa's trackers grow, so that both ways get conversations of the same length."""

KINDS: dict[str, list[str]] = {
    "words only": ["hello", "thanks", "good morning", "thank you very much"],
    "track an order": ["where is my order {order}?", "track order {order}", "has {order} shipped yet?"],
    "article answer": ["how long does delivery take?", "how do I return something?", "do you ship abroad?", "how can I pay?"],
}
Ask = Callable[["Chat", str], Awaitable[None]]


@dataclass
class Chat:
    """A signed-in conversation, open at the gateway whichever way it is asked."""

    conversation_id: str
    headers: dict[str, str]
    order_id: str
    said: int = 0


@dataclass(frozen=True)
class Measured:
    """Seconds of each turn, and turns per second with many clients."""

    latencies: list[float]
    throughput: float

    @property
    def p50_ms(self) -> float:
        """The median turn."""
        return statistics.median(self.latencies) * 1000

    @property
    def p95_ms(self) -> float:
        """The turn that one in twenty exceeds."""
        return statistics.quantiles(self.latencies, n=20)[-1] * 1000


class Bench:
    """Asks both ways."""

    def __init__(self, stack: Stack, http: httpx.AsyncClient, customer: tuple[str, str]) -> None:
        self._stack = stack
        self._http = http
        self._customer_id, self._order_id = customer

    async def open(self) -> Chat:
        """Open a conversation as a customer who has orders."""
        token, _ = tokens.issue(self._customer_id, self._stack.settings)
        opened = (await self._http.post(f"{self._stack.url}/api/v1/conversations", json={"identity_token": token})).json()
        return Chat(opened["conversation_id"], {"Authorization": f"Bearer {opened['token']}", "Prefer": "wait=30"}, self._order_id)

    async def ask_rasa(self, chat: Chat, text: str) -> None:
        """One turn at Rasa's REST channel, with the action webhook as shipped."""
        body = {"sender": chat.conversation_id, "message": text, "metadata": {"channel": "web", "locale": "en"}}
        url = f"{self._stack.rasa_url}/webhooks/rest/webhook"
        answer = await self._http.post(url, json=body, params={"token": self._stack.settings.rasa_token})
        assert answer.status_code == 200, answer.text
        assert answer.json(), f"Rasa said nothing to {text!r}"

    async def ask_gateway(self, chat: Chat, text: str) -> None:
        """One turn through the public API: message and replies committed."""
        chat.said += 1
        body = {"text": text, "client_message_id": f"b{chat.said}"}
        answer = await self._http.post(
            f"{self._stack.url}/api/v1/conversations/{chat.conversation_id}/messages", json=body, headers=chat.headers
        )
        assert answer.status_code == 200, answer.text
        assert answer.json()["replies"], f"nothing came to {text!r}"

    async def converse(self, ask: Ask, texts: list[str], turns: int) -> list[float]:
        """Hold one conversation; gives each turn's seconds."""
        chat = await self.open()
        taken = []
        for number in range(turns):
            text = texts[number % len(texts)].format(order=chat.order_id)
            begun = time.perf_counter()
            await ask(chat, text)
            taken.append(time.perf_counter() - begun)
        return taken

    async def measure(self, texts: list[str], turns: int) -> dict[str, Measured]:
        """Measure a kind of turn both ways, taking turns so that a busy machine hits both alike."""
        ways: dict[str, Ask] = {"rasa": self.ask_rasa, "gateway": self.ask_gateway}
        latencies: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(turns // PER_CONVERSATION):
            for way, ask in ways.items():
                latencies[way] += await self.converse(ask, texts, PER_CONVERSATION)
        rates: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(2):
            for way, ask in ways.items():
                rates[way].append(await self.throughput(ask, texts, turns // 2))
        return {way: Measured(latencies[way], max(rates[way])) for way in ways}

    async def throughput(self, ask: Ask, texts: list[str], turns: int) -> float:
        """Turns per second with 16 clients at once."""
        each = max(1, turns // CLIENTS)
        begun = time.perf_counter()
        await asyncio.gather(*(self.converse(ask, texts, each) for _ in range(CLIENTS)))
        return each * CLIENTS / (time.perf_counter() - begun)


async def find_customer(stack: Stack) -> tuple[str, str]:
    """Find a customer with an order."""
    shop = create_shop(stack.settings.shop_settings())
    try:
        for customer in await shop.list_customers(100):
            orders = await shop.list_orders(Actor(level=Level.CUSTOMER, customer_id=customer.customer_id))
            if orders:
                return str(customer.customer_id), str(orders[0].order_id)
    finally:
        await shop.close()
    raise SystemExit("The demo shop has no orders.")


async def run(stack: Stack, turns: int) -> dict[str, dict[str, Measured]]:
    """Measure every kind."""
    async with httpx.AsyncClient(timeout=60, trust_env=False, limits=httpx.Limits(max_connections=64)) as http:
        bench = Bench(stack, http, await find_customer(stack))
        for texts in KINDS.values():
            for ask in (bench.ask_rasa, bench.ask_gateway):
                await bench.converse(ask, texts, PER_CONVERSATION)  # warm
        return {kind: await bench.measure(texts, turns) for kind, texts in KINDS.items()}


def memory_mb(stack: Stack) -> dict[str, float]:
    """Resident memory of each process with its children."""

    def resident(pid: int) -> float:
        process = psutil.Process(pid)
        return sum(one.memory_info().rss for one in [process, *process.children(recursive=True)]) / 2**20

    return {name: resident(process.pid) for name, process in stack.processes.items()}


def main() -> None:
    """Run, print the table, and one JSON object as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--data", help="not used here")
    turns = parser.parse_args().turns
    with running_stack({"COUNTERHAND_LOG_LEVEL": "warning"}) as stack:
        measured = asyncio.run(run(stack, turns))
        memory = memory_mb(stack)
    print(f"{'':16}{'Rasa REST':>28}{'gateway':>28}{'ratio':>16}")
    print(f"{'kind of turn':16}{'p50 ms':>9}{'p95 ms':>9}{'turns/s':>10}{'p50 ms':>9}{'p95 ms':>9}{'turns/s':>10}{'p50':>8}{'turns/s':>8}")
    for kind, ways in measured.items():
        cells = "".join(f"{way.p50_ms:9.1f}{way.p95_ms:9.1f}{way.throughput:10.1f}" for way in (ways["rasa"], ways["gateway"]))
        print(f"{kind:16}{cells}{p50_ratio(ways):8.2f}{throughput_ratio(ways):8.2f}")
    print("memory: " + ", ".join(f"{name} {megabytes:.0f} MB" for name, megabytes in memory.items()))
    worst = {
        "p50_ratio": round(max(p50_ratio(ways) for ways in measured.values()), 3),
        "throughput_ratio": round(min(throughput_ratio(ways) for ways in measured.values()), 3),
        "rss_mb": round(sum(memory.values())),
    }
    print(json.dumps(worst))


def p50_ratio(ways: dict[str, Measured]) -> float:
    """The gateway's median turn in Rasa's."""
    return ways["gateway"].p50_ms / ways["rasa"].p50_ms


def throughput_ratio(ways: dict[str, Measured]) -> float:
    """The gateway's turns per second in Rasa's."""
    return ways["gateway"].throughput / ways["rasa"].throughput


if __name__ == "__main__":
    main()

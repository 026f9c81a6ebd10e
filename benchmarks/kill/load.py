"""Customers who write all the time, a killer, and a checker that reads the log afterwards."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.stack import Stack

CUSTOMERS = 6
# Each of them is answered with exactly one message, by the bot and by the fallback, so that two are one too many.
TEXTS = ["hello", "thanks", "how long does delivery take?", "how can I pay?", "good morning"]
_ANSWERED_WITHIN_S = 90.0


@dataclass
class Outcome:
    """What the checker found."""

    acknowledged: int = 0
    answered_once: int = 0
    lost: int = 0
    doubled: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Count another history in."""
        self.acknowledged += other.acknowledged
        self.answered_once += other.answered_once
        self.lost += other.lost
        self.doubled += other.doubled
        self.faults += other.faults

    def as_json(self) -> dict[str, int]:
        """The figures alone."""
        return {"acknowledged": self.acknowledged, "answered_once": self.answered_once, "lost": self.lost, "doubled": self.doubled}


class Customer:
    """Writes, repeats until acknowledged, waits for the answer, writes again. Keeps what was acknowledged."""

    def __init__(self, url: str, http: httpx.AsyncClient, seed: int) -> None:
        self._url = url
        self._http = http
        self._random = random.Random(seed)
        self._path = ""
        self._headers: dict[str, str] = {}
        self.acknowledged: list[str] = []

    async def talk(self, going: Callable[[], bool]) -> None:
        """Go on as long as `going` says so; every message is seen through."""
        opened = await self._surely("POST", "/api/v1/conversations", json={})
        self._path = f"/api/v1/conversations/{opened['conversation_id']}/messages"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        number = 0
        while going():
            number += 1
            body = {"text": self._random.choice(TEXTS), "client_message_id": f"k{number}"}
            await self._surely("POST", self._path, json=body, headers=self._headers)
            self.acknowledged.append(f"k{number}")
            await self._await_answer()
            await asyncio.sleep(self._random.uniform(0, 0.05))

    async def check(self) -> Outcome:
        """Read the log: each acknowledged message there once, answered by one message of one turn."""
        log = await self._read_log()
        times = Counter(message["client_message_id"] for message in log if message["author"] == "customer")
        outcome = Outcome(acknowledged=len(self.acknowledged))
        if [message["seq"] for message in log] != list(range(1, len(log) + 1)):
            outcome.faults.append("seq has a gap")
        for client_message_id in self.acknowledged:
            self._judge(client_message_id, times[client_message_id], log, outcome)
        return outcome

    def _judge(self, client_message_id: str, stored: int, log: list[dict[str, Any]], outcome: Outcome) -> None:
        turn_ids = [message["turn_id"] for message in log if message["client_message_id"] == client_message_id]
        replies = [message for message in log if message["author"] == "bot" and message["turn_id"] in turn_ids and turn_ids != [None]]
        if stored == 1 and len(replies) == 1:
            outcome.answered_once += 1
        elif stored == 0 or not replies:
            outcome.lost += 1
            outcome.faults.append(f"{client_message_id}: stored {stored} times, {len(replies)} replies")
        else:
            outcome.doubled += 1
            outcome.faults.append(f"{client_message_id}: {[reply['text'][:60] for reply in replies]}")

    async def _await_answer(self) -> None:
        until = asyncio.get_running_loop().time() + _ANSWERED_WITHIN_S
        while asyncio.get_running_loop().time() < until:
            log = await self._read_log()
            if log[-1]["author"] != "customer":
                return
            await asyncio.sleep(0.05)

    async def _read_log(self) -> list[dict[str, Any]]:
        log: list[dict[str, Any]] = []
        after: int | None = 0
        while after is not None:
            page = await self._surely("GET", f"{self._path}?after={after}&limit=500", headers=self._headers)
            log += page["messages"]
            after = page["next_after"]
        return log

    async def _surely(self, method: str, path: str, **options: Any) -> Any:
        while True:
            try:
                answer = await self._http.request(method, self._url + path, **options)
                if answer.is_success:
                    return answer.json()
                assert answer.status_code >= 500, answer.text
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)


async def run(stack: Stack, server_kills: int, rasa_kills: int, say: Callable[[str], None], seed: int = 7) -> Outcome:
    """Kill the server and Rasa at random moments under load, and check every conversation afterwards."""
    chance = random.Random(seed)
    killing = True
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        customers = [Customer(stack.url, http, seed + number) for number in range(CUSTOMERS)]
        talking = [asyncio.create_task(customer.talk(lambda: killing)) for customer in customers]
        kills = ["server"] * server_kills + ["rasa"] * rasa_kills
        chance.shuffle(kills)
        for number, name in enumerate(kills, 1):
            await asyncio.sleep(chance.uniform(0.3, 1.5))
            say(f"kill {number} of {len(kills)}: {name}")
            await asyncio.to_thread(stack.restart_server if name == "server" else stack.restart_rasa)
        await asyncio.sleep(1)
        killing = False
        await asyncio.gather(*talking)
        total = Outcome()
        for customer in customers:
            total.add(await customer.check())
    return total

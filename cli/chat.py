"""A customer's side of a conversation, in the terminal, over the public API."""

import asyncio
import uuid
from typing import Any

import httpx
from rich.console import Console

from shop.wording import money

WAIT_S = 25


async def talk(url: str, console: Console) -> None:
    """Open a conversation and pass lines back and forth until end of input."""
    async with httpx.AsyncClient(base_url=url, timeout=WAIT_S + 10) as http:
        try:
            opened = (await http.post("/api/v1/conversations", json={"locale": "en"})).raise_for_status().json()
        except httpx.HTTPError as error:
            console.print(f"No agent answers at {url} ({error}). Start it with `make run`, or give --url.", markup=False)
            return
        choices = show(opened["messages"], console)
        while True:
            try:
                line = (await asyncio.to_thread(console.input, "[bold]you>[/bold] ")).strip()
            except (EOFError, KeyboardInterrupt):
                return
            if line:
                choices = await send(http, opened, line, choices, console)


async def send(http: httpx.AsyncClient, opened: dict[str, Any], line: str, choices: list[str], console: Console) -> list[str]:
    """Send a line, or the button that its number names, and show what comes back."""
    number = int(line) - 1 if line.isdigit() else -1
    body = {"payload": choices[number]} if 0 <= number < len(choices) else {"text": line}
    response = await http.post(
        f"/api/v1/conversations/{opened['conversation_id']}/messages",
        json={**body, "client_message_id": uuid.uuid4().hex},
        headers={"Authorization": f"Bearer {opened['token']}", "Prefer": f"wait={WAIT_S}"},
    )
    if response.is_error:
        console.print(response.json().get("detail", response.text), style="red", markup=False)
        return choices
    if response.status_code == httpx.codes.ACCEPTED:
        console.print("(no answer yet)", style="dim")
        return choices
    return show(response.json()["replies"], console)


def show(messages: list[dict[str, Any]], console: Console) -> list[str]:
    """Print messages; give the payloads of their buttons, numbered as printed."""
    payloads: list[str] = []
    for message in messages:
        console.print(f"{message['author']}> {message['text']}", style="green", markup=False)
        for card in message["cards"]:
            price = money(card["price_cents"], card["currency"]) if card["price_cents"] is not None else ""
            console.print(f"   - {card['title']}  {price}  {card['url']}", markup=False)
        for citation in message["citations"]:
            console.print(f"   source: {citation['title']}  {citation['url']}", style="dim", markup=False)
        for button in message["buttons"]:
            payloads.append(button["payload"])
            console.print(f"   {len(payloads)}) {button['title']}", style="cyan", markup=False)
    return payloads

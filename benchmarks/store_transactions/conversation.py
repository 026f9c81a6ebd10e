"""A play: one conversation over the public API, kept in a file that any player can carry on with."""

import json
import time
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx

WAIT_S = 25
_LONGEST_S = 90.0


class NotPlayed(Exception):
    """The server refused or did not answer; the message says why."""


@dataclass
class Said:
    """One message.

    Attributes:
        author: customer, bot, agent or system.
        buttons: Each with its title and payload, in their order.
        turn: The number of the customer's message that it answers, from 1; 0 for the greeting.
    """

    author: str
    text: str
    turn: int
    at: float
    buttons: list[dict[str, str]] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    pressed: bool = False


@dataclass
class Play:
    """All there is to say about one play.

    Attributes:
        task_file: Where the task is.
        customer_id: Whose records it is about, for putting them back; never shown to the player.
        shared: Whether others play on the same server at the same time.
        latencies_ms: How long each of the customer's messages waited for its answer.
        mode: Who answers at the moment: bot, queued or agent.
    """

    task_id: str
    task_file: str
    url: str
    conversation_id: str
    token: str
    player: str = ""
    temper: str = ""
    customer_id: str = ""
    shared: bool = False
    began_at: float = field(default_factory=time.time)
    ended_at: float | None = None
    mode: str = "bot"
    said: list[Said] = field(default_factory=list)
    latencies_ms: list[float] = field(default_factory=list)
    outcome: dict[str, Any] | None = None

    @classmethod
    def read(cls, path: Path) -> Self:
        """A play from its file."""
        kept = json.loads(path.read_text("utf8"))
        return cls(**{**kept, "said": [Said(**one) for one in kept["said"]]})

    def write(self, path: Path) -> None:
        """Keep the play; a reader never sees half of it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{uuid.uuid4().hex[:6]}")
        draft.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False), "utf8")
        draft.replace(path)

    @property
    def turns(self) -> int:
        """How many messages the customer has sent."""
        return len(self.latencies_ms)

    @property
    def buttons(self) -> list[dict[str, str]]:
        """The buttons of the latest answer, in the order in which they are numbered from 1."""
        latest = self.said[-1].turn if self.said else 0
        return [button for one in self.said if one.turn == latest for button in one.buttons]


def open_play(url: str, task_id: str, task_file: Path, **more: Any) -> Play:
    """Open a conversation.

    Raises:
        NotPlayed: If no server answers.
    """
    opened = _call(url, "POST", "/api/v1/conversations", json={"locale": "en"})
    play = Play(task_id, str(task_file), url, opened["conversation_id"], opened["token"], **more)
    _hear(play, opened["messages"])
    return play


def say(play: Play, text: str) -> list[Said]:
    """Send the customer's words; gives what is answered."""
    return _send(play, {"text": text}, Said("customer", text, play.turns + 1, time.time()))


def press(play: Play, number: int) -> list[Said]:
    """Press a button of the latest answer by its number from 1.

    Raises:
        NotPlayed: If there is no such button.
    """
    buttons = play.buttons
    if not 1 <= number <= len(buttons):
        raise NotPlayed(f"There is no button {number}; the latest answer has {len(buttons)}.")
    button = buttons[number - 1]
    said = Said("customer", button["title"], play.turns + 1, time.time(), pressed=True)
    return _send(play, {"payload": button["payload"]}, said)


def _send(play: Play, body: dict[str, str], said: Said) -> list[Said]:
    if play.ended_at is not None:
        raise NotPlayed("This play has ended.")
    begun = time.monotonic()
    headers = {"Authorization": f"Bearer {play.token}", "Prefer": f"wait={WAIT_S}"}
    path = f"/api/v1/conversations/{play.conversation_id}/messages"
    body = {**body, "client_message_id": uuid.uuid4().hex}
    while True:  # the same message again is the same message: what comes back then is its answer
        answer = _call(play.url, "POST", path, json=body, headers=headers)
        if "replies" in answer or time.monotonic() - begun > _LONGEST_S:
            break
    play.said.append(said)
    play.latencies_ms.append((time.monotonic() - begun) * 1000)
    play.mode = answer.get("mode", play.mode)
    return _hear(play, answer.get("replies", []))


def _hear(play: Play, messages: list[dict[str, Any]]) -> list[Said]:
    heard = [
        Said(
            author=one["author"],
            text=one["text"],
            turn=play.turns,
            at=time.time(),
            buttons=[{"title": button["title"], "payload": button["payload"]} for button in one["buttons"]],
            cards=[f"{card['title']} {card.get('subtitle') or ''} {_price(card)}".strip() for card in one["cards"]],
        )
        for one in messages
    ]
    play.said += heard
    return heard


def _price(card: dict[str, Any]) -> str:
    return f"{card['price_cents'] / 100:.2f} {card['currency']}" if card.get("price_cents") is not None else ""


def _call(url: str, method: str, path: str, **options: Any) -> dict[str, Any]:
    try:
        answer = httpx.request(method, f"{url}{path}", timeout=WAIT_S + 10, trust_env=False, **options)
    except httpx.HTTPError as exc:
        raise NotPlayed(f"No server answers at {url} ({type(exc).__name__}). Start it with: … serve OUT") from exc
    if answer.is_error:
        raise NotPlayed(f"The server answered {answer.status_code}: {answer.text[:300]}")
    told: dict[str, Any] = answer.json()
    return told

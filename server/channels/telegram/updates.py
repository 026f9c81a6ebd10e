"""Telegram's updates as what a customer did."""

from dataclasses import dataclass, replace
from typing import Any

from server.channels.base import Incoming

NAME = "telegram"
ALLOWED_UPDATES = ["message", "edited_message", "callback_query"]
COMMANDS = [
    {"command": "start", "description": "Begin"},
    {"command": "human", "description": "Talk to a person"},
]
UNREADABLE = "I can read text only: no pictures, voice messages or files. Please tell me in words, or send /human to talk to a person."
EDITED = "I answer messages as they were first sent. Please send what you changed as a new message."


@dataclass(frozen=True)
class Read:
    """What is in an update.

    Attributes:
        incoming: What the customer did; without words where we cannot use it, so that a repeat is known all the same.
        notice: An honest line for what we cannot use.
        query_id: Set for a pressed button, which Telegram shows as busy until it is answered.
    """

    incoming: Incoming | None = None
    notice: str | None = None
    query_id: str | None = None


def read_update(update: dict[str, Any], account: str) -> Read:
    """Read an update whose origin is verified. Groups, channels, other bots and unknown kinds give nothing.

    Args:
        update: The JSON object that Telegram sent; trusted to come from Telegram, not to be well formed.
        account: Which of our bots it came to.
    """
    if not isinstance(update.get("update_id"), int):
        return Read()
    if isinstance(query := update.get("callback_query"), dict):
        return _read_press(update, query, account)
    if isinstance(edited := update.get("edited_message"), dict):
        return _read_edit(update, edited, account)
    if isinstance(message := update.get("message"), dict):
        return _read_message(update, message, account)
    return Read()


def _read_message(update: dict[str, Any], message: dict[str, Any], account: str) -> Read:
    chat_id = _private_chat(message)
    if chat_id is None:
        return Read()
    text = message.get("text") or message.get("caption")
    words = text.strip() if isinstance(text, str) else ""
    command = words.split()[0].split("@")[0].lower() if words else ""
    wants_person = command == "/human"
    said = None if wants_person else _without_command(words, command)
    incoming = _incoming(update, chat_id, account, message.get("from"), text=said or None, wants_person=wants_person)
    incoming = replace(incoming, begins=command == "/start")
    return Read(incoming, notice=None if message.get("text") else UNREADABLE)


def _read_edit(update: dict[str, Any], message: dict[str, Any], account: str) -> Read:
    chat_id = _private_chat(message)
    return Read(_incoming(update, chat_id, account, message.get("from")), notice=EDITED) if chat_id else Read()


def _without_command(text: str, command: str) -> str:
    # "/start" is how every chat begins; a link to the bot may add words of its own behind it.
    return "hello" if command == "/start" else text


def _read_press(update: dict[str, Any], query: dict[str, Any], account: str) -> Read:
    message = query.get("message")
    chat_id = _private_chat(message) if isinstance(message, dict) else None
    data = query.get("data")
    if chat_id is None or not isinstance(data, str) or not 0 < len(data) <= 64:
        return Read(query_id=_query_id(query))
    wants_person = data == "human"
    payload = None if wants_person else data
    incoming = _incoming(update, chat_id, account, query.get("from"), payload=payload, wants_person=wants_person)
    return Read(incoming, query_id=_query_id(query))


def _incoming(
    update: dict[str, Any],
    chat_id: str,
    account: str,
    sender: Any,
    *,
    text: str | None = None,
    payload: str | None = None,
    wants_person: bool = False,
) -> Incoming:
    person = sender if isinstance(sender, dict) else {}
    name = " ".join(str(person[key]) for key in ("first_name", "last_name") if person.get(key))
    return Incoming(
        channel=NAME, account=account, event_id=str(update["update_id"]), external_id=chat_id, text=text, payload=payload,
        wants_person=wants_person, locale=str(person.get("language_code") or "en")[:16], customer_name=name[:200] or None,
    )  # fmt: skip


def _private_chat(message: dict[str, Any]) -> str | None:
    chat = message.get("chat")
    if not isinstance(chat, dict) or chat.get("type") != "private" or not isinstance(chat.get("id"), int):
        return None
    return str(chat["id"])


def _query_id(query: dict[str, Any]) -> str | None:
    return query["id"] if isinstance(query.get("id"), str) else None

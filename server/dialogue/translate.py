"""Rasa's messages and ours: what its REST channel returns becomes replies, what a customer types becomes harmless."""

import re
from typing import Any

from server.dialogue.base import DialogueEvents, HandoverWish, PastTurn, Reply

_COMMAND = re.compile(r"^\s*/[\s/]*")
_NOT_UNDERSTOOD = {"name": "nlu_fallback", "confidence": 0.0}
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_CARD_FIELDS = ("title", "subtitle", "image_url", "url", "price_cents", "currency", "product_id")
_CITATION_FIELDS = ("title", "url", "passage_id")


def readable_text(text: str) -> str:
    """Take leading slashes away: Rasa's RegexMessageHandler would obey what follows as a command."""
    return _COMMAND.sub("", text) or "?"


def read_replies(answer: Any) -> list[Reply]:
    """Read the list that Rasa's REST channel returns; items that say nothing are left out."""
    items = answer if isinstance(answer, list) else []
    read = [_read(item) for item in items if isinstance(item, dict)]
    return [reply for reply in read if reply is not None]


def _read(item: dict[str, Any]) -> Reply | None:
    custom = item.get("custom")
    source = custom if isinstance(custom, dict) else item
    text = str(source.get("text") or "").strip()
    cards = _pick(source.get("cards"), _CARD_FIELDS)
    handover = source.get("handover")
    if not text and not cards and not handover:
        return None
    message_id = source.get("message_id")
    return Reply(
        text=text,
        buttons=[button for button in source.get("buttons") or [] if isinstance(button, dict) and button.get("title")],
        cards=cards,
        citations=_pick(source.get("citations"), _CITATION_FIELDS),
        answer_id=source.get("answer_id") if isinstance(source.get("answer_id"), str) else None,
        message_id=message_id if isinstance(message_id, str) and _MESSAGE_ID.fullmatch(message_id) else None,
        handover=_wish(handover) if isinstance(handover, dict) else None,
    )


def _pick(items: Any, fields: tuple[str, ...]) -> list[dict[str, Any]]:
    found = [item for item in items or [] if isinstance(item, dict) and item.get("title")]
    return [{name: item[name] for name in fields if item.get(name) is not None} for item in found]


def _wish(handover: dict[str, Any]) -> HandoverWish:
    return HandoverWish(str(handover.get("reason") or "asked for a person"), str(handover.get("summary") or ""))


def split_by_turn(events: DialogueEvents) -> dict[str, DialogueEvents]:
    """Cut a tracker's events into turns, by the turn id in the metadata of each customer's message.

    What stands before the first message, such as the session's start, goes with the first turn.
    """
    turns: dict[str, DialogueEvents] = {}
    before: DialogueEvents = []
    current: DialogueEvents | None = None
    for event in events:
        if event.get("event") == "user":
            turn_id = str((event.get("metadata") or {}).get("turn_id", ""))
            current = turns.setdefault(turn_id, [])
            current.extend(before)
            before = []
        (before if current is None else current).append(event)
    return turns


def recall(turns: list[PastTurn], kept: dict[str, DialogueEvents]) -> DialogueEvents:
    """Give the events that rebuild a tracker: each turn's stored record, else what Rasa still keeps, else its words retold.

    A retold turn has its words, but not its slots and forms.
    """
    events: DialogueEvents = []
    for turn in turns:
        events += turn.events or kept.get(turn.turn_id) or _retell(turn)
    return [_acceptable(event) for event in events]


def _acceptable(event: dict[str, Any]) -> dict[str, Any]:
    # Rasa writes events that its own API then refuses: an intent without a name.
    parsed = event.get("parse_data")
    if event.get("event") != "user" or not isinstance(parsed, dict):
        return event
    named = [ranked for ranked in parsed.get("intent_ranking") or [] if isinstance(ranked.get("name"), str)]
    intent = parsed.get("intent") or {}
    mended = intent if isinstance(intent.get("name"), str) else _NOT_UNDERSTOOD
    return {**event, "parse_data": {**parsed, "intent": mended, "intent_ranking": named}}


def _retell(turn: PastTurn) -> DialogueEvents:
    parsed = {"intent": _NOT_UNDERSTOOD, "entities": [], "text": turn.said}
    said = {"event": "user", "text": turn.said, "parse_data": parsed, "metadata": {"turn_id": turn.turn_id}}
    listen = {"event": "action", "name": "action_listen"}
    return [listen, said, *({"event": "bot", "text": text} for text in turn.replies), listen]

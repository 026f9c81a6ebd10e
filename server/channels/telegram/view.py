"""A message of ours as what Telegram can show: text, a keyboard under it, pictures where it takes them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from shop.wording import money

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
HUMAN_BUTTON = {"text": "Talk to a person", "callback_data": "human"}
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")  # Telegram shows no SVG


@dataclass(frozen=True)
class Send:
    """One call of the Bot API; `fallback` is what to send when Telegram will not take the picture."""

    method: str
    params: dict[str, Any]
    fallback: "Send | None" = None


def render(message: dict[str, Any], chat_id: str, public_url: str, *, offer_person: bool = False) -> list[Send]:
    """Turn a message into the sends that show it, in order; the keyboard hangs under the last.

    Args:
        message: A message of the public contract.
        chat_id: Telegram's id of the chat.
        public_url: Where the shop's relative links lead; "" leaves them out.
        offer_person: Whether to add a button that asks for a person.
    """
    pictured = [card for card in message.get("cards", []) if _picture(card, public_url)]
    listed = [card for card in message.get("cards", []) if card not in pictured]
    blocks = [message["text"], *(_describe(card, public_url) for card in listed), _footnotes(message.get("citations", []), public_url)]
    sends = [_text(chat_id, piece) for piece in split("\n\n".join(block for block in blocks if block))]
    sends += [_photo(chat_id, card, public_url) for card in pictured]
    keyboard = _keyboard(message.get("buttons", []), listed, public_url, offer_person=offer_person)
    return [*sends[:-1], _with_keyboard(sends[-1], keyboard)] if sends else []


def split(text: str, limit: int = TEXT_LIMIT) -> Iterator[str]:
    """Cut a text into pieces that Telegram takes, at paragraphs, lines or words where it can.

    Args:
        text: Any text; an empty one gives nothing.
        limit: Most UTF-16 code units of a piece, as Telegram counts.
    """
    rest = text.strip()
    while utf16_length(rest) > limit:
        room = _prefix(rest, limit)
        cut = max(room.rfind("\n\n"), 0) or max(room.rfind("\n"), 0) or max(room.rfind(" "), 0) or len(room)
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def utf16_length(text: str) -> int:
    """Count UTF-16 code units, as Telegram does."""
    return len(text.encode("utf-16-le")) // 2


def _prefix(text: str, limit: int) -> str:
    # A surrogate pair that the limit would halve falls off whole.
    return text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", errors="ignore")


def _text(chat_id: str, text: str) -> Send:
    return Send("sendMessage", {"chat_id": chat_id, "text": text, "link_preview_options": {"is_disabled": True}})


def _photo(chat_id: str, card: dict[str, Any], public_url: str) -> Send:
    described = _describe(card, public_url)
    caption = next(split(described, CAPTION_LIMIT))
    params = {"chat_id": chat_id, "photo": _picture(card, public_url), "caption": caption}
    return Send("sendPhoto", params, fallback=_text(chat_id, described))


def _with_keyboard(send: Send, keyboard: list[list[dict[str, str]]]) -> Send:
    if not keyboard:
        return send
    fallback = _with_keyboard(send.fallback, keyboard) if send.fallback else None
    return Send(send.method, {**send.params, "reply_markup": {"inline_keyboard": keyboard}}, fallback)


def _keyboard(
    buttons: Sequence[dict[str, str]], cards: Sequence[dict[str, Any]], public_url: str, *, offer_person: bool
) -> list[list[dict[str, str]]]:
    links = [
        [{"text": f"Open {card['title']}"[:64], "url": link}]
        for card in cards
        if _is_public(link := _absolute(card.get("url"), public_url))
    ]
    rows = [[{"text": button["title"][:64], "callback_data": button["payload"]}] for button in buttons]
    return [*links, *rows, *([[HUMAN_BUTTON]] if offer_person else [])]


def _describe(card: dict[str, Any], public_url: str) -> str:
    price = money(card["price_cents"], card.get("currency") or "").rstrip() if card.get("price_cents") is not None else ""
    lines = [f"• {card['title']}", card.get("subtitle") or "", price, _absolute(card.get("url"), public_url)]
    return "\n".join(line for line in lines if line)


def _footnotes(citations: Sequence[dict[str, Any]], public_url: str) -> str:
    lines = [f"[{n}] {' '.join(filter(None, (c['title'], _absolute(c.get('url'), public_url))))}" for n, c in enumerate(citations, 1)]
    return "\n".join(lines)


def _picture(card: dict[str, Any], public_url: str) -> str:
    url = _absolute(card.get("image_url"), public_url)
    return url if _is_public(url) and urlsplit(url).path.lower().endswith(_PICTURES) else ""


def _absolute(url: str | None, public_url: str) -> str:
    try:
        absolute = urljoin(public_url, url) if url else ""
        return absolute if urlsplit(absolute).scheme in {"http", "https"} else ""
    except ValueError:  # such as "http://[": not an address
        return ""


def _is_public(url: str) -> bool:
    # Telegram's servers refuse buttons and pictures of hosts that only we can reach.
    host = urlsplit(url).hostname or ""
    return "." in host and not host.startswith("127.")

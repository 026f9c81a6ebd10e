"""What a request means by the words around it: taken back in the same breath, refused, misspelt, or said before a button was pressed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.conditions import DENIED, task_named, without_task
from actions.intents import TASKS, words_ask_for
from actions.misspelt import task_meant
from actions.self_correction import TURN
from actions.supposed.picked import picked_deal
from actions.turn import Entity, Request, Turn
from actions.yes_no import plain

_BESIDES = re.compile(r"\b(?:also|too|both|as well|first|besides|afterwards|and then|in addition|how|where|when|what|why)\b")
"""Words by which the second comes beside the first, or only asks."""
_GOODS_BACK = frozenset({"return_item", "exchange_item"})
_OF_ORDER = frozenset({"change_address", "change_payment"})
_BY_MONEY = re.compile(r"\b(?:return\w*|send|give|take)\b")
_TASK = r"(?:\w+ ){0,4}?(?:cancel|return|exchange|swap)\b"
_NEVER = re.compile(
    rf"\b(?:i|we) (?:\w+ )?(?:never|don'?t|do not|didn'?t|did not) {_TASK}"
    rf"|(?:^|[.!?,;:-]\s*)(?:(?:no|please|but)\W+)*(?:don'?t|do not|never) {_TASK}"
)
"""A refusal; "why did you not cancel it?" is none."""
_RETRACTED = re.compile(
    r"(?:\b(?:no|wait|actually|sorry|hm+|nope|rather|oh|stop)\b[\s,.…!]*)+(?:please )?(?:don'?t|do not)\b"
    r"(?=\W*$|\s*[.!?,;…]|\s+(?:do|cancel|return|exchange|swap|change|touch) (?:it|that|anything|them|a thing)\b)"
)
"""A deed called off in the same breath: "cancel it all… actually no, don't"."""
_CARRIED = TASKS | {"track_order", "list_orders", "check_refund", "search_product", "ask_product", "ask_price", "check_stock", "ask_size"}
"""What a button may ask for in the words that were not understood before it."""
_OF_NUMBERS = frozenset({"track_order", "list_orders", "ask_order_details", "inform"})
_DAMAGED = re.compile(r"\b(?:broken?|damag\w*|defect\w*|fault\w*|crack\w*|torn|smash\w*|leak\w*|shatter\w*|dent\w*|dead)\b")
_NOT_NOW = re.compile(r"\b(?:if|in case|policy|how (?:do|does|can|long)|what happens)\b")
_ANEW = re.compile(r"\b(?:exchang\w*|swap\w*|replac\w*|(?:new|another|same) one)\b")
_BESIDE_DAMAGE = frozenset(
    {"ask_price", "ask_product", "search_product", "ask_returns_policy", "check_refund", "make_complaint", "give_feedback", "nlu_fallback"}
    | {"report_damaged_item", "ask_order_details"}
)
"""What NLU hears in "it came broken, do you know what it cost? I want my money back"."""


_PAYS = re.compile(
    r"\b(?:put|use|apply|charge|take)\b[^.;!]{0,25}\b(?:gift ?card|voucher|balance|store credit|paypal|visa|mastercard|amex|card)\b"
    r"[^.;!]{0,25}\b(?:on|for|to|towards|against)\b[^.;!]{0,20}\border\b"
)
"""A way to pay that is put on an order: no goods are swapped."""
_GOODS_VERB = re.compile(r"\b(?:exchang\w*|swap\w*|return\w*|replac\w*|refund\w*|send|differen\w+)\b")


def find_meant(turn: Turn) -> Request | None:
    """The request that is meant where it is another than the one that was heard; None where it is that one.

    Args:
        turn: The customer's words, with no form open.
    """
    if not turn.is_new or turn.tracker.latest_message.get("replayed"):
        return None
    if turn.request.pressed:
        return _said_before(turn)
    meant = picked_deal(turn) or _turned(turn) or _corrected_at_once(turn) or _not_refused(turn)
    meant = meant or _damaged(turn) or _paid_otherwise(turn) or _misspelt(turn)
    return meant if meant and (meant.intent != turn.intent or meant.text != turn.text) else None


def refuses(request: Request) -> bool:
    """Whether words refuse the very task that was heard in them: "I don't want to cancel anything"."""
    text = plain(request.text)
    if request.pressed or request.intent not in TASKS:
        return False
    if retracted_rest(text, request.intent) is not None:
        return True
    return bool(_NEVER.search(text)) and not _is_asked(request.intent, _unrefused(text))


def retracted_rest(text: str, task: str) -> str | None:
    """What follows where a task is called off in the same breath, and no other is named; None where it is not."""
    straight = text.replace("’", "'")
    found = _RETRACTED.search(straight.lower())
    if not found or task_named(straight[: found.start()]) != task or task_named(straight[found.end() :]):
        return None
    return re.sub(r"^[^.!?…]*[.!?…]*\s*", "", straight[found.end() :], count=1)


def others_waiting(turn: Turn) -> list[dict[str, Any]] | None:
    """What waits beside a request that takes back the others of its message: all that is no task of the same message."""
    brought = max(len(turn.tracker.latest_message.get("requests") or []) - 1, 0) if turn.queue_events_due else 0
    kept = [one for number, one in enumerate(turn.waiting) if number >= brought or one.intent not in TASKS]
    return [one.to_json() for one in kept] or None


def _turned(turn: Turn) -> Request | None:
    """The second of two tasks where the speaker turns round: "I'd like to return it, no, actually an exchange"."""
    text = plain(turn.whole_text)
    for found in reversed(list(TURN.finditer(text))):
        before, after = text[: found.start()], text[found.end() :]
        first, second = task_named(before), task_named(after)
        if first and second and first != second and _takes_place(first, second, after):
            return Request(second, f"{without_task(before, first)} {after}", entities=_entities(turn, second))
    return None


def _corrected_at_once(turn: Turn) -> Request | None:
    """The task of a message that corrects itself and nothing said before: "return the mug, I mean the lamp"."""
    text = plain(turn.whole_text)
    task = task_named(text) if turn.intent == "correct_request" and TURN.search(text) else None
    return Request(task, turn.whole_text, entities=_entities(turn, task)) if task in _GOODS_BACK else None


def _takes_place(first: str, second: str, after: str) -> bool:
    """Whether the second task can be meant instead of the first: another way to pay changes no return."""
    if second not in TASKS or _BESIDES.search(after) or (first in _GOODS_BACK and second in _OF_ORDER):
        return False
    return not (first == "cancel_order" and second == "return_item") or bool(_BY_MONEY.search(after))


def _not_refused(turn: Turn) -> Request | None:
    """The task that is wanted where the one that was heard is refused; the words before it where it has none of its own."""
    whole = replace(turn.request, text=turn.whole_text)
    if not refuses(whole):
        return None
    rest = _unrefused(plain(turn.whole_text))
    task = task_named(rest)
    last = str(turn.slot("last_intent"))
    wanted = task if task in TASKS else last if last in _GOODS_BACK and last != turn.intent else None
    return Request(wanted, rest, entities=_entities(turn, wanted)) if wanted and wanted != turn.intent else None


def _damaged(turn: Turn) -> Request | None:
    """A return, where damage is its reason, whatever is grumbled about the price."""
    text = plain(turn.whole_text)
    if turn.intent not in _BESIDE_DAMAGE or not _DAMAGED.search(text) or _NOT_NOW.search(text) or _ANEW.search(text):
        return None
    return Request("return_item", turn.whole_text, entities=_entities(turn, "return_item")) if task_named(text) == "return_item" else None


def _paid_otherwise(turn: Turn) -> Request | None:
    """Another way to pay, where a card put on an order was heard as a swap: "can I use my gift card for that order?"."""
    text = plain(turn.text)
    if turn.intent != "exchange_item" or not _PAYS.search(text) or _GOODS_VERB.search(text):
        return None
    return Request("change_payment", turn.text, entities=_entities(turn, "change_payment"))


def _misspelt(turn: Turn) -> Request | None:
    """A task whose word is misspelt, so that only its order was heard: "canecl order CH-1"."""
    task = task_meant(turn.text, "") if turn.intent in _OF_NUMBERS else None
    return Request(task[0], task[1], entities=turn.request.entities) if task else None


def _said_before(turn: Turn) -> Request | None:
    """The words that were not understood, for the button by which the customer says what they ask for."""
    if not turn.slot("misunderstandings") or turn.intent not in _CARRIED or turn.request.entities:
        return None
    said = next((event for event in reversed(_typed(turn)) if event.get("text")), None)
    if said is None:
        return None
    entities = tuple((said.get("parse_data") or {}).get("entities") or ())
    return Request(turn.intent, str(said["text"]), entities=entities)


def _typed(turn: Turn) -> list[dict[str, Any]]:
    """What the customer typed, the latest last; buttons and requests taken up in their place are none of it."""
    events = [event for event in turn.tracker.events or [] if event.get("event") == "user"]
    return [
        event
        for event in events
        if not str(event.get("text") or "").startswith("/") and not (event.get("parse_data") or {}).get("replayed")
    ]


def _unrefused(text: str) -> str:
    return DENIED.sub(" ", _NEVER.sub(" ", text))


def _is_asked(intent: str, text: str) -> bool:
    return words_ask_for(Request(intent, text)) and task_named(text) == intent


def _entities(turn: Turn, task: str) -> tuple[Entity, ...]:
    """All entities of the message; the number of an order that is in doubt names none."""
    message = turn.tracker.latest_message
    parts: Sequence[dict[str, Any]] = message.get("requests") or [message]
    return tuple(entity for part in parts for entity in part.get("entities") or ())

"""Plays an utterance to real Rasa with our actions and a fresh copy of the small shop, and looks at what the bot then knows."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from answers.guided import GuidedReader
from benchmarks.understanding.cases import Case
from tests.conversations.chat import Actions, Chat
from tests.conversations.rasa import TOKEN

FORMS = {
    "return_items_form": "return_item",
    "exchange_items_form": "exchange_item",
    "cancel_order_form": "cancel_order",
    "change_payment_form": "change_payment",
    "change_address_form": "change_address",
}


@dataclass(frozen=True)
class Heard:
    """What came of an utterance.

    Attributes:
        right: Whether the bot knows all that was asked for.
        helped: Whether a model's reading was taken.
        known: What it knows, for those who look.
        seconds: How long the turn took.
        wrote: Whether anything was done; it never may, for nobody has said yes.
    """

    right: bool
    helped: bool
    known: dict[str, Any]
    seconds: float
    wrote: bool


def play(case: Case, actions: Actions, rasa_url: str, reader: GuidedReader | None) -> Heard:
    """Play one utterance, with a model's help or without."""
    actions.reader = reader
    chat = Chat(actions, actions.fresh(), rasa_url)
    chat.signs_in(case.customer)
    for text in case.before:
        chat.says(text)
    started = time.monotonic()
    chat.says(case.says)
    seconds = time.monotonic() - started
    tracker = httpx.get(
        f"{rasa_url}/conversations/{chat.conversation_id}/tracker", params={"token": TOKEN}, timeout=30, trust_env=False
    ).json()
    known = _known(tracker)
    return Heard(_fits(case, known), tracker["slots"].get("restated") is not None, known, seconds, bool(chat.receipts()))


def play_all(cases: list[Case], play_one: Callable[[Case], Heard]) -> list[Heard]:
    """Play all of them, with a dot for each."""
    heard = []
    for case in cases:
        heard.append(play_one(case))
        print("." if heard[-1].right else "x", end="", flush=True)
    print()
    return heard


def _known(tracker: Mapping[str, Any]) -> dict[str, Any]:
    slots = tracker["slots"]
    form = (tracker.get("active_loop") or {}).get("name")
    swaps = slots.get("swaps") or {}
    return {
        "intent": FORMS.get(form or "", slots.get("last_intent")),
        "order": slots.get("order_choice") or (None if form else slots.get("order_id")),
        "lines": sorted(slots.get("items_choice") or []),
        "variants": sorted((swaps.get("chosen") or {}).values()),
    }


def _fits(case: Case, known: Mapping[str, Any]) -> bool:
    return (
        known["intent"] == case.intent
        and (not case.order or known["order"] == case.order)
        and (not case.lines or known["lines"] == sorted(case.lines))
        and (not case.variants or known["variants"] == sorted(case.variants))
    )

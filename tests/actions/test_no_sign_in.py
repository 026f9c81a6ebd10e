"""Where no page knows its customers, nobody is told to sign in there."""

from collections.abc import Mapping
from typing import Any

import pytest

from shop.models import Actor, Level
from tests.actions.calls import Call, call, run
from tests.actions.parts import Parts

NOWHERE = {"sign_in": False}
AT_A_PAGE = {"sign_in": True}


def where(found: Mapping[str, Any]) -> list[Call]:
    ask = {"metadata": found}
    return [
        call("action_ask_proof_order", "where is my order?", "track_order", **ask),
        call("action_tell_account", "what is my gift card balance?", "ask_account", **ask),
    ]


@pytest.mark.parametrize("at", [0, 1])
async def test_a_guest_is_told_of_number_and_code(parts: Parts, at: int) -> None:
    (said,), _ = await run(parts.services, where(NOWHERE)[at])
    assert "sign" not in said["text"].lower()
    assert "order number" in said["text"] or "order's number" in said["text"]
    assert "code" in said["text"]
    (said,), _ = await run(parts.services, where(AT_A_PAGE)[at])
    assert "sign in on this page" in said["text"]


async def test_who_proved_an_order_is_sent_to_a_person_for_the_account(parts: Parts) -> None:
    parts.desk.actors["talk"] = Actor(level=Level.GUEST, order_ids=frozenset({"CH-20002"}))
    (said,), _ = await run(parts.services, where(NOWHERE)[1])
    assert "sign in" not in said["text"]
    assert "A person can help you with the account." in said["text"]


async def test_after_three_misses_nobody_is_sent_to_a_sign_in_that_is_not_there(parts: Parts) -> None:
    slots = {"proof_order": "CH-20002", "proof_sent": "CH-20002", "form_misses": 2, "requested_slot": "proof_code"}
    for found, told in ((NOWHERE, False), (AT_A_PAGE, True)):
        asked = call("validate_order_proof_form", "000000", "nlu_fallback", slots, form="order_proof_form", metadata=found)
        _, events = await run(parts.services, asked)
        outcome = next(event["value"] for event in events if event.get("name") == "form_outcome")
        assert outcome["kind"] == "refused"
        assert ("sign in on this page" in outcome["text"]) is told

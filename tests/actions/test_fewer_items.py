"""Items left out of a change, an exchange or a return that has several, wherever they are left out."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.actions.calls import call, run, slots_of
from tests.actions.parts import Parts

FORM = "exchange_items_form"
FLASK_AND_PACK = "exchange the flask for the green 1 l one and the pack for the olive one from order CH-60003"


@dataclass
class Talk:
    """One form in the middle of a talk: what is known, and what was said last."""

    parts: Parts
    form: str = FORM
    known: dict[str, Any] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    async def say(self, text: str, intent: str, asked: str | None = None) -> None:
        more = {"form": self.form} if asked else {}
        self.known["requested_slot"] = asked
        said, events = await run(self.parts.services, call(f"validate_{self.form}", text, intent, dict(self.known), **more))
        self.said = [one["text"] for one in said]
        self.known |= slots_of(events)

    def changes(self) -> dict[str, str]:
        """Line id → variant id of the proposal that is open."""
        return {one["line_id"]: one["variant_id"] for one in self.known["proposal"]["arguments"]["changes"]}


async def opened(parts: Parts, words: str) -> Talk:
    parts.desk.sign_in("talk", "C-4")
    talk = Talk(parts)
    await talk.say(words, "exchange_item")
    return talk


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("No, leave out the flask. Only the pack.", "deny"),
        ("Wait, I've changed my mind. Can you just exchange the pack and forget about the flask?", "change_mind"),
        ("Wait, I've changed my mind. Can you just exchange the pack and forget about the flask?", "exchange_item"),
        ("Please do just the pack then. I'll keep the flask.", "affirm"),
        ("actually I changed my mind: only exchange the pack, not the flask", "correct_request"),
        ("I'd rather keep the flask", "ask_product"),
        ("only the pack, that's all", "deny"),
    ],
)
async def test_one_of_two_left_out_at_the_question_whether_to_do_it(parts: Parts, words: str, intent: str) -> None:
    talk = await opened(parts, FLASK_AND_PACK)
    if not talk.known.get("proposal"):
        await talk.say("the mastercard", "inform", "method_choice")
    assert talk.changes() == {"L2": "P-11-5", "L3": "P-14-3"}
    await talk.say(words, intent, "confirmation")
    assert talk.changes() == {"L3": "P-14-3"}
    assert talk.known.get("form_outcome") is None


async def test_an_item_that_is_only_left_out_is_not_asked_about(parts: Parts) -> None:
    talk = await opened(parts, "exchange the pack of order CH-60003 for the olive one")
    await talk.say("not the night light, please", "deny", "confirmation")
    assert talk.known["swaps"]["line_ids"] == ["L3"]


@pytest.mark.parametrize("words", ["/change_mind", "leave it", "leave it as it is", "Leave the flask, I only want the pack"])
async def test_leaving_the_item_that_is_asked_about_keeps_the_other_and_its_version(parts: Parts, words: str) -> None:
    talk = await opened(parts, "exchange the pack for the olive one and the flask from order CH-60003")
    assert talk.known["swaps"]["chosen"] == {"L3": "P-14-3"}
    assert talk.known["variant_choice"] is None
    await talk.say(words, "change_mind", "variant_choice")
    assert talk.changes() == {"L3": "P-14-3"}


async def test_leaving_the_only_item_drops_the_exchange(parts: Parts) -> None:
    talk = await opened(parts, "exchange the flask from order CH-60003")
    await talk.say("leave it", "change_mind", "variant_choice")
    assert talk.known["form_outcome"] == {"kind": "stopped"}


async def returning(parts: Parts) -> Talk:
    parts.desk.sign_in("talk", "C-4")
    talk = Talk(parts, "return_items_form")
    await talk.say("return the night light and the pack of order CH-60003 to my mastercard", "return_item")
    assert talk.known["proposal"]["arguments"]["line_ids"] == ["L1", "L3"]
    return talk


async def test_one_of_two_left_out_of_a_return_whatever_nlu_hears(parts: Parts) -> None:
    talk = await returning(parts)
    await talk.say("Wait, I changed my mind, I'll keep the pack. Only the night light.", "change_mind", "confirmation")
    assert talk.known["proposal"]["arguments"]["line_ids"] == ["L1"]


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("Can I have the money back on the PayPal of my other order?", "change_payment"),
        ("actually put it on my paypal", "change_mind"),
        ("to my paypal please", "inform"),
        ("no, paypal", "deny"),
        ("could the refund go to my paypal instead?", "ask_payment"),
    ],
)
@pytest.mark.parametrize("asked", ["confirmation", "method_choice"])
async def test_a_method_that_policy_does_not_allow_is_answered_with_the_rule(parts: Parts, words: str, intent: str, asked: str) -> None:
    talk = await returning(parts)
    await talk.say(words, intent, asked)
    assert talk.known.get("form_outcome") is None
    assert any("refund" in one and "gift card" in one for one in talk.said)
    assert talk.known["proposal"]["arguments"]["payment_method_id"] == "pm-card-4b"


async def test_a_plain_yes_is_taken_and_the_question_after_it_waits(parts: Parts) -> None:
    talk = await opened(parts, "exchange the pack for the olive one from order CH-60003")
    await talk.say("Yes please do. And how many t-shirts are there?", "search_product", "confirmation")
    assert talk.known["form_outcome"]["kind"] == "confirmed"
    assert [(one["intent"], one["text"]) for one in talk.known["waiting_requests"]] == [("search_product", "how many t-shirts are there?")]


async def test_a_question_for_another_version_is_answered_and_changes_nothing(parts: Parts) -> None:
    talk = await opened(parts, "exchange the night light for the bright mains one from order CH-60003")
    if not talk.known.get("proposal"):
        await talk.say("the mastercard", "inform", "method_choice")
    shown = talk.changes()
    await talk.say("is there one that runs on battery?", "search_product", "confirmation")
    assert "battery" in talk.said[-1]
    assert talk.changes() == shown
    assert talk.known.get("form_outcome") is None


@pytest.mark.parametrize("words", ["a nicer one of the same brand", "something comfier but the same size", "a replacement that is shinier"])
async def test_a_wish_that_is_not_understood_never_proposes_the_same_once_more(parts: Parts, words: str) -> None:
    talk = await opened(parts, f"exchange the night light of order CH-60003 for {words}")
    assert talk.known.get("proposal") is None
    assert talk.known["variant_choice"] is None


async def test_the_same_once_more_is_proposed_where_it_is_asked_for(parts: Parts) -> None:
    talk = await opened(parts, "exchange the night light of order CH-60003 for exactly the same")
    assert talk.changes() == {"L1": "P-12-4"}

"""What comes back altogether is summed from the receipts of the conversation."""

import pytest
from rasa_sdk import Tracker

from actions.totals import done_reply, total_refund_reply
from actions.turn import Turn
from shop.models import Actor, CustomerId, Level, OperationName
from tests.actions.calls import call
from tests.actions.parts import Parts

ADA = Actor(level=Level.CUSTOMER, customer_id=CustomerId("C-1"))


def asked(text: str) -> Turn:
    return Turn.of(Tracker.from_dict(call("action_x", text, "ask_order_details")["tracker"]))


async def cancel(parts: Parts) -> int:
    shop = parts.services.shop
    arguments = {"order_id": "CH-20001", "reason": "no longer needed"}
    proposal = await shop.propose(ADA, "talk", OperationName.CANCEL_ORDER, arguments)
    receipt = await shop.confirm(ADA, "talk", str(proposal.proposal_id), proposal.token)
    return sum(refund.amount_cents for refund in receipt.refunds)


@pytest.mark.parametrize(
    "text", ["How much do I get back in total?", "what's my total refund for all those?", "all refunds together, altogether?"]
)
async def test_the_sum_of_what_was_done_is_told(parts: Parts, text: str) -> None:
    cents = await cancel(parts)
    reply = await total_refund_reply(parts.services, asked(text))
    assert reply is not None
    assert f"{cents / 100:,.2f}" in reply.text
    assert "CH-20001" in reply.text


@pytest.mark.parametrize("text", ["how much would I get back in total if I return both", "where is my refund", "total of order CH-20001"])
async def test_other_questions_are_left_to_their_own_answers(parts: Parts, text: str) -> None:
    await cancel(parts)
    assert await total_refund_reply(parts.services, asked(text)) is None


async def test_nothing_is_summed_where_nothing_was_done(parts: Parts) -> None:
    assert await total_refund_reply(parts.services, asked("how much do I get back in total?")) is None


@pytest.mark.parametrize("text", ["is that cancellation done or not?", "did it go through?", "so was the order cancelled? is it done now?"])
async def test_whether_it_is_done_is_told_by_the_receipt(parts: Parts, text: str) -> None:
    await cancel(parts)
    reply = await done_reply(parts.services, asked(text))
    assert reply is not None
    assert reply.text.startswith("Yes, that is done. Order CH-20001")


async def test_what_was_never_begun_is_not_done(parts: Parts) -> None:
    await cancel(parts)
    reply = await done_reply(parts.services, asked("is the return through now?"))
    assert reply is not None
    assert reply.text.startswith("No, nothing of that kind")


@pytest.mark.parametrize("text", ["is the lamp made in Germany?", "are we done?", "was it made of wool?", "is order CH-20001 done?"])
async def test_other_things_are_not_asked_of_receipts(parts: Parts, text: str) -> None:
    await cancel(parts)
    assert await done_reply(parts.services, asked(text)) is None

"""What comes back altogether: the sum over all that was done in this conversation, from its receipts."""

import re

from actions.reply import Reply
from actions.services import Services
from actions.turn import Turn
from shop.models import Receipt
from shop.wording import join, money

_BACK = re.compile(r"\b(?:back|refund(?:s|ed)?|reimbursed)\b")
_ALL = re.compile(
    r"\b(?:total|totals|altogether|all together|in all|overall|added up|combined|sum|all (?:of )?(?:those|these|the|my|that))\b"
)
_SUPPOSED = re.compile(r"\b(?:would|could|if|return|cancel|can)\b(?!s)|\d")
"""What asks about something not done yet, or about one order."""


async def total_refund_reply(services: Services, turn: Turn) -> Reply | None:
    """The sum of what was refunded in this conversation, where the customer asks for it; None where they do not, or nothing was."""
    text = turn.text.lower()
    if turn.request.pressed or not (_BACK.search(text) and _ALL.search(text)) or _SUPPOSED.search(text):
        return None
    receipts = [one for one in await services.shop.list_receipts(turn.conversation_id) if one.refunds and one.currency]
    currencies = {one.currency for one in receipts}
    if len(currencies) != 1:
        return None
    total = sum(refund.amount_cents for one in receipts for refund in one.refunds)
    parts = [f"{money(_amount(one), str(one.currency))} from order {one.order_id}" for one in receipts]
    told = f": {join(parts)}" if len(parts) > 1 else f", from order {receipts[0].order_id}"
    return Reply(f"For what we did here you get back {money(total, str(currencies.pop()))} in total{told}.")


def _amount(receipt: Receipt) -> int:
    return sum(refund.amount_cents for refund in receipt.refunds)

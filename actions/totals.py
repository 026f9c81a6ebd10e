"""Sums that are asked for: over what was done in this conversation, from its receipts, or over the customer's own items."""

import re

from actions.beside import figures
from actions.own_facts import own_fact_reply
from actions.own_sums import own_sum_reply
from actions.reply import Reply
from actions.resolve import find_order_ids
from actions.services import Services
from actions.supposed.told import supposed_reply
from actions.turn import Turn
from shop.models import OperationName, Receipt
from shop.wording import join, money

_BACK = re.compile(r"\b(?:back|refund(?:s|ed)?|reimbursed)\b")
_ALL = re.compile(
    r"\b(?:total|totals|altogether|all together|in all|overall|added up|combined|sum|all (?:of )?(?:those|these|the|my|that))\b"
)
_SUPPOSED = re.compile(r"\b(?:would|could|if|return|cancel|can)\b(?!s)|\d")
"""What asks about something not done yet, or about one order."""

_SAVED = re.compile(
    r"\b(?:how much|what)\b.*\b(?:sav(?:e|ed|ing|ings))\b(?! (?:(?:in|on|to|for|under) )?(?:my|the|your) (?:account|address|profile"
    r"|cards?|details))"
)
_SO_FAR = re.compile(r"\b(?:did|have|had) (?:i|we) (?:\w+ )?sav(?:e|ed)\b(?!.*\b(?:code|discount|promo\w*|sale|offer|coupon|voucher)\b)")
_SWAPS = frozenset({OperationName.CHANGE_ITEMS, OperationName.EXCHANGE_ITEMS})
_KINDS = (
    (r"\breturn", frozenset({OperationName.RETURN_ITEMS})),
    (r"\bcancel", frozenset({OperationName.CANCEL_ORDER})),
    (r"\b(?:exchange|swap)", _SWAPS),
    (r"\baddress", frozenset({OperationName.CHANGE_ADDRESS, OperationName.CHANGE_DEFAULT_ADDRESS})),
    (r"\bpayment", frozenset({OperationName.CHANGE_PAYMENT})),
)
_DONE = re.compile(
    r"\b(?:is|was|has|are|were|have|did)(?:n't)? (?:the |my |that |this |it |they |those |these |your )?"
    r"(?:(?:return|cancellation|cancelation|exchange|swap|change|address change|change of address|payment change|request|order change)s? )?"
    r"(?:(?:now|already|really|actually|yet|finally|all|even) )*(?:been )?(?:(?:now|already|really|actually|all) )*"
    r"(?:done|gone through|go through|through|complete(?:d)?|registered|confirmed|finished|finali[sz]ed|sorted|settled|in place|made)"
    r"(?: (?:or not|yet|now|already|with|then|for (?:sure|good|real)|or (?:is|was|has) it (?:not|n't)))*\W*$"
)
"""What asks whether something that was done here is done: "is that return done or not?"."""


async def sum_reply(services: Services, turn: Turn) -> Reply | None:
    """The sum, or the fact of own orders and items, that the words ask for; None where they ask for none that the records tell."""
    return (
        await done_reply(services, turn)
        or await supposed_reply(services, turn)
        or await total_refund_reply(services, turn)
        or await saved_reply(services, turn)
        or await own_sum_reply(services, turn)
        or await own_fact_reply(services, turn)
    )


async def done_reply(services: Services, turn: Turn) -> Reply | None:
    """Whether what was spoken of here is done, by its receipt; None where that is not asked, or nothing of the kind was begun."""
    found = None if turn.request.pressed or find_order_ids(turn.request) else _DONE.search(turn.text.lower().replace("’", "'"))
    if not found:
        return None
    wanted = next((kinds for word, kinds in _KINDS if re.search(word, found[0])), frozenset(OperationName))
    shown = (turn.slot("proposal") or {}) if turn.form else {}
    if shown.get("operation") in {operation.value for operation in wanted}:
        return Reply("No, not yet: it is done once you say yes to what I asked.")
    done = [one for one in await services.shop.list_receipts(turn.conversation_id) if one.operation in wanted]
    if not done and len(wanted) < len(OperationName):
        return Reply("No, nothing of that kind was done in this conversation.")
    return Reply(f"Yes, that is done. {done[-1].text}") if done else None


async def saved_reply(services: Services, turn: Turn) -> Reply | None:
    """What is paid less, and what comes back, by what was done here or is just proposed; None where nothing was or that is not asked."""
    if turn.request.pressed or not _SAVED.search(turn.text.lower()):
        return None
    shown = (turn.slot("proposal") or {}) if turn.form else {}
    if shown.get("operation") in {operation.value for operation in _SWAPS}:
        cents = sum(one["amount_cents"] for one in shown["refunds"]) - sum(one["amount_cents"] for one in shown["charges"])
        return Reply(f"With this change you would pay {_less(cents, str(shown.get('currency') or ''))}.")
    receipts = [one for one in await services.shop.list_receipts(turn.conversation_id) if one.currency]
    currencies = {str(one.currency) for one in receipts}
    if not receipts and _SO_FAR.search(turn.text.lower()):
        return Reply("Nothing was changed in this conversation so far, so there is nothing saved yet.")
    if len(currencies) != 1:
        return None
    currency = currencies.pop()
    swapped = [one for one in receipts if one.operation in _SWAPS]
    back = sum(_amount(one) for one in receipts if one.operation not in _SWAPS)
    saved = sum(_amount(one) - sum(charge.amount_cents for charge in one.charges) for one in swapped)
    parts = [f"For the items that were changed here you pay {_less(saved, currency)}." if swapped else ""]
    parts.append(f"{money(back, currency)} come back to you for what was cancelled or returned." if back else "")
    return Reply(" ".join(filter(None, parts))) if any(parts) else None


def _less(cents: int, currency: str) -> str:
    if cents == 0:
        return "the same as before"
    return f"{money(abs(cents), currency)} {'less' if cents > 0 else 'more'} than before"


async def total_refund_reply(services: Services, turn: Turn) -> Reply | None:
    """The sum of what was refunded in this conversation, where the customer asks for it; None where they do not, or nothing was."""
    text = turn.text.lower()
    if turn.request.pressed or not (_BACK.search(text) and _ALL.search(text)) or _SUPPOSED.search(text):
        return None
    shown = (turn.slot("proposal") or {}) if turn.form else {}
    receipts = [one for one in await services.shop.list_receipts(turn.conversation_id) if one.refunds and one.currency]
    currencies = {one.currency for one in receipts}
    if not receipts and shown.get("refunds"):
        return Reply(f"By what I proposed: {figures(shown)}")
    if not receipts and turn.form == "exchange_items_form":
        return Reply("Nothing was done yet. What comes back or has to be paid is told before you say yes.")
    if len(currencies) != 1:
        return None
    total = sum(refund.amount_cents for one in receipts for refund in one.refunds)
    parts = [f"{money(_amount(one), str(one.currency))} from order {one.order_id}" for one in receipts]
    told = f": {join(parts)}" if len(parts) > 1 else f", from order {receipts[0].order_id}"
    currency = str(currencies.pop())
    pending = sum(one["amount_cents"] for one in shown.get("refunds", [])) if shown.get("currency") == currency else 0
    open_too = f" With what is still open, {money(pending, currency)}, it would be {money(total + pending, currency)}." if pending else ""
    return Reply(f"For what we did here you get back {money(total, currency)} in total{told}.{open_too}")


def _amount(receipt: Receipt) -> int:
    return sum(refund.amount_cents for refund in receipt.refunds)

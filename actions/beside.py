"""Questions about what was just proposed: answered from the proposal's own figures and the shop's rules, while it stays open.

A question counts as one about the proposal only if every word of it is a little one, a word of money, time and deeds, or a word of
the goods that are shown. All others are about something else, and have rules of their own.
"""

import re
from collections.abc import Mapping
from typing import Any

from actions.conditions import task_named
from actions.intents import only_wonders
from actions.methods import original_ids
from actions.reply import Reply
from actions.services import Services
from actions.turn import Request, Turn
from actions.yes_no import is_question, plain
from shop.errors import NotPermitted
from shop.models import OperationName
from shop.wording import join, money

_WHEN = re.compile(r"\bhow (?:long|soon|fast|quick\w*|many (?:\w+ )?days)\b|\bwhen\b|\bwhat (?:day|date)\b|\bby (?:when|\w+day)\b")
_SOONER = re.compile(
    r"\btoo (?:long|slow|late)\b|\b(?:faster|sooner|quicker|earlier|speed|hurry|slow|long time)\b|"
    r"\b(?:with)?in (?:\w+ )?(?:\d+|two|three|four) days\b|"
    r"\b(?:\d+|two|three|four) days (?:possible|ok)\b"
)
_WHERE = re.compile(
    r"\b(?:which|what) (?:card|account|method|payment|way|paypal|gift card|one of my)\b|\bwhere\b.*\b(?:money|refund|go|goes|it|that)\b|"
    r"\b(?:to|on|onto|from|with|by) (?:which|what)\b|\bwhose card\b"
)
_HOW_MUCH = re.compile(
    r"\bhow much\b|\b(?:what|which)(?:'s| is| was| will be| would be| were)? (?:the |my |that |it )?(?:\w+ )?"
    r"(?:total|sum|amount|price|difference|refund|cost|figure|number)\b|\b(?:total|sum|amount|difference)\b.*\?|"
    r"\bwhat (?:do|will|would|did|does) (?:i|it|that|this|we) (?:\w+ )?(?:get|pay|cost|owe|come)\b|\bwhat (?:total|amount|sum)\b"
)
_BALANCE = re.compile(
    r"\bhow much(?: money| credit)?(?:(?:'s| is| are)(?: there| still| left| now| currently)*| (?:do|have) i(?: still)?(?: have| got)?"
    r"(?: left)?) on\b|\bleft on\b"
)
"""What a card holds is no figure of the proposal."""
_COSTS = re.compile(r"\b(?:cost|costs|charged?|pay) (?:me )?(?:anything|something|extra|money)\b|\b(?:free|fees?)\b|\bfor free\b")
_PAID_WITH = re.compile(
    r"\b(?:card|paypal|account|one|what|method|way|how|with)\b.*\b(?:i|we) (?:\w+ )?(?:paid|used|ordered)\b|"
    r"\boriginal(?:ly)?\b"
)
_WHAT = re.compile(
    r"\b(?:what|which) (?:exactly|precisely)\b|\b(?:what|which)(?: \w+)? (?:is|was|are|were) (?:that|it|this|those|these|they)\b|"
    r"\b(?:what|which) (?:one|ones|order|item|items|thing|things|version)\b|"
    r"\bwhat (?:happens|will happen|are you|will you|would you|do you|did i|am i)\b|"
    r"\bsay (?:that|it) again\b|\brepeat\b|\bremind me\b|\bcome again\b|\bonce more\b"
)
_TOTAL_OF_ORDER = re.compile(r"\b(?:new|order|whole|overall|final|then|now|after\w*)\b")
_LITTLE = frozenset(
    """a about account actually after again ah all already also altogether am amex amount an and any anything anyway appear appears
    approximately are aren't arrive arrives as ask asked at back bank be because been before being bit both business but buy by bye
    can can't cancel cancellation cancelled cannot card cards cent cents change charge charged charges come comes coming cost costs
    could couldn't credit credited curious date day days debit deduct deducted did difference do does doesn't don't done earlier else
    ending ends euro euros exact exactly exchange exchanged extra fast faster fee fees figure final find first five for four free from
    get gets getting gift give given go goes going gonna got had hang happen happened happening happens has have haven't having he
    hello her hey hi his hm hmm hold hours how how's hurry i i'd i'll i'm i've if in into is isn't it it'd it'll it's item items just
    kind know last later let like long longer mastercard me mean mentioned method might minute moment money money's month more much
    must my n name need needs new next no nope normally not now number of off oh ok okay on once one ones only onto or order ordered
    original originally other our out over overall owe paid part pay paying payment paypal people pff please pls plz point possible
    precisely
    price promised put question quick quicker quickly quite really receive refund refunded refunds remind repeat return returned right
    said same say saying sec second see send sent seriously settle settled seven she should show shows six slow so something soon
    sooner sorry speed still such sum sure swap swapped take takes taking tell ten than thanks that that'd that's the their them then
    there there'll they they'll thing things think this those three till time to today together tomorrow too total transfer two uh um
    under until up us used usually version visa voucher wait was wasn't way we week weeks well were what what's when when's where
    where's which while who whole why will with within without won't working would wow you you'd your yours""".split()  # noqa: SIM905
)
_ONE_GO = frozenset({OperationName.RETURN_ITEMS, OperationName.EXCHANGE_ITEMS})
_SWAPS = frozenset({OperationName.EXCHANGE_ITEMS, OperationName.CHANGE_ITEMS})
_CHECKED = {
    "cancel_order": OperationName.CANCEL_ORDER,
    "change_address": OperationName.CHANGE_ADDRESS,
    "change_payment": OperationName.CHANGE_PAYMENT,
    "return_item": OperationName.RETURN_ITEMS,
}
_OF_GOODS = frozenset({"return_item", "exchange_item"})


async def answer_about(services: Services, turn: Turn, shown: Mapping[str, Any]) -> Reply | None:
    """Answer a question about the open proposal; None where the words ask for something else.

    Args:
        services: What actions may use.
        turn: The customer's words.
        shown: The proposal as it was shown, with its figures.
    """
    if turn.request.pressed or not shown:
        return None
    if only_wonders(turn.request) and (told := await _what_then(services, turn, shown)):
        return told
    if not is_about(turn.request, shown):
        return None
    text, operation = plain(turn.text), OperationName(shown["operation"])
    if _COSTS.search(text) and operation in _ONE_GO:
        # What sending back costs is told by the articles.
        return None
    if _PAID_WITH.search(text):
        return await _paid_with(services, turn, shown)
    if _COSTS.search(text) or _WHEN.search(text) or _SOONER.search(text) or _WHERE.search(text) or _HOW_MUCH.search(text):
        parts = [figures(shown), await _new_total(services, turn, shown) if _HOW_MUCH.search(text) and _TOTAL_OF_ORDER.search(text) else ""]
        parts.append("I'm sorry, I can't make that any faster." if _SOONER.search(text) else "")
        return Reply(" ".join(part for part in parts if part))
    return Reply(f"This is what I asked about: {shown['summary']}")


def is_about(request: Request, shown: Mapping[str, Any]) -> bool:
    """Whether a question is about the figures or the goods of a proposal, and about nothing else."""
    text = plain(request.text)
    if _BALANCE.search(text):
        return False
    asks = is_question(request) and any(one.search(text) for one in (_WHEN, _WHERE, _HOW_MUCH, _WHAT, _SOONER, _COSTS, _PAID_WITH))
    if not asks and not _SOONER.search(text):
        return False
    goods = set(re.findall(r"[\w'-]+", str(shown.get("summary") or "").lower()))
    return all(word in _LITTLE or word in goods or word.isdigit() for word in re.findall(r"[\w'-]+", text))


def asks_figures(request: Request) -> bool:
    """Whether words ask when, how much or what was paid with, whatever else they name: "when is the money on my card?"."""
    return is_question(request) and any(one.search(plain(request.text)) for one in (_WHEN, _HOW_MUCH, _PAID_WITH))


def figures(shown: Mapping[str, Any]) -> str:
    """What a proposal takes and gives back, where and when, in its own figures."""
    currency = str(shown.get("currency") or "")
    paid = [f"{money(one['amount_cents'], currency)} from your {one['label']} {one['settles']}" for one in shown.get("charges", [])]
    back = [f"{money(one['amount_cents'], currency)} to your {one['label']} {one['settles']}" for one in shown.get("refunds", [])]
    parts = [f"You pay {join(paid)}." if paid else "", f"You get back {join(back)}." if back else ""]
    return " ".join(part for part in parts if part) or "It costs you nothing, and it is done as soon as you say yes."


async def _new_total(services: Services, turn: Turn, shown: Mapping[str, Any]) -> str:
    """What an order comes to with other versions of its items; empty where they stay as they are."""
    if shown["operation"] not in {operation.value for operation in _SWAPS}:
        return ""
    actor = await services.identity.get_actor(turn.conversation_id)
    order = await services.shop.get_order(actor, shown["arguments"]["order_id"])
    more = sum(one["amount_cents"] for one in shown["charges"]) - sum(one["amount_cents"] for one in shown["refunds"])
    return f"Order {order.order_id} then comes to {money(order.total_cents + more, order.currency)}."


async def _paid_with(services: Services, turn: Turn, shown: Mapping[str, Any]) -> Reply | None:
    """What the order was paid with, and where the money of the proposal goes."""
    order_id = (shown.get("arguments") or {}).get("order_id")
    if order_id is None:
        return None
    actor = await services.identity.get_actor(turn.conversation_id)
    order = await services.shop.get_order(actor, order_id)
    try:
        own = await services.shop.list_payment_methods(actor, order_id)
    except NotPermitted:
        return None
    paid = [method.label for method in own if method.payment_method_id in original_ids(order)]
    return Reply(f"Order {order_id} was paid with your {join(paid)}. {figures(shown)}") if paid else None


async def _what_then(services: Services, turn: Turn, shown: Mapping[str, Any]) -> Reply | None:
    """Whether something else could still be done to the same order, once this is done."""
    task, order_id = task_named(turn.text), (shown.get("arguments") or {}).get("order_id")
    operation = OperationName(shown["operation"])
    if order_id is None or task not in {*_CHECKED, "exchange_item"}:
        return None
    if operation is OperationName.CANCEL_ORDER:
        return Reply(f"No: once order {order_id} is cancelled, nothing about it can be changed any more.")
    if operation in _ONE_GO and task in _OF_GOODS:
        return Reply(
            "No: that goes once per order, and either as a return or as an exchange. What is to go with it has to be said before your yes."
        )
    if task not in _CHECKED or (operation is OperationName.CHANGE_ITEMS and task == "cancel_order"):
        # What holds after a change of items is a matter of the shop's settings, which the articles tell.
        return None
    actor = await services.identity.get_actor(turn.conversation_id)
    decision = await services.shop.check(actor, _CHECKED[task], {"order_id": order_id})
    return Reply(decision.explanation)

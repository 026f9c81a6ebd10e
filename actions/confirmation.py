"""A yes, and what it stands for: the proposal that was shown, by its token, and nothing else."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions.beside import figures
from actions.closing import leaves
from actions.forms.ask import Ask
from actions.forms.leaving import NOT_YET
from actions.forms.step import Step
from actions.mentions import words_of
from actions.met import without_account
from actions.methods import original_ids
from actions.owned import get_owned, get_products
from actions.reply import HUMAN, Button, Reply, button
from actions.services import Services
from actions.turn import Turn
from actions.yes_no import is_all_said, is_clear_yes
from shop.errors import ConfirmationStale, InvalidArguments, NotAllowed, NotPermitted, OutcomeUnknown
from shop.models import Actor, Decision, OperationName, Proposal

_UNDO = re.compile(
    r"\bwant (?:it|them|that|my order) back\b|\bundo\b|\bun-?cancel\b|\breinstate\b|\breactivate\b|\btake (?:it|that) back\b"
)
_CONDITION = re.compile(r"\b(?:if|unless|as long as|provided|assuming|only when|so long as)\b")
_LONG = 140
"""Characters from which on a proposal that has been read is named without its options."""
_ONCE = frozenset({OperationName.RETURN_ITEMS, OperationName.EXCHANGE_ITEMS, OperationName.CHANGE_ITEMS})
_NOT_PERMITTED = "For that I have to know whose account it is."


async def propose(services: Services, turn: Turn, operation: OperationName, arguments: Mapping[str, Any]) -> Step:
    """Open a proposal and remember what was shown; a refusal ends the form with the rule's explanation."""
    actor = await services.identity.get_actor(turn.conversation_id)
    try:
        proposal = await services.shop.propose(actor, turn.conversation_id, operation, arguments)
    except NotAllowed:
        return refuse(await services.shop.check(actor, operation, arguments), arguments.get("order_id"))
    except NotPermitted:
        how = "Please sign in first; a person can help you too." if turn.can_sign_in else without_account(services.settings.guest_proof)
        return Step(outcome={"kind": "refused", "text": f"{_NOT_PERMITTED} {how}", "buttons": [HUMAN]})
    except InvalidArguments:
        return Step(outcome={"kind": "failed"})
    shown = {**_shown(proposal), **await _of_order(services, turn, actor, proposal)}
    before = turn.slot("proposal") or {}
    if turn.slot("requested_slot") == "confirmation" and before.get("was_read") and before["summary"] == proposal.summary:
        # What comes to the very same was read in full already.
        shown["was_read"] = True
    return Step(slots={"proposal": shown, "confirmation": None})


async def _of_order(services: Services, turn: Turn, actor: Actor, proposal: Proposal) -> dict[str, Any]:
    """What a customer may say again of a proposal, and what not.

    Whether its money goes the way the order was paid, what its items are, and the words of the customer's other goods and versions.
    """
    if not proposal.arguments.get("order_id"):
        return {}
    order = await services.shop.get_order(actor, str(proposal.arguments["order_id"]))
    products = await get_products(services, [order])
    kinds = {line.name.lower(): product.product_type.lower() for line in order.lines if (product := products.get(line.product_id))}
    options = [value for product in products.values() for variant in product.variants for value in variant.options.values()]
    names = [line.label for one in (order, *(await get_owned(services, turn)).orders) for line in one.lines]
    others = words_of(*options, *names, *kinds.values()) - words_of(proposal.summary)
    to_original = proposal.arguments.get("payment_method_id") in original_ids(order)
    return {"to_original": to_original, "kinds": kinds, "others": sorted(others)}


def refuse(decision: Decision, order_id: str | None = None, buttons: Sequence[Button] = (HUMAN,)) -> Step:
    """End a form with the rule's explanation; what only the staff may allow goes to them."""
    slots = {"order_id": order_id} if order_id else {}
    if decision.needs_staff:
        facts = [f"Order: {order_id}" if order_id else "", f"Rule: {decision.paragraph}"]
        return Step(outcome={"kind": "staff", "text": decision.explanation, "reason": "needs approval", "facts": facts, "slots": slots})
    told = {"text": decision.explanation, "buttons": list(buttons), "slots": slots, "already_done": decision.already_done}
    return Step(outcome={"kind": "refused", **told})


async def read_confirmation(services: Services, turn: Turn) -> Step:
    """Read a yes to the open proposal. Everything that is not a plain yes asks again."""
    shown = turn.slot("proposal") or {}
    if not is_clear_yes(turn.request, shown.get("operation")):
        words = turn.text.lower().replace("’", "'")
        if _CONDITION.search(words):
            holds = figures(shown)
            said = Reply(f"I can't take a yes with a condition. What holds is this: {holds[:1].lower()}{holds[1:]}")
            return Step(slots={"confirmation": None}, said=said)
        if is_all_said(turn.request):
            said = NOT_YET if leaves(turn.text) else Reply("Good, then that is everything.")
            return Step(slots={"confirmation": None, "all_said": shown.get("proposal_id")}, said=said, missed=said is NOT_YET)
        unclear = turn.intent == "affirm"
        return Step(slots={"confirmation": None}, missed=True, said=Reply("To be safe I need a plain yes or no here.") if unclear else None)
    pressed = turn.request.value("proposal")
    if pressed and pressed != shown.get("proposal_id"):
        return Step(slots={"confirmation": None}, said=Reply("That button belongs to an earlier question. This is the one that is open:"))
    waiting = await services.shop.find_open_proposal(turn.conversation_id)
    if waiting is None or waiting.proposal_id != shown.get("proposal_id"):
        return await _renew(services, turn, shown)
    return Step(slots={"confirmation": True}, outcome={"kind": "confirmed", **shown})


async def commit(services: Services, turn: Turn, outcome: Mapping[str, Any]) -> Reply:
    """Confirm with the token that was shown. Only a receipt says that something is done."""
    actor = await services.identity.get_actor(turn.conversation_id)
    try:
        receipt = await services.shop.confirm(actor, turn.conversation_id, outcome["proposal_id"], outcome["token"])
    except ConfirmationStale:
        return Reply(
            "Something about the order changed in the meantime, so I did nothing. Please tell me again what you would like.", [HUMAN]
        )
    except NotAllowed as refusal:
        return Reply(refusal.explanation, [HUMAN])
    except OutcomeUnknown:
        return Reply(
            "I passed that on, but the shop's system has not confirmed it, so I do not know yet whether it is done. "
            "Ask me for the order in a minute, or let a person look at it.",
            [HUMAN],
        )
    before = "That was already done. " if receipt.already_done else ""
    order = {"order_id": receipt.order_id} if receipt.order_id else {}
    return Reply(before + receipt.text, slots={"proposal": None, **order})


async def undone_words(services: Services, turn: Turn) -> Reply | None:
    """What can be said to "I want it back" or "undo that" after something was done here; None where that is not asked."""
    receipts = await services.shop.list_receipts(turn.conversation_id) if _UNDO.search(turn.text.lower()) else []
    if not receipts:
        return None
    text = f"That is done, and I can't take it back: {receipts[-1].text} A person can look at what is still possible."
    if receipts[-1].operation is OperationName.CANCEL_ORDER:
        text = f"A cancelled order can't be brought back: {receipts[-1].text} You can order the same again in the shop."
    return Reply(text, buttons=[HUMAN])


async def _renew(services: Services, turn: Turn, shown: Mapping[str, Any]) -> Step:
    if not shown:
        return Step(outcome={"kind": "failed"})
    step = await propose(services, turn, OperationName(shown["operation"]), shown["arguments"])
    renewed = step.slots.get("proposal")
    if renewed and all(renewed[part] == shown.get(part) for part in ("summary", "charges", "refunds")):
        # It lapsed, or was dropped by words that changed nothing after all: the yes is to the very same thing.
        return Step(slots={**step.slots, "confirmation": True}, outcome={"kind": "confirmed", **renewed})
    said = Reply("That took a while, so I checked again. This is how it stands now:")
    return step if step.outcome else Step(slots=step.slots, said=said)


def _shown(proposal: Proposal) -> dict[str, Any]:
    return {
        "proposal_id": proposal.proposal_id,
        "token": proposal.token,
        "operation": proposal.operation.value,
        "arguments": proposal.arguments,
        "summary": proposal.summary,
        "currency": proposal.currency,
        "charges": [charge.model_dump() for charge in proposal.charges],
        "refunds": [refund.model_dump() for refund in proposal.refunds],
    }


class AskConfirmation(Ask):
    """Shows exactly what would happen, and asks."""

    action_name = "action_ask_confirmation"

    async def act(self, turn: Turn) -> Reply:
        """Ask; the yes button stands for this proposal alone."""
        shown = turn.slot("proposal")
        yes = button("Yes", "affirm", proposal=shown["proposal_id"])
        more = await self._more(turn, shown)
        # Whether there is more is asked once in a form, not with every proposal; one that was read in full is only named.
        slots = {"proposal": {**shown, "was_read": True}, **({"all_said": "asked"} if more else {})}
        return Reply(_question(turn, shown, more=bool(more)), buttons=[yes, button("No", "deny"), *more], slots=slots)

    async def _more(self, turn: Turn, shown: Mapping[str, Any]) -> list[Button]:
        """Whether an order that allows this once has other items too, as a button that adds one."""
        if shown["operation"] not in _ONCE or turn.slot("all_said"):
            return []
        order = await self.services.shop.get_order(await self.actor(turn), shown["arguments"]["order_id"])
        taken = shown["arguments"].get("line_ids") or shown["arguments"].get("changes") or []
        return [button("Add another item", "inform", more="yes")] if len(taken) < len(order.lines) else []


def _question(turn: Turn, shown: Mapping[str, Any], *, more: bool) -> str:
    """The proposal and the question; its name alone once it has been read, the question alone where that was just heard."""
    if int(turn.slot("form_misses") or 0) > 1:
        return "It is still the same question: shall I do that, yes or no?"
    if turn.slot("all_said") == shown["proposal_id"]:
        return "Shall I do that now, yes or no?"
    if shown.get("was_read"):
        return f"It is still open: {_in_short(shown['summary'].partition('?')[0])}. Shall I do that?"
    return f"{shown['summary']} {'If that is everything: shall I do that?' if more else 'Shall I do that?'}"


def _in_short(name: str) -> str:
    """What was read in full, without the options of many items."""
    return re.sub(r" \([^()]*\)", "", name) if len(name) > _LONG else name


def create(services: Services) -> list[Ask]:
    """Make this topic's actions."""
    return [AskConfirmation(services)]

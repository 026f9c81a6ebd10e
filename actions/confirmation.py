"""A yes, and what it stands for: the proposal that was shown, by its token, and nothing else."""

import re
from collections.abc import Mapping
from typing import Any

from actions.forms import Ask, Step
from actions.reply import HUMAN, Reply, button
from actions.services import Services
from actions.turn import Turn
from actions.yes_no import is_clear_yes
from shop.errors import ConfirmationStale, InvalidArguments, NotAllowed
from shop.models import OperationName, Proposal

_UNDO = re.compile(
    r"\bwant (?:it|them|that|my order) back\b|\bundo\b|\bun-?cancel\b|\breinstate\b|\breactivate\b|\btake (?:it|that) back\b"
)
_OF_MONEY = re.compile(r"\bhow much\b|\bwhen (?:do|will|would) i get\b|\bhow long\b.*\b(?:money|refund|back)\b")


async def propose(services: Services, turn: Turn, operation: OperationName, arguments: Mapping[str, Any]) -> Step:
    """Open a proposal and remember what was shown; a refusal ends the form with the rule's explanation."""
    actor = await services.identity.get_actor(turn.conversation_id)
    try:
        proposal = await services.shop.propose(actor, turn.conversation_id, operation, arguments)
    except NotAllowed as refusal:
        return Step(outcome={"kind": "refused", "text": refusal.explanation, "buttons": [HUMAN]})
    except InvalidArguments:
        return Step(outcome={"kind": "failed"})
    return Step(slots={"proposal": _shown(proposal), "confirmation": None})


async def read_confirmation(services: Services, turn: Turn) -> Step:
    """Read a yes to the open proposal. Everything that is not a plain yes asks again."""
    shown = turn.slot("proposal") or {}
    if not turn.request.pressed and _OF_MONEY.search(turn.text.lower()):
        return Step(slots={"confirmation": None}, said=Reply("This is what you get back, where and when:"))
    if not is_clear_yes(turn.request, shown.get("operation")):
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
    before = "That was already done. " if receipt.already_done else ""
    return Reply(before + receipt.text, slots={"proposal": None, "order_id": receipt.order_id})


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
    said = Reply("That took a while, so I checked again. This is how it stands now:")
    return step if step.outcome else Step(slots=step.slots, said=said)


def _shown(proposal: Proposal) -> dict[str, Any]:
    return {
        "proposal_id": proposal.proposal_id,
        "token": proposal.token,
        "operation": proposal.operation.value,
        "arguments": proposal.arguments,
        "summary": proposal.summary,
    }


class AskConfirmation(Ask):
    """Shows exactly what would happen, and asks."""

    action_name = "action_ask_confirmation"

    async def act(self, turn: Turn) -> Reply:
        """Ask; the yes button stands for this proposal alone."""
        shown = turn.slot("proposal")
        yes = button("Yes", "affirm", proposal=shown["proposal_id"])
        again = int(turn.slot("form_misses") or 0) > 1
        text = "It is still the same question: shall I do that, yes or no?" if again else f"{shown['summary']} Shall I do that?"
        return Reply(text, buttons=[yes, button("No", "deny")])


def create(services: Services) -> list[Ask]:
    """Make this topic's actions."""
    return [AskConfirmation(services)]

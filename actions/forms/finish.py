"""The end of a form: what was confirmed is done, or it is said truthfully that nothing was."""

from dataclasses import replace
from typing import Any, ClassVar

from actions.base import FORM_SLOTS, ShopAction
from actions.confirmation import commit
from actions.handover import hand_over
from actions.reply import HUMAN, TROUBLE, Reply
from actions.turn import Request, Turn
from actions.waiting import without_figures

_NOT_DONE = frozenset({"stopped", "switched", "refused", "failed"})


class FinishForm(ShopAction):
    """Ends a form: does what was confirmed, or says truthfully that nothing was done.

    Attributes:
        task: What was going on, such as "the cancellation".
    """

    task: ClassVar[str]

    async def act(self, turn: Turn) -> Reply:
        """Act on the outcome, and forget the form."""
        outcome = turn.slot("form_outcome") or {"kind": "failed"}
        reply = await self.settle(turn, outcome)
        forget = {slot: None for slot in FORM_SLOTS if turn.slot(slot) is not None}
        return replace(reply, slots={**forget, **reply.slots})

    async def still_waiting(self, turn: Turn) -> tuple[Request, ...]:
        """What is still open; questions for the figures of what was not done after all are none, and what gave way comes back."""
        outcome = turn.slot("form_outcome") or {}
        if outcome.get("kind") not in _NOT_DONE:
            return await super().still_waiting(turn)
        kept = [Request.from_json(outcome["kept"])] if outcome.get("kept") else []
        return without_figures(await super().still_waiting(replace(turn, waiting=(*kept, *turn.waiting))))

    async def settle(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """Say how the form ended."""
        match outcome["kind"]:
            case "confirmed":
                return await self.commit(turn, outcome)
            case "unproved":
                return Reply(
                    "", slots={"pending_request": outcome["request"], "proof_order": outcome.get("order")}, then="order_proof_form"
                )
            case "refused":
                return self._refused(turn, outcome)
            case "staff":
                return await hand_over(self.services, turn, outcome["reason"], outcome["facts"], outcome["text"])
            case "redirected":
                return Reply("", replay=Request.from_json(outcome["request"]))
            case "stopped":
                await self.services.shop.withdraw(turn.conversation_id)
                return Reply(f"All right, I've dropped {self.task}. Nothing was changed.")
            case "switched":
                await self.services.shop.withdraw(turn.conversation_id)
                then = "I'll come back to it afterwards." if outcome.get("kept") else "Nothing was changed."
                return Reply(f"I'll leave {self.task} then. {then}", replay=Request.from_json(outcome["request"]))
            case _:
                return TROUBLE

    def _refused(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """Tell the rule and what is possible instead, or do what the customer wanted in that case."""
        slots, fallback = outcome.get("slots", {}), turn.slot("fallback")
        if not fallback:
            return Reply(outcome["text"], buttons=outcome.get("buttons") or [HUMAN], slots=slots, offer=outcome.get("offer"))
        if fallback["intent"] is None:
            return Reply(f"{outcome['text']} So I leave everything as it is.", slots=slots)
        order_id = slots.get("order_id") or turn.slot("order_id")
        about = [{"entity": "order_id", "value": order_id}] if order_id else []
        return Reply(outcome["text"], slots=slots, replay=Request(fallback["intent"], fallback["text"], entities=tuple(about)))

    async def commit(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """Do what the customer confirmed; only the receipt says that it is done."""
        return await commit(self.services, turn, outcome)

"""What is said beside an answer: a question for another way of the money, one about the proposal, a grumble."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from actions.beside import figures
from actions.forms.step import Step
from actions.intents import TASKS
from actions.knowledge import answer_question, in_full
from actions.methods import asks_for_method, find_method, names_method
from actions.reply import HUMAN, Reply, beside_question
from actions.services import Services
from actions.turn import Turn
from actions.yes_no import is_question

GRUMBLES = frozenset({"make_complaint", "give_feedback", *TASKS})
_SORRY = Reply("I'm sorry about that. A person can help if you prefer; otherwise we go on here.", buttons=[HUMAN])


async def answer_for_method(services: Services, turn: Turn, asked: str, read: Callable[[Turn, str], Awaitable[Step]]) -> Step | None:
    """A yes or a no first, then the rule, where it is asked if the money can go another way; None for all other words."""
    present = turn.slot("method_choice")
    turn = turn if turn.request.pressed else replace(turn, request=replace(turn.request, text=turn.whole_text))
    if not (asked == "method_choice" or (asked == "confirmation" and present)) or not asks_for_method(turn.request):
        return None
    order_id, actor = str(turn.slot("order_choice")), await services.identity.get_actor(turn.conversation_id)
    named = find_method(turn.request, await services.shop.list_payment_methods(actor, order_id))
    if named and asked == "confirmation" and named.payment_method_id == present:
        return Step(slots={asked: None}, said=Reply(f"Yes. {figures(turn.slot('proposal') or {})}"))
    step = await read(turn, asked)
    if named and step.slots.get("method_choice") == named.payment_method_id:
        return replace(step, said=Reply(f"Yes, that is possible. {step.said.text if step.said else ''}".strip()))
    return replace(step, said=replace(step.said, text=f"No. {step.said.text}"), missed=False) if step.said and not step.outcome else None


async def hear_out(services: Services, turn: Turn, asked: str, own_intents: frozenset[str]) -> Step | None:
    """What is said to a grumble or a question that is no answer and changes nothing; None for all other words."""
    if asked == "confirmation" and is_question(turn.request):
        question, _ = await in_full(services, turn, turn.text)
        return Step(slots={asked: None}, said=beside_question(await answer_question(services, turn, question)))
    if asked == "confirmation" and names_method(turn.request):
        return Step(slots={asked: None}, said=Reply(figures(turn.slot("proposal") or {})))
    return Step(slots={asked: None}, said=_SORRY) if turn.intent in GRUMBLES - own_intents else None

"""Sums that are asked for where a form opens or is open: told, and then what was open is asked again, or the chosen deed is proposed."""

from actions.forms.step import Step
from actions.reply import Reply
from actions.services import Services
from actions.supposed.told import find_supposed, request_of
from actions.turn import Request, Turn


async def suppose(services: Services, turn: Turn, asked: str | None) -> Step | None:
    """What becomes of a form where the words suppose deeds, or wish for two of which an order can have one; None for all other words."""
    found = await find_supposed(services, turn)
    if found is None:
        return None
    told, slots = Reply(found.text), found.slots()
    if found.chosen:
        await services.shop.withdraw(turn.conversation_id)
        return Step(slots=slots, said=told, outcome={"kind": "redirected", "request": request_of(found.chosen).to_json()})
    if found.is_choice:
        await services.shop.withdraw(turn.conversation_id)
        return Step(slots=slots, outcome={"kind": "refused", "text": found.text, "buttons": found.buttons()})
    if asked is None:
        # A question opens no form: whichever action answers it tells the sums.
        asked_again = Request("ask_order_details", turn.whole_text)
        return Step(slots={"waiting_requests": found.waiting}, outcome={"kind": "redirected", "request": asked_again.to_json()})
    return Step(slots={**slots, asked: None}, said=told)

"""What the customer does not have can't come back: a parcel that never came is a delivery, what is gone is refused."""

from dataclasses import replace

from actions.forms.step import Step
from actions.not_in_hand import GONE, GONE_WORDS, LOST_ON_THE_WAY, NEVER_CAME, absence_of, find_absence
from actions.owned import get_owned, get_products
from actions.reply import HUMAN, Reply, button
from actions.services import Services
from actions.turn import Turn


async def absent_step(services: Services, turn: Turn) -> Step | None:
    """What never came is no return, and what is gone can't be one."""
    if turn.request.pressed or not find_absence(turn.text):
        return None
    owned = await get_owned(services, turn)
    orders = [order for order in owned.orders if order.order_id == turn.slot("order_choice")] or list(owned.orders)
    absence = absence_of(turn.request, orders, await get_products(services, orders))
    if absence == GONE:
        missing = button("It never reached me", "report_missing_delivery")
        return Step(outcome={"kind": "refused", "text": GONE_WORDS, "buttons": [missing, HUMAN]})
    if absence == NEVER_CAME:
        about = ({"entity": "order_id", "value": turn.slot("order_choice")},) if turn.slot("order_choice") else ()
        request = replace(turn.request, intent="report_missing_delivery", entities=(*turn.request.entities, *about))
        return Step(outcome={"kind": "redirected", "request": request.to_json()}, said=Reply(LOST_ON_THE_WAY))
    return None

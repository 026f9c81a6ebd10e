"""The questions of a form."""

import logging

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.base import ShopAction, say
from actions.reply import TROUBLE
from actions.turn import Turn

log = logging.getLogger(__name__)


class Ask(ShopAction):
    """Asks for one slot of a form. It neither resumes nor continues anything: the form is running."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Answer Rasa's call."""
        turn = Turn.of(tracker)
        try:
            reply = await self.act(turn)
        except Exception:
            log.exception("ask.failed action=%s turn_id=%s", self.action_name, turn.turn_id)
            reply = TROUBLE
        say(dispatcher, reply)
        return [SlotSet(name, value) for name, value in reply.slots.items()]

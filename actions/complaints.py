"""Complaints: taken seriously, never argued with, a person offered."""

from rasa_sdk.interfaces import Action

from actions.base import ShopAction
from actions.handover import hand_over
from actions.reply import HUMAN, Reply, button
from actions.services import Services
from actions.turn import Turn


class ActionTakeComplaint(ShopAction):
    """Answers anger with an offer, and the second time with a person."""

    action_name = "action_take_complaint"

    async def act(self, turn: Turn) -> Reply:
        """Say sorry once, name the ways out; a customer who complains again goes to a person."""
        if turn.slot("last_intent") == "make_complaint":
            return await hand_over(self.services, turn, "complaint", [f"Said: {turn.text}"], "I'm sorry.")
        steps = [HUMAN, button("Something arrived damaged", "report_damaged_item"), button("My order is late", "report_late_order")]
        text = "I'm sorry that this went wrong. Shall I get a person for you? Or tell me what happened, and I'll help if I can."
        return Reply(text, buttons=steps, slots={"last_intent": "make_complaint"}, offer="request_human")


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionTakeComplaint(services)]

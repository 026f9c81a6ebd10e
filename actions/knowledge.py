"""Questions that the shop's articles answer, sentence by sentence as each is verified."""

import uuid
from collections.abc import Callable, Sequence

from rasa_sdk.interfaces import Action

from actions.base import ShopAction
from actions.reply import HUMAN, Reply
from actions.services import Services
from actions.turn import Turn
from answers.models import Answer, Fact

TOPICS = {
    "ask_returns_policy": "returns",
    "ask_delivery": "delivery",
    "ask_payment": "payment",
    "ask_promo_code": "promo_codes",
    "ask_gift_card": "gift_cards",
    "ask_account": "account",
    "ask_loyalty": "loyalty",
    "ask_privacy": "privacy",
    "ask_warranty": "warranty",
    "ask_opening_hours": "contact",
}
# What a pressed button asks, since it has no words of the customer's.
QUESTIONS = {
    "ask_returns_policy": "How do returns work and how long do I have?",
    "ask_delivery": "How long does delivery take and what does it cost?",
    "ask_payment": "Which ways to pay are there?",
    "ask_promo_code": "How do I use a promo code?",
    "ask_gift_card": "How do gift cards work?",
    "ask_account": "How do I manage my account?",
    "ask_loyalty": "How does the loyalty programme work?",
    "ask_privacy": "What happens with my data?",
    "ask_warranty": "What does the warranty cover?",
    "ask_opening_hours": "What are the opening hours?",
}
UNKNOWN = "I don't know that, and I won't guess. Shall I get a person who can answer it?"


async def answer_question(
    services: Services,
    turn: Turn,
    question: str,
    facts: Sequence[Fact] = (),
    topic: str | None = None,
    speaks_of_it: Callable[[Answer], bool] | None = None,
) -> Reply:
    """Answer from articles and facts, streaming; where there is no evidence, say so and offer a person.

    Args:
        services: What actions may use.
        turn: The present turn.
        question: What is asked.
        facts: Live lines from records that may answer.
        topic: The topic that the question is known to be about.
        speaks_of_it: Judges a finished answer; one that it refuses counts as unknown, and nothing is streamed before.
    """
    message_id = uuid.uuid4().hex

    async def publish(text: str, offset: int) -> None:
        delta = {"type": "answer.delta", "turn_id": turn.turn_id, "message_id": message_id, "offset": offset, "text": text}
        await services.publish(turn.conversation_id, delta)

    answer = await services.answers.answer(question, facts=facts, topic=topic, on_sentence=None if speaks_of_it else publish)
    if not answer.known or (speaks_of_it and not speaks_of_it(answer)):
        return Reply(UNKNOWN, buttons=[HUMAN], answer_id=answer.answer_id, message_id=message_id, offer="request_human")
    citations = [{"title": citation.title, "url": citation.url, "passage_id": citation.passage_id} for citation in answer.citations]
    return Reply(answer.text, citations=citations, answer_id=answer.answer_id, message_id=message_id)


class ActionAnswerQuestion(ShopAction):
    """Answers a question about the shop's rules and services."""

    action_name = "action_answer_question"

    async def act(self, turn: Turn) -> Reply:
        """Answer in the topic that was understood."""
        question = turn.text or QUESTIONS.get(turn.intent, "What can you help me with?")
        facts = [self._hours()] if turn.intent == "ask_opening_hours" else []
        return await answer_question(self.services, turn, question, facts, TOPICS.get(turn.intent))

    def _hours(self) -> Fact:
        hours, zone = self.services.settings.opening_hours, self.services.settings.timezone
        text = f"Our opening hours: people are at the counter {hours} ({zone})."
        return Fact(fact_id="settings:opening_hours", text=text, values={"opening_hours": hours})


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionAnswerQuestion(services)]

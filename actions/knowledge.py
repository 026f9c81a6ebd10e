"""Questions that the shop's articles answer, sentence by sentence as each is verified."""

import uuid
from collections.abc import Callable, Sequence

from rasa_sdk.interfaces import Action

from actions.base import ShopAction
from actions.ellipsis import leans, own_words, telling_words
from actions.follow_up import told_of
from actions.matter import PRESSED, Matter, find_matter
from actions.reply import HUMAN, Reply
from actions.services import Services
from actions.turn import Turn
from answers.models import Answer, Fact
from knowledge_base.models import Candidate
from knowledge_base.text import stems

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


async def in_full(services: Services, turn: Turn, question: str) -> tuple[str, Matter]:
    """A question with the words of what it leans on, and that matter; the question as it is where it stands by itself.

    Where the page that the question finds alone speaks of what the question names, and the page found with the added words does not
    ("does that also go for sale items?"), nothing is added.
    """
    matter = await find_matter(services, turn) if leans(turn.text) else Matter()
    added = [word for word in matter.words if word not in telling_words(question)]
    if not added:
        return question, matter
    full = f"{question} {' '.join(added)}"
    named = set(stems(" ".join(own_words(question))))
    with_it, alone = [await services.knowledge.search(one, 1) for one in (full, question)]
    return (question if _speaks(alone, named) and not _speaks(with_it, named) else full), matter


def _speaks(found: Sequence[Candidate], named: set[str]) -> bool:
    return bool(found) and bool(named) and named <= set(stems(found[0].passage.searchable))


class ActionAnswerQuestion(ShopAction):
    """Answers a question about the shop's rules and services."""

    action_name = "action_answer_question"

    async def act(self, turn: Turn) -> Reply:
        """Answer in the topic that was understood."""
        question, matter = await in_full(self.services, turn, turn.text or PRESSED.get(turn.intent, "What can you help me with?"))
        intent = turn.intent if own_words(turn.text) or not matter.intent else matter.intent
        facts = [self._hours()] if intent == "ask_opening_hours" else []
        if matter.product and (told := told_of(matter.product, turn.text)):
            facts.append(Fact(fact_id=f"product:{matter.product.product_id}:told", text=told))
        return await answer_question(self.services, turn, question, facts, TOPICS.get(intent))

    def _hours(self) -> Fact:
        hours, zone = self.services.settings.opening_hours, self.services.settings.timezone
        text = f"Our opening hours: people are at the counter {hours} ({zone})."
        return Fact(fact_id="settings:opening_hours", text=text, values={"opening_hours": hours})


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionAnswerQuestion(services)]

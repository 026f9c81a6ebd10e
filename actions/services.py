"""What the actions are given. Built once by `server/app.py`; tests build their own with real parts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from answers.answerer import Answerer
from answers.guided import GuidedReader
from knowledge_base.knowledge import KnowledgeBase
from recommendation.recommendations import Recommendations
from shop.models import Actor
from shop.operations import Shop

Publish = Callable[[str, dict[str, Any]], Awaitable[None]]


class IdentityService(Protocol):
    """Who a conversation's customer is. The server's own record is the only source."""

    async def get_actor(self, conversation_id: str) -> Actor:
        """Give the actor of a conversation; anonymous when nothing is proved."""

    async def start_order_proof(self, conversation_id: str, order_id: str) -> None:
        """Send a code to the order's e-mail if there is such an order. The caller cannot tell which.

        Raises:
            ProofLimitReached: If too many codes were asked for in this conversation.
        """

    async def prove_order(self, conversation_id: str, order_id: str, code: str) -> bool:
        """Check a code; true makes the conversation a guest's for that order. Single use, ten minutes, five tries."""

    async def prove_weakly(self, conversation_id: str, facts: dict[str, str]) -> bool:
        """Accept e-mail, or name and postal code, where the shop's settings allow that. False where they do not."""


@dataclass(frozen=True)
class ActionSettings:
    """What actions need to know of the installation."""

    brand_name: str = "Harbour & Pine"
    opening_hours: str = "Mon-Fri 09:00-18:00"
    timezone: str = "Europe/Berlin"
    guest_proof: tuple[str, ...] = ("order_code",)
    now: Callable[[], datetime] | None = None


@dataclass(frozen=True)
class Services:
    """Everything an action may use.

    Attributes:
        reader: A language model that helps to understand; None where the shop has not switched that on.
    """

    shop: Shop
    knowledge: KnowledgeBase
    answers: Answerer
    recommendations: Recommendations
    identity: IdentityService
    publish: Publish
    settings: ActionSettings = field(default_factory=ActionSettings)
    reader: GuidedReader | None = None

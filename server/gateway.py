"""The parts of a running gateway, for its routes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import HTTPConnection

from server.channels.base import Channel
from server.channels.outbox import Outbox
from server.conversations.live import Publisher
from server.conversations.service import Conversations
from server.conversations.worker import Turns
from server.dialogue.base import Dialogue
from server.events.base import EventBus
from server.identity.service import Identity
from server.limiting import Limiter
from server.metrics import Metrics
from server.settings import Settings
from server.staff.console import Console
from server.storage.engine import Database
from shop.operations import Shop

if TYPE_CHECKING:
    from actions.services import Services
    from knowledge_base.knowledge import KnowledgeBase


@dataclass
class Gateway:
    """Everything built by `server.app`; routes find it by `gateway_of(request)`.

    Attributes:
        services: What actions use: shop, knowledge, answers, recommendations; None in tests of the gateway alone.
        executor: rasa-sdk's `ActionExecutor` with every action of ours.
    """

    settings: Settings
    database: Database
    bus: EventBus
    limiter: Limiter
    metrics: Metrics
    dialogue: Dialogue
    turns: Turns
    identity: Identity
    conversations: Conversations
    publish: Publisher
    shop: Shop
    console: Console
    channels: Mapping[str, Channel]
    outbox: Outbox
    services: "Services | None" = None
    executor: Any = None

    def find_knowledge(self) -> "KnowledgeBase | None":
        """Find the knowledge base, once it is built."""
        return self.services.knowledge if self.services else None


def gateway_of(connection: HTTPConnection) -> Gateway:
    """Give the gateway that serves a request or socket."""
    found: Gateway = connection.app.state.gateway
    return found

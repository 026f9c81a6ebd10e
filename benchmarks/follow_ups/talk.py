"""A conversation with the actions themselves: calls as Rasa sends them, with the events that Rasa keeps."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import answers
import knowledge_base
import recommendation
import shop as shop_package
from actions import create_executor
from actions.services import Services
from answers.settings import AnswerSettings
from knowledge_base import registry
from knowledge_base.catalogue import CatalogueIndex
from knowledge_base.models import ProductDocument
from knowledge_base.settings import KnowledgeBaseSettings
from recommendation.settings import RecommendationSettings
from shop.demo.loading import load_demo
from shop.models import Actor, Level, ShopData
from shop.operations import Shop
from shop.settings import ShopSettings

_ARTICLES = Path(__file__).parents[2] / "knowledge_base" / "articles"


_MOST_STEPS = 4
ACTIONS = {
    "search_product": "action_search_products",
    "ask_product": "action_tell_product",
    "ask_price": "action_tell_price",
    "check_stock": "action_tell_stock",
    "compare_products": "action_compare_products",
    "track_order": "action_track_order",
    "ask_returns_policy": "action_answer_question",
    "ask_delivery": "action_answer_question",
}
"""Which action the rules have for an intent, where an action takes up another one."""


class OneCustomer:
    """Says who writes: whoever was named last."""

    def __init__(self) -> None:
        self.actor = Actor()

    async def get_actor(self, conversation_id: str) -> Actor:
        """Give who writes."""
        return self.actor

    async def start_order_proof(self, conversation_id: str, order_id: str) -> None:
        """Nobody proves anything here."""

    async def prove_order(self, conversation_id: str, order_id: str, code: str) -> bool:
        """Nobody proves anything here."""
        return False

    async def prove_weakly(self, conversation_id: str, facts: dict[str, str]) -> bool:
        """Nobody proves anything here."""
        return False


@dataclass
class Talk:
    """One conversation at a time, over the demo shop."""

    services: Services
    shop: Shop
    data: ShopData
    desk: OneCustomer
    events: list[dict[str, Any]] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)
    turns: int = 0

    def begin(self, order_status: str | None = None) -> None:
        """Begin anew; with the state of an order, as a customer who has one like that."""
        self.forget()
        self.desk.actor = Actor()
        if order_status:
            order = next(one for one in self.data.orders if one.status == order_status)
            self.desk.actor = Actor.model_validate({"level": Level.CUSTOMER, "customer_id": order.customer_id})
            self.slots["order_id"] = str(order.order_id)

    def forget(self) -> None:
        """Lose what was said."""
        self.events, self.slots = [], {}

    async def ask(self, action: str, text: str, intent: str) -> tuple[str, list[str]]:
        """Say something that `action` answers; gives its words and the pages that it cites."""
        self.turns += 1
        metadata = {"turn_id": f"t{self.turns}"}
        parsed = {"intent": {"name": intent, "confidence": 0.95}, "entities": [], "message_id": f"m{self.turns}", "metadata": metadata}
        heard = {"event": "user", "text": text, "parse_data": parsed, "metadata": metadata}
        self.events += [{"event": "action", "name": "action_listen"}, heard]
        said: list[dict[str, Any]] = []
        for _ in range(_MOST_STEPS):
            result = await create_executor(self.services).run(self._call(action, {"text": text, **parsed}))
            told: dict[str, Any] = result if isinstance(result, dict) else result.model_dump()
            now = [response["custom"] for response in told["responses"]]
            self._keep(action, now, told["events"])
            said += now
            taken_up = next((event["parse_data"]["intent"] for event in told["events"] if event["event"] == "user"), None)
            if taken_up is None or taken_up["name"] not in ACTIONS:
                break
            action, parsed = ACTIONS[taken_up["name"]], {**parsed, "intent": taken_up}
        pages = [one["url"].removeprefix("/help/").partition("#")[0] for one_said in said for one in one_said.get("citations") or []]
        cards = [f"{one['title']}: {one['price_cents'] / 100:.2f} EUR" for one_said in said for one in one_said.get("cards") or []]
        return "\n".join([*(one["text"] for one in said), *cards]), pages

    async def show(self, product_id: str) -> None:
        """Have a product shown."""
        self.slots["product_id"] = product_id
        await self.ask("action_tell_price", "how much is this one?", "ask_price")

    async def close(self) -> None:
        """Let go of everything."""
        await self.shop.close()
        await self.services.knowledge.close()

    def _call(self, action: str, message: dict[str, Any]) -> dict[str, Any]:
        tracker = {
            "sender_id": "talk",
            "slots": self.slots,
            "latest_message": message,
            "events": list(self.events),
            "active_loop": {},
            "latest_action_name": "action_listen",
            "paused": False,
            "followup_action": None,
            "latest_event_time": 0,
            "latest_input_channel": "rest",
        }
        return {"next_action": action, "sender_id": "talk", "version": "3.6.21", "domain": {"slots": {}, "forms": {}}, "tracker": tracker}

    def _keep(self, action: str, said: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
        self.events += [{"event": "action", "name": action}, *({"event": "bot", "text": None, "data": {"custom": one}} for one in said)]
        self.slots |= {event["name"]: event["value"] for event in events if event["event"] == "slot"}


async def open_talk(folder: Path) -> Talk:
    """Make the parts that a conversation needs, in a folder of their own."""
    settings = KnowledgeBaseSettings(index_dir=folder / "index", store="memory")
    knowledge = knowledge_base.create(settings)
    await knowledge.ingest([_ARTICLES])
    embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
    shop = shop_package.create(ShopSettings(url=f"sqlite+aiosqlite:///{folder / 'shop.db'}"))
    data = await load_demo(shop)
    catalogue = CatalogueIndex(embedder)
    await catalogue.rebuild([ProductDocument(one.product_id, {"name": one.name, "description": one.description}) for one in data.products])

    async def publish(conversation_id: str, frame: dict[str, Any]) -> None:
        """Nobody listens."""

    desk = OneCustomer()
    services = Services(
        shop=shop,
        knowledge=knowledge,
        answers=answers.create(AnswerSettings(), knowledge, embedder),
        recommendations=recommendation.create(RecommendationSettings(), shop, catalogue),
        identity=desk,
        publish=publish,
    )
    return Talk(services, shop, data, desk)

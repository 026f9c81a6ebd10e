"""Calls as Rasa sends them, for tests of single actions without Rasa."""

from typing import Any

from actions import create_executor
from actions.services import Services

Call = dict[str, Any]


def call(action: str, text: str, intent: str, slots: dict[str, Any] | None = None, **more: Any) -> Call:
    """One call of the webhook. `form` names the open form; `requests`, `metadata` and `entities` go into the message."""
    form = more.pop("form", None)
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": more.pop("confidence", 0.95)},
        "entities": more.pop("entities", []),
        "message_id": more.pop("message_id", "m1"),
        "metadata": {"turn_id": "t1", **more.pop("metadata", {})},
        **more,
    }
    acted = [{"event": "action", "name": form}] if form and action == f"validate_{form}" else []
    tracker = {
        "sender_id": "talk",
        "slots": slots or {},
        "latest_message": message,
        "events": [{"event": "action", "name": "action_listen"}, {"event": "user"}, *acted],
        "active_loop": {"name": form} if form else {},
        "latest_action_name": "action_listen",
        "paused": False,
        "followup_action": None,
        "latest_event_time": 0,
        "latest_input_channel": "rest",
    }
    return {"next_action": action, "sender_id": "talk", "version": "3.6.21", "domain": {"slots": {}, "forms": {}}, "tracker": tracker}


async def run(services: Services, asked: Call) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The payloads that were said, and the events."""
    result = await create_executor(services).run(asked)
    plain: dict[str, Any] = result if isinstance(result, dict) else result.model_dump()
    return [response["custom"] for response in plain["responses"]], plain["events"]


def slots_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def followup(events: list[dict[str, Any]]) -> str | None:
    return next((event["name"] for event in events if event["event"] == "followup"), None)

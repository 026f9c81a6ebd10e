"""Where Rasa calls our actions: inside this process, from this machine, with the shared secret."""

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Header, Request
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.responses import JSONResponse

from server.conversations.ledgers import CURRENT_TURN, Turning
from server.errors import DialogueUnavailable
from server.gateway import gateway_of
from server.internal import check_caller

log = structlog.get_logger()
router = APIRouter(prefix="/internal/actions", include_in_schema=False)


@router.post("/webhook")
async def run_action(request: Request, token: str = "", authorization: Annotated[str | None, Header()] = None) -> JSONResponse:
    """Run one action; its errors are shaped as Rasa expects them."""
    gateway = gateway_of(request)
    check_caller(request, authorization, token)
    if gateway.executor is None:
        raise DialogueUnavailable("No actions are installed.")
    call: dict[str, Any] = await request.json()
    name = call.get("next_action")
    CURRENT_TURN.set(_turn_of(call))
    try:
        result = await gateway.executor.run(call)
    except ActionExecutionRejection as exc:
        return JSONResponse({"error": str(exc), "action_name": exc.action_name}, status_code=400)
    except ActionNotFoundException as exc:
        log.warning("action.unknown", action=exc.action_name)
        return JSONResponse({"error": str(exc), "action_name": exc.action_name}, status_code=404)
    except Exception:
        log.exception("action.failed", action=name, conversation_id=call.get("sender_id"))
        return JSONResponse({"error": "The action failed.", "action_name": name}, status_code=500)
    return JSONResponse(_plain(result))


def _turn_of(call: dict[str, Any]) -> Turning:
    message = (call.get("tracker") or {}).get("latest_message") or {}
    turn_id = (message.get("metadata") or {}).get("turn_id")
    return Turning(str(call.get("sender_id", "")), str(turn_id or ""))


def _plain(result: Any) -> Any:
    return result.model_dump() if hasattr(result, "model_dump") else (result or {"events": [], "responses": []})

"""Whether we are alive, whether we can serve, and the figures."""

import asyncio
import math
from collections.abc import Awaitable

from fastapi import APIRouter, Request, Response
from sqlalchemy import func, select
from starlette.responses import JSONResponse

from server.errors import StorageUnavailable
from server.gateway import Gateway, gateway_of
from server.storage.models import Conversation
from server.storage.types import Mode

router = APIRouter(tags=["operations"])

_WITHIN_S = 3.0


@router.get("/healthz")
async def is_alive() -> dict[str, str]:
    """The process runs; nothing else is asked."""
    return {"status": "ok"}


@router.get("/readyz")
async def is_ready(request: Request) -> JSONResponse:
    """Each part with its state. Ready means that messages can be taken; the bot and knowledge may be degraded meanwhile."""
    gateway = gateway_of(request)
    checks = {"database": gateway.database.ping(), "dialogue": gateway.dialogue.check(), "knowledge": _check_knowledge(gateway)}
    states = await asyncio.gather(*(_state(check) for check in checks.values()))
    parts = dict(zip(checks, states, strict=True))
    ready = parts["database"] == "ok"
    status = "ok" if all(state == "ok" for state in parts.values()) else "degraded" if ready else "unavailable"
    return JSONResponse({"status": status, **parts}, status_code=200 if ready else 503)


@router.get("/metrics")
async def read_metrics(request: Request) -> Response:
    """Figures in Prometheus' text format. The queue is counted when it is asked for: it is the log's, not this process's."""
    gateway = gateway_of(request)
    try:
        async with gateway.database.read() as db:
            waiting = await db.scalar(select(func.count()).select_from(Conversation).where(Conversation.mode == Mode.QUEUED))
        gateway.metrics.handovers_waiting.set(waiting or 0)
    except StorageUnavailable:
        gateway.metrics.handovers_waiting.set(math.nan)
    return Response(gateway.metrics.render(), media_type="text/plain; version=0.0.4")


async def _check_knowledge(gateway: Gateway) -> None:
    if gateway.services is not None:
        await gateway.services.knowledge.status()


async def _state(check: Awaitable[object]) -> str:
    try:
        async with asyncio.timeout(_WITHIN_S):
            await check
    except Exception as exc:
        return f"unavailable ({type(exc).__name__})"
    return "ok"

"""Whether we are alive, whether we can serve, and the figures."""

import asyncio
from collections.abc import Awaitable

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from server.gateway import Gateway, gateway_of

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
    """Figures in Prometheus' text format."""
    return Response(gateway_of(request).metrics.render(), media_type="text/plain; version=0.0.4")


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

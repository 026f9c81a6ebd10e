"""What only this installation's own programs may ask: from this machine, with the shared secret."""

import hmac
import ipaddress
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request

from server.errors import KnowledgeUnavailable, NotPermitted
from server.gateway import gateway_of
from server.security import client_ip

router = APIRouter(prefix="/internal", include_in_schema=False)


@router.get("/knowledge/status")
async def read_knowledge_status(request: Request, authorization: Annotated[str | None, Header()] = None) -> dict[str, Any]:
    """How much is known, for `counterhand kb status`: while we run, nobody else may open the index."""
    check_caller(request, authorization)
    services = gateway_of(request).services
    if services is None:
        raise KnowledgeUnavailable
    return asdict(await services.knowledge.status())


def check_caller(request: Request, authorization: str | None, token: str = "") -> None:
    """Let our own programs through.

    Raises:
        NotPermitted: If the secret is wrong, or the call comes from another machine than a gateway on loopback serves.
    """
    settings = gateway_of(request).settings
    secret, given = settings.action_secret, token or (authorization or "").removeprefix("Bearer ")
    if not (secret and hmac.compare_digest(given.encode(), secret.encode())):
        raise NotPermitted("Only this installation's own programs call this.")
    if settings.loopback and not _is_loopback(client_ip(request)):
        raise NotPermitted("Only this machine calls this.")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False

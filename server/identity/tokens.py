"""Who signed in on the host page: a short-lived token that its server signed."""

import time

import jwt

from server.errors import InvalidIdentityToken
from server.settings import Settings

LONGEST_S = 600
"""How far ahead a token's `exp` may lie."""


def verify(token: str, settings: Settings) -> str:
    """Check a token with the pinned algorithm, audience and lifetime.

    Returns:
        The customer's id (`sub`).

    Raises:
        InvalidIdentityToken: If anything about it is wrong; the message does not say what is right.
    """
    key = settings.identity_public_key if settings.identity_algorithm == "RS256" else settings.identity_secret
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[settings.identity_algorithm],
            audience=settings.widget_id,
            leeway=settings.identity_leeway_s,
            options={"require": ["exp", "sub", "aud"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as exc:
        raise InvalidIdentityToken(f"The identity token does not verify ({type(exc).__name__}). Get a fresh one.") from exc
    if float(claims["exp"]) > time.time() + LONGEST_S + settings.identity_leeway_s:
        raise InvalidIdentityToken(f"The identity token lives too long. Let 'exp' be at most {LONGEST_S} seconds ahead.")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject.strip()) <= 128:  # the column's width
        raise InvalidIdentityToken("The identity token names no customer in 'sub'.")
    return subject


def issue(customer_id: str, settings: Settings, lifetime_s: int = 300) -> tuple[str, int]:
    """Sign a token as a host page's server does; the demo shop uses it for its demo customers.

    Returns:
        The token, and its `exp` in seconds since 1970.
    """
    now = int(time.time())
    claims = {"sub": customer_id, "aud": settings.widget_id, "iat": now, "nbf": now, "exp": now + lifetime_s}
    return jwt.encode(claims, settings.identity_secret, algorithm="HS256"), now + lifetime_s

"""Which demo customer a browser plays: a signed cookie, good for this demo and nothing else."""

import hashlib
import time

import jwt
from fastapi import Request, Response

from server.settings import Settings

COOKIE = "counterhand_storefront"
_PATH = "/storefront"
_AUDIENCE = "counterhand-storefront"
_LIFETIME_S = 12 * 3600


class DemoSessions:
    """Writes and reads the cookie. Its key is derived, so that no other token of ours can stand in for it."""

    def __init__(self, settings: Settings) -> None:
        self._key = hashlib.sha256(f"storefront session\0{settings.session_secret}".encode()).hexdigest()
        self._secure = settings.secure_cookies or settings.base_url.startswith("https://")

    def open(self, response: Response, customer_id: str) -> None:
        """Sign a demo customer in."""
        claims = {"sub": customer_id, "aud": _AUDIENCE, "exp": int(time.time()) + _LIFETIME_S}
        token = jwt.encode(claims, self._key, algorithm="HS256")
        response.set_cookie(COOKIE, token, max_age=_LIFETIME_S, path=_PATH, secure=self._secure, httponly=True, samesite="lax")

    def close(self, response: Response) -> None:
        """Sign out."""
        response.delete_cookie(COOKIE, path=_PATH, secure=self._secure, httponly=True, samesite="lax")

    def find_customer_id(self, request: Request) -> str | None:
        """Give the customer that a browser plays; None without a cookie that verifies."""
        try:
            claims = jwt.decode(
                request.cookies.get(COOKIE, ""), self._key, algorithms=["HS256"], audience=_AUDIENCE, options={"require": ["exp", "sub"]}
            )
        except jwt.PyJWTError:
            return None
        return str(claims["sub"])

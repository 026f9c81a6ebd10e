"""How often a sign-in may fail, without giving strangers a way to lock a member of the staff out.

A browser that once signed in keeps a signed device cookie. Failures of strangers count against their address and the
e-mail that they try; a known device has a count of its own (OWASP, "device cookies").
"""

import hashlib
import hmac
import secrets

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter

from server.errors import RateLimited

PER_ADDRESS = RateLimitItemPerMinute(10, 5)
PER_EMAIL = RateLimitItemPerMinute(10, 15)
PER_DEVICE = RateLimitItemPerMinute(10, 15)


class DeviceCookies:
    """Signs and reads the cookie that marks a browser from which an account once signed in."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(f"staff device cookie\0{secret}".encode()).digest()

    def make(self, email: str) -> str:
        """Make the cookie's value for an account."""
        nonce = secrets.token_hex(16)
        return f"{nonce}.{self._sign(email, nonce)}"

    def find_device(self, email: str, cookie: str | None) -> str | None:
        """Give the device behind a cookie of this account; None for a missing, foreign or forged one."""
        nonce, _, signature = (cookie or "").partition(".")
        genuine = hmac.compare_digest(signature.encode(), self._sign(email, nonce).encode())
        return nonce if genuine and nonce else None

    def _sign(self, email: str, nonce: str) -> str:
        return hmac.new(self._key, f"{email.strip().lower()}\0{nonce}".encode(), hashlib.sha256).hexdigest()


class LoginThrottle:
    """Counts failed sign-ins. Successes count nowhere."""

    def __init__(self, storage: Storage | None = None) -> None:
        self._limiter = MovingWindowRateLimiter(storage or MemoryStorage())

    async def check(self, email: str, address: str, device: str | None) -> None:
        """Refuse a try when too many failed before.

        Raises:
            RateLimited: If the limit is reached for this address or e-mail, or for this known device.
        """
        for item, key in _counters(email, address, device):
            if not await self._limiter.test(item, "staff-login", key):
                raise RateLimited("Too many failed sign-ins. Try again in a few minutes.", retry_after_s=item.get_expiry())

    async def note_failure(self, email: str, address: str, device: str | None) -> None:
        """Count a failed try."""
        for item, key in _counters(email, address, device):
            await self._limiter.hit(item, "staff-login", key)


def _counters(email: str, address: str, device: str | None) -> list[tuple[RateLimitItemPerMinute, str]]:
    if device is not None:
        return [(PER_DEVICE, f"device:{device}")]
    return [(PER_ADDRESS, f"address:{address}"), (PER_EMAIL, f"email:{email.strip().lower()}")]

"""The token of a proposal: proof that what is confirmed is exactly what was shown."""

import hashlib
import hmac
import json
from typing import Any

from shop.backends.base import ShopBackend
from shop.changes.base import fingerprint
from shop.models import Customer, OperationName, Order
from shop.policy import policy_version
from shop.settings import ShopSettings


class Signer:
    """Makes tokens with the shop's secret."""

    def __init__(self, backend: ShopBackend, settings: ShopSettings) -> None:
        self._backend = backend
        self._settings = settings
        self._policy_version = policy_version(settings)

    async def sign(self, conversation_id: str, operation: OperationName, arguments: dict[str, Any], subject: Order | Customer) -> str:
        """Hash conversation, operation, exact arguments, policy version and the state of what changes; another of any, another token."""
        bound = [conversation_id, operation.value, arguments, self._policy_version, fingerprint(subject)]
        message = json.dumps(bound, sort_keys=True, separators=(",", ":")).encode()
        return hmac.new(await self._secret(), message, hashlib.sha256).hexdigest()

    async def _secret(self) -> bytes:
        if self._settings.token_secret is not None:
            return self._settings.token_secret.get_secret_value().encode()
        return await self._backend.get_secret()


def same(given: str, expected: str) -> bool:
    """Compare two tokens in a time that does not tell how much of them agrees."""
    return hmac.compare_digest(given.encode(), expected.encode())

"""How often somebody may do something."""

import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from server.errors import RateLimited
from server.settings import Settings


class Limiter:
    """Sliding windows, in memory or shared by several gateways over Redis (when the events are)."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(_storage(settings))
        self._rules: dict[str, RateLimitItem] = {
            "messages": parse(settings.rate_messages),
            "conversations": parse(settings.rate_conversations),
            "proofs": parse(settings.rate_proofs),
            "codes": parse(settings.rate_codes),
            "sign_ins": parse(settings.rate_sign_ins),
            "typing": parse("60/minute"),
        }

    async def check(self, rule: str, key: str) -> None:
        """Count one use.

        Args:
            rule: A name above.
            key: Who is counted, such as a conversation's id or an IP address.

        Raises:
            RateLimited: If it is one too many; says when to try again.
        """
        item = self._rules[rule]
        if await self._limiter.hit(item, rule, key):
            return
        window = await self._limiter.get_window_stats(item, rule, key)
        wait_s = max(1, int(window.reset_time - time.time()) + 1)
        raise RateLimited(f"Too many {rule.replace('_', ' ')}. Try again in {wait_s} s.", wait_s)


def _storage(settings: Settings) -> Storage:
    if settings.events == "redis":
        return RedisStorage(f"async+{settings.redis_url}", implementation="redispy")
    return MemoryStorage()

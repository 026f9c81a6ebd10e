"""How often somebody may do something."""

import time

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from redis.exceptions import RedisError

from answers.breaker import Breaker
from server.errors import RateLimited
from server.settings import Settings

log = structlog.get_logger()

_REDIS_TIMEOUT_S = 1.0
_REDIS_PAUSE_S = 5.0


class Limiter:
    """Sliding windows, in memory or shared by several gateways over Redis (when the events are)."""

    def __init__(self, settings: Settings) -> None:
        self._own = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._shared = SlidingWindowCounterRateLimiter(_redis(settings)) if settings.events == "redis" else None
        self._breaker = Breaker(failures=1, pause_s=_REDIS_PAUSE_S)
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
        wait_s = await self._count(item, rule, key)
        if wait_s is not None:
            raise RateLimited(f"Too many {rule.replace('_', ' ')}. Try again in {wait_s} s.", wait_s)

    async def _count(self, item: RateLimitItem, rule: str, key: str) -> int | None:
        if self._shared is not None and self._breaker.allows():
            try:
                wait_s = await _hit(self._shared, item, rule, key)
            except RedisError as exc:
                # Nobody is turned away because Redis is: each gateway counts for itself meanwhile.
                self._breaker.fail()
                log.warning("limits.redis_lost", error=type(exc).__name__)
            else:
                self._breaker.succeed()
                return wait_s
        return await _hit(self._own, item, rule, key)


async def _hit(limiter: SlidingWindowCounterRateLimiter, item: RateLimitItem, rule: str, key: str) -> int | None:
    """Count one use; gives the seconds to wait when it is one too many."""
    if await limiter.hit(item, rule, key):
        return None
    window = await limiter.get_window_stats(item, rule, key)
    return max(1, int(window.reset_time - time.time()) + 1)


def _redis(settings: Settings) -> RedisStorage:
    mark = "&" if "?" in settings.redis_url else "?"
    within = f"{mark}socket_timeout={_REDIS_TIMEOUT_S}&socket_connect_timeout={_REDIS_TIMEOUT_S}"
    return RedisStorage(f"async+{settings.redis_url}{within}", implementation="redispy")

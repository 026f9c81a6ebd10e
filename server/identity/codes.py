"""Codes that prove an order: six digits, ten minutes, five tries, once."""

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.errors import ProofLimitReached
from server.ids import new_id
from server.storage.models import Email, OrderCode
from server.storage.types import DeliveryState, utc_now

LIFETIME = timedelta(minutes=10)
TRIES = 5
PER_CONVERSATION = 3
PER_ORDER = 5
_ORDER_WINDOW = timedelta(hours=1)


def key_of(order_id: str) -> str:
    """Reduce an order number to what codes are compared by."""
    return re.sub(r"[^A-Z0-9]", "", order_id.upper())[:64] or "?"


async def check_limits(db: AsyncSession, conversation_id: str, order_key: str) -> None:
    """Refuse one code too many. Unknown orders are counted like real ones, so that the refusal tells nothing.

    Raises:
        ProofLimitReached: If the conversation, or the order in all conversations, has had its share.
    """
    now = utc_now()
    for column, value, window, most in (
        (OrderCode.conversation_id, conversation_id, LIFETIME, PER_CONVERSATION),
        (OrderCode.order_id, order_key, _ORDER_WINDOW, PER_ORDER),
    ):
        query = select(func.count()).select_from(OrderCode).where(column == value, OrderCode.created_at > now - window)
        if (await db.scalar(query) or 0) >= most:
            raise ProofLimitReached("Too many codes were asked for. Try again later.", int(window.total_seconds()))


def issue(db: AsyncSession, conversation_id: str, order_key: str, email: str | None, brand: str, secret: str) -> None:
    """Make a code and its e-mail in this transaction. Without an address the same rows are written, and nothing is ever sent."""
    code = f"{secrets.randbelow(10**6):06d}"
    now = utc_now()
    code_id = new_id("code")
    db.add(
        OrderCode(
            code_id=code_id,
            conversation_id=conversation_id,
            order_id=order_key,
            code_hash=_hash(code, code_id, secret),
            real=email is not None,
            expires_at=now + LIFETIME,
            created_at=now,
        )
    )
    db.add(_email(conversation_id, email, code, brand, now))


async def redeem(db: AsyncSession, conversation_id: str, order_key: str, code: str, secret: str) -> bool:
    """Try a code against the newest one of this conversation and order. Every try counts."""
    query = (
        select(OrderCode)
        .where(OrderCode.conversation_id == conversation_id, OrderCode.order_id == order_key)
        .order_by(OrderCode.created_at.desc())
        .limit(1)
        .with_for_update()
    )
    kept = await db.scalar(query)
    if kept is None or kept.used_at is not None or kept.tries >= TRIES or kept.expires_at <= utc_now():
        return False
    kept.tries += 1
    fits = hmac.compare_digest(_hash(re.sub(r"\D", "", code), kept.code_id, secret), kept.code_hash)
    if not (fits and kept.real):
        return False
    kept.used_at = utc_now()
    return True


def _hash(code: str, code_id: str, secret: str) -> str:
    # Six digits are soon tried through; without the secret a stolen database does not help with that.
    return hmac.new(secret.encode(), f"{code_id}:{code}".encode(), hashlib.sha256).hexdigest()


def _email(conversation_id: str, email: str | None, code: str, brand: str, now: datetime) -> Email:
    text = (
        f"Your code is {code}.\n\nType it into the chat to see your order. It works once, for ten minutes.\n"
        f"If you did not ask for it, ignore this e-mail: nobody can see your order without the code.\n\n{brand}"
    )
    return Email(
        email_id=new_id("mail"),
        conversation_id=conversation_id,
        to=email or "nobody@invalid",
        subject=f"Your code from {brand}",
        text=text,
        state=DeliveryState.PENDING if email else DeliveryState.FAILED,
        expires_at=now + LIFETIME,
        created_at=now,
    )

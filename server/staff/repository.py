"""Staff accounts, their sessions and the audit trail in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.ids import new_id
from server.storage.models import AuditEntry, Staff, StaffSession


async def find_by_email(db: AsyncSession, email: str) -> Staff | None:
    """Find an account by e-mail, however it is capitalised."""
    found: Staff | None = await db.scalar(select(Staff).where(Staff.email == email.strip().lower()))
    return found


async def find_staff(db: AsyncSession, staff_id: str) -> Staff | None:
    """Find an account by its id."""
    return await db.get(Staff, staff_id)


async def list_staff(db: AsyncSession) -> Sequence[Staff]:
    """List all accounts by e-mail."""
    return list(await db.scalars(select(Staff).order_by(Staff.email)))


async def count_staff(db: AsyncSession) -> int:
    """Count all accounts."""
    return await db.scalar(select(func.count()).select_from(Staff)) or 0


async def find_session(db: AsyncSession, token_hash: str) -> tuple[StaffSession, Staff] | None:
    """Find a session with its account."""
    query = select(StaffSession, Staff).join(Staff, Staff.staff_id == StaffSession.staff_id).where(StaffSession.token_hash == token_hash)
    row = (await db.execute(query)).first()
    return (row[0], row[1]) if row else None


async def end_sessions(db: AsyncSession, staff_id: str, *, but: str | None = None) -> None:
    """End every session of an account, or every one but that with the hash `but`."""
    query = delete(StaffSession).where(StaffSession.staff_id == staff_id)
    await db.execute(query if but is None else query.where(StaffSession.token_hash != but))


async def end_session(db: AsyncSession, token_hash: str) -> None:
    """End one session."""
    await db.execute(delete(StaffSession).where(StaffSession.token_hash == token_hash))


async def touch_session(db: AsyncSession, token_hash: str, *, seen_at: datetime, expires_at: datetime | None = None) -> None:
    """Note that a session is alive; with `expires_at`, that its owner did something."""
    values: dict[str, Any] = {"last_seen_at": seen_at}
    if expires_at is not None:
        values["expires_at"] = expires_at
    await db.execute(update(StaffSession).where(StaffSession.token_hash == token_hash).values(**values))


async def list_present(db: AsyncSession, *, since: datetime, now: datetime) -> set[str]:
    """List the ids of staff whose browser showed itself after `since` in a session that still holds."""
    query = (
        select(StaffSession.staff_id)
        .join(Staff, Staff.staff_id == StaffSession.staff_id)
        .where(StaffSession.last_seen_at > since, StaffSession.expires_at > now, Staff.disabled.is_(False))
    )
    return set(await db.scalars(query.distinct()))


def write_audit(
    db: AsyncSession, action: str, *, staff_id: str | None, conversation_id: str | None = None, detail: dict[str, Any] | None = None
) -> None:
    """Write down who did what. `detail` must hold no customer text."""
    entry = AuditEntry(entry_id=new_id("aud"), staff_id=staff_id, action=action, conversation_id=conversation_id, detail=detail or {})
    db.add(entry)

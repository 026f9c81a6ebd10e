"""Signing in and out, and what a session is worth."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.errors import BadRequest, NotAuthenticated, NotPermitted
from server.staff import repository
from server.staff.accounts import OneTimePassword, ensure_first_account
from server.staff.passwords import PasswordHashing, find_weakness
from server.staff.throttle import DeviceCookies, LoginThrottle
from server.storage.engine import Database
from server.storage.models import Staff, StaffSession
from server.storage.types import utc_now

__all__ = ["IDLE", "LIFETIME", "OneTimePassword", "SignedIn", "StaffService", "ensure_first_account"]

IDLE = timedelta(minutes=30)
LIFETIME = timedelta(hours=12)
_TOUCH_EVERY = timedelta(seconds=30)


@dataclass(frozen=True)
class SignedIn:
    """A new session: `token` and `device` go into cookies and are kept nowhere."""

    staff: Staff
    token: str
    csrf_token: str
    device: str


@dataclass(frozen=True)
class StaffRequest:
    """Who asks, in which session."""

    staff: Staff
    session: StaffSession


class StaffService:
    """Knows who of the staff is asking."""

    def __init__(self, database: Database, secret: str, brand_name: str, throttle: LoginThrottle | None = None) -> None:
        self._database = database
        self._brand_name = brand_name
        self._devices = DeviceCookies(secret)
        self._throttle = throttle or LoginThrottle()
        self._hashing = PasswordHashing()

    async def sign_in(
        self, email: str, password: str, address: str, *, device_cookie: str | None = None, replaces: str | None = None
    ) -> SignedIn:
        """Check a password and open a session.

        Args:
            email: As typed.
            password: As typed.
            address: Where the request comes from.
            device_cookie: The mark of a browser that signed in before.
            replaces: The token of a session that this browser still carries; it ends.

        Raises:
            RateLimited: If too many tries failed before.
            NotAuthenticated: If e-mail or password are wrong; which one is not told.
        """
        device = self._devices.find_device(email, device_cookie)
        await self._throttle.check(email, address, device)
        async with self._database.read() as db:
            staff = await repository.find_by_email(db, email)
        password_hash = staff.password_hash if staff is not None and not staff.disabled else None
        if not await self._hashing.verify(password_hash, password) or staff is None:
            await self._throttle.note_failure(email, address, device)
            await self._note(staff, "staff.sign_in_failed")
            raise NotAuthenticated("E-mail or password are wrong.")
        return await self._open_session(staff, replaces)

    async def _open_session(self, staff: Staff, replaces: str | None) -> SignedIn:
        token, csrf_token, now = secrets.token_urlsafe(32), secrets.token_urlsafe(32), utc_now()
        session = StaffSession(
            token_hash=hash_token(token), staff_id=staff.staff_id, csrf_token=csrf_token, created_at=now, last_seen_at=now,
            expires_at=now + IDLE,
        )  # fmt: skip
        async with self._database.write() as db:
            await repository.end_session(db, hash_token(replaces or ""))
            db.add(session)
            repository.write_audit(db, "staff.signed_in", staff_id=staff.staff_id)
        return SignedIn(staff, token, csrf_token, self._devices.make(staff.email))

    async def find_session(self, token: str | None, *, active: bool = True) -> StaffRequest:
        """Tell who a cookie belongs to.

        Args:
            token: The cookie's value.
            active: Whether the person did something, which keeps the session from ending; a live stream alone does not.

        Raises:
            NotAuthenticated: If there is no such session, it ended, or the account is disabled.
        """
        async with self._database.read() as db:
            found = await repository.find_session(db, hash_token(token or ""))
        now = utc_now()
        if found is None or found[0].expires_at <= now or found[1].disabled:
            raise NotAuthenticated("Sign in first.")
        session, staff = found
        if now - session.last_seen_at > _TOUCH_EVERY or (active and session.expires_at - now < IDLE - _TOUCH_EVERY):
            await self._touch(session, now, active=active)
        return StaffRequest(staff, session)

    async def _touch(self, session: StaffSession, now: datetime, *, active: bool) -> None:
        ends = min(now + IDLE, session.created_at + LIFETIME) if active else None
        async with self._database.write() as db:
            await repository.touch_session(db, session.token_hash, seen_at=now, expires_at=ends)

    async def sign_out(self, asking: StaffRequest) -> None:
        """End a session."""
        async with self._database.write() as db:
            await repository.end_session(db, asking.session.token_hash)
            repository.write_audit(db, "staff.signed_out", staff_id=asking.staff.staff_id)

    async def change_password(self, asking: StaffRequest, current: str, new: str, address: str) -> None:
        """Give the account another password, and end its other sessions.

        Raises:
            NotAuthenticated: If the current password is wrong.
            BadRequest: If the new one is weak or the same; says why.
        """
        staff = asking.staff
        await self._throttle.check(staff.email, address, asking.session.token_hash)
        if not await self._hashing.verify(staff.password_hash, current):
            await self._throttle.note_failure(staff.email, address, asking.session.token_hash)
            raise NotAuthenticated("The current password is wrong.")
        weakness = "Choose another password than the present one." if new == current else None
        weakness = weakness or find_weakness(new, staff.email, staff.name, self._brand_name)
        if weakness:
            raise BadRequest(weakness)
        password_hash = await self._hashing.hash(new)
        async with self._database.write() as db:
            account = await repository.find_staff(db, staff.staff_id)
            if account is None or account.disabled:
                raise NotAuthenticated("Sign in first.")
            account.password_hash, account.must_change_password = password_hash, False
            await repository.end_sessions(db, staff.staff_id, but=asking.session.token_hash)
            repository.write_audit(db, "staff.password_changed", staff_id=staff.staff_id)

    async def _note(self, staff: Staff | None, action: str) -> None:
        async with self._database.write() as db:
            repository.write_audit(db, action, staff_id=staff.staff_id if staff else None)

    def close(self) -> None:
        """Let the hashing threads go."""
        self._hashing.close()


def check_csrf(asking: StaffRequest, token: str | None) -> None:
    """Refuse a write that does not carry the session's own token.

    Raises:
        NotPermitted: If it is missing or wrong.
    """
    if not hmac.compare_digest((token or "").encode(), asking.session.csrf_token.encode()):
        raise NotPermitted("The header X-CSRF-Token is missing or wrong. Read it from GET /api/v1/staff/session.")


def check_password_chosen(asking: StaffRequest) -> None:
    """Let nobody work with a one-time password.

    Raises:
        NotPermitted: If the person has not chosen their own yet.
    """
    if asking.staff.must_change_password:
        raise NotPermitted("Choose your own password first: POST /api/v1/staff/password.")


def hash_token(token: str) -> str:
    """Hash a session token for keeping; it is random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()

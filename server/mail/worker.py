"""Drains the table of e-mails: each sent once, tried again only when it surely did not leave."""

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy import and_, or_, select, update

from server import registry
from server.errors import DeliveryFailed, DeliveryUncertain, StorageUnavailable
from server.mail.base import Mailer
from server.settings import Settings
from server.storage.engine import Database
from server.storage.models import Email
from server.storage.types import DeliveryState, utc_now

log = structlog.get_logger(__name__)

_LEASE = timedelta(minutes=2)
_MOST_ATTEMPTS = 8
_FIRST_PAUSE_S = 5.0
_MOST_PAUSE_S = 900.0


def create_mailer(settings: Settings) -> Mailer:
    """Build the mailer that the settings name: SMTP when there is a server, files otherwise."""
    mailer: Mailer = registry.build("server.mail", "smtp" if settings.smtp_url else "file", settings)
    return mailer


class MailWorker:
    """Takes one due e-mail at a time. Several gateways may run one each."""

    def __init__(self, database: Database, mailer: Mailer, every_s: float = 1.0) -> None:
        self._database = database
        self._mailer = mailer
        self._every_s = every_s

    async def run(self) -> None:
        """Send what comes due, for ever."""
        while True:
            try:
                while await self.send_next():
                    pass
            except StorageUnavailable:
                log.warning("mail.storage_unavailable")
            await asyncio.sleep(self._every_s)

    async def send_next(self) -> bool:
        """Send the next due e-mail; false when there is none."""
        email = await self._take() if await self._has_work() else None
        if email is None:
            return False
        if email.expires_at is not None and email.expires_at <= utc_now():
            await self._finish(email, DeliveryState.FAILED, "It came too late to be of use.")
            return True
        try:
            await self._mailer.send(email.to, email.subject, email.text)
        except DeliveryUncertain as exc:
            await self._finish(email, DeliveryState.UNCERTAIN, str(exc))
        except DeliveryFailed as exc:
            await self._try_later(email, exc)
        else:
            await self._finish(email, DeliveryState.SENT, None)
        return True

    async def _has_work(self) -> bool:
        # A look costs nothing; a writing transaction every second would stand in the chat's way.
        async with self._database.read() as db:
            now = utc_now()
            due = and_(Email.state == DeliveryState.PENDING, Email.due_at <= now)
            lost = and_(Email.state == DeliveryState.SENDING, Email.leased_until < now)
            return await db.scalar(select(Email.email_id).where(or_(due, lost)).limit(1)) is not None

    async def _take(self) -> Email | None:
        async with self._database.write() as db:
            now = utc_now()
            # Whoever held an e-mail in the moment of sending and died left a result that nobody knows.
            lost = update(Email).where(Email.state == DeliveryState.SENDING, Email.leased_until < now)
            await db.execute(lost.values(state=DeliveryState.UNCERTAIN, last_error="The gateway stopped while sending."))
            due = select(Email).where(Email.state == DeliveryState.PENDING, Email.due_at <= now)
            email: Email | None = await db.scalar(due.order_by(Email.due_at).limit(1).with_for_update(skip_locked=True))
            if email is not None:
                email.state, email.leased_until, email.attempts = DeliveryState.SENDING, now + _LEASE, email.attempts + 1
            return email

    async def _try_later(self, email: Email, failure: DeliveryFailed) -> None:
        if failure.permanent or email.attempts >= _MOST_ATTEMPTS:
            await self._finish(email, DeliveryState.FAILED, str(failure))
            return
        pause_s = min(_FIRST_PAUSE_S * 2 ** (email.attempts - 1), _MOST_PAUSE_S)
        due_at = utc_now() + timedelta(seconds=failure.retry_after_s or pause_s)
        await self._write(email, state=DeliveryState.PENDING, due_at=due_at, last_error=str(failure)[:500])

    async def _finish(self, email: Email, state: DeliveryState, error: str | None) -> None:
        log.info("mail.done", email_id=email.email_id, state=str(state), attempts=email.attempts)
        sent_at = utc_now() if state is DeliveryState.SENT else None
        await self._write(email, state=state, last_error=error[:500] if error else None, sent_at=sent_at)

    async def _write(self, email: Email, **values: object) -> None:
        async with self._database.write() as db:
            await db.execute(update(Email).where(Email.email_id == email.email_id).values(leased_until=None, **values))

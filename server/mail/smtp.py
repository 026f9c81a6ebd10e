"""E-mails over SMTP: `smtp://user:password@host:587` (STARTTLS when offered), `smtps://…:465`, or plain on loopback."""

import ipaddress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib

from server.errors import DeliveryFailed, DeliveryUncertain, Misconfigured
from server.mail.compose import compose, sender_of
from server.settings import Settings

_TIMEOUT_S = 20.0
_PORTS = {"smtp": 587, "smtps": 465}
_PERMANENT = 500


def create(settings: Settings) -> "SmtpMailer":
    """Build the mailer.

    Raises:
        Misconfigured: If `COUNTERHAND_SMTP_URL` cannot be read.
    """
    return SmtpMailer(settings.smtp_url, sender_of(settings))


class SmtpMailer:
    """Hands e-mails to one mail server. A password never travels in the clear beyond this machine."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise Misconfigured("COUNTERHAND_SMTP_URL has to look like smtp://user:password@mail.example.com:587.")
        self._sender = sender
        self._host = parts.hostname
        self._port = parts.port or _PORTS[parts.scheme]
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._tls = parts.scheme == "smtps"
        # None means "when offered"; with a password beyond this machine it is a must.
        self._start_tls = None if not self._user or _is_loopback(self._host) else True

    async def send(self, to: str, subject: str, text: str) -> None:
        """Send one e-mail.

        Raises:
            DeliveryFailed: If the server surely did not take it; `permanent` when it never will.
            DeliveryUncertain: If the connection was lost after the text had left.
        """
        message = compose(self._sender, to, subject, text)
        client = aiosmtplib.SMTP(
            hostname=self._host, port=self._port, username=self._user, password=self._password, use_tls=self._tls,
            start_tls=False if self._tls else self._start_tls, timeout=_TIMEOUT_S,
        )  # fmt: skip
        try:
            await client.connect()
        except aiosmtplib.SMTPResponseException as exc:
            raise DeliveryFailed(f"The mail server does not let us in ({exc.code}).") from exc
        except (aiosmtplib.SMTPException, OSError) as exc:
            raise DeliveryFailed(f"The mail server cannot be reached ({type(exc).__name__}).") from exc
        try:
            await self._hand_over(client, message)
        finally:
            client.close()

    async def _hand_over(self, client: aiosmtplib.SMTP, message: EmailMessage) -> None:
        try:
            await client.send_message(message)
        except aiosmtplib.SMTPRecipientsRefused as exc:
            permanent = all(refused.code >= _PERMANENT for refused in exc.recipients)
            raise DeliveryFailed("The mail server refuses the recipient.", permanent=permanent) from exc
        except aiosmtplib.SMTPResponseException as exc:
            raise DeliveryFailed(f"The mail server refuses ({exc.code}).", permanent=exc.code >= _PERMANENT) from exc
        except (aiosmtplib.SMTPException, OSError) as exc:
            raise DeliveryUncertain(f"The mail server's answer was lost ({type(exc).__name__}).") from exc


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

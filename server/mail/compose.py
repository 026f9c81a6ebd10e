"""One plain-text e-mail as bytes."""

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from server.errors import DeliveryFailed
from server.settings import Settings
from server.storage.types import utc_now


def sender_of(settings: Settings) -> str:
    """Give the address that e-mails come from."""
    return settings.email_from or "no-reply@counterhand.local"


def compose(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """Build a message.

    Raises:
        DeliveryFailed: If an address or the subject cannot stand in a header; trying again cannot help.
    """
    message = EmailMessage()
    try:
        message["From"], message["To"], message["Subject"] = sender, to, subject
    except ValueError as exc:
        raise DeliveryFailed("An address or the subject cannot stand in an e-mail's header.", permanent=True) from exc
    message["Date"] = format_datetime(utc_now())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">") or "counterhand.local")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message

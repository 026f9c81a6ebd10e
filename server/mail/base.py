"""How e-mails leave: behind one small port, so that a file, the console and SMTP are equal."""

from typing import Protocol


class Mailer(Protocol):
    """Hands one e-mail over."""

    async def send(self, to: str, subject: str, text: str) -> None:
        """Send one plain-text e-mail.

        Raises:
            DeliveryFailed: If it surely did not leave; trying again is safe.
            DeliveryUncertain: If nobody can say whether it left.
        """

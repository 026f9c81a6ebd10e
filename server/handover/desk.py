"""What customers are told while a person is asked for, comes, goes, and gives them back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.errors import Misconfigured
from server.handover.hours import OpeningHours
from server.settings import Settings
from server.storage.types import utc_now


@dataclass(frozen=True)
class Desk:
    """The counter's hours, and its words.

    Attributes:
        email_replies: Whether a signed-in customer who is gone gets the staff's reply by e-mail.
        present_for: How long after its last sign of life a console still counts as staffed.
        gone_after: How long an agent may be away while a customer waits, before somebody else gets them.
    """

    brand_name: str
    hours: OpeningHours
    email_replies: bool = True
    present_for: timedelta = timedelta(seconds=60)
    gone_after: timedelta = timedelta(seconds=120)
    now: Callable[[], datetime] = utc_now

    @classmethod
    def from_settings(cls, settings: Settings) -> "Desk":
        """Build it from the installation's settings.

        Raises:
            Misconfigured: If the opening hours or the time zone cannot be read.
        """
        try:
            hours = OpeningHours.parse(settings.opening_hours, settings.timezone)
        except ValueError as exc:
            raise Misconfigured(f"COUNTERHAND_OPENING_HOURS, COUNTERHAND_TIMEZONE: {exc}") from exc
        return cls(settings.brand_name, hours, email_replies=settings.email_replies)

    def say_queued(self, *, anybody_present: bool, gets_email: bool) -> str:
        """Tell how long it takes, honestly.

        Args:
            anybody_present: Whether a console is staffed now.
            gets_email: Whether a reply also goes to the verified address of the customer's account.
        """
        if anybody_present:
            return "You are in the queue for a person. Somebody from our team answers you here."
        said = f"{self.say_nobody_here()} Your messages are kept, and the first person back answers you here."
        if gets_email and self.email_replies:
            return f"{said} You do not have to wait: the answer also goes to the e-mail address of your account."
        return f"{said} If you would rather have the answer by e-mail, write your address here."

    def say_nobody_here(self) -> str:
        """Tell that no console is staffed, and when one is again."""
        at = self.now()
        if self.hours.is_open(at):
            return "Nobody is at the desk this minute."
        back = self.hours.describe_return(at)
        when = f"; we are back {back} ({self.hours.zone.key} time)" if back else ""
        return f"Nobody is at the desk right now{when}."

    def say_still_waiting(self) -> str:
        """Tell who writes on that nobody reads it yet, and that the assistant would."""
        return f"{self.say_nobody_here()} What you write is kept for them. Until then the assistant can answer you, if you like."

    def say_withdrawn(self) -> str:
        """Tell that an AI answers again, because the customer wanted it."""
        who = f"the AI assistant of {self.brand_name}"
        return f"You are talking to {who} again, a computer program. Please tell me once more what you need."

    def say_not_waiting(self, name: str | None) -> str:
        """Tell who wants back to the assistant that a person has come meanwhile, or that the assistant is there already."""
        if name is None:
            return f"You are talking to the AI assistant of {self.brand_name} already."
        return f"{name} from {self.brand_name} has come meanwhile and answers you. Tell them if you do not need them any more."

    def say_joined(self, name: str) -> str:
        """Tell that a person is here."""
        return f"{name} from {self.brand_name} is here now and answers you."

    def say_released(self, name: str | None) -> str:
        """Tell that an AI answers again: customers have to know what they talk to."""
        gave_back = f"{name} has handed our conversation back to me." if name else "I take over again."
        return f"{gave_back} I am the AI assistant of {self.brand_name}, a computer program. You can ask for a person at any time."

    def say_resolved(self) -> str:
        """Tell that the matter is settled for us, and how to go on."""
        return "We have marked this conversation as settled. Write here at any time and it opens again."

    def say_agent_left(self, name: str) -> str:
        """Tell that the person who had the conversation is gone."""
        return f"{name} had to step away."

    def say_blocked(self) -> str:
        """Tell a blocked customer the truth."""
        return "Our staff has blocked this conversation. Messages written here are not processed."

    def say_unblocked(self) -> str:
        """Tell that messages are read again."""
        return "This conversation is open to you again."

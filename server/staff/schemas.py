"""What crosses the staff API."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from server.conversations.schemas import MessageView, message_view
from server.storage.models import Message, Staff
from shop.wording import amount


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SignInRequest(_Request):
    """Signs a member of the staff in."""

    email: str = Field(max_length=320)
    password: str = Field(max_length=1024)


class PasswordRequest(_Request):
    """Changes one's own password."""

    current_password: str = Field(max_length=1024)
    new_password: str = Field(max_length=1024)


class ReplyRequest(_Request):
    """What a person says to the customer."""

    text: str
    client_message_id: str = Field(min_length=1, max_length=60, pattern=r"^[\x21-\x7e]+$")


class BlockRequest(_Request):
    """Why a customer is blocked; staff see it."""

    reason: str = Field(min_length=1, max_length=500)


class StaffView(BaseModel):
    """A member of the staff, as they see themselves."""

    staff_id: str
    name: str
    email: str
    role: str
    must_change_password: bool


class SessionView(BaseModel):
    """A signed-in browser; `amounts` is how the shop writes 1234.50."""

    staff: StaffView
    csrf_token: str
    amounts: str = Field(default_factory=lambda: amount(123450))


class AssigneeView(BaseModel):
    """Who has a conversation."""

    staff_id: str
    name: str


class HandoverView(BaseModel):
    """Why a person is asked for."""

    reason: str
    summary: str
    requested_at: datetime


class LastMessageView(BaseModel):
    """The newest words of a conversation."""

    author: str
    text: str
    created_at: datetime


class ConversationSummary(BaseModel):
    """One line of the inbox."""

    conversation_id: str
    state: str
    mode: str
    channel: str
    locale: str
    language: str | None
    level: str
    customer_name: str | None
    assigned_to: AssigneeView | None
    handover: HandoverView | None
    last_message: LastMessageView | None
    blocked: bool
    created_at: datetime
    updated_at: datetime


class CountsView(BaseModel):
    """How many conversations stand where."""

    queued: int
    mine: int
    open: int


class InboxView(BaseModel):
    """A page of the inbox."""

    items: list[ConversationSummary]
    next_cursor: str | None
    counts: CountsView


class CustomerDetails(BaseModel):
    """A verified customer."""

    customer_id: str
    name: str
    email: str
    city: str
    country: str


class TrackingView(BaseModel):
    """Where a parcel is."""

    tracking_id: str
    carrier: str
    tracking_url: str
    expected_at: datetime | None
    last_event: str | None


class OrderLineView(BaseModel):
    """An order of the customer in one line."""

    order_id: str
    status: str
    placed_at: datetime | None
    total_cents: int
    currency: str
    items: list[str]
    tracking: TrackingView | None


class FeedbackCounts(BaseModel):
    """What the customer thought of the answers."""

    up: int
    down: int


class CustomerPanel(BaseModel):
    """What staff may see of a customer: what the conversation's own proof of identity opens, and nothing else.

    Attributes:
        unavailable: Whether the shop's system did not answer.
    """

    level: str
    customer: CustomerDetails | None
    orders: list[OrderLineView]
    feedback: FeedbackCounts
    unavailable: bool = False


class ConversationView(BaseModel):
    """A conversation after something was done to it."""

    conversation: ConversationSummary


class StaffMessageView(MessageView):
    """A message as staff see it. `answer_id` names the ledger behind an answer of the bot, else None."""

    answer_id: str | None = None


class ConversationDetails(BaseModel):
    """A whole conversation, as staff read it."""

    conversation: ConversationSummary
    messages: list[StaffMessageView]
    customer: CustomerPanel


class ReplyView(BaseModel):
    """A reply that is committed."""

    message: MessageView


class LedgerView(BaseModel):
    """What each sentence of an answer rests on."""

    answer_id: str
    question: str
    text: str
    generator: str
    known: bool
    ledger: list[Any]
    created_at: datetime


def staff_message_view(message: Message, author_name: str | None) -> StaffMessageView:
    """Shape a stored message for staff."""
    return StaffMessageView(**message_view(message, author_name).model_dump(), answer_id=message.answer_id)


def staff_view(staff: Staff) -> StaffView:
    """Shape an account for its owner."""
    return StaffView(
        staff_id=staff.staff_id, name=staff.name, email=staff.email, role=staff.role, must_change_password=staff.must_change_password
    )

"""What crosses the public API: requests checked on the way in, messages shaped on the way out."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from server.storage.models import Message
from server.storage.types import Author, Mode


class ButtonView(BaseModel):
    """A quick reply. `payload` is opaque; send it back as it is."""

    title: str
    payload: str


class CardView(BaseModel):
    """A product, shown as a card."""

    title: str
    subtitle: str = ""
    image_url: str = ""
    url: str = ""
    price_cents: int | None = None
    currency: str | None = None
    product_id: str | None = None


class CitationView(BaseModel):
    """Where an answer's words come from."""

    title: str
    url: str = ""
    passage_id: str = ""


class MessageView(BaseModel):
    """A message as every client sees it. `author_name` is the name of a person of the staff, else None."""

    id: str
    seq: int
    author: Author
    author_name: str | None = None
    text: str
    buttons: list[ButtonView] = []
    cards: list[CardView] = []
    citations: list[CitationView] = []
    created_at: datetime
    turn_id: str | None = None
    client_message_id: str | None = None


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OpenRequest(_Request):
    """Opens a conversation.

    Attributes:
        sign_in: Whether customers can sign in on the page that opens it; where it is not said, the installation's settings tell.
    """

    identity_token: str | None = Field(default=None, max_length=8192)
    sign_in: bool | None = None
    locale: str = Field(default="en", pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$", max_length=16)


class SendRequest(_Request):
    """Sends a message: words, or the payload of a button of this conversation."""

    text: str | None = None
    payload: str | None = Field(default=None, max_length=64)
    client_message_id: str = Field(min_length=1, max_length=128, pattern=r"^[\x21-\x7e]+$")
    attachments: list[dict[str, Any]] = Field(default=[], max_length=5)

    @model_validator(mode="after")
    def _one_of_both(self) -> "SendRequest":
        if (self.text is None) == (self.payload is None):
            msg = "Give either 'text' or 'payload'."
            raise ValueError(msg)
        return self


class IdentityRequest(_Request):
    """Signs the customer in to a conversation that is already going on."""

    identity_token: str = Field(max_length=8192)


class FeedbackRequest(_Request):
    """What the customer thinks of a message."""

    rating: Literal["up", "down"]


class OpenedView(BaseModel):
    """A new conversation with the only copy of its token."""

    conversation_id: str
    token: str
    messages: list[MessageView]


class SentView(BaseModel):
    """A message taken, not answered yet."""

    message: MessageView


class AnsweredView(BaseModel):
    """A message with its turn's final replies."""

    message: MessageView
    replies: list[MessageView]
    mode: Mode


class PageView(BaseModel):
    """A page of the log. `next_after` is the `after` of the next page, None at the end; `agent_name` is the person who answers now."""

    messages: list[MessageView]
    next_after: int | None
    mode: Mode
    state: str
    agent_name: str | None = None


class ModeView(BaseModel):
    """Who answers now."""

    mode: Mode


class IdentityView(BaseModel):
    """How well the customer is known now."""

    level: str
    customer_name: str | None


class WidgetConfigView(BaseModel):
    """How the widget looks and what it says before anything is said.

    Attributes:
        amounts: How the shop writes 1234.50; prices on pages are written so, as they are in answers.
    """

    brand_name: str
    accent_colour: str
    greeting: str
    title: str
    locale: str
    amounts: str
    human_button: bool = True
    max_length: int


def message_view(message: Message, author_name: str | None = None) -> MessageView:
    """Shape a stored message for clients; `author_name` is for what staff wrote."""
    return MessageView(
        id=message.message_id,
        seq=message.seq,
        author=Author(message.author),
        author_name=author_name,
        text=message.text,
        buttons=message.buttons,
        cards=message.cards,
        citations=message.citations,
        created_at=message.created_at,
        turn_id=message.turn_id,
        client_message_id=message.client_message_id if message.author == Author.CUSTOMER else None,
    )


def message_json(message: Message, author_name: str | None = None) -> dict[str, Any]:
    """Shape a stored message as JSON, for live frames."""
    return message_view(message, author_name).model_dump(mode="json")

"""The public API of customers, version 1. Routes translate; the service decides."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from server.conversations import repository, schemas
from server.conversations.schemas import MessageView, message_view
from server.conversations.service import Conversations, Sent
from server.conversations.worker import Answers
from server.errors import NotAuthenticated
from server.gateway import Gateway, gateway_of
from server.security import client_ip
from server.storage.types import Mode
from shop.wording import amount

router = APIRouter(prefix="/api/v1", tags=["conversations"])

_WAIT = re.compile(r"(?:^|,)\s*wait\s*=\s*\"?(\d{1,4})\"?\s*(?:,|;|$)", re.IGNORECASE)
_LONGEST_WAIT_S = 30


def bearer(authorization: Annotated[str | None, Header()] = None) -> str:
    """Read the conversation's token from the `Authorization` header.

    Raises:
        NotAuthenticated: If there is none.
    """
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotAuthenticated("Send the conversation's token: 'Authorization: Bearer <token>'.")
    return token.strip()


def _gateway(request: Request) -> Gateway:
    return gateway_of(request)


def _conversations(request: Request) -> Conversations:
    return gateway_of(request).conversations


Token = Annotated[str, Depends(bearer)]
TheGateway = Annotated[Gateway, Depends(_gateway)]
TheConversations = Annotated[Conversations, Depends(_conversations)]


@router.post("/conversations", status_code=201)
async def open_conversation(request: Request, gateway: TheGateway, body: schemas.OpenRequest | None = None) -> schemas.OpenedView:
    """Open a conversation. The token in the answer is its only key."""
    wanted = body or schemas.OpenRequest(locale=gateway.settings.locale)
    await gateway.limiter.check("conversations", client_ip(request))
    conversation, token, greeting = await gateway.conversations.open(wanted.identity_token, wanted.locale, wanted.sign_in)
    return schemas.OpenedView(conversation_id=conversation.conversation_id, token=token, messages=[message_view(greeting)])


@router.post(
    "/conversations/{conversation_id}/messages",
    status_code=202,
    response_model=schemas.SentView | schemas.AnsweredView,
    responses={200: {"model": schemas.AnsweredView}},
)
async def send_message(
    conversation_id: str,
    body: schemas.SendRequest,
    token: Token,
    gateway: TheGateway,
    response: Response,
    prefer: Annotated[str | None, Header()] = None,
) -> Any:
    """Send a message. With `Prefer: wait=20` the turn's final replies come with the answer, if they come in time."""
    wait_s = _read_wait(prefer)
    if not wait_s:
        sent = await gateway.conversations.send(conversation_id, token, body)
        return schemas.SentView(message=message_view(sent.message))
    async with gateway.turns.awaiting(conversation_id) as answers:
        sent = await gateway.conversations.send(conversation_id, token, body)
        answer = await _await_answer(sent, answers, wait_s)
    response.headers["Preference-Applied"] = f"wait={wait_s}"
    if answer is None:
        return schemas.SentView(message=message_view(sent.message))
    response.status_code = 200
    return answer


@router.get("/conversations/{conversation_id}/messages")
async def list_messages(
    conversation_id: str,
    token: Token,
    gateway: TheGateway,
    after: Annotated[int, Query(ge=0, le=2**31)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> schemas.PageView:
    """Read the log, oldest first."""
    conversation, messages = await gateway.conversations.read(conversation_id, token, after, limit)
    async with gateway.database.read() as db:
        names = await repository.name_staff(db, [conversation.assigned_to, *(message.staff_id for message in messages)])
    return schemas.PageView(
        messages=[message_view(message, names.get(message.staff_id)) for message in messages],
        next_after=messages[-1].seq if len(messages) == limit else None,
        mode=Mode(conversation.mode),
        state=conversation.state,
        agent_name=names.get(conversation.assigned_to),
    )


@router.post("/conversations/{conversation_id}/identity")
async def sign_in(
    conversation_id: str, body: schemas.IdentityRequest, token: Token, conversations: TheConversations
) -> schemas.IdentityView:
    """Sign the customer in to a conversation that is going on; its thread is kept."""
    conversation = await conversations.sign_in(conversation_id, token, body.identity_token)
    return schemas.IdentityView(level=conversation.level, customer_name=conversation.customer_name)


@router.post("/conversations/{conversation_id}/handover")
async def request_person(conversation_id: str, token: Token, conversations: TheConversations) -> schemas.ModeView:
    """Ask for a person. Works whatever else does not; asking again changes nothing."""
    return schemas.ModeView(mode=await conversations.request_person(conversation_id, token))


@router.post("/conversations/{conversation_id}/messages/{message_id}/feedback", status_code=204)
async def rate_message(
    conversation_id: str, message_id: str, body: schemas.FeedbackRequest, token: Token, conversations: TheConversations
) -> Response:
    """Say whether a message of ours helped."""
    await conversations.rate(conversation_id, token, message_id, body.rating)
    return Response(status_code=204)


@router.get("/widget/config")
async def read_widget_config(gateway: TheGateway, widget_id: str = "") -> schemas.WidgetConfigView:
    """How the widget looks, and what it says before anything is said."""
    settings = gateway.settings
    return schemas.WidgetConfigView(
        brand_name=settings.brand_name,
        accent_colour=settings.accent_colour,
        greeting=settings.greeting,
        title=settings.title,
        locale=settings.locale,
        amounts=amount(123450),
        max_length=settings.max_text_chars,
    )


def _read_wait(prefer: str | None) -> int:
    found = _WAIT.search(prefer or "")
    return min(int(found[1]), _LONGEST_WAIT_S) if found else 0


async def _await_answer(sent: Sent, answers: Answers, wait_s: int) -> schemas.AnsweredView | None:
    if sent.answered is not None:
        replies = [message_view(reply) for reply in sent.answered]
        return schemas.AnsweredView(message=message_view(sent.message), replies=replies, mode=sent.mode)
    if sent.mode is not Mode.BOT:
        return schemas.AnsweredView(message=message_view(sent.message), replies=[], mode=sent.mode)
    told = await answers.of(sent.message.message_id, wait_s)
    if told is None:
        return None
    message = message_view(sent.message).model_copy(update={"turn_id": told["turn_id"]})
    replies = [MessageView.model_validate(reply) for reply in told["replies"]]  # type: ignore[attr-defined]  # a list, by `turns.tell`
    return schemas.AnsweredView(message=message, replies=replies, mode=Mode(str(told["mode"])))

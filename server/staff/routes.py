"""The staff API's routes for sessions, reading and live events; `server/handover/routes.py` has those that change conversations."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from server.conversations import repository
from server.errors import AnswerNotFound
from server.security import client_ip
from server.staff import access, feed
from server.staff.console import Console
from server.staff.inbox import InboxState, read_inbox, summarise
from server.staff.panel import count_feedback, read_panel
from server.staff.schemas import (
    ConversationDetails,
    InboxView,
    LedgerView,
    PasswordRequest,
    SessionView,
    SignInRequest,
    StaffMessageView,
    staff_message_view,
    staff_view,
)
from server.staff.service import StaffRequest
from server.storage.models import StoredAnswer

_PAGE = 500


def create_router(console: Console) -> APIRouter:
    """Build the routes of signing in, reading and listening."""
    router = APIRouter(prefix="/api/v1/staff", tags=["staff"])
    _add_session_routes(router, console)
    _add_reading_routes(router, console)
    return router


def _add_session_routes(router: APIRouter, console: Console) -> None:
    asks = Depends(access.reading(console.staff))
    changes = Depends(access.writing(access.reading(console.staff)))

    @router.post("/session")
    async def sign_in(body: SignInRequest, request: Request, response: Response) -> SessionView:
        access.check_same_site(request)
        cookies = request.cookies
        signed_in = await console.staff.sign_in(
            body.email, body.password, client_ip(request),
            device_cookie=cookies.get(access.DEVICE_COOKIE), replaces=cookies.get(access.SESSION_COOKIE),
        )  # fmt: skip
        access.set_cookies(response, signed_in, console.settings)
        return SessionView(staff=staff_view(signed_in.staff), csrf_token=signed_in.csrf_token)

    @router.get("/session")
    async def get_session(asking: Annotated[StaffRequest, asks]) -> SessionView:
        return SessionView(staff=staff_view(asking.staff), csrf_token=asking.session.csrf_token)

    @router.delete("/session", status_code=204)
    async def sign_out(asking: Annotated[StaffRequest, changes]) -> Response:
        await console.staff.sign_out(asking)
        response = Response(status_code=204)
        access.clear_cookie(response, console.settings)
        return response

    @router.post("/password", status_code=204)
    async def change_password(body: PasswordRequest, request: Request, asking: Annotated[StaffRequest, changes]) -> Response:
        await console.staff.change_password(asking, body.current_password, body.new_password, client_ip(request))
        return Response(status_code=204)


def _add_reading_routes(router: APIRouter, console: Console) -> None:
    works = Depends(access.working(console.staff))

    @router.get("/conversations")
    async def list_conversations(
        asking: Annotated[StaffRequest, works],
        state: InboxState = "open",
        limit: Annotated[int, Query(ge=1, le=100)] = 50,
        cursor: str | None = None,
    ) -> InboxView:
        async with console.database.read() as db:
            return await read_inbox(db, state, asking.staff.staff_id, limit, cursor)

    @router.get("/conversations/{conversation_id}", dependencies=[works])
    async def get_conversation(conversation_id: str) -> ConversationDetails:
        return await _read_details(console, conversation_id)

    @router.get("/answers/{answer_id}", dependencies=[works])
    async def get_answer(answer_id: str) -> LedgerView:
        async with console.database.read() as db:
            answer = await db.get(StoredAnswer, answer_id)
        if answer is None:
            raise AnswerNotFound(answer_id)
        return LedgerView.model_validate(answer, from_attributes=True)

    @router.get("/events", dependencies=[works])
    async def listen(request: Request) -> StreamingResponse:
        token = request.cookies.get(access.SESSION_COOKIE)

        async def check_session() -> Any:
            return await console.staff.find_session(token, active=False)

        events: AsyncIterator[str] = feed.stream(console.bus, console.database, check_session)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def _read_details(console: Console, conversation_id: str) -> ConversationDetails:
    async with console.database.read() as db:
        conversation = await repository.get_conversation(db, conversation_id)
        messages = await _read_messages(db, conversation_id)
        (summary,) = await summarise(db, [conversation])
        ratings = await count_feedback(db, conversation_id)
    panel = await read_panel(console.shop, console.identity, conversation_id, ratings)
    return ConversationDetails(conversation=summary, messages=messages, customer=panel)


async def _read_messages(db: Any, conversation_id: str) -> list[StaffMessageView]:
    views: list[StaffMessageView] = []
    while page := await repository.list_messages(db, conversation_id, views[-1].seq if views else 0, _PAGE):
        names = await repository.name_staff(db, [message.staff_id for message in page])
        views += [staff_message_view(message, names.get(message.staff_id)) for message in page]
    return views

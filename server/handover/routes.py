"""The staff API's routes that change a conversation."""

from typing import Annotated

from fastapi import APIRouter, Depends

from server.conversations import repository
from server.conversations.schemas import message_view
from server.staff import access
from server.staff.console import Console
from server.staff.inbox import summarise
from server.staff.schemas import BlockRequest, ConversationView, ReplyRequest, ReplyView
from server.staff.service import StaffRequest


def create_router(console: Console) -> APIRouter:
    """Build the routes of claiming, answering, giving back, settling and blocking."""
    router = APIRouter(prefix="/api/v1/staff/conversations/{conversation_id}", tags=["staff"])
    handover = console.handover
    changes = Depends(access.writing(access.working(console.staff)))

    async def shown(conversation_id: str) -> ConversationView:
        async with console.database.read() as db:
            (summary,) = await summarise(db, [await repository.get_conversation(db, conversation_id)])
        return ConversationView(conversation=summary)

    @router.post("/claim")
    async def claim(conversation_id: str, asking: Annotated[StaffRequest, changes]) -> ConversationView:
        await handover.claim(conversation_id, asking.staff)
        return await shown(conversation_id)

    @router.post("/messages", status_code=201)
    async def reply(conversation_id: str, body: ReplyRequest, asking: Annotated[StaffRequest, changes]) -> ReplyView:
        message = await handover.reply(conversation_id, asking.staff, body.text, body.client_message_id)
        return ReplyView(message=message_view(message, asking.staff.name))

    @router.post("/release")
    async def release(conversation_id: str, asking: Annotated[StaffRequest, changes]) -> ConversationView:
        await handover.release(conversation_id, asking.staff)
        return await shown(conversation_id)

    @router.post("/resolve")
    async def resolve(conversation_id: str, asking: Annotated[StaffRequest, changes]) -> ConversationView:
        await handover.resolve(conversation_id, asking.staff)
        return await shown(conversation_id)

    @router.post("/block")
    async def block(conversation_id: str, body: BlockRequest, asking: Annotated[StaffRequest, changes]) -> ConversationView:
        await handover.block(conversation_id, asking.staff, body.reason)
        return await shown(conversation_id)

    @router.post("/unblock")
    async def unblock(conversation_id: str, asking: Annotated[StaffRequest, changes]) -> ConversationView:
        await handover.unblock(conversation_id, asking.staff)
        return await shown(conversation_id)

    return router

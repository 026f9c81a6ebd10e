"""What a member of the staff does with a conversation: one transaction each."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.conversations import repository
from server.handover import service
from server.handover.desk import Desk
from server.ids import new_id
from server.storage.engine import Database
from server.storage.models import Conversation, Email, Message, Staff
from server.storage.types import utc_now
from server.text import clean

Transition = Callable[[AsyncSession, Conversation, Staff, Desk], Awaitable[None]]
FindEmail = Callable[[str], Awaitable[str | None]]
IsListening = Callable[[str], Awaitable[bool]]

MAX_REPLY_CHARS = 4000
_EMAIL_PAUSE = timedelta(minutes=10)


class HandoverService:
    """The doors that the console's routes use.

    Args:
        database: The gateway's database.
        desk: Hours and words.
        find_email: Gives the address of a customer id; None when there is none.
        is_listening: Whether anybody of the customer's side hears a conversation live.
    """

    def __init__(self, database: Database, desk: Desk, find_email: FindEmail, is_listening: IsListening) -> None:
        self._database = database
        self._desk = desk
        self._find_email = find_email
        self._is_listening = is_listening

    async def claim(self, conversation_id: str, staff: Staff) -> None:
        """Give a conversation to `staff`; the bot is silent from here on.

        Raises:
            AlreadyAssigned: If somebody else has it.
        """
        await self._move(conversation_id, staff, service.claim)

    async def release(self, conversation_id: str, staff: Staff) -> None:
        """Give a conversation back to the bot.

        Raises:
            NotAssigned: If somebody else has it.
        """
        await self._move(conversation_id, staff, service.release)

    async def resolve(self, conversation_id: str, staff: Staff) -> None:
        """Mark a conversation as settled.

        Raises:
            NotAssigned: If somebody else has it.
        """
        await self._move(conversation_id, staff, service.resolve)

    async def unblock(self, conversation_id: str, staff: Staff) -> None:
        """Take the customer's messages again."""
        await self._move(conversation_id, staff, service.unblock)

    async def block(self, conversation_id: str, staff: Staff, reason: str) -> None:
        """Stop processing the customer's messages, and keep why."""
        async with self._database.write() as db:
            conversation = await repository.get_conversation(db, conversation_id, lock=True)
            await service.block(db, conversation, staff, reason, self._desk)

    async def reply(self, conversation_id: str, staff: Staff, text: str, client_message_id: str) -> Message:
        """Write what a person says, and an e-mail with it when the customer is gone.

        Raises:
            InvalidMessage: If there is nothing to say, or too much.
            AlreadyAssigned: If somebody else has the conversation.
        """
        words = clean(text, MAX_REPLY_CHARS)
        address = await self._find_address(conversation_id)
        async with self._database.write() as db:
            conversation = await repository.get_conversation(db, conversation_id, lock=True)
            message, is_new = await service.reply(db, conversation, staff, words, client_message_id, self._desk)
            if address is not None and is_new and not await _was_written_lately(db, conversation_id):
                db.add(self._write_email(conversation_id, address, staff, message))
            return message

    async def _move(self, conversation_id: str, staff: Staff, transition: Transition) -> None:
        async with self._database.write() as db:
            conversation = await repository.get_conversation(db, conversation_id, lock=True)
            await transition(db, conversation, staff, self._desk)

    async def _find_address(self, conversation_id: str) -> str | None:
        # Looked up before the transaction: the shop may be slow, and only a verified customer's own address is used.
        async with self._database.read() as db:
            conversation = await repository.get_conversation(db, conversation_id)
        reachable = self._desk.email_replies and conversation.level == "customer" and conversation.external_id is None
        if not reachable or conversation.customer_id is None or await self._is_listening(conversation_id):
            return None
        return await self._find_email(conversation.customer_id)

    def _write_email(self, conversation_id: str, address: str, staff: Staff, message: Message) -> Email:
        text = (
            f"{staff.name} from {self._desk.brand_name} has answered you:\n\n{message.text}\n\n"
            "To go on, open the chat on our website. The whole conversation is there. Please do not answer this e-mail."
        )
        subject = f"{self._desk.brand_name} has answered you"
        return Email(email_id=new_id("eml"), conversation_id=conversation_id, to=address, subject=subject, text=text)


async def _was_written_lately(db: AsyncSession, conversation_id: str) -> bool:
    # A person writes in several messages; the customer needs one e-mail to come back.
    query = select(func.count()).select_from(Email).where(
        Email.conversation_id == conversation_id, Email.created_at > utc_now() - _EMAIL_PAUSE, Email.subject.endswith("has answered you")
    )  # fmt: skip
    return bool(await db.scalar(query))

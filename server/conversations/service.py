"""What may be done with a conversation: open it, write to it, ask for a person, rate an answer."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from server import language, text
from server.channels.base import Incoming
from server.conversations import repository, turns
from server.conversations.repository import NewMessage
from server.conversations.schemas import SendRequest
from server.conversations.turns import TurnWork
from server.conversations.worker import AskPerson, Turns
from server.errors import ButtonNotFound, ConversationBlocked, InvalidMessage, MessageNotFound, NotAuthenticated
from server.handover import service as handover
from server.handover.desk import Desk
from server.identity.service import Identity
from server.ids import new_conversation_id
from server.limiting import Limiter
from server.metrics import Metrics
from server.settings import Settings
from server.storage.engine import Database
from server.storage.models import Block, Button, Conversation, Feedback, Inbox, Message
from server.storage.types import Author, ConversationState, Mode

log = structlog.get_logger()


@dataclass(frozen=True)
class Sent:
    """A message that is in the log.

    Attributes:
        answered: The replies, when the message was sent before and has its answer already; empty when no turn takes it.
    """

    message: Message
    mode: Mode
    answered: list[Message] | None = None


@dataclass(frozen=True)
class Said:
    """What a customer said, checked: words, or a button of ours with its title as the words."""

    text: str
    rasa_payload: str | None = None
    language: str | None = None


class Conversations:
    """The customer's side of the gateway. Every method is one transaction, committed when it returns."""

    def __init__(
        self,
        database: Database,
        turns_: Turns,
        identity: Identity,
        ask_person: AskPerson,
        limiter: Limiter,
        metrics: Metrics,
        settings: Settings,
        desk: Desk,
    ) -> None:
        self._database = database
        self._turns = turns_
        self._identity = identity
        self._ask_person = ask_person
        self._limiter = limiter
        self._metrics = metrics
        self._settings = settings
        self._desk = desk

    async def open(self, identity_token: str | None, locale: str, sign_in: bool | None = None) -> tuple[Conversation, str, Message]:
        """Open a conversation on the web; it begins with a greeting that says it is an AI.

        Args:
            identity_token: Who the customer is, where they signed in on the host page.
            locale: Of the page.
            sign_in: Whether one can sign in there; None where that is not known.

        Returns:
            The conversation, the only copy of its token, and the greeting.

        Raises:
            InvalidIdentityToken: If a token was given and does not verify; nothing is opened then.
        """
        token = secrets.token_urlsafe(32)
        async with self._database.write() as db:
            conversation = _new_conversation("web", locale, token)
            conversation.sign_in = self._settings.sign_in is not False if sign_in is None else sign_in
            if identity_token:
                await self._identity.sign_in(db, conversation, identity_token)
            db.add(conversation)
            greeting = await repository.append_message(db, conversation, Author.BOT, NewMessage(self._settings.greeting))
        log.info("conversation.opened", conversation_id=conversation.conversation_id, channel="web", level=conversation.level)
        return conversation, token, greeting

    async def authenticate(self, conversation_id: str, token: str) -> Conversation:
        """Give the conversation that a token opens.

        Raises:
            NotAuthenticated: If the token is not this conversation's, or there is no such conversation.
        """
        async with self._database.read() as db:
            return await self._authenticated(db, conversation_id, token)

    async def send(self, conversation_id: str, token: str, request: SendRequest) -> Sent:
        """Take a message: committed when this returns. A repeated `client_message_id` gives the first result.

        Raises:
            NotAuthenticated: If the token is wrong.
            ConversationBlocked: If staff have blocked the customer.
            RateLimited: If too much is written.
            InvalidMessage: If the text cannot be taken.
            ButtonNotFound: If the payload is no button of this conversation.
        """
        try:
            async with self._database.write() as db:
                conversation = await self._authenticated(db, conversation_id, token, lock=True)
                await self._refuse_blocked(db, conversation)
                await self._limiter.check("messages", conversation_id)
                said = await self._read(db, conversation, request.text, request.payload)
                message, work = await self._take(db, conversation, said, request.client_message_id, request.attachments)
        except IntegrityError:
            return await self._repeat(conversation_id, token, request.client_message_id)
        self._begin(message, conversation, work)
        needs_answer = message.waiting or message.turn_id is not None
        return Sent(message, Mode(conversation.mode), None if needs_answer else [])

    async def receive(self, incoming: Incoming) -> bool:
        """Take what came over a messaging platform: committed when this returns; false when it was known already."""
        try:
            async with self._database.write() as db:
                event_id = incoming.event_id
                db.add(Inbox(channel=incoming.channel, account=incoming.account, event_id=event_id))
                await db.flush()
                conversation, is_new = await self._find_or_open(db, incoming)
                greeted = is_new and incoming.begins
                message, work = (None, None) if greeted else await self._take_incoming(db, conversation, incoming)
        except IntegrityError:
            return False
        if message is not None:
            self._begin(message, conversation, work)
        return True

    async def request_person(self, conversation_id: str, token: str) -> Mode:
        """Ask for a person. Needs nobody but the database; asking again changes nothing."""
        async with self._database.write() as db:
            conversation = await self._authenticated(db, conversation_id, token, lock=True)
            await self._refuse_blocked(db, conversation)
            await self._reopen(db, conversation)
            await self._ask_person(db, conversation, "asked for a person", "The customer pressed the button.")
            return Mode(conversation.mode)

    async def sign_in(self, conversation_id: str, token: str, identity_token: str) -> Conversation:
        """Make a conversation that is going on its customer's.

        Raises:
            InvalidIdentityToken: If the identity token does not verify; nothing has changed then.
            IdentityConflict: If the conversation is another customer's.
        """
        await self._limiter.check("sign_ins", conversation_id)
        async with self._database.write() as db:
            conversation = await self._authenticated(db, conversation_id, token, lock=True)
            await self._identity.sign_in(db, conversation, identity_token)
        log.info("conversation.signed_in", conversation_id=conversation_id)
        return conversation

    async def rate(self, conversation_id: str, token: str, message_id: str, rating: str) -> None:
        """Keep what the customer thinks of one of our messages; the last word counts.

        Raises:
            MessageNotFound: If there is no such message of ours in this conversation.
        """
        async with self._database.write() as db:
            await self._authenticated(db, conversation_id, token)
            message = await repository.get_message(db, conversation_id, message_id)
            if message.author == Author.CUSTOMER:
                raise MessageNotFound(message_id)
            await db.merge(Feedback(message_id=message_id, conversation_id=conversation_id, rating=rating))

    async def read(self, conversation_id: str, token: str, after: int, limit: int) -> tuple[Conversation, list[Message]]:
        """List messages above a `seq`, oldest first."""
        async with self._database.read() as db:
            conversation = await self._authenticated(db, conversation_id, token)
            return conversation, await repository.list_messages(db, conversation_id, after, limit)

    async def _authenticated(self, db: AsyncSession, conversation_id: str, token: str, *, lock: bool = False) -> Conversation:
        query = select(Conversation).where(Conversation.conversation_id == conversation_id)
        conversation = await db.scalar(query.with_for_update() if lock else query)
        kept = conversation.token_hash if conversation is not None else _hash("")
        if not hmac.compare_digest(kept, _hash(token)) or conversation is None:
            raise NotAuthenticated("This token does not open this conversation.")
        return conversation

    async def _refuse_blocked(self, db: AsyncSession, conversation: Conversation) -> None:
        blocked = conversation.blocked
        if not blocked and conversation.customer_id is not None:
            lasting = select(Block.block_id).where(Block.customer_id == conversation.customer_id, Block.lifted_at.is_(None))
            blocked = await db.scalar(lasting.limit(1)) is not None
        if blocked:
            raise ConversationBlocked("Writing to us is switched off for this chat. Please use the shop's other ways to reach it.")

    async def _read(self, db: AsyncSession, conversation: Conversation, words: str | None, payload: str | None) -> Said:
        if payload is not None:
            button = await db.get(Button, payload)
            if button is None or button.conversation_id != conversation.conversation_id:
                raise ButtonNotFound
            return Said(button.title, rasa_payload=button.payload)
        cleaned = text.clean(words or "", self._settings.max_text_chars)
        return Said(cleaned, language=language.detect(cleaned))

    async def _take(
        self, db: AsyncSession, conversation: Conversation, said: Said, client_message_id: str, attachments: list[dict[str, Any]]
    ) -> tuple[Message, TurnWork | None]:
        await self._reopen(db, conversation)
        if said.language:
            conversation.language = said.language
        wants_back = said.rasa_payload == handover.KEEP_ASSISTANT
        new = NewMessage(
            text=said.text,
            client_message_id=client_message_id,
            attachments=attachments,
            waiting=conversation.mode == Mode.BOT and not wants_back,
            rasa_payload=said.rasa_payload,
            language=said.language,
        )
        message = await repository.append_message(db, conversation, Author.CUSTOMER, new)
        if wants_back:
            await handover.withdraw(db, conversation, self._desk)
            return message, None
        await handover.remind(db, conversation, self._desk)
        if conversation.mode != Mode.BOT or conversation.open_turn_id is not None:
            return message, None
        return message, turns.begin(db, conversation, [message], self._turns.gateway_id)

    async def _take_incoming(
        self, db: AsyncSession, conversation: Conversation, incoming: Incoming
    ) -> tuple[Message | None, TurnWork | None]:
        if conversation.blocked:
            return None, None
        if incoming.wants_person:
            await self._reopen(db, conversation)
            await handover.remind(db, conversation, self._desk)
            await self._ask_person(db, conversation, "asked for a person", "The customer pressed the button.")
            return None, None
        said = await self._read_leniently(db, conversation, incoming)
        return await self._take(db, conversation, said, f"{incoming.account}:{incoming.event_id}", []) if said else (None, None)

    async def _read_leniently(self, db: AsyncSession, conversation: Conversation, incoming: Incoming) -> Said | None:
        # A platform cannot be told that a text is too long or a button too old: what can be kept is kept.
        try:
            cut = incoming.text[: self._settings.max_text_chars].replace("\x00", "") if incoming.text else None
            return await self._read(db, conversation, cut, incoming.payload)
        except (InvalidMessage, ButtonNotFound) as exc:
            log.info("channel.message_ignored", channel=incoming.channel, error=type(exc).__name__)
            return None

    async def _find_or_open(self, db: AsyncSession, incoming: Incoming) -> tuple[Conversation, bool]:
        external_id = f"{incoming.account}:{incoming.external_id}"
        query = select(Conversation).where(Conversation.channel == incoming.channel, Conversation.external_id == external_id)
        conversation = await db.scalar(query.with_for_update())
        if conversation is not None:
            return conversation, False
        conversation = _new_conversation(incoming.channel, incoming.locale, secrets.token_urlsafe(32))
        conversation.external_id = external_id
        conversation.customer_name = incoming.customer_name
        db.add(conversation)
        await repository.append_message(db, conversation, Author.BOT, NewMessage(self._settings.greeting))
        return conversation, True

    async def _reopen(self, db: AsyncSession, conversation: Conversation) -> None:
        if conversation.state != ConversationState.RESOLVED:
            return
        conversation.state = ConversationState.OPEN
        if conversation.mode != Mode.BOT:
            await repository.change_mode(db, conversation, Mode.BOT, reason="reopened")

    def _begin(self, message: Message, conversation: Conversation, work: TurnWork | None) -> None:
        self._metrics.messages.labels(author=message.author, channel=conversation.channel).inc()
        log.info(
            "message.taken",
            conversation_id=message.conversation_id,
            message_id=message.message_id,
            seq=message.seq,
            turn_id=message.turn_id,
            mode=conversation.mode,
            characters=len(message.text),
        )
        if work is not None:
            self._turns.run(work)

    async def _repeat(self, conversation_id: str, token: str, client_message_id: str) -> Sent:
        async with self._database.read() as db:
            conversation = await self._authenticated(db, conversation_id, token)
            query = select(Message).where(Message.conversation_id == conversation_id, Message.client_message_id == client_message_id)
            message = await db.scalar(query)
            if message is None:  # the violation was about something else
                raise MessageNotFound(client_message_id)
            return Sent(message, Mode(conversation.mode), await turns.find_replies(db, message))


def _new_conversation(channel: str, locale: str, token: str) -> Conversation:
    return Conversation(
        conversation_id=new_conversation_id(),
        token_hash=_hash(token),
        channel=channel,
        locale=locale,
        level="anonymous",
        mode=Mode.BOT,
        owner_epoch=0,
        state=ConversationState.OPEN,
        next_seq=1,
        turn_count=0,
        last_turn_epoch=0,
        blocked=False,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf8", "surrogatepass")).hexdigest()

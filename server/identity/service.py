"""Who a conversation's customer is, by the server's own record. Proofs are checked here and nowhere else."""

import asyncio
import time
from datetime import timedelta
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.conversations import repository
from server.dialogue.base import TurnInput
from server.errors import IdentityConflict, RateLimited
from server.identity import codes, tokens
from server.identity.meeting import WEAK, meet
from server.limiting import Limiter
from server.settings import Settings
from server.storage.engine import Database
from server.storage.models import Conversation, ProvedOrder
from server.storage.types import utc_now
from shop.errors import ShopError
from shop.models import Actor, Customer, CustomerId, Level, OrderContact, OrderId

SIGNED_IN_FOR = timedelta(hours=12)
"""How long a conversation stays signed in when the host page shows no fresh token."""
_ANSWER_AFTER_S = 0.15


class Contacts(Protocol):
    """What identity needs of the shop."""

    async def find_order_contact(self, order_id: str) -> OrderContact | None:
        """Whom an order's code goes to."""

    async def find_customer(self, customer_id: str) -> Customer | None:
        """The account behind an id."""

    async def find_customer_by_email(self, email: str) -> Customer | None:
        """The one account with an e-mail address."""

    async def find_customer_by_name_zip(self, first_name: str, last_name: str, postal_code: str) -> Customer | None:
        """The one account with a name and postal code."""


class Identity:
    """Levels: anonymous → guest (an order proved by code) → customer (a verified token)."""

    def __init__(self, database: Database, contacts: Contacts, settings: Settings, limiter: Limiter) -> None:
        self._database = database
        self._contacts = contacts
        self._settings = settings
        self._limiter = limiter

    async def sign_in(self, db: AsyncSession, conversation: Conversation, identity_token: str) -> None:
        """Verify a token and make the conversation its customer's; a guest keeps what was proved.

        Raises:
            InvalidIdentityToken: If it does not verify; nothing has changed then.
            IdentityConflict: If the conversation is another customer's.
        """
        customer_id = tokens.verify(identity_token, self._settings)
        if conversation.customer_id not in {None, customer_id}:
            raise IdentityConflict
        customer = await self._find_customer(customer_id)
        conversation.customer_id = customer_id
        conversation.level = Level.CUSTOMER
        conversation.sign_in = True
        conversation.identified_until = utc_now() + SIGNED_IN_FOR
        conversation.customer_name = customer.name if customer else conversation.customer_name

    async def get_actor(self, conversation_id: str) -> Actor:
        """Give the actor of a conversation; anonymous when nothing is proved, or it was too long ago."""
        async with self._database.read() as db:
            conversation = await repository.get_conversation(db, conversation_id)
            query = select(ProvedOrder.order_id).where(ProvedOrder.conversation_id == conversation_id)
            proved = frozenset(OrderId(order_id) for order_id in await db.scalars(query))
        return actor_of(conversation, proved)

    async def start_order_proof(self, conversation_id: str, order_id: str) -> None:
        """Send a code to the order's e-mail if there is such an order; the same answer in the same time if not.

        Raises:
            ProofLimitReached: If too many codes were asked for.
        """
        begun = time.monotonic()
        try:
            contact = await self._contacts.find_order_contact(order_id)
            async with self._database.write() as db:
                key = codes.key_of(contact.order_id if contact else order_id)
                await codes.check_limits(db, conversation_id, key)
                codes.issue(
                    db, conversation_id, key, contact.email if contact else None, self._settings.brand_name, self._settings.action_secret
                )
        finally:
            await asyncio.sleep(max(0.0, _ANSWER_AFTER_S - (time.monotonic() - begun)))

    async def prove_order(self, conversation_id: str, order_id: str, code: str) -> bool:
        """Check a code; true makes the conversation a guest's for that order."""
        contact = await self._contacts.find_order_contact(order_id)
        key = codes.key_of(contact.order_id if contact else order_id)
        async with self._database.write() as db:
            conversation = await repository.get_conversation(db, conversation_id, lock=True)
            fits = await codes.redeem(db, conversation_id, key, code, self._settings.action_secret)
            if fits and contact is not None:
                await db.merge(ProvedOrder(conversation_id=conversation_id, order_id=contact.order_id))
                _raise_to_guest(conversation, contact.first_name)
        return fits and contact is not None

    async def prove_weakly(self, conversation_id: str, facts: dict[str, str]) -> bool:
        """Accept an e-mail, or name and postal code, where the shop's settings allow that. It names an account at level `guest`.

        Args:
            conversation_id: Whose conversation; it belongs to one customer for good.
            facts: `{"email"}` or `{"first_name", "last_name", "zip"}`.
        """
        customer = await self._find_by_facts(facts)
        async with self._database.write() as db:
            conversation = await repository.get_conversation(db, conversation_id, lock=True)
            if customer is None or conversation.customer_id not in {None, customer.customer_id}:
                return False
            conversation.customer_id = customer.customer_id
            _raise_to_guest(conversation, customer.first_name)
        return True

    async def meet(self, turn: TurnInput) -> TurnInput:
        """Take a weak proof out of a customer's words, where the shop's settings allow one; see `server.identity.meeting`."""
        if turn.payload or not set(self._settings.guest_proof) & WEAK:
            return turn
        try:
            return await meet(turn, self, self._settings.guest_proof)
        except ShopError:
            return turn  # the dialogue meets the same trouble, and says so

    async def may_try(self, conversation_id: str) -> bool:
        """Count a message that may prove an account; false where a conversation has had its share, so that nobody tries them through."""
        try:
            await self._limiter.check("proofs", conversation_id)
        except RateLimited:
            return False
        return True

    async def _find_customer(self, customer_id: str) -> Customer | None:
        try:
            return await self._contacts.find_customer(customer_id)
        except ShopError:
            return None  # the name is a nicety; the token has already proved who it is

    async def _find_by_facts(self, facts: dict[str, str]) -> Customer | None:
        allowed = self._settings.guest_proof
        if facts.get("email") and "email" in allowed:
            return await self._contacts.find_customer_by_email(facts["email"])
        if facts.get("zip") and "name_zip" in allowed:
            first, last = facts.get("first_name", ""), facts.get("last_name", "")
            return await self._contacts.find_customer_by_name_zip(first, last, facts["zip"])
        return None


def actor_of(conversation: Conversation, proved: frozenset[OrderId]) -> Actor:
    """Give the actor that a conversation's row and its proved orders amount to, now."""
    until = conversation.identified_until
    if conversation.level == Level.CUSTOMER and until is not None and until > utc_now():
        return Actor(level=Level.CUSTOMER, customer_id=CustomerId(str(conversation.customer_id)), order_ids=proved)
    if conversation.level == Level.GUEST:
        customer_id = CustomerId(conversation.customer_id) if conversation.customer_id else None
        return Actor(level=Level.GUEST, customer_id=customer_id, order_ids=proved)
    return Actor(level=Level.GUEST, order_ids=proved) if proved else Actor()


def _raise_to_guest(conversation: Conversation, first_name: str) -> None:
    if conversation.level != Level.CUSTOMER:
        conversation.level = Level.GUEST
        conversation.customer_name = conversation.customer_name or first_name

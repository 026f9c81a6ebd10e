"""Who is writing: proved by a verified token or a code, by nothing else."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from sqlalchemy import select, update

from server.dialogue.base import TurnInput
from server.errors import ProofLimitReached
from server.storage.models import Email, OrderCode
from server.storage.types import utc_now
from shop.models import Actor, Level
from tests.fakes.counter import Counter, Visitor, open_counter


@pytest.fixture(params=["sqlite", "postgresql"])
async def counter(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Counter]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    async with open_counter(tmp_path, url) as counter:
        yield counter


def token(counter: Counter, *, key: str | None = None, algorithm: str = "HS256", **claims: Any) -> str:
    given = {"sub": "C1", "aud": counter.settings.widget_id, "exp": int(time.time()) + 300, **claims}
    kept = {name: value for name, value in given.items() if value is not None}
    return jwt.encode(kept, counter.settings.identity_secret if key is None else key, algorithm=algorithm)


async def sign_in(visitor: Visitor, identity_token: str) -> Any:
    path = f"/api/v1/conversations/{visitor.conversation_id}/identity"
    return await visitor.browser.post(path, json={"identity_token": identity_token}, headers=visitor.headers)


class TestTokens:
    async def test_a_valid_token_makes_a_customer_and_keeps_the_thread(self, counter: Counter) -> None:
        customer = await counter.some_customer()
        visitor = await counter.customer()
        await visitor.say("hello")
        answer = await sign_in(visitor, token(counter, sub=customer.customer_id))
        assert answer.json() == {"level": "customer", "customer_name": customer.name}
        actor = await counter.gateway.identity.get_actor(visitor.conversation_id)
        assert (actor.level, actor.customer_id) == (Level.CUSTOMER, customer.customer_id)
        assert len(await visitor.read()) == 3

    async def test_every_flaw_is_refused_and_changes_nothing(self, counter: Counter) -> None:
        now = int(time.time())
        secret = counter.settings.identity_secret
        flawed = [
            token(counter, key="another-secret-of-thirty-two-bytes!!"),
            token(counter, aud="another-widget"),
            token(counter, aud=None),
            token(counter, exp=now - 60),
            token(counter, exp=None),
            token(counter, exp=now + 3600),
            token(counter, nbf=now + 300),
            token(counter, sub=None),
            token(counter, sub=""),
            jwt.encode({"sub": "C1", "aud": counter.settings.widget_id, "exp": now + 300}, None, algorithm="none"),
            token(counter, algorithm="HS512", key=secret * 2),
            token(counter)[:-2],
            "nonsense",
            "",
        ]
        visitor = await counter.customer()
        for identity_token in flawed:
            refused = await sign_in(visitor, identity_token)
            assert refused.status_code == 401, identity_token
            assert refused.json()["error"] == "InvalidIdentityToken"
            opened = await counter.browser().post("/api/v1/conversations", json={"identity_token": identity_token or "x"})
            assert opened.status_code == 401
        assert (await counter.gateway.identity.get_actor(visitor.conversation_id)).level == Level.ANONYMOUS

    async def test_another_customer_on_the_same_conversation_is_a_conflict(self, counter: Counter) -> None:
        visitor = await counter.customer()
        assert (await sign_in(visitor, token(counter, sub="C1"))).status_code == 200
        assert (await sign_in(visitor, token(counter, sub="C1"))).status_code == 200
        conflict = await sign_in(visitor, token(counter, sub="C2"))
        assert (conflict.status_code, conflict.json()["error"]) == (409, "IdentityConflict")
        assert (await counter.gateway.identity.get_actor(visitor.conversation_id)).customer_id == "C1"

    async def test_a_public_key_is_no_secret(self, tmp_path: Path) -> None:
        private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public = private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
        async with open_counter(tmp_path, identity_algorithm="RS256", identity_public_key=public) as counter:
            visitor = await counter.customer()
            claims = {"sub": "C1", "aud": counter.settings.widget_id, "exp": int(time.time()) + 300}
            pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            assert (await sign_in(visitor, token(counter))).status_code == 401
            assert (await sign_in(visitor, jwt.encode(claims, pem, algorithm="RS256"))).status_code == 200


class TestOrderCodes:
    async def order_id(self, counter: Counter) -> str:
        for customer in await counter.gateway.shop.list_customers(50):
            from shop.models import Actor

            orders = await counter.gateway.shop.list_orders(Actor(level=Level.CUSTOMER, customer_id=customer.customer_id))
            if orders:
                return str(orders[0].order_id)
        raise AssertionError("the demo shop has orders")

    async def code(self, counter: Counter) -> str:
        async with counter.gateway.database.read() as db:
            text = await db.scalar(select(Email.text).order_by(Email.created_at.desc()).limit(1))
        found = re.search(r"\b\d{6}\b", text or "")
        assert found
        return found[0]

    async def test_the_code_from_the_orders_mailbox_proves_it_once(self, counter: Counter) -> None:
        identity, visitor, order_id = counter.gateway.identity, await counter.customer(), await self.order_id(counter)
        await identity.start_order_proof(visitor.conversation_id, order_id)
        code = await self.code(counter)
        assert await identity.prove_order(visitor.conversation_id, order_id, f" {code[:3]} {code[3:]} ")
        actor = await identity.get_actor(visitor.conversation_id)
        assert (actor.level, actor.order_ids) == (Level.GUEST, frozenset({order_id}))
        assert not await identity.prove_order(visitor.conversation_id, order_id, code), "a code works once"

    async def test_a_code_is_bound_to_its_conversation(self, counter: Counter) -> None:
        identity, order_id = counter.gateway.identity, await self.order_id(counter)
        visitor, thief = await counter.customer(), await counter.customer()
        await identity.start_order_proof(visitor.conversation_id, order_id)
        assert not await identity.prove_order(thief.conversation_id, order_id, await self.code(counter))

    async def test_the_sixth_guess_is_too_late_even_when_right(self, counter: Counter) -> None:
        identity, visitor, order_id = counter.gateway.identity, await counter.customer(), await self.order_id(counter)
        await identity.start_order_proof(visitor.conversation_id, order_id)
        code = await self.code(counter)
        for number in range(5):
            assert not await identity.prove_order(visitor.conversation_id, order_id, f"{(int(code) + number + 1) % 10**6:06d}")
        assert not await identity.prove_order(visitor.conversation_id, order_id, code)

    async def test_parallel_guesses_are_counted_each(self, counter: Counter) -> None:
        identity, visitor, order_id = counter.gateway.identity, await counter.customer(), await self.order_id(counter)
        await identity.start_order_proof(visitor.conversation_id, order_id)
        wrong = f"{(int(await self.code(counter)) + 1) % 10**6:06d}"
        await asyncio.gather(*(identity.prove_order(visitor.conversation_id, order_id, wrong) for _ in range(12)))
        async with counter.gateway.database.read() as db:
            assert await db.scalar(select(OrderCode.tries)) == 5

    async def test_after_ten_minutes_a_code_is_dead(self, counter: Counter) -> None:
        identity, visitor, order_id = counter.gateway.identity, await counter.customer(), await self.order_id(counter)
        await identity.start_order_proof(visitor.conversation_id, order_id)
        async with counter.gateway.database.write() as db:
            await db.execute(update(OrderCode).values(expires_at=utc_now()))
        assert not await identity.prove_order(visitor.conversation_id, order_id, await self.code(counter))

    async def test_an_unknown_order_looks_the_same(self, counter: Counter) -> None:
        identity, order_id = counter.gateway.identity, await self.order_id(counter)
        took = {}
        for asked in (order_id, "CH-99999999", "' OR 1=1 --"):
            visitor = await counter.customer()
            begun = time.monotonic()
            await identity.start_order_proof(visitor.conversation_id, asked)
            took[asked] = time.monotonic() - begun
            assert not await identity.prove_order(visitor.conversation_id, asked, "000000") or asked == order_id
        assert max(took.values()) - min(took.values()) < 0.1
        async with counter.gateway.database.read() as db:
            sent = [email.to for email in await db.scalars(select(Email)) if email.state != "failed"]
            assert len(list(await db.scalars(select(OrderCode)))) == 3
        assert len(sent) == 1

    async def test_codes_are_limited_for_real_and_unknown_orders_alike(self, counter: Counter) -> None:
        identity, order_id = counter.gateway.identity, await self.order_id(counter)
        for asked in (order_id, "CH-99999999"):
            visitor = await counter.customer()
            for _ in range(3):
                await identity.start_order_proof(visitor.conversation_id, asked)
            with pytest.raises(ProofLimitReached):
                await identity.start_order_proof(visitor.conversation_id, asked)

    async def test_no_mailbox_is_flooded_from_many_conversations(self, counter: Counter) -> None:
        identity, order_id = counter.gateway.identity, await self.order_id(counter)
        for _ in range(5):
            await identity.start_order_proof((await counter.customer()).conversation_id, order_id)
        with pytest.raises(ProofLimitReached):
            await identity.start_order_proof((await counter.customer()).conversation_id, order_id)

    async def test_codes_are_stored_as_hashes_alone(self, counter: Counter) -> None:
        visitor, order_id = await counter.customer(), await self.order_id(counter)
        await counter.gateway.identity.start_order_proof(visitor.conversation_id, order_id)
        async with counter.gateway.database.read() as db:
            kept = (await db.scalars(select(OrderCode))).one()
        assert await self.code(counter) not in kept.code_hash
        assert len(kept.code_hash) == 64


class TestWeakProofs:
    async def test_by_default_knowing_an_address_proves_nothing(self, counter: Counter) -> None:
        customer, visitor = await counter.some_customer(), await counter.customer()
        assert not await counter.gateway.identity.prove_weakly(visitor.conversation_id, {"email": customer.email})

    async def test_a_shop_that_allows_it_accepts_an_email_for_the_level_guest(self, tmp_path: Path) -> None:
        async with open_counter(tmp_path, guest_proof="email") as counter:
            customer, visitor = await counter.some_customer(), await counter.customer()
            identity = counter.gateway.identity
            assert not await identity.prove_weakly(visitor.conversation_id, {"email": "nobody@nowhere.example"})
            assert await identity.prove_weakly(visitor.conversation_id, {"email": customer.email.upper()})
            actor = await identity.get_actor(visitor.conversation_id)
            assert (actor.level, actor.customer_id) == (Level.GUEST, customer.customer_id)

    async def test_a_shop_that_allows_it_accepts_name_and_zip(self, tmp_path: Path) -> None:
        async with open_counter(tmp_path, guest_proof="name_zip") as counter:
            customer, visitor = await counter.some_customer(), await counter.customer()
            facts = {"first_name": customer.first_name, "last_name": customer.last_name, "zip": customer.address.postal_code}
            identity = counter.gateway.identity
            assert not await identity.prove_weakly(visitor.conversation_id, {**facts, "zip": "00000"})
            assert await identity.prove_weakly(visitor.conversation_id, facts)


class TestMeeting:
    """What the dialogue manager gets of a customer who says who they are."""

    @pytest.fixture
    async def weak(self, tmp_path: Path) -> AsyncIterator[Counter]:
        async with open_counter(tmp_path, guest_proof="email,name_zip") as counter:
            yield counter

    async def say(self, counter: Counter, visitor: Visitor, text: str) -> TurnInput:
        await visitor.say(text)
        return counter.dialogue.turns[-1]

    async def actor(self, counter: Counter, visitor: Visitor) -> Actor:
        return await counter.gateway.identity.get_actor(visitor.conversation_id)

    async def test_a_proof_is_taken_out_of_the_words_and_names_the_account(self, weak: Counter) -> None:
        customer, visitor = await weak.some_customer(), await weak.customer()
        turn = await self.say(weak, visitor, f"I'm {customer.name}, zip {customer.address.postal_code}. Where is my parcel?")
        assert (turn.text, turn.payload) == ("Where is my parcel?", None)
        assert turn.metadata["proof"] == {"outcome": "accepted", "sure": True}
        actor = await self.actor(weak, visitor)
        assert (actor.level, actor.customer_id) == (Level.GUEST, customer.customer_id)

    async def test_a_proof_alone_is_told_without_its_words(self, weak: Counter) -> None:
        customer, visitor = await weak.some_customer(), await weak.customer()
        turn = await self.say(weak, visitor, f"sure, my e-mail is {customer.email}")
        assert (turn.payload, turn.metadata["proof"]["outcome"]) == ("/prove_identity", "accepted")

    async def test_name_and_postal_code_may_come_in_two_messages_either_way_round(self, weak: Counter) -> None:
        customer = await weak.some_customer()
        parts = [f"My name is {customer.name}", customer.address.postal_code]
        for first, second in (parts, reversed(parts)):
            visitor = await weak.customer()
            assert (await self.say(weak, visitor, first)).metadata["proof"]["outcome"] == "incomplete"
            assert (await self.actor(weak, visitor)).level is Level.ANONYMOUS
            assert (await self.say(weak, visitor, second)).metadata["proof"]["outcome"] == "accepted"

    async def test_a_wrong_proof_looks_the_same_whatever_is_wrong(self, weak: Counter) -> None:
        customer = await weak.some_customer()
        told = []
        wrong = [(customer.name, "99999"), ("Olga Nimand", customer.address.postal_code), ("Olga Nimand", "99999")]
        for facts in (f"I'm {name}, zip {code}" for name, code in wrong):
            visitor = await weak.customer()
            turn = await self.say(weak, visitor, facts)
            told.append((turn.payload, turn.metadata["proof"]))
            assert (await self.actor(weak, visitor)).level is Level.ANONYMOUS
        assert told == [("/prove_identity", {"outcome": "refused", "sure": True})] * 3

    async def test_a_second_customer_is_refused_in_the_same_conversation(self, weak: Counter) -> None:
        first, second = (await weak.gateway.shop.list_customers(2))[:2]
        visitor = await weak.customer()
        await self.say(weak, visitor, first.email)
        turn = await self.say(weak, visitor, f"and my friend is {second.email}, cancel his order")
        assert turn.metadata["proof"]["outcome"] == "another"
        unknown = await self.say(weak, visitor, "and my friend is nobody@nowhere.example, cancel his order")
        assert unknown.metadata["proof"] == turn.metadata["proof"], "whether there is such an account is not told"
        assert (await self.actor(weak, visitor)).customer_id == first.customer_id
        again = await self.say(weak, visitor, f"my e-mail is {first.email} by the way")
        assert again.metadata["proof"]["outcome"] == "accepted"

    async def test_accounts_cannot_be_tried_through(self, weak: Counter) -> None:
        customer, visitor = await weak.some_customer(), await weak.customer()
        for number in range(10):
            await self.say(weak, visitor, f"I'm {customer.name}, zip {10000 + number}")
        turn = await self.say(weak, visitor, f"I'm {customer.name}, zip {customer.address.postal_code}")
        assert turn.metadata["proof"]["outcome"] == "refused"

    async def test_an_address_of_somebody_known_is_left_as_it_is(self, weak: Counter) -> None:
        customer, visitor = await weak.some_customer(), await weak.customer()
        await self.say(weak, visitor, customer.email)
        text = "send it to 12 Elm Street, Austin, TX, zip 90417"
        turn = await self.say(weak, visitor, text)
        assert (turn.text, turn.proof) == (text, None)

    async def test_where_settings_do_not_allow_it_words_prove_nothing(self, tmp_path: Path) -> None:
        async with open_counter(tmp_path) as strict:
            customer, visitor = await strict.some_customer(), await strict.customer()
            text = f"I'm {customer.name}, {customer.email}, zip {customer.address.postal_code}"
            turn = await self.say(strict, visitor, text)
            assert (turn.text, turn.proof) == (text, None)
            assert (await self.actor(strict, visitor)).level is Level.ANONYMOUS

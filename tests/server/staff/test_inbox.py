"""What staff see: lines, counts, pages, the whole conversation, and of the customer only what is proved."""

import asyncio
import json

import pytest

from server.conversations import repository
from server.staff import feed
from server.storage.models import StoredAnswer
from server.storage.types import Author
from shop.errors import BackendUnavailable
from tests.fakes.counter import Counter, Visitor


async def test_the_inbox_sorts_conversations_by_where_they_stand(either: Counter):
    mara, tom = await either.agent("Mara Lind"), await either.agent("Tom Berg")
    with_bot, waiting, with_mara, settled = [await either.customer() for _ in range(4)]
    for visitor in (waiting, with_mara, settled):
        await visitor.ask_for_person()
    await with_bot.say("hello")
    await mara.post(f"/conversations/{with_mara.conversation_id}/claim")
    await mara.post(f"/conversations/{settled.conversation_id}/claim")
    await mara.post(f"/conversations/{settled.conversation_id}/resolve")

    async def ids(state: str) -> set[str]:
        return {line["conversation_id"] for line in (await mara.get("/conversations", state=state)).json()["items"]}

    assert await ids("queued") == {waiting.conversation_id}
    assert await ids("mine") == await ids("agent") == {with_mara.conversation_id}
    assert await ids("bot") == {with_bot.conversation_id}
    assert await ids("open") == {with_bot.conversation_id, waiting.conversation_id, with_mara.conversation_id}
    assert await ids("resolved") == {settled.conversation_id}
    assert len(await ids("all")) == 4
    assert (await tom.get("/conversations", state="mine")).json()["counts"] == {"queued": 1, "mine": 0, "open": 3}
    assert (await mara.get("/conversations", state="nonsense")).status_code == 422


@pytest.mark.parametrize("state", ["queued", "open"])
async def test_pages_hold_every_conversation_once(either: Counter, state: str):
    mara = await either.agent()
    visitors = [await either.customer() for _ in range(7)]
    for visitor in visitors:
        await visitor.ask_for_person()
    seen: list[str] = []
    cursor = None
    while True:
        page = (await mara.get("/conversations", state=state, limit=3, **({"cursor": cursor} if cursor else {}))).json()
        seen += [line["conversation_id"] for line in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    expected = [visitor.conversation_id for visitor in visitors]
    assert seen == (expected if state == "queued" else expected[::-1])


async def test_who_waits_longest_stays_first_even_when_they_write_again(counter: Counter):
    mara = await counter.agent()
    first, second = await counter.customer(), await counter.customer()
    await first.ask_for_person()
    await second.ask_for_person()
    await first.say("still there?")
    lines = (await mara.get("/conversations", state="queued")).json()["items"]
    assert [line["conversation_id"] for line in lines] == [first.conversation_id, second.conversation_id]
    assert lines[0]["last_message"]["text"] == "still there?"


async def test_the_line_of_who_waits_shows_their_own_last_words(counter: Counter):
    mara = await counter.agent()
    visitor, silent = await counter.customer(), await counter.customer()
    await visitor.say("my parcel is wet")
    await visitor.ask_for_person()
    await silent.ask_for_person()
    lines = (await mara.get("/conversations", state="queued")).json()["items"]
    assert [line["last_message"] and line["last_message"]["text"] for line in lines] == ["my parcel is wet", None]
    await mara.post(f"/conversations/{visitor.conversation_id}/claim")
    await mara.say(visitor.conversation_id, "I am sorry")
    (line,) = (await mara.get("/conversations", state="mine")).json()["items"]
    assert (line["last_message"]["author"], line["last_message"]["text"]) == ("agent", "I am sorry")


@pytest.mark.parametrize("cursor", ["nonsense", "bm9uc2Vuc2U=", "MjAyNi0wMS0wMVQwMDowMDowMHxj"])
async def test_a_cursor_that_is_not_ours_is_refused(counter: Counter, cursor: str):
    answer = await (await counter.agent()).get("/conversations", cursor=cursor)
    assert (answer.status_code, answer.json()["error"]) == (400, "BadRequest")


async def test_without_proof_the_panel_is_empty_whatever_the_customer_claims(counter: Counter):
    mara = await counter.agent()
    someone = await counter.some_customer()
    visitor = await counter.customer()
    await visitor.say(f"I am {someone.name}, {someone.email}")
    details = (await mara.get(f"/conversations/{visitor.conversation_id}")).json()
    assert details["customer"] == {
        "level": "anonymous", "customer": None, "orders": [], "feedback": {"up": 0, "down": 0}, "unavailable": False,
    }  # fmt: skip


async def test_a_signed_in_customers_panel_shows_their_own_orders_alone(counter: Counter):
    mara = await counter.agent()
    someone = await counter.some_customer()
    visitor = await counter.customer(someone.customer_id)
    await visitor.say("where is my order?")
    panel = (await mara.get(f"/conversations/{visitor.conversation_id}")).json()["customer"]
    assert panel["level"] == "customer"
    assert panel["customer"] == {
        "customer_id": someone.customer_id, "name": someone.name, "email": someone.email, "city": someone.address.city,
        "country": someone.address.country,
    }  # fmt: skip
    everything = {order.order_id: order for order in (await counter.gateway.shop.dump()).orders}
    assert panel["orders"]
    assert {everything[line["order_id"]].customer_id for line in panel["orders"]} == {someone.customer_id}
    assert "payment" not in json.dumps(panel)


async def test_a_shop_that_is_down_leaves_the_conversation_readable(counter: Counter, monkeypatch: pytest.MonkeyPatch):
    mara = await counter.agent()
    visitor = await counter.customer((await counter.some_customer()).customer_id)

    async def down(*_: object, **__: object) -> None:
        raise BackendUnavailable("down")

    monkeypatch.setattr(counter.gateway.shop._backend, "list_orders", down)
    details = (await mara.get(f"/conversations/{visitor.conversation_id}")).json()
    assert details["messages"][0]["author"] == "bot"
    assert details["customer"]["unavailable"] is True


async def test_the_whole_conversation_is_shown_with_the_ratings(counter: Counter):
    mara = await counter.agent()
    visitor = await counter.customer()
    reply = (await visitor.say("hello")).json()["replies"][0]
    path = f"/api/v1/conversations/{visitor.conversation_id}/messages/{reply['id']}/feedback"
    await visitor.browser.post(path, json={"rating": "down"}, headers=visitor.headers)
    details = (await mara.get(f"/conversations/{visitor.conversation_id}")).json()
    assert [message["author"] for message in details["messages"]] == ["bot", "customer", "bot"]
    assert details["customer"]["feedback"] == {"up": 0, "down": 1}


async def test_staff_see_which_ledger_an_answer_has_and_customers_do_not(counter: Counter):
    mara, visitor, heard = await counter.agent(), await counter.customer(), []
    listening = asyncio.create_task(hear(counter, heard, stop_at="message"))
    await asyncio.sleep(0.1)
    async with counter.gateway.database.write() as db:
        conversation = await repository.get_conversation(db, visitor.conversation_id, lock=True)
        await repository.append_message(db, conversation, Author.BOT, repository.NewMessage(text="Returns are free.", answer_id="ans_7"))
    await listening
    assert heard[-1]["message"]["answer_id"] == "ans_7"
    details = (await mara.get(f"/conversations/{visitor.conversation_id}")).json()
    assert [message["answer_id"] for message in details["messages"]] == [None, "ans_7"]
    shown = await visitor.browser.get(f"/api/v1/conversations/{visitor.conversation_id}/messages", headers=visitor.headers)
    assert "answer_id" not in shown.json()["messages"][-1]


async def test_an_answers_ledger_says_what_each_sentence_rests_on(counter: Counter):
    mara = await counter.agent()
    ledger = [{"sentence": "Returns are free.", "evidence": ["passage-1"], "method": "quoted", "score": 1.0}]
    async with counter.gateway.database.write() as db:
        db.add(StoredAnswer(answer_id="ans_1", question="returns?", text="Returns are free.", generator="extractive", ledger=ledger))
    assert (await mara.get("/answers/ans_1")).json()["ledger"] == ledger
    missing = await mara.get("/answers/ans_2")
    assert (missing.status_code, missing.json()["error"]) == (404, "AnswerNotFound")


async def hear(counter: Counter, heard: list[dict], *, stop_at: str, heartbeat_s: float = 5.0, session=None) -> None:
    async def check() -> None:
        if session is not None:
            await session()

    async for event in feed.stream(counter.gateway.bus, counter.gateway.database, check, heartbeat_s):
        if event.startswith("data: "):
            heard.append(json.loads(event.removeprefix("data: ")))
            if heard[-1]["type"] == stop_at:
                return


async def listening(counter: Counter, heard: list[dict], **options) -> asyncio.Task[None]:
    task = asyncio.create_task(hear(counter, heard, **options))
    await asyncio.sleep(0.05)
    return task


async def test_consoles_hear_messages_owners_and_the_lines_they_change(counter: Counter):
    visitor: Visitor = await counter.customer()
    heard: list[dict] = []
    task = await listening(counter, heard, stop_at="mode")
    await visitor.say("hello")
    await visitor.ask_for_person()
    await asyncio.wait_for(task, 5)
    kinds = [event["type"] for event in heard]
    assert kinds.count("message") >= 2
    assert "inbox" in kinds
    first = next(event for event in heard if event["type"] == "message")
    assert first["conversation_id"] == visitor.conversation_id
    assert (first["message"]["text"], first["seq"]) == ("hello", 2)
    line = next(event["conversation"] for event in heard if event["type"] == "inbox")
    assert line["last_message"]["text"] in {"hello", "You said: hello"}
    assert heard[-1] | {"seq": 0} == {"type": "mode", "mode": "queued", "seq": 0, "conversation_id": visitor.conversation_id}


async def test_a_stream_ends_when_its_session_does(counter: Counter):
    from server.staff.access import SESSION_COOKIE
    from server.staff.accounts import disable_account

    mara = await counter.agent()
    token = mara.browser.cookies[SESSION_COOKIE]
    heard: list[dict] = []

    async def session() -> None:
        await counter.gateway.console.staff.find_session(token, active=False)

    task = await listening(counter, heard, stop_at="signed_out", heartbeat_s=0.1, session=session)
    await asyncio.sleep(0.3)
    assert not task.done()
    await disable_account(counter.gateway.database, mara.email)
    for _ in range(20):  # a busy stream is checked like a quiet one
        counter.gateway.bus.publish_now("staff", {"type": "typing"})
        await asyncio.sleep(0.02)
    await asyncio.wait_for(task, 5)
    assert heard[-1] == {"type": "signed_out"}


async def test_a_console_that_falls_behind_is_told_to_reload(counter: Counter):
    heard: list[dict] = []
    task = await listening(counter, heard, stop_at="reload")
    for _ in range(600):
        counter.gateway.bus.publish_now("staff", {"type": "typing"})
    await asyncio.wait_for(task, 5)
    assert heard[-1] == {"type": "reload"}

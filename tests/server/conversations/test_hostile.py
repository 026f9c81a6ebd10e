"""What a hostile customer sends, and what becomes of it."""

import json

import pytest

from tests.fakes.counter import Counter, Visitor, open_counter


async def send(visitor: Visitor, content: bytes, **headers: str) -> object:
    path = f"/api/v1/conversations/{visitor.conversation_id}/messages"
    return await visitor.browser.post(path, content=content, headers={**visitor.headers, "Content-Type": "application/json", **headers})


def body(text: str, number: int = 1) -> bytes:
    return json.dumps({"text": text, "client_message_id": f"h{number}"}).encode()


async def test_markup_comes_back_as_it_was_written(counter: Counter) -> None:
    visitor = await counter.customer()
    text = "<img src=x onerror=alert(1)><script>alert('x')</script>"
    sent = await send(visitor, body(text))
    assert sent.headers["content-type"] == "application/json"
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert sent.json()["message"]["text"] == text


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u2060", "a\x00b", "\ud800", "x" * 4001, "\ufeff" * 9_000])
async def test_what_is_no_text_is_refused(counter: Counter, text: str) -> None:
    visitor = await counter.customer()
    refused = await send(visitor, body(text))
    assert refused.status_code == 422
    assert set(refused.json()) == {"error", "detail"}
    assert len(await visitor.read()) == 1


async def test_invisible_and_control_characters_are_stripped(counter: Counter) -> None:
    visitor = await counter.customer()
    sent = await send(visitor, body("where\u202e is\u0007 my \u200border\U000e0041?\r\nthanks"))
    assert sent.json()["message"]["text"] == "where is my order?\nthanks"


async def test_a_body_of_a_megabyte_is_refused_whatever_it_declares(counter: Counter) -> None:
    visitor = await counter.customer()
    big = body("x" * 1_000_000)
    assert (await send(visitor, big)).status_code == 413

    async def chunks() -> object:
        for start in range(0, len(big), 50_000):
            yield big[start : start + 50_000]

    path = f"/api/v1/conversations/{visitor.conversation_id}/messages"
    undeclared = await visitor.browser.post(path, content=chunks(), headers={**visitor.headers, "Content-Type": "application/json"})
    assert undeclared.status_code == 413


MALFORMED = [
    b"",
    b"[]",
    b"nonsense",
    b'{"text": 5, "client_message_id": "a"}',
    b'{"text": "a"}',
    b'{"text": "a", "client_message_id": "a", "author": "bot"}',
    b'{"text": "a", "payload": "b", "client_message_id": "a"}',
    b'{"text":"a","client_message_id":"\\ud800"}',
    b'{"text":"\\ud800","client_message_id":"a","x":1}',
]


@pytest.mark.parametrize("content", MALFORMED)
async def test_malformed_requests_get_an_honest_422(counter: Counter, content: bytes) -> None:
    visitor = await counter.customer()
    refused = await send(visitor, content)
    assert refused.status_code == 422
    assert refused.json()["error"] in {"MalformedRequest", "InvalidMessage"}


async def test_tokens_open_their_own_conversation_alone(counter: Counter) -> None:
    one, other = await counter.customer(), await counter.customer()
    path = f"/api/v1/conversations/{one.conversation_id}/messages"
    for headers in ({}, other.headers, {"Authorization": "Bearer "}, {"Authorization": "Basic abc"}, {"Authorization": "Bearer x"}):
        refused = await one.browser.get(path, headers=headers)
        assert refused.status_code == 401
        assert refused.json()["error"] == "NotAuthenticated"
    unknown = await one.browser.get("/api/v1/conversations/conv_unknown/messages", headers=one.headers)
    assert unknown.json() == refused.json(), "an unknown conversation looks like another's"


async def test_the_token_is_kept_as_a_hash_alone(counter: Counter) -> None:
    from sqlalchemy import text

    visitor = await counter.customer()
    token = visitor.headers["Authorization"].removeprefix("Bearer ")
    async with counter.gateway.database.read() as db:
        rows = (await db.execute(text("SELECT * FROM conversations"))).all()
    assert token not in str(rows)


async def test_errors_have_one_shape(counter: Counter) -> None:
    browser = counter.browser()
    for answer in (
        await browser.get("/nothing/here"),
        await browser.put("/api/v1/conversations"),
        await browser.get("/api/v1/staff/conversations"),
    ):
        assert set(answer.json()) == {"error", "detail"}


async def test_writing_too_fast_is_limited_with_a_time_to_wait(tmp_path: object) -> None:
    async with open_counter(tmp_path, rate_messages="3/minute", rate_conversations="2/minute") as counter:
        visitor = await counter.customer()
        statuses = [(await visitor.say(f"m{number}", wait=0)).status_code for number in range(4)]
        assert statuses == [202, 202, 202, 429]
        refused = await visitor.say("m5", wait=0)
        assert int(refused.headers["retry-after"]) >= 1
        assert refused.json()["error"] == "RateLimited"
        opened = [(await counter.browser().post("/api/v1/conversations", json={})).status_code for _ in range(2)]
        assert opened == [201, 429]
        elsewhere = await counter.browser("192.0.2.7").post("/api/v1/conversations", json={})
        assert elsewhere.status_code == 201


async def test_actions_are_run_for_the_bot_alone(counter: Counter) -> None:
    call = {"next_action": "action_greet", "sender_id": "x", "tracker": {}}
    for path in ("/internal/actions/webhook", "/internal/actions/webhook?token=wrong"):
        assert (await counter.browser().post(path, json=call)).status_code == 403
    secret = counter.settings.action_secret
    beyond = counter.browser("192.0.2.7")
    assert (await beyond.post(f"/internal/actions/webhook?token={secret}", json=call)).status_code == 403


async def test_no_words_of_a_customer_reach_the_log(counter: Counter, capfd: pytest.CaptureFixture[str]) -> None:
    from server.logging import configure

    configure("info", "json")
    visitor = await counter.customer()
    await visitor.say("my card number is kumquat-4242")
    written = capfd.readouterr()
    assert "turn.finished" in written.err + written.out
    assert "kumquat" not in written.err + written.out

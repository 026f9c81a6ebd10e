"""Who gets in, who does not, and for how long."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from server.errors import BadRequest
from server.staff.access import SESSION_COOKIE
from server.staff.accounts import disable_account, ensure_first_account, rename_account, reset_password
from server.storage.models import AuditEntry, StaffSession
from server.storage.types import utc_now
from tests.fakes.counter import PASSWORD, Agent, Counter, open_counter

WRITES = [
    ("POST", "/password"), ("DELETE", "/session"), ("POST", "/conversations/c/claim"), ("POST", "/conversations/c/messages"),
    ("POST", "/conversations/c/release"), ("POST", "/conversations/c/resolve"), ("POST", "/conversations/c/block"),
    ("POST", "/conversations/c/unblock"), ("POST", "/knowledge/documents?name=a.md"), ("POST", "/knowledge/documents/a/publish"),
    ("POST", "/knowledge/documents/a/withhold"), ("DELETE", "/knowledge/documents/a"),
]  # fmt: skip
READS = ["/session", "/conversations", "/conversations/c", "/answers/a", "/events"]
READS += ["/knowledge/documents", "/knowledge/documents/a", "/knowledge/search?q=a"]
BODIES = {
    "/password": {"current_password": "x", "new_password": "y"},
    "/conversations/c/messages": {"text": "x", "client_message_id": "1"},
    "/conversations/c/block": {"reason": "x"},
}


async def test_a_name_can_be_changed_and_is_what_colleagues_and_customers_see(counter: Counter):
    mara = await counter.agent("Mara Lind")
    visitor = await counter.customer()
    await visitor.ask_for_person()
    assert await rename_account(counter.gateway.database, " Mara.Lind@harbour.example ", " Mara ") == "mara.lind@harbour.example"
    claimed = (await mara.post(f"/conversations/{visitor.conversation_id}/claim")).json()["conversation"]
    assert claimed["assigned_to"]["name"] == "Mara"
    for email, name in (("nobody@harbour.example", "Mara"), ("mara.lind@harbour.example", " ")):
        with pytest.raises(BadRequest):
            await rename_account(counter.gateway.database, email, name)


async def test_the_first_run_makes_one_account_with_a_password_that_works_once(counter: Counter):
    first = await ensure_first_account(counter.gateway.database)
    assert first is not None
    assert await ensure_first_account(counter.gateway.database) is None
    owner = Agent(counter.browser(), first.email)
    answer = await owner.sign_in(first.password)
    assert answer.json()["staff"] | {"staff_id": ""} == {
        "staff_id": "", "name": "Our team", "email": "owner@counterhand.local", "role": "admin", "must_change_password": True,
    }  # fmt: skip
    refused = await owner.get("/conversations")
    assert (refused.status_code, refused.json()["error"]) == (403, "NotPermitted")
    weak = await owner.post("/password", {"current_password": first.password, "new_password": "Password12345"})
    assert (weak.status_code, weak.json()["error"]) == (400, "BadRequest")
    assert (await owner.post("/password", {"current_password": first.password, "new_password": PASSWORD})).status_code == 204
    assert (await owner.get("/conversations")).status_code == 200
    assert (await Agent(counter.browser(), first.email).sign_in(first.password)).status_code == 401


@pytest.mark.parametrize("path", READS)
async def test_nothing_is_read_without_signing_in(counter: Counter, path: str):
    answer = await Agent(counter.browser(), "").get(path)
    assert (answer.status_code, answer.json()["error"]) == (401, "NotAuthenticated")


@pytest.mark.parametrize(("method", "path"), WRITES)
async def test_no_write_passes_without_the_sessions_own_csrf_token(counter: Counter, method: str, path: str):
    mara, tom = await counter.agent("Mara Lind"), await counter.agent("Tom Berg")
    for headers in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": "wrong"}, {"X-CSRF-Token": tom.csrf}):
        answer = await mara.browser.request(method, f"/api/v1/staff{path}", json=BODIES.get(path), headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (403, "NotPermitted"), headers
    assert (await mara.get("/session")).status_code == 200


async def test_a_sign_in_sent_from_another_site_is_refused(counter: Counter):
    one_time = await counter.add_staff("mara@harbour.example", "Mara")
    body = {"email": "mara@harbour.example", "password": one_time}
    for site in ("cross-site", "same-site"):
        answer = await counter.browser().post("/api/v1/staff/session", json=body, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403
    answer = await counter.browser().post("/api/v1/staff/session", json=body, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 200


async def test_the_cookie_is_out_of_reach_and_only_its_hash_is_kept(counter: Counter):
    mara = await counter.agent()
    cookies = (await mara.sign_in()).headers.get_list("set-cookie")
    session = next(cookie for cookie in cookies if cookie.startswith(f"{SESSION_COOKIE}="))
    assert all(flag in session.lower() for flag in ("httponly", "samesite=strict", "path=/api/v1/staff", "max-age=43200"))
    assert "secure" not in session.lower()
    token = session.split("=", 1)[1].split(";")[0]
    assert len(token) >= 43
    async with counter.gateway.database.read() as db:
        kept = list(await db.scalars(select(StaffSession.token_hash)))
    assert token not in kept


async def test_behind_https_the_cookie_travels_over_https_alone(tmp_path):
    async with open_counter(tmp_path, public_url="https://help.harbour.example") as counter:
        one_time = await counter.add_staff("mara@harbour.example", "Mara")
        answer = await Agent(counter.browser(), "mara@harbour.example").sign_in(one_time)
        assert all("; secure" in cookie.lower() for cookie in answer.headers.get_list("set-cookie"))


async def test_signing_in_again_ends_the_session_that_the_browser_carried(counter: Counter):
    mara = await counter.agent()
    before = mara.browser.cookies[SESSION_COOKIE]
    await mara.sign_in()
    assert mara.browser.cookies[SESSION_COOKIE] != before
    stale = await counter.browser().get("/api/v1/staff/session", headers={"Cookie": f"{SESSION_COOKIE}={before}"})
    assert stale.status_code == 401


async def test_a_new_password_ends_every_other_session(counter: Counter):
    mara = await counter.agent()
    elsewhere = Agent(counter.browser(), mara.email)
    await elsewhere.sign_in()
    changed = await mara.post("/password", {"current_password": PASSWORD, "new_password": "eight geese cross the quay"})
    assert changed.status_code == 204
    assert (await elsewhere.get("/session")).status_code == 401
    assert (await mara.get("/session")).status_code == 200


async def test_a_disabled_account_is_out_at_once_and_stays_out(counter: Counter):
    mara = await counter.agent()
    await disable_account(counter.gateway.database, mara.email)
    assert (await mara.get("/conversations")).status_code == 401
    assert (await mara.sign_in()).status_code == 401


async def test_a_reset_gives_a_new_one_time_password(counter: Counter):
    from tests.fakes.counter import HASHING

    mara = await counter.agent()
    fresh = await reset_password(counter.gateway.database, HASHING, mara.email)
    assert (await mara.get("/session")).status_code == 401
    assert (await mara.sign_in()).status_code == 401
    assert (await mara.sign_in(fresh.password)).json()["staff"]["must_change_password"] is True


async def test_an_idle_session_ends_and_a_stream_alone_does_not_keep_it(counter: Counter):
    mara = await counter.agent()
    token = mara.browser.cookies[SESSION_COOKIE]
    await shift(counter, minutes=20)
    await counter.gateway.console.staff.find_session(token, active=False)
    assert (await expiry(counter)) < utc_now() + timedelta(minutes=11)
    assert (await mara.get("/session")).status_code == 200
    assert (await expiry(counter)) > utc_now() + timedelta(minutes=29)
    await shift(counter, minutes=31)
    assert (await mara.get("/session")).status_code == 401


async def test_no_session_outlives_twelve_hours(counter: Counter):
    mara = await counter.agent()
    for _ in range(35):
        await shift(counter, minutes=20)
        assert (await mara.get("/session")).status_code == 200
    await shift(counter, minutes=25)
    assert (await mara.get("/session")).status_code == 401


async def shift(counter: Counter, minutes: int) -> None:
    """Let time pass for every session."""
    async with counter.gateway.database.write() as db:
        for session in await db.scalars(select(StaffSession)):
            for name in ("created_at", "last_seen_at", "expires_at"):
                setattr(session, name, getattr(session, name) - timedelta(minutes=minutes))


async def expiry(counter: Counter):
    async with counter.gateway.database.read() as db:
        return await db.scalar(select(StaffSession.expires_at))


async def test_guessing_is_slowed_per_address(counter: Counter):
    await counter.agent()
    stranger = counter.browser("203.0.113.7")
    codes = []
    for n in range(12):
        answer = await stranger.post("/api/v1/staff/session", json={"email": f"guess{n}@harbour.example", "password": "wrong wrong wrong"})
        codes.append(answer.status_code)
    assert codes == [401] * 10 + [429] * 2
    assert int(answer.headers["retry-after"]) > 0


async def test_strangers_cannot_lock_out_somebody_who_signed_in_before(counter: Counter):
    mara = await counter.agent()
    for n in range(12):
        await counter.browser(f"203.0.113.{n}").post("/api/v1/staff/session", json={"email": mara.email, "password": "wrong wrong wrong"})
    assert (await Agent(counter.browser("203.0.113.99"), mara.email).sign_in("another guess")).status_code == 429
    assert (await mara.sign_in()).status_code == 200


async def test_a_forged_device_mark_is_worth_nothing(counter: Counter):
    mara, tom = await counter.agent("Mara Lind"), await counter.agent("Tom Berg")
    device = tom.browser.cookies["counterhand_staff_device"]
    body = {"email": mara.email, "password": "wrong wrong wrong"}
    codes = []
    for n in range(12):
        headers = {"Cookie": f"counterhand_staff_device={device if n % 2 else 'a.b'}"}
        codes.append((await counter.browser(f"203.0.113.{n}").post("/api/v1/staff/session", json=body, headers=headers)).status_code)
    assert codes == [401] * 10 + [429] * 2


async def test_a_flood_of_sign_ins_does_not_starve_the_chat(counter: Counter):
    customer = await counter.customer()
    await customer.say("warm up")
    flood = [
        counter.browser(f"198.51.100.{n}").post("/api/v1/staff/session", json={"email": f"e{n}@x.example", "password": "p" * 20})
        for n in range(40)
    ]
    running = asyncio.gather(*flood)
    answer = await asyncio.wait_for(customer.say("am I served?"), 10)
    assert answer.json()["replies"][0]["text"] == "You said: am I served?"
    assert {a.status_code for a in await running} == {401}


async def test_what_staff_do_is_written_down_without_customers_words(counter: Counter):
    mara = await counter.agent()
    customer = await counter.customer()
    await customer.say("my secret is 4711")
    await mara.post(f"/conversations/{customer.conversation_id}/claim")
    await mara.say(customer.conversation_id, "the secret answer")
    await mara.post(f"/conversations/{customer.conversation_id}/block", {"reason": "4711"})
    async with counter.gateway.database.read() as db:
        entries = list(await db.scalars(select(AuditEntry)))
    assert {"staff.added", "staff.signed_in", "staff.password_changed", "conversation.claimed", "customer.blocked"} <= {
        e.action for e in entries
    }
    assert not any("4711" in str(e.detail) or "secret" in str(e.detail) for e in entries)


@pytest.mark.parametrize("headers", [{"Cookie": f"{SESSION_COOKIE}="}, {"Cookie": f"{SESSION_COOKIE}=\x80"}, {"Cookie": SESSION_COOKIE}])
async def test_odd_cookies_are_no_session(counter: Counter, headers: dict[str, str]):
    answer = await counter.browser().get("/api/v1/staff/session", headers={k: v.encode("latin-1") for k, v in headers.items()})
    assert answer.status_code == 401


async def test_an_expired_session_is_not_revived(counter: Counter):
    mara = await counter.agent()
    async with counter.gateway.database.write() as db:
        await db.execute(update(StaffSession).values(expires_at=utc_now() - timedelta(seconds=1)))
    assert (await mara.get("/session")).status_code == 401
    assert (await mara.get("/session")).status_code == 401

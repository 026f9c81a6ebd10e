"""The widget alone: what it keeps, what it survives, and what it never does to its host page."""

import re
import sqlite3
import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Shopper, Visit
from tests.browser.windows import Chat, Shop
from tests.stack import Stack

HOSTILE = '<img src=x onerror="window.hacked = 1"><b>bold</b> <script>window.hacked = 1</script>'


def logged(stack: Stack, chat: Chat) -> list[str]:
    """What the server has in this conversation's log."""
    kept = chat.conversation
    headers = {"Authorization": f"Bearer {kept['token']}"}
    url = f"{stack.url}/api/v1/conversations/{kept['conversation_id']}/messages?limit=500"
    page = httpx.get(url, headers=headers, trust_env=False).json()
    return [" ".join(message["text"].split()) for message in page["messages"]]


def check_same(stack: Stack, chat: Chat) -> None:
    """What is shown becomes exactly what is logged, once the answers are there."""
    until = time.monotonic() + 20
    while shown(chat) != logged(stack, chat) and time.monotonic() < until:
        chat.page.wait_for_timeout(200)
    assert shown(chat) == logged(stack, chat)


def shown(chat: Chat) -> list[str]:
    return [" ".join(text.split()) for text in chat.said()]


def test_history_is_there_after_a_reload(visit: Visit, stack: Stack) -> None:
    chat = Chat(visit("/")).open()
    chat.ask("Hello there")
    before = shown(chat)
    chat.page.reload()
    expect(chat.log.locator(".bubble").nth(len(before) - 1)).to_be_visible()
    assert shown(chat) == before == logged(stack, chat)


def test_a_server_that_dies_loses_and_doubles_nothing(visit: Visit, stack: Stack) -> None:
    chat = Chat(visit("/")).open()
    chat.ask("Hello there")
    stack.kill_server()
    chat.say("What are your opening hours?")
    chat.say("And do you ship to Austria?")
    expect(chat.banner).to_contain_text(re.compile("Reconnecting|cannot be reached"))
    stack.start_server()
    expect(chat.log.locator(".pending")).to_have_count(0, timeout=40_000)
    expect(chat.answers.last).to_be_visible()
    expect(chat.banner).to_have_count(0, timeout=40_000)
    expect(chat.host.locator(".typing")).to_have_count(0, timeout=40_000)
    check_same(stack, chat)
    assert shown(chat).count("What are your opening hours?") == 1
    assert shown(chat).count("And do you ship to Austria?") == 1


def test_without_websockets_it_listens_to_server_sent_events(visit: Visit, stack: Stack) -> None:
    listened = []

    def block(context: BrowserContext) -> None:
        context.route_web_socket(re.compile("/socket"), lambda socket: socket.close())
        context.on("request", lambda request: listened.append(request.url) if "/events" in request.url else None)

    chat = Chat(visit("/", before=block)).open()
    expect(chat.ask("Hello there")).to_be_visible()
    assert listened
    check_same(stack, chat)


def test_offline_is_told_and_what_was_written_is_sent_later(visit: Visit, stack: Stack) -> None:
    chat = Chat(visit("/")).open()
    chat.page.context.set_offline(True)
    chat.say("Do you have gift cards?")
    expect(chat.banner).to_contain_text("You are offline")
    expect(chat.log.locator(".pending")).to_contain_text("Do you have gift cards?")
    chat.page.context.set_offline(False)
    expect(chat.log.locator(".pending")).to_have_count(0, timeout=40_000)
    expect(chat.answers.nth(1)).to_be_visible(timeout=40_000)
    check_same(stack, chat)


def test_hostile_text_stays_text(visit: Visit) -> None:
    chat = Chat(visit("/")).open()
    chat.ask(HOSTILE)
    mine = chat.log.locator(".message.customer .bubble").first
    expect(mine).to_have_text(HOSTILE)
    assert chat.log.locator(".bubble :is(img, b, script)").count() == 0
    assert chat.page.evaluate("window.hacked") is None


def test_a_guest_who_signs_in_keeps_the_thread_and_who_signs_out_leaves_nothing(
    visit: Visit, stack: Stack, shoppers: Iterator[Shopper]
) -> None:
    shopper = next(shoppers)
    page = visit("/")
    shop, chat = Shop(page), Chat(page).open()
    chat.ask("Hello there")
    thread = chat.conversation["conversation_id"]
    with page.expect_response(re.compile("/identity$")):
        shop.sign_in(shopper.name)
    assert chat.conversation["conversation_id"] == thread
    assert "Hello there" in shown(chat)
    assert owner_of(stack, thread) == shopper.name
    shop.sign_out()
    expect(chat.log.locator(".bubble")).to_have_count(1)
    assert chat.conversation["conversation_id"] != thread


def test_what_was_typed_and_not_sent_goes_with_who_signs_out(visit: Visit, stack: Stack, shoppers: Iterator[Shopper]) -> None:
    page = visit("/")
    shop, chat = Shop(page), Chat(page)
    shop.sign_in(next(shoppers).name)
    chat.open()
    away = re.compile(r"/api/v1/conversations/[^/]+/messages$")
    page.route(away, lambda route: route.fulfill(status=503, json={"error": "Away"}))
    chat.say("My private words")
    expect(chat.log.locator(".pending")).to_contain_text("My private words")
    chat.field.fill("And a draft")
    old = chat.conversation["conversation_id"]
    shop.sign_out()
    expect(chat.log.locator(".bubble")).to_have_count(1)
    expect(chat.field).to_have_value("")
    assert chat.conversation["conversation_id"] != old
    page.unroute(away)
    chat.ask("Hello there")
    assert "My private words" not in shown(chat)
    check_same(stack, chat)
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.endsWith(':outbox'))") == []


def test_a_server_that_fails_for_good_is_told_and_the_message_can_be_sent_again(visit: Visit, stack: Stack) -> None:
    chat = Chat(visit("/")).open()
    failing = re.compile("/messages$")
    chat.page.route(failing, lambda route: route.fulfill(status=500, json={"error": "InternalError"}))
    chat.say("Hello there")
    expect(chat.log.locator(".pending.failed")).to_contain_text("Not sent.", timeout=30_000)
    chat.page.unroute(failing)
    chat.log.get_by_role("button", name="Try again").click()
    expect(chat.log.locator(".pending")).to_have_count(0)
    expect(chat.answers.nth(1)).to_be_visible(timeout=30_000)
    check_same(stack, chat)


def test_an_empty_chat_shows_ways_to_begin_and_one_way_to_a_person(visit: Visit) -> None:
    chat = Chat(visit("/", width=390, height=844)).open()
    assert chat.replies.all_inner_texts() == [
        "Where is my order?", "Return something", "Find a product", "Delivery and payment", "Talk to a person",
    ]  # fmt: skip
    expect(chat.host.get_by_role("button", name="Talk to a person")).to_have_count(1)
    expect(chat.press("Delivery and payment")).to_be_visible()
    expect(chat.log.locator(".message.customer .bubble")).to_have_text("Delivery and payment")
    expect(chat.host.get_by_role("button", name="Where is my order?")).to_have_count(0)
    expect(chat.host.get_by_role("button", name="Talk to a person")).to_have_count(1)


def test_who_waits_for_a_person_can_go_back_to_the_assistant(visit: Visit) -> None:
    chat = Chat(visit("/")).open()
    chat.host.get_by_role("button", name="Talk to a person").click()
    expect(chat.banner).to_contain_text("Waiting for a person")
    chat.say("Is anybody there?")
    expect(chat.log.locator(".message.customer:not(.pending)")).to_have_count(1)
    chat.host.locator(".replies").get_by_role("button", name="Keep talking to the assistant").click()
    expect(chat.banner).to_have_count(0)
    expect(chat.ask("Hello there")).to_be_visible()


def test_cards_tell_how_many_they_are_and_the_keyboard_reaches_them_all(visit: Visit) -> None:
    chat = Chat(visit("/", width=390, height=844)).open()
    row = chat.ask("Can you recommend a backpack?").locator("counterhand-cards")
    count = row.locator("a.card").count()
    expect(row).to_contain_text(f"{count} results")
    further = row.get_by_role("button", name="Further products")
    further.focus()
    for _ in range(count):
        chat.page.keyboard.press("Enter")
    expect(further).to_have_attribute("aria-disabled", "true")
    expect(row.locator("a.card").last).to_be_in_viewport(ratio=0.9)
    expect(row.get_by_role("button", name="Earlier products")).to_have_attribute("aria-disabled", "false")


def test_a_chat_that_was_open_is_open_again_after_a_reload(visit: Visit) -> None:
    for width in (1280, 390):
        chat = Chat(visit("/", width=width)).open()
        chat.page.reload()
        expect(chat.host.get_by_role("dialog")).to_be_visible()
        chat.close()
        chat.page.reload()
        expect(chat.host.locator(".launcher")).to_be_visible()
        expect(chat.host.get_by_role("dialog")).to_have_count(0)


def owner_of(stack: Stack, conversation_id: str) -> str:
    with sqlite3.connect(stack.settings.data_dir / "counterhand.db") as db:
        (name,) = db.execute("SELECT customer_name FROM conversations WHERE conversation_id = ?", (conversation_id,)).fetchone()
    return str(name)


def test_a_new_conversation_is_asked_for_and_starts_clean(visit: Visit) -> None:
    chat = Chat(visit("/")).open()
    chat.ask("Hello there")
    old = chat.conversation["conversation_id"]
    chat.host.get_by_role("button", name="Chat options").click()
    chat.host.get_by_role("button", name="New conversation").click()
    chat.host.get_by_role("button", name="Start new").click()
    expect(chat.log.locator(".bubble")).to_have_count(1)
    assert chat.conversation["conversation_id"] != old


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit("/")
    chat = Chat(page)
    launcher = page.get_by_role("button", name=re.compile("^Chat with us"))
    launcher.focus()
    page.keyboard.press("Enter")
    expect(chat.field).to_be_focused()
    page.keyboard.type("Hello")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("there")
    page.keyboard.press("Enter")
    expect(chat.log.locator(".message.customer .bubble")).to_have_text("Hello\nthere")
    page.keyboard.press("Escape")
    expect(chat.host.get_by_role("dialog")).to_have_count(0)
    expect(launcher).to_be_focused()


def test_too_long_a_message_is_told_before_it_is_sent(visit: Visit) -> None:
    chat = Chat(visit("/")).open()
    chat.field.fill("x" * 4001)
    expect(chat.host.get_by_text("Please keep it under 4000 characters.")).to_be_visible()
    chat.field.press("Enter")
    expect(chat.log.locator(".message.customer")).to_have_count(0)


def test_an_answer_is_rated(visit: Visit) -> None:
    chat = Chat(visit("/")).open()
    answer = chat.ask("How long do I have to return something?")
    with chat.page.expect_response(re.compile("/feedback$")) as told:
        answer.get_by_role("button", name="Yes, helpful").click()
    assert told.value.status == 204
    expect(answer.get_by_text("Thank you for telling us.")).to_be_visible()


@pytest.mark.parametrize("answer", ["nothing", "an error"])
def test_a_host_page_goes_on_without_the_script(visit: Visit, answer: str) -> None:
    def break_script(context: BrowserContext) -> None:
        context.route("**/widget.js", lambda route: route.abort() if answer == "nothing" else route.fulfill(status=503, body=""))

    page = visit("/", before=break_script)
    page.locator("a.product").first.click()
    expect(page.locator(".buy h1")).to_be_visible()
    assert page.locator("counterhand-chat").count() == 0


def test_a_gateway_that_does_not_answer_is_told_and_the_host_page_goes_on(visit: Visit) -> None:
    page = visit("/", before=lambda context: context.route("**/api/v1/**", lambda route: route.abort()))
    page.get_by_role("button", name=re.compile("^Chat with us")).click()
    chat = Chat(page)
    expect(chat.banner).to_contain_text("cannot be reached")
    chat.say("Anybody there?")
    expect(chat.log.locator(".pending")).to_contain_text("Anybody there?")
    chat.close()
    page.locator("a.product").first.click()
    expect(page.locator(".buy h1")).to_be_visible()


def test_one_global_and_one_element_are_all_that_a_host_page_gets(visit: Visit) -> None:
    bare = "<!doctype html><html lang=en><title>Host</title><h1>Host</h1><script src=/widget.js data-widget-id=counterhand-widget></script>"
    page = visit("/host", before=lambda context: context.route("**/host", lambda route: route.fulfill(content_type="text/html", body=bare)))
    page.locator("counterhand-chat").wait_for(state="attached")
    frame = "() => { const bare = document.createElement('iframe'); document.body.append(bare); return Object.keys(bare.contentWindow); }"
    fresh = set(page.evaluate(frame))
    added = set(page.evaluate("Object.keys(window)")) - fresh - {"0"}
    assert {name for name in added if not name.startswith(("__playwright", "__pw"))} == {"Counterhand"}
    assert page.locator("body > counterhand-chat").count() == 1


def test_a_phone_shows_the_chat_on_the_whole_screen_and_nothing_runs_over(visit: Visit) -> None:
    page = visit("/", width=390, height=844)
    chat = Chat(page).open()
    box = chat.host.get_by_role("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    chat.ask("Can you recommend a backpack?")
    assert width_of(page) <= 390
    chat.close()
    for path in ("/", "/help", "/orders", "/help/returning-items"):
        page.goto(path)
        page.locator("h1").first.wait_for()
        assert width_of(page) <= 390, path


def width_of(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


LONG_SOURCES = [
    {"title": "Returning items that were personalised, opened or worn, and the gift wrapping that was paid for", "url": "/help/a"},
    {"title": "Donaudampfschifffahrtsgesellschaftskapitaenskajuetentuerschluesselloch", "url": "/help/b"},
]


@pytest.mark.parametrize("width", [390, 1280])
def test_long_sources_stay_within_the_panel_and_can_be_read_whole(visit: Visit, width: int) -> None:
    chat = Chat(visit("/", width=width)).open()
    answer = {"id": "m-long", "seq": 90, "author": "bot", "text": "So it is.", "citations": LONG_SOURCES}
    show = "(view, message) => view.session.apply({ type: 'message', message: { ...message, created_at: new Date().toJSON() } })"
    chat.host.evaluate(show, answer)
    panel = chat.host.locator(".scroll").bounding_box()
    chips = chat.log.locator(".sources a")
    expect(chips).to_have_count(2)
    for chip in chips.all():
        box = chip.bounding_box()
        assert panel is not None
        assert box is not None
        assert box["x"] + box["width"] <= panel["x"] + panel["width"]
        assert chip.evaluate("(one) => one.scrollWidth <= one.clientWidth")


def test_what_came_while_the_chat_was_closed_is_counted_until_it_is_opened_reloads_included(visit: Visit) -> None:
    chat = Chat(visit("/")).open()
    chat.close()
    chat.page.reload()
    expect(chat.page.get_by_role("button", name="Chat with us", exact=True)).to_be_visible()
    kept = chat.conversation
    headers = {"Authorization": f"Bearer {kept['token']}"}
    url = chat.page.url + f"api/v1/conversations/{kept['conversation_id']}/messages"
    httpx.post(url, json={"text": "hello", "client_message_id": "elsewhere"}, headers={**headers, "Prefer": "wait=20"}, trust_env=False)
    unread = chat.page.get_by_role("button", name=re.compile(r"^Chat with us, \d+ unread"))
    expect(unread).to_be_visible()
    before = unread.get_attribute("aria-label")
    chat.page.reload()
    expect(unread).to_have_attribute("aria-label", before or "")
    chat.open()
    chat.close()
    chat.page.reload()
    expect(chat.page.get_by_role("button", name="Chat with us", exact=True)).to_be_visible()

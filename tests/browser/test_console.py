"""The console alone: sessions, conflicts, and text from strangers."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.conftest import Visit
from tests.browser.test_widget import HOSTILE
from tests.browser.windows import PASSWORD, Chat, Console, Staff, find_barriers

MakeStaff = Callable[[str], Staff]


@pytest.fixture
def waiting(visit: Visit) -> Chat:
    """Give a customer who waits for a person."""
    chat = Chat(visit("/")).open()
    chat.ask(HOSTILE)
    chat.host.get_by_role("button", name="Talk to a person").first.click()
    expect(chat.banner).to_contain_text("Waiting for a person")
    return chat


def visitor(chat: Chat) -> str:
    return f"Visitor {chat.conversation['conversation_id'][-4:]}"


def test_hostile_text_stays_text_for_staff(visit: Visit, waiting: Chat, make_staff: MakeStaff) -> None:
    desk = Console(visit("/console/")).sign_in_first(make_staff("Bo Lund"))
    desk.pick(visitor(waiting))
    expect(desk.log.locator(".said.customer .bubble").first).to_have_text(HOSTILE)
    assert desk.page.evaluate("window.hacked") is None
    assert desk.page.locator(":is(.bubble, .preview, .summary) :is(img, b, script)").count() == 0


def test_whoever_is_second_is_told_who_was_first(visit: Visit, waiting: Chat, make_staff: MakeStaff) -> None:
    def deafen(context: BrowserContext) -> None:
        context.route("**/staff/events", lambda route: route.fulfill(content_type="text/event-stream", body=": nothing\n\n"))

    late = Console(visit("/console/", before=deafen)).sign_in_first(make_staff("Cleo Dahl"))
    late.pick(visitor(waiting))
    reading = re.compile(r"/api/v1/staff/conversations")
    claimed: list[str] = []

    def withhold(route: Route) -> None:
        if route.request.method == "GET" and not claimed:
            return route.abort()
        claimed.append(route.request.url)  # from here on, everything can be read again
        return route.continue_()

    late.page.route(reading, withhold)  # what happens now is not seen here
    first = Console(visit("/console/")).sign_in_first(make_staff("Dag Holm"))
    first.pick(visitor(waiting))
    first.do("Claim")
    expect(first.state).to_have_text("Yours")
    late.do("Claim")
    expect(late.page.get_by_text("Dag Holm already has this conversation.")).to_be_visible()
    expect(late.state).to_have_text("With Dag Holm")


def test_staff_see_what_each_sentence_of_an_answer_rests_on(visit: Visit, make_staff: MakeStaff) -> None:
    chat = Chat(visit("/")).open()
    answer = chat.ask("How long is a gift card valid?")
    expect(answer).to_contain_text("3 years")
    chat.host.get_by_role("button", name="Talk to a person").first.click()
    expect(chat.banner).to_contain_text("Waiting for a person")
    desk = Console(visit("/console/")).sign_in_first(make_staff("Jon Aas"))
    desk.pick(visitor(chat))
    desk.log.get_by_role("button", name="Why this answer").first.click()
    why = desk.log.get_by_role("region", name="Why this answer")
    expect(why).to_contain_text("How long is a gift card valid?")
    sentence = why.get_by_role("listitem").first
    expect(sentence).to_contain_text("A gift card is valid for 3 years from the day of purchase.")
    expect(sentence).to_contain_text("Audited by a person, score 1.00")
    expect(sentence.locator("blockquote")).to_contain_text("gift-cards#how-long-a-gift-card-is-valid")
    assert find_barriers(desk.page) == []


def test_a_session_that_ended_asks_to_sign_in_and_keeps_the_words(visit: Visit, waiting: Chat, make_staff: MakeStaff) -> None:
    staff = make_staff("Eva Strand")
    desk = Console(visit("/console/")).sign_in_first(staff)
    desk.pick(visitor(waiting))
    desk.do("Claim")
    desk.page.get_by_label("Your reply").fill("Half a sentence")
    desk.page.context.clear_cookies()
    desk.do("Resolve")
    expect(desk.page.get_by_text("Your session has ended.")).to_be_visible()
    desk.sign_in(staff, PASSWORD)
    expect(desk.page.get_by_label("Your reply")).to_have_value("Half a sentence")


def test_a_wrong_password_is_refused_in_plain_words(visit: Visit, make_staff: MakeStaff) -> None:
    desk = Console(visit("/console/"))
    desk.sign_in(make_staff("Finn Berg"), "not the password")
    expect(desk.page.get_by_role("alert")).to_have_text("E-mail and password do not match.")


def test_a_weak_password_is_refused_with_the_reason(visit: Visit, make_staff: MakeStaff) -> None:
    staff = make_staff("Gro Vik")
    desk = Console(visit("/console/"))
    desk.sign_in(staff, staff.password)
    desk.page.get_by_label("One-time password").fill(staff.password)
    for label in ("New password", "New password, again"):
        desk.page.get_by_label(label, exact=True).fill("short")
    desk.page.get_by_role("button", name="Save password").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("at least 12 characters")


def test_keys_move_claim_and_reply(visit: Visit, waiting: Chat, make_staff: MakeStaff) -> None:
    desk = Console(visit("/console/")).sign_in_first(make_staff("Hedda Moe"))
    desk.pick(visitor(waiting))
    desk.page.locator("body").press("c")
    expect(desk.state).to_have_text("Yours")
    desk.page.locator("body").press("r")
    expect(desk.page.get_by_label("Your reply")).to_be_focused()
    desk.page.keyboard.type("Hello")
    desk.page.keyboard.press("Enter")
    expect(waiting.log.locator(".message.agent")).to_contain_text("Hello")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("b")
    expect(desk.state).to_have_text("With the assistant")
    desk.page.keyboard.press("?")
    expect(desk.page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_a_blocked_customer_is_told(visit: Visit, waiting: Chat, make_staff: MakeStaff) -> None:
    desk = Console(visit("/console/")).sign_in_first(make_staff("Iver Lie"))
    desk.pick(visitor(waiting))
    desk.do("Block")
    desk.page.get_by_label("Reason, for colleagues").fill("Sends markup.")
    desk.page.get_by_role("dialog").get_by_role("button", name="Block").click()
    expect(waiting.log).to_contain_text("blocked this conversation")
    expect(desk.page.get_by_role("button", name="Unblock")).to_be_visible()


@pytest.mark.parametrize("width", [390, 320])
def test_the_header_fits_a_phone(visit: Visit, make_staff: MakeStaff, width: int) -> None:
    desk = Console(visit("/console/", width=width)).sign_in_first(make_staff(f"Una Wide {width}"))
    boxes = [part.bounding_box() for part in desk.page.locator(".desk-top > :visible").all()]
    edges = [(box["x"], box["x"] + box["width"], box["height"]) for box in boxes if box]
    assert all(left >= 0 and right <= width and height <= 40 for left, right, height in edges)
    assert all(right <= left for (_, right, _), (left, _, _) in pairwise(edges))
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_line_of_who_waits_shows_their_last_words(visit: Visit, waiting: Chat, make_staff: MakeStaff) -> None:
    desk = Console(visit("/console/")).sign_in_first(make_staff("Ivo Lask"))
    line = desk.inbox.get_by_role("listitem").filter(has_text=visitor(waiting))
    expect(line.locator(".preview")).to_have_text(HOSTILE)

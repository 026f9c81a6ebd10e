"""Nothing keeps anybody out: axe-core finds no barrier on any face, wide or narrow."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Shopper, Visit
from tests.browser.windows import Chat, Console, Shop, Staff, find_barriers


@pytest.mark.parametrize("width", [1280, 390])
def test_the_chat_has_no_barrier(visit: Visit, width: int) -> None:
    chat = Chat(visit("/", width=width)).open()
    chat.ask("How long do I have to return something?")
    chat.ask("Can you recommend a backpack?")
    assert find_barriers(chat.page) == []
    chat.host.get_by_role("button", name="Talk to a person").first.click()
    expect(chat.banner).to_contain_text("Waiting for a person")
    assert find_barriers(chat.page) == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["/", "/?q=nothing-of-this-name", "/orders", "/help", "/help/returning-items"])
def test_the_shop_has_no_barrier(visit: Visit, path: str, width: int) -> None:
    page = visit(path, width=width)
    page.locator("h1").first.wait_for()
    assert find_barriers(page) == []


def test_product_sign_in_and_orders_have_no_barrier(visit: Visit, shoppers: Iterator[Shopper]) -> None:
    page = visit("/")
    page.locator("a.product").first.click()
    page.locator(".buy").wait_for()
    assert find_barriers(page) == []
    page.get_by_role("button", name="Sign in").first.click()
    page.locator(".people button").first.wait_for()
    assert find_barriers(page) == []
    page.keyboard.press("Escape")
    Shop(page).sign_in(next(shoppers).name)
    page.goto("/orders")
    page.locator("article.order").first.wait_for()
    assert find_barriers(page) == []


@pytest.mark.parametrize("width", [1360, 820])
def test_the_console_has_no_barrier(visit: Visit, make_staff: Callable[[str], Staff], width: int) -> None:
    chat = Chat(visit("/")).open()
    chat.ask("How long do I have to return something?")
    chat.host.get_by_role("button", name="Talk to a person").first.click()
    page = visit("/console/", width=width)
    page.get_by_label("Password").wait_for()
    assert find_barriers(page) == []
    desk = Console(page).sign_in_first(make_staff(f"Jo Nor{'d' * (width // 200)}"))
    assert find_barriers(page) == []
    desk.pick(f"Visitor {chat.conversation['conversation_id'][-4:]}")
    expect(desk.log.locator(".said").first).to_be_visible()
    assert find_barriers(page) == []
    desk.do("Claim")
    expect(page.get_by_label("Your reply")).to_be_visible()
    assert find_barriers(page) == []

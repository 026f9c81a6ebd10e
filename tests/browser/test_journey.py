"""One customer and one member of the staff, from the first question to the bot's return."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import expect

from tests.browser.conftest import Shopper, Visit
from tests.browser.windows import Chat, Console, Shop, Staff


def test_a_customer_is_answered_advised_served_and_handed_to_a_person_and_back(
    visit: Visit, shoppers: Iterator[Shopper], make_staff: Callable[[str], Staff]
) -> None:
    shopper = next(shoppers)
    page = visit("/")
    shop, chat = Shop(page), Chat(page)
    shop.sign_in(shopper.name)
    chat.open()

    answer = chat.ask("How long do I have to return something?")
    expect(answer).to_contain_text("30 days")
    expect(answer.locator(".sources a").first).to_have_attribute("href", re.compile("/help/"))

    advice = chat.ask("Can you recommend a backpack under 150?")
    expect(advice.locator("a.card").first).to_have_attribute("href", re.compile("/products/"))
    expect(advice.locator(".card-price").first).to_have_text(re.compile(r"^[\d,]+\.\d\d EUR$"))

    expect(chat.ask(f"Where is my order {shopper.order_id}?")).to_contain_text(shopper.order_id)

    cancel(chat, shopper.order_id)
    chat.host.get_by_role("button", name="Talk to a person").first.click()
    expect(chat.banner).to_contain_text("Waiting for a person")

    desk = Console(visit("/console/")).sign_in_first(make_staff("Ana Petrov"))
    serve(desk, chat, shopper)

    expect(chat.log).to_contain_text("AI assistant of Harbour & Pine, a computer program")
    expect(chat.banner).to_have_count(0)
    expect(chat.ask("What does delivery cost?")).to_contain_text(re.compile("deliver", re.I))

    expect(shop.order(shopper.order_id)).to_contain_text("Cancelled")


def cancel(chat: Chat, order_id: str) -> None:
    answer = chat.ask(f"Please cancel order {order_id}, I no longer need it")
    expect(answer).to_contain_text(order_id)
    done = chat.press(re.compile("^yes", re.I))
    expect(done).to_contain_text(re.compile("cancelled", re.I))


def serve(desk: Console, chat: Chat, shopper: Shopper) -> None:
    desk.pick(shopper.name)
    expect(desk.log).to_contain_text("How long do I have to return something?")
    expect(desk.log.get_by_role("link").first).to_be_visible()
    customer = desk.page.get_by_role("complementary", name="Customer")
    expect(customer).to_contain_text("Signed in")
    expect(customer).to_contain_text(shopper.order_id)
    desk.do("Claim")
    expect(desk.state).to_have_text("Yours")
    desk.reply("Ana here. What can I do for you?")
    expect(chat.log.locator(".message.agent")).to_contain_text("Ana here")
    expect(chat.banner).to_contain_text("You are talking to")

    before = chat.answers.count()
    chat.say("Is my refund on its way?")
    expect(desk.log.locator(".said.customer").last).to_contain_text("Is my refund on its way?")
    desk.reply("Yes, it is.")
    expect(chat.log.locator(".message.agent").last).to_contain_text("Yes, it is.")
    assert chat.answers.count() == before, "The bot spoke while a person had the conversation."
    desk.do("Give back")
    expect(desk.state).to_have_text("With the assistant")

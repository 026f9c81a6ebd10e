"""What a person sees and does: the chat, the shop, the console."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "violet tractor hums softly"
_ANSWER_MS = 30_000  # a turn's deadline, and a slow machine


@dataclass(frozen=True)
class Staff:
    """An account with its one-time password."""

    name: str
    email: str
    password: str


class Chat:
    """The widget on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.host = page.locator("counterhand-chat")
        self.log = self.host.get_by_role("log")
        self.field = self.host.get_by_label("Your message")
        self.banner = self.host.locator(".banner")
        self.answers = self.log.locator(".message.bot")

    def open(self) -> "Chat":
        self.page.get_by_role("button", name=re.compile("^Chat with us")).click()
        expect(self.log.locator(".bubble").first).to_contain_text("AI assistant")
        return self

    def close(self) -> None:
        self.host.get_by_role("button", name="Close chat").first.click()

    def say(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def ask(self, text: str) -> Locator:
        """Say something and give the bot's first message that follows."""
        before = self.answers.count()
        self.say(text)
        return self._answer(before)

    @property
    def replies(self) -> Locator:
        """The quick replies that are offered."""
        return self.host.locator(".replies").get_by_role("button")

    def press(self, title: str | re.Pattern[str]) -> Locator:
        """Press a quick reply and give the bot's first message that follows."""
        before = self.answers.count()
        self.host.locator(".replies").get_by_role("button", name=title).first.click()
        return self._answer(before)

    def _answer(self, before: int) -> Locator:
        answer = self.answers.nth(before)
        expect(answer).to_be_visible(timeout=_ANSWER_MS)
        return answer

    def said(self) -> list[str]:
        """What stands in the log, in order."""
        return self.log.locator(".bubble, .system").all_inner_texts()

    @property
    def conversation(self) -> dict[str, Any]:
        """The id and token that the browser keeps."""
        keep = "Object.entries(localStorage).find(([key]) => key.startsWith('counterhand:') && !key.endsWith(':outbox'))[1]"
        found: dict[str, Any] = self.page.evaluate(f"JSON.parse({keep})")
        return found


class Shop:
    """The storefront's pages."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, name: str) -> None:
        self.page.get_by_role("button", name="Sign in").first.click()
        self.page.get_by_label("Find a customer").fill(name)
        self.page.locator(".people button").first.click()
        expect(self.page.get_by_text(f"Hello, {name.split()[0]}")).to_be_visible()

    def sign_out(self) -> None:
        self.page.get_by_role("button", name="Sign out").click()
        expect(self.page.get_by_role("button", name="Sign in").first).to_be_visible()

    def order(self, order_id: str) -> Locator:
        self.page.goto("/orders")
        return self.page.locator("article.order", has_text=order_id)


class Console:
    """The staff console."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.inbox = page.get_by_role("navigation", name="Conversations")
        self.log = page.get_by_role("log", name="Conversation")
        self.state = page.locator(".state")

    def sign_in(self, staff: Staff, password: str) -> None:
        self.page.get_by_label("E-mail").fill(staff.email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def sign_in_first(self, staff: Staff) -> "Console":
        """Sign in with the one-time password and choose one's own."""
        self.sign_in(staff, staff.password)
        self.page.get_by_label("One-time password").fill(staff.password)
        self.page.get_by_label("New password", exact=True).fill(PASSWORD)
        self.page.get_by_label("New password, again").fill(PASSWORD)
        self.page.get_by_role("button", name="Save password").click()
        expect(self.page.get_by_text("Live", exact=True)).to_be_visible()
        return self

    def pick(self, who: str, tab: str = "Waiting") -> None:
        self.inbox.get_by_role("button", name=re.compile(f"^{tab}")).click()
        self.inbox.get_by_role("listitem").filter(has_text=who).first.click()

    def do(self, action: str) -> None:
        self.page.get_by_role("button", name=action, exact=True).click()

    def reply(self, text: str) -> None:
        self.page.get_by_label("Your reply").fill(text)
        self.page.keyboard.press("Enter")


def find_barriers(page: Page) -> list[str]:
    """Run axe-core on the page and in its open shadow roots; give what it finds, in words."""
    page.evaluate(AXE.read_text("utf8"))
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("async (tags) => (await axe.run(document, { runOnly: tags })).violations", rules)
    return [f"{one['id']}: {node['target']} {node.get('failureSummary', '')}" for one in found for node in one["nodes"]]

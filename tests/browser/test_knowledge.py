"""The console's page about the knowledge base."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.windows import Console, Staff, find_barriers

MakeStaff = Callable[..., Staff]
QUESTION = "Which colours do satin ribbons have?"


def test_an_admin_looks_tries_withholds_uploads_and_removes(visit: Visit, make_staff: MakeStaff, tmp_path: Path) -> None:
    desk = Console(visit("/console/")).sign_in_first(make_staff("Kari Aas", role="admin"))
    page = desk.page
    page.get_by_role("link", name="Knowledge").click()
    documents = page.get_by_role("navigation", name="Documents")
    page.get_by_label("Find a document").fill("gift wrap")
    documents.get_by_role("button", name="Gift wrapping").click()
    expect(page.get_by_role("list", name="Passages")).to_contain_text("3.50 EUR per item")
    page.get_by_label("Try a question").fill("How much is gift wrapping?")
    page.get_by_role("button", name="Search").click()
    found = page.get_by_role("region", name="What is found")
    expect(found.get_by_role("listitem").first).to_contain_text("3.50 EUR")
    page.screenshot(path=tmp_path / "desktop.png")
    assert find_barriers(page) == []
    page.get_by_role("button", name="Unpublish").click()
    expect(documents).to_contain_text("Withheld")
    expect(found).not_to_contain_text("3.50 EUR")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(found.get_by_role("listitem").first).to_contain_text("3.50 EUR")

    page.get_by_role("button", name="Upload").click()
    table = {"name": "ribbons.csv", "mimeType": "text/csv", "buffer": f"question,answer\n{QUESTION},<b>Red</b> and gold.\n".encode()}
    page.get_by_label("File", exact=True).set_input_files(table)  # type: ignore[arg-type]
    assert find_barriers(page) == []
    page.get_by_role("button", name="Upload file").click()
    expect(page.get_by_role("list", name="Passages")).to_contain_text("<b>Red</b> and gold.")
    page.get_by_label("Try a question").fill(QUESTION)
    page.get_by_role("button", name="Search").click()
    expect(found.get_by_role("listitem").first).to_contain_text("and gold.")
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("button", name="Remove file").click()
    page.get_by_label("Find a document").fill("ribbons")
    expect(documents).to_contain_text("No document is called so.")
    page.get_by_role("link", name="Conversations").click()
    expect(page.get_by_role("navigation", name="Conversations")).to_be_visible()


def test_an_agent_on_a_phone_reads_and_changes_nothing(visit: Visit, make_staff: MakeStaff, tmp_path: Path) -> None:
    desk = Console(visit("/console/", width=390, height=780)).sign_in_first(make_staff("Liv Moen"))
    page = desk.page
    page.goto("/console/#knowledge")
    documents = page.get_by_role("navigation", name="Documents")
    expect(documents.get_by_role("button", name="Refunds")).to_be_visible()
    page.screenshot(path=tmp_path / "phone-list.png")
    assert find_barriers(page) == []
    expect(page.get_by_role("button", name="Upload")).to_have_count(0)
    documents.get_by_role("button", name="Refunds").click()
    expect(page.get_by_role("list", name="Passages")).to_contain_text("5 to 7 business days")
    expect(page.get_by_role("button", name="Unpublish")).to_have_count(0)
    page.screenshot(path=tmp_path / "phone-document.png")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Back").click()
    expect(documents).to_be_visible()

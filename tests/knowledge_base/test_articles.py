"""The articles, as they are shipped: readable, complete, and of one mind with the policy."""

import re
from pathlib import Path

import pytest

from knowledge_base.ingestion import files
from knowledge_base.ingestion.passages import split
from shop.settings import ShopSettings

ARTICLES = Path(__file__).parents[2] / "knowledge_base" / "articles"
DOCUMENTS = [document for path in sorted(ARTICLES.glob("*.md")) for document in files.read(path, "hash")]
TEXT = {document.slug: " ".join(document.text.split()) for document in DOCUMENTS}
POLICY = ShopSettings()


def test_there_are_enough_articles_for_what_customers_ask():
    assert len(DOCUMENTS) >= 40
    wanted = {"delivery", "returns", "exchanges", "refunds", "payment", "gift_cards", "warranty", "sizing", "care", "account", "privacy"}
    assert wanted | {"loyalty", "contact", "orders", "invoices", "promo_codes"} <= {document.topic for document in DOCUMENTS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.slug)
class TestEveryArticle:
    def test_its_file_is_named_after_its_slug(self, document):
        assert Path(document.source).stem == document.slug

    def test_it_has_a_size_that_can_be_read_and_headings_to_find_things_by(self, document):
        assert 100 <= len(document.text.split()) <= 350
        assert 3 <= document.text.count("\n## ") <= 8

    def test_its_passages_fit_into_the_embedding_model(self, document):
        assert all(len(passage.searchable) < 1000 for passage in split(document))


class TestPolicy:
    @pytest.mark.parametrize("slug", ["returning-items", "what-cannot-be-returned", "exchanging-items", "cancelling-an-order"])
    def test_the_return_window_is_the_policys(self, slug):
        named = set(re.findall(r"(\d+) days (?:from|of|after) (?:the day .{0,30})?(?:your order was )?deliver", TEXT[slug]))
        assert named == {str(POLICY.return_window_days)}

    @pytest.mark.parametrize("slug", ["returning-items", "return-label"])
    def test_the_time_to_send_a_return_is_the_policys(self, slug):
        assert re.search(rf"{POLICY.return_send_days} days (?:to send|of your request)", TEXT[slug])

    @pytest.mark.parametrize("slug", ["refunds", "cancelling-an-order"])
    def test_refunds_take_as_long_as_the_policy_says(self, slug):
        assert POLICY.refund_days in TEXT[slug]

    def test_no_article_names_another_time_for_refunds(self):
        for slug, text in TEXT.items():
            for sentence in re.findall(r"[^.]*refund[^.]*\d+ to \d+ business days[^.]*", text):
                assert POLICY.refund_days in sentence, slug

    def test_the_two_reasons_for_a_cancellation_are_the_policys(self):
        assert "no longer needed" in TEXT["cancelling-an-order"]
        assert "ordered by mistake" in TEXT["cancelling-an-order"]

    def test_the_order_number_begins_as_the_shop_writes_it(self):
        assert f"begin with {POLICY.order_id_prefix.rstrip('-')}" in TEXT["placing-an-order"]


@pytest.mark.parametrize("slug", TEXT)
def test_no_article_promises_an_email_that_nothing_sends(slug):
    assert re.findall(r"[^.;]*\b[Ww]e (?:e-mail|will e-mail)\b[^.;]*|[^.;]*label by e-mail[^.;]*", TEXT[slug]) == []


class TestOneMind:
    """A figure that stands in several articles is the same in all of them."""

    @pytest.mark.parametrize(
        ("pattern", "allowed"),
        [
            (r"[Ss]tandard delivery costs (\S+) EUR", {"4.90"}),
            (r"[Ee]xpress (?:delivery costs|fee of) (\S+) EUR", {"9.90"}),
            (r"free for orders from (\d+) EUR", {"60"}),
            (r"[Ss]tandard delivery takes (\d to \d) business days", {"3 to 5"}),
            (r"[Ee]xpress delivery takes (\d to \d) business days", {"1 to 2"}),
            (r"gift card is valid for (\d+) years", {"3"}),
            (r"from (\d+ EUR to \d+ EUR)", {"10 EUR to 250 EUR"}),
            (r"warranty (?:is|of) (\d+) months", {"24"}),
            (r"maker's warranty of (\d+) years", {"5"}),
            (r"from (\d\d:\d\d to \d\d:\d\d)", {"09:00 to 18:00"}),
            (r"100 Pine Points are worth (\d+) EUR", {"5"}),
            (r"(\d+) Pine Point for every euro", {"1"}),
            (r"stored for (\d+) days", {"365"}),
        ],
    )
    def test_the_figure_is_the_same_everywhere(self, pattern, allowed):
        assert {found for text in TEXT.values() for found in re.findall(pattern, text)} == allowed

"""What `kb check` finds, and what it leaves alone; `benchmarks/kb_check` counts over planted faults."""

from dataclasses import replace
from datetime import date
from functools import reduce

import pytest

from benchmarks.kb_check.__main__ import is_hit
from benchmarks.kb_check.plant import TODAY, apply, read_articles, read_edits, read_surroundings
from knowledge_base.checks.check import check
from knowledge_base.checks.findings import FindingKind, PricedProduct, Surroundings
from knowledge_base.checks.quantities import find_quantities, read_number
from knowledge_base.models import Document

ARTICLES = read_articles()
SURROUNDINGS = read_surroundings()
LAMP = PricedProduct("lamp", "Havre Lighthouse Lamp", "Havre", frozenset({4900, 5900}))


def article(text: str, slug: str = "one", **fields) -> Document:
    return Document(slug, slug.capitalize(), "shop", text, **fields)


def find(*documents: Document) -> list[tuple[str, str]]:
    found = check(documents, Surroundings({}, (LAMP,)), TODAY)
    return [(finding.kind.value, finding.places[0].slug) for finding in found]


def plant(edits) -> list[Document]:
    return reduce(lambda documents, edit: apply(edit, documents), edits, ARTICLES)


def test_of_the_planted_faults_at_most_four_are_missed():
    # All at once, which the benchmark does one by one: an article that is out of date is not compared with others.
    faults = read_edits("faults")
    found = [*check(plant(fault for fault in faults if "head" not in fault), SURROUNDINGS, TODAY)]
    found += check(plant(fault for fault in faults if "head" in fault), SURROUNDINGS, TODAY)
    missed = [fault["id"] for fault in faults if not any(is_hit(finding, fault) for finding in found)]
    assert len(missed) <= 4, missed


def test_faults_in_free_words_are_mostly_found_where_meanings_are_compared(embedder):
    faults = [fault for name in ("later", "free") for fault in read_edits(name)]
    found = check(plant(faults), SURROUNDINGS, TODAY, embedder=embedder)
    assert sum(any(is_hit(finding, fault) for finding in found) for fault in faults) >= 43


def test_the_shipped_articles_raise_no_alarm(embedder):
    assert check(ARTICLES, SURROUNDINGS, TODAY) == []
    assert check(ARTICLES, SURROUNDINGS, TODAY, embedder=embedder) == []


def test_true_sentences_raise_at_most_two_alarms(embedder):
    true = [*read_edits("harmless"), *read_edits("harmless_free")]
    assert len(check(plant(true), SURROUNDINGS, TODAY, embedder=embedder)) <= 2


class TestQuantities:
    @pytest.mark.parametrize(
        ("text", "number"),
        [("4.90", 4.9), ("4,90", 4.9), ("1,299.00", 1299.0), ("1.299,00", 1299.0), ("1,299", 1299.0), ("2.000", 2000.0), ("twelve", 12.0)],
    )
    def test_numbers_are_read_as_they_are_written(self, text, number):
        assert read_number(text) == number

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("two weeks", "14 days"), ("24 months", "2 years"), ("1 day", "24 hours"), ("4.90 EUR", "€4.90"), ("4,90 €", "EUR 4.90"),
            ("3 to 5 business days", "3-5 days"), ("from 10 EUR to 250 EUR", "10 to 250 euros"), ("5 %", "5 percent"),
        ],
    )  # fmt: skip
    def test_the_same_is_the_same_in_other_units(self, one, other):
        (first,), (second,) = find_quantities(one), find_quantities(other)
        assert first.kind == second.kind
        assert first.agrees_with(second)

    @pytest.mark.parametrize(("one", "other"), [("30 days", "45 days"), ("3 to 5 days", "2 to 3 days"), ("5 EUR", "5 percent")])
    def test_what_differs_does_not_agree(self, one, other):
        (first,), (second,) = find_quantities(one), find_quantities(other)
        assert first.kind != second.kind or not first.agrees_with(second)


class TestContradictions:
    WINDOW = "Gift baskets can be returned within 30 days of delivery."

    def test_a_figure_that_a_rule_has_otherwise_is_named_with_the_rule(self):
        rules = Surroundings({"return.window": self.WINDOW})
        (finding,) = check([article("Gift baskets can be returned within six weeks of delivery.")], rules, TODAY)
        assert finding.kind is FindingKind.POLICY
        assert [place.slug for place in finding.places] == ["one", "return.window"]

    def test_the_same_figure_in_another_unit_is_no_contradiction(self):
        assert find(article("Gift baskets can be returned within one month of delivery.", "a"), article(self.WINDOW, "b")) == []

    def test_another_matter_with_another_figure_is_no_contradiction(self):
        assert find(article("Gift baskets are packed within 2 days of the order.", "a"), article(self.WINDOW, "b")) == []

    def test_what_is_not_told_contradicts_nobody(self):
        other = article("Gift baskets can be returned within 60 days of delivery.", "b")
        assert find(article(self.WINDOW, "a"), other) == [("contradiction", "a")]
        for hidden in (replace(other, audience="staff"), replace(other, published=False), replace(other, valid_from=date(2027, 1, 1))):
            assert find(article(self.WINDOW, "a"), hidden) == []

    def test_a_denial_meets_what_it_denies(self):
        yes = article("We engrave cutlery with initials.", "a")
        assert find(yes, article("We do not engrave cutlery with initials.", "b")) == [("contradiction", "a")]
        assert find(yes, article("We do not engrave watches with initials.", "b")) == []


class TestPrices:
    @pytest.mark.parametrize(
        "text",
        ["The Havre Lighthouse Lamp costs 49 EUR.", "The Lighthouse Lamp starts at €49.00.", "The Lighthouse Lamp costs 49 to 59 EUR."],
    )
    def test_a_price_of_a_variant_is_right(self, text):
        assert find(article(text)) == []

    @pytest.mark.parametrize("text", ["The Havre Lighthouse Lamp costs 39 EUR.", "The Lighthouse Lamp starts at 59 EUR."])
    def test_another_price_is_named(self, text):
        assert find(article(text)) == [("price", "one")]

    def test_the_price_of_something_else_in_the_sentence_is_left_alone(self):
        assert find(article("The Lighthouse Lamp costs 49 EUR, and a spare bulb costs 3 EUR.")) == []


class TestValidity:
    @pytest.mark.parametrize(
        "text", ["Free until 1 May 2026.", "The offer ends on May 1st, 2026.", "Valid until 2026-05-01.", "Only until 01.05.2026."]
    )
    def test_a_promise_until_a_day_that_has_passed_is_named(self, text):
        assert find(article(text)) == [("expired", "one")]

    @pytest.mark.parametrize("text", ["Free until 1 May 2027.", "Since 1 May 2019 we pack without plastic.", "Until 31 June 2026."])
    def test_other_days_are_left_alone(self, text):
        assert find(article(text)) == []


class TestLinks:
    def test_links_to_articles_headings_and_products_are_followed(self):
        other = article("## Sizes\nSmall.\n\n## Sizes\nLarge.", "two")
        good = "[a](/help/two) [b](/help/two#sizes-2) [c](two.md#sizes) [d](#here) [e](/products/lamp) [f](mailto:x@a.example) [g](/shop)"
        assert find(article(f"## Here\n{good}"), other) == []
        for dead in ("/help/three", "/help/two#colours", "three.md", "#there", "/products/lantern", "ftp://a.example/b"):
            assert find(article(f"See [this]({dead})."), other) == [("link", "one")], dead

    def test_a_link_to_what_customers_cannot_see_is_dead(self):
        assert find(article("See [this](/help/two)."), article("Secret.", "two", audience="staff")) == [("link", "one")]

    def test_other_sites_are_tried_on_demand_only(self):
        tried = []

        def reach(url: str) -> str:
            tried.append(url)
            return "It is gone."

        linked = article("See [this](https://maker.example/manual).")
        assert check([linked], Surroundings(), TODAY) == []
        (finding,) = check([linked], Surroundings(), TODAY, reach)
        assert (finding.message, tried) == ("It is gone.", ["https://maker.example/manual"])

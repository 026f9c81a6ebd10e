"""Sentences that a model could write about our articles: the faithful ones may pass, every other one is refused."""

import asyncio
from pathlib import Path

import pytest
import yaml

from answers.evidence import Evidence, gather
from answers.models import Fact
from answers.units import Kind, Unit, split_units
from answers.verifier import Verifier
from knowledge_base.embedders.base import Embedder
from knowledge_base.models import Passage, PassageId
from knowledge_base.text import sentences

CASES = yaml.safe_load((Path(__file__).parent / "sentences.yml").read_text())
HOSTILE = [(case["question"], sentence) for case in CASES for sentence in case["hostile"]]
FAIR = [(case["question"], sentence) for case in CASES for sentence in case["fair"]]


@pytest.fixture(scope="module")
def evidence_for(knowledge, embedder):
    found: dict[str, Evidence] = {}

    def find(question: str) -> Evidence:
        if question not in found:
            found[question] = gather(question, asyncio.run(knowledge.search(question, 6)), (), (), None, embedder)
        return found[question]

    return find


@pytest.mark.parametrize(("question", "sentence"), HOSTILE, ids=[sentence for _, sentence in HOSTILE])
def test_a_sentence_that_its_evidence_does_not_bear_is_refused(evidence_for, embedder, question, sentence):
    verdict = Verifier(evidence_for(question), embedder).verify(sentence)
    assert not verdict.passed, verdict
    assert verdict.evidence_ids == ()


def test_most_faithful_sentences_pass(evidence_for, embedder):
    refused = []
    for question, sentence in FAIR:
        verifier = Verifier(evidence_for(question), embedder)
        if sentence.startswith("It "):
            assert verifier.verify("All new products have a legal warranty of 24 months from delivery.").passed
        if not (verdict := verifier.verify(sentence)).passed:
            refused.append((sentence, verdict.reason))
    assert len(refused) <= 0.1 * len(FAIR), refused


def test_the_evidences_own_sentences_pass(evidence_for, embedder):
    """A careful model copies. What it copies may be refused only for what no model may say ("we will", "then …")."""
    passed = total = 0
    for case in CASES:
        evidence = evidence_for(case["question"])
        for unit in evidence.units:
            if "\n" not in unit.text:
                total += 1
                passed += Verifier(evidence, embedder).verify(unit.text).passed
    assert passed >= 0.8 * total, f"{passed} of {total}"


class TestRecords:
    """Live facts and receipts as evidence."""

    @pytest.fixture
    def verify(self, embedder):
        def check(sentence: str, receipts: tuple[str, ...] = ()):
            facts = [
                Fact(fact_id="p1", text="Kestrel K2 Keyboard costs 1,299.00 EUR."),
                Fact(fact_id="p2", text="Kestrel K2 Keyboard: 4 in stock."),
                Fact(fact_id="p3", text="Order CH-10023 arrives on 12 March 2026."),
            ]
            return Verifier(gather("what about the keyboard", [], facts, receipts, None, embedder), embedder).verify(sentence)

        return check

    @pytest.mark.parametrize(
        "sentence",
        [
            "The Kestrel K2 Keyboard costs 1.299,00 €.",
            "The Kestrel K2 Keyboard costs 1299 EUR.",
            "Order CH-10023 arrives on March 12, 2026.",
            "Order CH-10023 arrives on 2026-03-12.",
            "Kestrel K2 Keyboard: four in stock.",
        ],
    )
    def test_one_value_in_another_writing_passes(self, verify, sentence):
        assert verify(sentence).passed, verify(sentence)

    @pytest.mark.parametrize(
        "sentence",
        [
            "The Kestrel K2 Keyboard costs 129.90 EUR.",
            "The Kestrel K2 Keyboard costs 1299 USD.",
            "The Kestrel K3 Keyboard costs 1299 EUR.",
            "The Falcon K2 Keyboard costs 1299 EUR.",
            "Order CH-10024 arrives on 12 March 2026.",
            "Order CH-10023 arrives on 13 March 2026.",
            "Order CH-10023 arrives on 12 March 2027.",
            "Kestrel K2 Keyboard: not in stock.",
            "Kestrel K2 Keyboard: 40 in stock.",
        ],
    )
    def test_another_value_is_refused(self, verify, sentence):
        assert not verify(sentence).passed

    def test_a_deed_passes_with_its_receipt_alone(self, verify):
        deed = "Your order CH-10023 has been cancelled."
        receipt = "Order CH-10023 is cancelled. 89.00 EUR go back to your Visa ending in 4242."
        assert not verify(deed).passed
        assert verify("Your order CH-10023 is cancelled.", (receipt,)).passed
        assert not verify("Your order CH-10024 has been cancelled.", (receipt,)).passed
        assert not verify("Your order CH-10023 has been refunded.", ("Order CH-10023 was returned by you.",)).passed


def test_it_means_the_sentence_before_and_nothing_else(evidence_for, embedder):
    evidence = evidence_for("how much does standard and express delivery cost and how long does it take")
    verifier = Verifier(evidence, embedder)
    assert verifier.verify("Express delivery costs 9.90 EUR, whatever the value of the order.").passed
    assert not verifier.verify("It takes 3 to 5 business days.").passed
    assert not verifier.verify("It takes 1 to 2 business days.").passed, "what was refused before cannot be pointed at"


def test_without_evidence_nothing_passes(embedder):
    assert not Verifier(Evidence(), embedder).verify("Standard delivery costs 4.90 EUR.").passed


@pytest.mark.parametrize("sentence", ["", "   ", "!!!", "Yes.", "Sure, of course!", "x" * 5000, "\x00\x01", "🙂🙂🙂", "<|im_start|>system"])
def test_what_says_nothing_is_refused(embedder, sentence):
    evidence = Evidence((Unit("p", Kind.FACT, "Yes, of course we are sure."),))
    assert not Verifier(evidence, embedder).verify(sentence).passed


@pytest.mark.parametrize("tail", ["this time", "just for you", "as an exception"])
def test_a_rule_is_not_made_a_favour(embedder: Embedder, tail: str) -> None:
    passage = Passage(PassageId("a#1"), "a", "Returns", ("Costs",), "/help/a#costs", "The return label is free in all countries.")
    verifier = Verifier(Evidence((Unit("a#1", Kind.PASSAGE, passage.text, passage),)), embedder)
    assert verifier.verify("The return label is free.").passed
    assert "favour" in verifier.verify(f"The return label is free {tail}.").reason


async def test_a_sentence_of_the_evidence_is_evidence(build):
    answerer = build()
    evidence = (await answerer._gather("how much does standard delivery cost", (), (), None)).for_model()
    said = [one for unit in evidence.units for one in sentences(unit.text) if not one.startswith(("It ", "They ", "This ", "These "))]
    assert len(said) > 5
    assert [one for one in said if not Verifier(evidence, answerer._embedder).verify(one).passed] == []


class TestWhatIsFree:
    TEXT = "The return label is free in all countries that we deliver to. A card of up to 200 characters is free with it."

    @pytest.fixture
    def verifier(self, embedder: Embedder) -> Verifier:
        passage = Passage(PassageId("a#1"), "a", "Returns", ("Costs of the delivery",), "/help/a#costs", self.TEXT)
        units = tuple(Unit("a#1", Kind.PASSAGE, text, passage, n) for n, text in enumerate(split_units(passage.text)))
        return Verifier(Evidence(units), embedder)

    @pytest.mark.parametrize(
        "sentence", ["Delivery is free.", "Delivery is always free.", "The countries are free.", "Free delivery to all countries."]
    )
    def test_free_is_not_lent_to_something_else(self, verifier: Verifier, sentence: str) -> None:
        assert not verifier.verify(sentence).passed

    @pytest.mark.parametrize("sentence", ["The label is free.", "The return label costs nothing."])
    def test_free_stays_with_what_it_is_said_of(self, verifier: Verifier, sentence: str) -> None:
        assert verifier.verify(sentence).passed


def test_what_is_in_stock_is_not_taken_for_a_price(embedder: Embedder) -> None:
    texts = {"product:p1:price": "Alder Desk costs 329.00 EUR.", "product:p1:stock": "Alder Desk: 5 in stock."}
    facts = [Fact(fact_id=fact_id, text=text) for fact_id, text in texts.items()]
    verifier = Verifier(gather("what is the Alder desk", [], facts, (), None, embedder), embedder)
    assert verifier.verify("It costs 329.00 EUR, and we have 5 in stock.").passed
    assert not verifier.verify("It costs 329.00 EUR, and we have 6 in stock.").passed


def test_everyday_words_say_something_where_the_evidence_has_them_all(embedder: Embedder) -> None:
    passage = Passage(PassageId("a#1"), "a", "Help", ("Talking to a person",), "/help/a#person", "You can ask for a person at any time.")
    evidence = Evidence((Unit("a#1", Kind.PASSAGE, passage.text, passage),))
    assert Verifier(evidence, embedder).verify("You can ask for a person whenever you like.").passed
    assert not Verifier(evidence, embedder).verify("You cannot ask for a person at any time.").passed
    assert not Verifier(evidence, embedder).verify("You can ask for a robot whenever you like.").passed


def test_a_price_among_several_is_named(embedder: Embedder) -> None:
    facts = [Fact(fact_id="order:CH-1:totals", text="Order CH-1: goods 80.00 EUR, discount 8.00 EUR, delivery 4.90 EUR, total 76.90 EUR.")]
    evidence = gather("what did my order cost", [], facts, (), None, embedder)
    assert Verifier(evidence, embedder).verify("The total of order CH-1 is 76.90 EUR.").passed
    assert Verifier(evidence, embedder).verify("The goods were 80.00 EUR.").passed
    for sentence in ("It is 80.00 EUR.", "Your order came to 80.00 EUR.", "Your order came to 4.90 EUR."):
        assert not Verifier(evidence, embedder).verify(sentence).passed, sentence

"""Values of records never pass through the model: it says which goes where, and they are filled in from the records."""

import pytest

from answers.evidence import Evidence
from answers.models import Fact
from answers.placeholders import Placeholders
from answers.units import Kind, Unit

LINES = [
    ("Kestrel K2 keyboard: 89.00 EUR, 4 in stock.", "Kestrel K2 keyboard: {{money1}}, {{number2}} in stock."),
    ("Order HP-10234 arrives on 2026-03-14.", "Order {{id1}} arrives on {{date2}}."),
    ("Your refund of €1.299,00 came on 3 March 2026.", "Your refund of {{money1}} came on {{date2}}."),
    ("Order #W9044173 is pending.", "Order {{id1}} is pending."),
    ("We are open Monday to Friday from 09:00 to 18:00.", "We are open Monday to Friday from {{number1}} to {{number2}}."),
]


@pytest.mark.parametrize(("text", "shown"), LINES, ids=[text for text, _ in LINES])
def test_a_records_values_are_hidden_and_come_back_as_they_were(text, shown):
    unit = Unit("order:1", Kind.FACT, text)
    slots = Placeholders(Evidence((unit,)))
    assert slots.show(unit) == shown
    assert slots.fill(shown) == text


def test_equal_values_share_a_name_and_articles_keep_theirs():
    fact, receipt = Unit("f", Kind.FACT, "It costs 20.00 EUR."), Unit("r", Kind.RECEIPT, "We refunded 20.00 EUR.")
    article = Unit("a", Kind.PASSAGE, "You have 30 days.")
    slots = Placeholders(Evidence((fact, receipt, article)))
    assert (slots.show(fact), slots.show(receipt)) == ("It costs {{money1}}.", "We refunded {{money1}}.")
    assert slots.show(article) == article.text


def test_a_placeholder_that_no_record_has_stays_one():
    assert Placeholders(Evidence()).fill("It costs {{money7}}.") == "It costs {{money7}}."


PRICE = Fact(fact_id="product:P-1:price", text="The Kestrel K2 keyboard costs 89.00 EUR.")
STOCK = Fact(fact_id="product:P-1:stock", text="Of the Kestrel K2 keyboard 4 are in stock.")
QUESTION = "what does the Kestrel K2 keyboard cost"


async def test_the_model_never_sees_a_records_price_and_the_customer_does(writing, model):
    model.reply = "The Kestrel K2 keyboard costs {{money1}}."
    answer = await writing.answer(QUESTION, facts=[PRICE, STOCK])
    assert answer.text == PRICE.text, answer.ledger
    assert answer.generator == "llm"
    assert "89" not in str(model.requests[0]["messages"])


@pytest.mark.parametrize(
    "reply", ["The Kestrel K2 keyboard costs {{number2}}.", "The Kestrel K2 keyboard costs 79.00 EUR.", "It costs {{money9}}."]
)
async def test_a_value_in_the_wrong_place_is_not_sent(writing, model, reply):
    model.reply = reply
    answer = await writing.answer(QUESTION, facts=[PRICE, STOCK])
    assert answer.generator == "extractive"
    assert "79" not in answer.text
    assert "{" not in answer.text


async def test_braces_in_a_question_are_no_placeholders(writing, model):
    model.reply = ""
    await writing.answer(f"{QUESTION} {{{{money1}}}}", facts=[PRICE])
    assert model.requests[0]["messages"][-1]["content"].count("{{money1}}") == 1

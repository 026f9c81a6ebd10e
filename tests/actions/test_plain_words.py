import pytest

from actions.plain_words import plain_intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("track the order that ends with 0002", "track_order"),
        ("what's the status of my most expensive order?", "track_order"),
        ("do you sell toasters?", "search_product"),
        ("you guys have bikes", "search_product"),
        ("return the night light and the backpack I received", "return_item"),
        ("send the night light back from CH-60003", "return_item"),
        ("change the flask in CH-60001 to black", "exchange_item"),
        ("make the boots of order CH-60001 a 41 and waterproof", "exchange_item"),
        ("can the flask of CH-60001 be black rather than green", "exchange_item"),
        ("is the black 1 l Fjordline Steel available?", "check_stock"),
        ("cancel the tent", "cancel_order"),
        ("if CH-20001 hasn't been sent cancel it, otherwise change its address", "cancel_order"),
        ("exchange CH-20002 for a 44, if that's impossible cancel it", "exchange_item"),
        ("wait no i want it back", "return_item"),
        ("would you take the flask back", "return_item"),
        ("take back my boots", "return_item"),
        ("need my night light from CH-60003 in battery instead of solar", "exchange_item"),
        ("I want the night light swapped for a high one", "exchange_item"),
        ("the flask of CH-60003 in 1 l black, else leave it", "exchange_item"),
        ("change 77301482 to 77301490", "exchange_item"),
        ("where is the one going to Leeds", "track_order"),
        ("what's the status of the Texas one", "track_order"),
    ],
)
def test_a_verb_with_its_object_says_what_is_wanted(text: str, intent: str) -> None:
    assert plain_intent(text) == intent


@pytest.mark.parametrize(
    "text",
    [
        "how do I return the lamp?",
        "cancel the tent or return the lamp",
        "change the delivery address",
        "asdf",
        "the lamp",
        "what is your policy",
    ],
)
def test_what_may_mean_something_else_is_left_alone(text: str) -> None:
    assert plain_intent(text) is None

"""Other versions of items: changed in a pending order, exchanged from a delivered one."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize


@wordings(
    "said",
    [
        "can I swap the shoes I got for a 44",
        "exchange the running shoes from CH-60004 for size 44",
        "the Kestrel Trail is too small, I need a 44 instead",
    ],
)
def test_another_size_is_exchanged_with_a_receipt(dora: Chat, said: str) -> None:
    dora.says(said).hears("Exchange from order CH-60004", "size 42", "size 44", "The price stays the same")
    dora.order_is("CH-60004", "delivered", "C-4")
    dora.says("yes").hears("exchange from order CH-60004 is registered")
    dora.order_is("CH-60004", "exchange_requested", "C-4")


@wordings(
    "said",
    [
        "please change the navy backpack in my order to olive",
        "I'd like the backpack in CH-60002 in olive instead",
        "can you change the pack in CH-60002 to olive before it ships",
    ],
)
def test_a_pending_order_is_changed_and_not_exchanged(dora: Chat, said: str) -> None:
    dora.says(said).hears("Change in order CH-60002", "navy", "olive", "Items of an order can be changed once")
    dora.says("yes").hears("The items of order CH-60002 are changed")
    assert dora.order("CH-60002", "C-4").lines[0].options == {"colour": "olive"}


@wordings(
    "said",
    [
        "exchange the night light for a less bright one, battery before solar before mains",
        "swap the night light for a dimmer one, preferably battery, otherwise solar",
        "exchange my night light for a less bright one, on battery rather than solar",
    ],
)
def test_a_wish_is_read_with_its_order_of_liking(dora: Chat, said: str) -> None:
    dora.says(said).hears("You get 4.00 EUR back")
    dora.presses("Gift card").hears("brightness low, power battery", "back 4.00 EUR to your gift card")


@wordings("said", ["with my paypal", "take it from paypal", "pay pal please"])
def test_a_difference_to_pay_needs_a_method_of_the_customers_own(dora: Chat, said: str) -> None:
    dora.says("exchange the night light for the brightest one").hears("That costs 6.00 EUR more")
    assert len([title for title in dora.buttons if "7301" in title or "PayPal" in title or "Gift" in title]) == 3
    dora.says(said).hears("We charge 6.00 EUR to your PayPal")
    dora.says("yes").hears("is registered")


@wordings("said", ["and pay with my visa", "charge it to the visa ending in 7301", "the difference goes on my visa"])
def test_item_wish_and_method_fit_in_one_message(dora: Chat, said: str) -> None:
    dora.says(f"change the boots in my pending order to the waterproof version, {said}")
    dora.hears("Change in order CH-60001", "waterproof yes", "We charge 5.00 EUR to your Visa ending in 7301")


@wordings(
    "said",
    [
        "exchange the grey backpack for navy and the flask for a green one",
        "I want to swap two things: the grey backpack to navy, and the black flask to green",
        "swap the backpack for a navy one and the flask for the green version",
    ],
)
def test_two_items_are_collected_before_the_one_exchange(dora: Chat, said: str) -> None:
    dora.says(said).hears("You get 3.00 EUR back")
    dora.presses("Mastercard").hears("Exchange from order CH-60003", "colour navy", "colour green", "If that is everything")
    dora.says("yes").hears("is registered")
    assert len(dora.receipts()) == 1


@wordings("said", ["I want to exchange something from CH-60003", "exchange order CH-60003", "can I swap an item of CH-60003"])
def test_what_and_for_what_are_asked_with_the_real_ones(dora: Chat, said: str) -> None:
    dora.says(said).hears("Which items of order CH-60003")
    dora.presses("Ombra Glow").hears("brightness: low, medium, high")
    dora.says("high, on battery").hears("That costs")


@wordings(
    "said",
    [
        "swap the black flask for the 1 l one",
        "exchange the flask from CH-60003 for one litre",
        "please exchange the flask in CH-60003 for 1 l",
    ],
)
def test_what_is_sold_out_is_said_and_the_nearest_offered(dora: Chat, said: str) -> None:
    dora.says(said).hears("sold out", "nearest in stock")
    dora.presses("1 l, green").hears("That costs 3.00 EUR more")


@wordings(
    "said",
    [
        "exchange the black flask for 1 l, if that's not available leave it",
        "swap the flask from CH-60003 for the 1 l black one, and if it is sold out just keep mine",
        "I'd like the black flask in 1 litre instead, if you don't have it then forget it",
    ],
)
def test_a_wish_that_cannot_be_met_leaves_it_where_the_customer_said_so(dora: Chat, said: str) -> None:
    dora.says(said).hears("sold out", "stays as it is", "Nothing was changed")
    dora.order_is("CH-60003", "delivered", "C-4")


@wordings(
    "said",
    [
        "exchange the black flask for 1 l, if that isn't available return it",
        "swap the flask from CH-60003 for the 1 l black one, if it's sold out send it back",
        "exchange the black flask for 1 litre, and if there is none then return it instead",
    ],
)
def test_a_wish_that_cannot_be_met_becomes_a_return_where_the_customer_said_so(dora: Chat, said: str) -> None:
    dora.says(said).hears("sold out").hears("Where should the refund go")
    dora.presses("Mastercard").hears("Return 1 x Fjordline Steel", "33.00 EUR")


@wordings("said", ["actually just the night light", "only the night light then", "not the flask, leave that one"])
def test_fewer_items_make_a_new_proposal(dora: Chat, said: str) -> None:
    dora.says("exchange the night light for the low one and the black flask for the green one").hears("back")
    dora.presses("Mastercard").hears("Ombra Glow", "Fjordline Steel")
    dora.says(said).hears("Exchange from order CH-60003", "Ombra Glow").never_hears("Fjordline")
    dora.says("yes").hears("is registered").never_hears("Fjordline")


@wordings("said", ["and the grey backpack in navy", "also change the grey backpack to navy", "add the backpack too, in navy"])
def test_one_more_item_makes_a_new_proposal(dora: Chat, said: str) -> None:
    dora.says("exchange the flask from CH-60003 for the green one with my gift card").hears("Exchange from order CH-60003")
    dora.says(said).hears("Fjordline Steel", "Havre Pack", "colour navy")


@wordings("said", ["rather the high one", "no, make it the brightest", "the high one instead"])
def test_another_version_makes_a_new_proposal(dora: Chat, said: str) -> None:
    dora.says("exchange the night light for the low one").presses("Mastercard").hears("brightness low")
    dora.says(said).hears("brightness high", "We charge 6.00 EUR")


@wordings("said", ["to my gift card instead", "no, put it on my gift card", "rather the gift card"])
def test_another_method_makes_a_new_proposal(dora: Chat, said: str) -> None:
    dora.says("exchange the night light for the low one").presses("Mastercard").hears("to your Mastercard")
    dora.says(said).hears("back 6.00 EUR to your gift card ending in 4060")
    dora.says("yes").hears("is registered", "gift card")


@wordings("said", ["actually no, return the night light instead", "no, I'd rather return it", "I want to return it instead"])
def test_an_exchange_becomes_a_return(dora: Chat, said: str) -> None:
    dora.says("exchange the night light from CH-60003 for the low one").presses("Mastercard").hears("hall I do that")
    dora.says(said).hears("Nothing was changed")
    if "Which items" in dora.text:
        dora.says("the night light")
    dora.presses("Mastercard").hears("Return 1 x Ombra Glow")


@wordings("said", ["swap the shoes in CH-20002 for size 44", "can I exchange CH-20002 for a 44", "exchange the shoes in CH-20002 for a 44"])
def test_what_is_on_its_way_is_neither_changed_nor_exchanged(ada: Chat, said: str) -> None:
    ada.says(said).hears("on its way", "once they have been delivered")
    assert ada.handover is None


@wordings(
    "said",
    [
        "swap the shoes from CH-60004 for a tent",
        "exchange the shoes from CH-60004 for a keyboard",
        "I want a backpack instead of the shoes from CH-60004",
    ],
)
def test_another_product_is_refused_with_the_rule(dora: Chat, said: str) -> None:
    dora.says(said).never_hears("hall I do that")
    dora.order_is("CH-60004", "delivered", "C-4")
    assert dora.receipts() == []


@wordings(
    "said",
    [
        "I also want to exchange the backpack from CH-60003",
        "exchange the flask from CH-60003 too",
        "and swap the backpack of CH-60003 for navy",
    ],
)
def test_there_is_one_exchange_per_order(dora: Chat, said: str) -> None:
    dora.says("exchange the night light from CH-60003 for the low one").presses("Mastercard").says("yes").hears("is registered")
    dora.says(said).hears("already requested", "one exchange per order")


@wordings(
    "said",
    [
        "upgrade everything in CH-60001 to the most expensive version, the boots in the same size",
        "change all items of CH-60001 to their most expensive versions but keep the size of the boots",
        "I want the dearest version of everything in CH-60001, boots same size please",
    ],
)
def test_a_whole_order_is_upgraded_and_what_must_stay_stays(dora: Chat, said: str) -> None:
    dora.says(said).hears("more")
    dora.presses("Gift card").hears("Change in order CH-60001", "size 42, waterproof yes", "capacity 1 l")


@wordings(
    "said",
    [
        "exchange the shoes for a 44 and the night light for the brightest",
        "I'd like to swap the Kestrel Trail for size 44 and the night light for the high one",
        "swap the running shoes to 44 and the night light to the brightest version",
    ],
)
def test_items_of_two_orders_are_taken_one_order_after_the_other(dora: Chat, said: str) -> None:
    dora.says(said).hears("That costs 6.00 EUR more")
    dora.presses("PayPal").hears("Exchange from order CH-60003")
    dora.says("yes").hears("CH-60003 is registered").hears("Exchange from order CH-60004", "size 44")
    dora.says("yes").hears("CH-60004 is registered")


@wordings("said", ["yes if it's free", "ok but only if it costs nothing", "yes as long as there's no charge"])
def test_a_yes_with_a_condition_is_told_what_holds(dora: Chat, said: str) -> None:
    dora.says("exchange the night light for the high one").presses("PayPal").hears("hall I do that")
    dora.says(said).hears("you pay 6.00 EUR from your PayPal").hears("hall I do that")
    dora.order_is("CH-60003", "delivered", "C-4")


@wordings("said", ["that's all", "no, that's everything", "nothing else"])
def test_that_is_all_is_no_yes_and_no_no(dora: Chat, said: str) -> None:
    dora.says("exchange the night light for the high one").presses("PayPal").hears("If that is everything")
    dora.says(said).hears("that is everything").hears("hall I do that")
    dora.order_is("CH-60003", "delivered", "C-4")
    dora.says("yes").hears("is registered")


@wordings(
    "said",
    [
        "switch all items of order CH-60001 to their cheapest versions",
        "please change everything in CH-60001 to the cheapest version in stock",
        "I want the least expensive version of every item in CH-60001",
    ],
)
def test_what_is_the_cheapest_already_stays_and_the_rest_is_proposed_at_once(dora: Chat, said: str) -> None:
    dora.says(said).hears("Your Fjordline Steel is already the cheapest").hears("You get 10.00 EUR back")
    dora.presses("Gift card").hears("The cheapest Kestrel Ridge in stock is 115.00 EUR", "then comes to 139.00 EUR in all")
    dora.hears("Change in order CH-60001: 1 x Kestrel Ridge", "size 41").never_hears("1 x Fjordline Steel")


@wordings(
    "said",
    ["The flask and the pack stay as they are.", "No. Change only the night light, flask and pack stay.", "Keep the flask and the pack."],
)
def test_what_stays_leaves_the_proposal(dora: Chat, said: str) -> None:
    wish = "exchange the night light for the low one on solar, the black flask for the green one and the pack for navy in CH-60003"
    dora.says(f"{wish}, on my mastercard")
    dora.hears("Exchange from order CH-60003", "Fjordline Steel", "Havre Pack")
    dora.says(said).hears("Exchange from order CH-60003", "Ombra Glow").never_hears(
        "Fjordline Steel", "Havre Pack", "just what I have noted"
    )


@wordings(
    "said",
    [
        "No, none of those, everything else must be the same. If you can't do that, leave it.",
        "80 mm isn't the same. Leave it then. Bye.",
        "no, the lens and the cover have to be the same as mine. Then I'll leave it, thank you",
    ],
)
def test_where_none_has_more_what_has_is_offered_and_may_be_left(enno: Chat, said: str) -> None:
    enno.says("exchange my scope for the one with the maximum zoom, everything else the same")
    enno.hears("No Larkmoor Scout with 65 mm and hard case has more zoom than yours")
    assert enno.buttons[0].startswith("80 mm, 45x")
    enno.says(said).never_hears("hall I do that")
    enno.order_is("CH-70006", "delivered", "C-5")
    assert enno.receipts() == []


@wordings(
    "said",
    [
        "exchange my hammock for the same item, the very same hammock, just not broken",
        "I'd rather exchange the hammock for the same item, the very same one, it came with broken pieces",
        "exchange the hammock for an identical one please, mine is torn",
    ],
)
def test_the_very_same_is_proposed_at_once(enno: Chat, said: str) -> None:
    enno.says(said).hears("Exchange from order CH-70002", "The price stays the same")


@wordings(
    "said",
    [
        "Same seal as the other travel speaker I bought. The cheapest speaker from the rest of that order.",
        "I want it to become the same as the cheapest of those two",
        "like the cheaper of the other two speakers in that order",
    ],
)
def test_the_customers_other_pieces_are_models_and_stay(enno: Chat, said: str) -> None:
    enno.says("please exchange my waterproof speaker of CH-70004").hears("What shall the new Brisa Pebble be like")
    enno.says(said).hears("Exchange from order CH-70004: 1 x Brisa Pebble", "waterproof", "splash-proof").never_hears("9 hours")

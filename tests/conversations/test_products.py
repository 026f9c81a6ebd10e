"""Finding, asking about and recommending products."""

from tests.conversations.chat import Chat


def titles(chat: Chat) -> list[str]:
    return [card["title"] for card in chat.cards]


def test_a_search_shows_cards_of_live_records(guest: Chat) -> None:
    guest.says("do you have keyboards under 100 euros?")
    assert set(titles(guest)) == {"Quillon Hush 75", "Juniper Row Felt Keyboard"}
    assert {card["price_cents"] for card in guest.cards} == {8900, 6900}


def test_what_the_shop_lacks_is_said(guest: Chat) -> None:
    guest.says("do you sell toasters?").hears("We don't sell toasters")


def test_an_impossible_wish_is_said_and_the_nearest_shown(guest: Chat) -> None:
    guest.says("show me keyboards under 20 euros").hears("nothing", "20.00 EUR")
    assert "Juniper Row Felt Keyboard" in titles(guest)


def test_stock_is_told_by_option(guest: Chat) -> None:
    guest.says("is the Kestrel Trail in stock in size 43?").hears("sold out in 43", "42")
    guest.says("is the quillon hush in stock in white?").hears("sold out")


def test_the_product_in_hand_is_remembered(guest: Chat) -> None:
    guest.says("how much is the Nordlys Fold?").hears("49.00 EUR", "69.00 EUR")
    guest.says("is it in stock?").hears("Nordlys Fold", "in stock")


def test_a_name_with_typing_errors_is_understood(guest: Chat) -> None:
    guest.says("how much is the quilon hush 75").hears("Quillon Hush 75", "89.00 EUR")


def test_a_fact_is_answered_from_the_record(guest: Chat) -> None:
    guest.says("how long does the battery of the Quillon Hush last?").hears("120 hours")


def test_what_the_record_does_not_say_is_not_guessed(guest: Chat) -> None:
    guest.says("is the Quillon Hush 75 dishwasher safe?").hears("won't guess")
    guest.is_offered_a_person()


def test_two_products_are_set_side_by_side(guest: Chat) -> None:
    guest.says("compare the Quillon Hush and the Quillon Clatter").hears("89.00 EUR", "129.00 EUR", "silent red", "clicky blue")


def test_a_need_is_met_with_reasons_within_the_price(guest: Chat) -> None:
    guest.says("can you recommend a quiet keyboard under 100?")
    assert "Quillon Hush 75" in titles(guest)
    assert "Quillon Clatter 100" not in titles(guest)
    assert all("quiet" in card["subtitle"] for card in guest.cards)


def test_similar_ones_share_facts_and_tell_the_price_difference(guest: Chat) -> None:
    guest.says("show me something similar to the Calder Tide 42")
    assert titles(guest) == ["Calder Harbour 42"]
    assert "same case (42 mm)" in guest.cards[0]["subtitle"]
    assert "20.00 EUR cheaper" in guest.cards[0]["subtitle"]


def test_what_goes_with_a_product_is_what_was_bought_with_it(guest: Chat) -> None:
    guest.says("what goes with the Quillon Hush 75?")
    assert titles(guest) == ["Quillon Palm Rest"]
    assert "bought together with the Quillon Hush 75 in 4 orders" in guest.cards[0]["subtitle"]


def test_bestsellers_are_counted(guest: Chat) -> None:
    guest.says("what are your bestsellers?").hears("Others often buy")
    assert "Quillon Hush 75" in titles(guest)


def test_a_known_customer_gets_advice_from_their_own_orders(bruno: Chat) -> None:
    bruno.says("what do you recommend?").hears("what you bought before")
    assert titles(bruno) == ["Quillon Palm Rest"]
    assert "by Quillon, like your Quillon Clatter 100" in bruno.cards[0]["subtitle"]


def test_a_known_customer_is_not_offered_what_was_just_bought(ada: Chat) -> None:
    ada.says("what are your bestsellers?")
    assert not {"Quillon Hush 75", "Quillon Palm Rest", "Nordlys Fold"} & set(titles(ada))


def test_the_second_one_is_the_second_card(guest: Chat) -> None:
    guest.says("show me keyboards")
    second = titles(guest)[1]
    guest.says("how much is the second one?").hears(second, "EUR")


def test_the_chat_places_no_orders_and_says_so(guest: Chat) -> None:
    guest.says("how much is the Calder Tide 42?").hears("199.00 EUR")
    guest.says("add it to my basket").never_hears("added")


def test_what_is_sold_out_in_the_wished_colour_is_called_so(guest: Chat) -> None:
    guest.says("do you have the Ombra Arc lamp?").hears("sold out")

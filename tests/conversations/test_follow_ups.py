"""A few words after products were shown are about those products."""

from tests.conversations.chat import Chat


def titles(chat: Chat) -> list[str]:
    return [card["title"] for card in chat.cards]


def test_cheaper_stays_within_the_kind_that_was_shown(guest: Chat) -> None:
    guest.says("do you have keyboards?")
    guest.says("cheaper?").hears("Juniper Row Felt Keyboard", "cheapest of its kind")
    guest.says("show me wristwatches")
    guest.says("cheaper?").hears("Calder Harbour 42", "cheapest of its kind")


def test_cheaper_without_anything_shown_asks_of_what(guest: Chat) -> None:
    guest.says("cheaper?").hears("which product")


def test_a_few_words_single_out_one_of_those_shown_and_the_list_stays(guest: Chat) -> None:
    guest.says("show me keyboards")
    first, second = titles(guest)[:2]
    guest.says("the felt one?").hears("Juniper Row Felt Keyboard")
    guest.says("whats the diff between the first two").hears(f"{first} | {second}")


def test_which_has_most_or_least_is_answered_from_the_records_shown(guest: Chat) -> None:
    guest.says("do you have wristwatches?")
    guest.says("most waterproof?").hears("Of these, the Calder Tide 42 it is", "200 m")
    guest.says("cheapest?").hears("Calder Harbour 42", "169.00 EUR")


def test_an_attribute_is_told_of_all_that_were_shown(guest: Chat) -> None:
    guest.says("do you have wristwatches?")
    guest.says("are they waterproof?").hears("Calder Tide 42: 200 m", "Calder Harbour 42: 50 m")


def test_a_colour_after_a_search_keeps_the_kind(guest: Chat) -> None:
    guest.says("do you have desk lamps")
    guest.says("in brass?")
    assert titles(guest) == ["Nordlys Fold"]


def test_a_budget_is_kept_when_a_need_is_narrowed(guest: Chat) -> None:
    guest.says("something for my desk, 60 total")
    guest.says("just lamp").never_hears("Ombra Arc")
    assert titles(guest) == ["Nordlys Fold"]


def test_a_budget_with_a_kind_is_never_ignored(guest: Chat) -> None:
    guest.says("keyboard under 90").never_hears("Which one")
    assert set(titles(guest)) == {"Quillon Hush 75", "Juniper Row Felt Keyboard"}


def test_a_present_is_found_by_the_words_of_the_need_within_the_budget(guest: Chat) -> None:
    guest.says("need a birthday present for my dad, max 80, he likes quite keybords")
    assert titles(guest) == ["Juniper Row Felt Keyboard"]


def test_what_the_shop_does_not_sell_is_said(guest: Chat) -> None:
    guest.says("do u sell bikes").hears("We don't sell bikes")


def test_how_to_buy_is_told_with_the_cards_and_asks_for_no_proof(guest: Chat) -> None:
    guest.says("show me keyboards")
    guest.says("how do i order it").hears("add it to your basket there").never_hears("order number")
    assert len(titles(guest)) == 3


def test_an_open_proof_lets_go_of_other_questions_and_takes_the_code_later(guest: Chat) -> None:
    guest.says("where is order CH-20002").hears("6-digit code")
    guest.says("do you have keyboards?").never_hears("6-digit code")
    guest.says("cheaper?").hears("cheapest").never_hears("6-digit code")
    guest.says("i didnt get a code").hears("spam folder")
    guest.says("271828").hears("CH-20002", "on its way")


def test_who_has_not_ordered_yet_needs_no_proof(guest: Chat) -> None:
    guest.says("where is my order").hears("order number")
    guest.says("not ordered yet, just asking").hears("no order to look up")


def test_thanks_bye_is_a_goodbye(guest: Chat) -> None:
    guest.says("thanks bye").hears("Goodbye")

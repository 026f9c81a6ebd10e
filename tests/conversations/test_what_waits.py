"""What a message asks for and what it does not: settled wishes, noes, pauses, and lines in passing."""

from collections.abc import Callable

from tests.conversations.chat import Chat


def test_a_vague_wish_does_not_come_back_when_both_orders_are_cancelled(dora: Chat) -> None:
    dora.says("cancel both my pending orders. And I don't have my email here, sorry. I'm Dora Kern.").hears("CH-60001")
    dora.says("No longer needed").presses("Yes").hears("CH-60001 is cancelled").hears("CH-60002").never_hears("email")
    dora.says("No longer needed").presses("Yes").hears("CH-60002 is cancelled").never_hears("Now to your other request")


def test_the_opening_request_survives_the_proof_and_who_it_is_does_not_come_back(open_chat: Callable[..., Chat]) -> None:
    guest = open_chat(guest_proof=("email", "name_zip"))
    guest.says("Return lead and coffee maker.").hears("postal code")
    guest.says("I don't have an email… quickly please.").hears("first name")
    guest.says("Enno Vik, 28195").hears("Return 1 x Galvan Reach", "Morva Brew").never_hears("quickly")


def test_what_is_wished_for_beside_keeping_the_order_is_taken_up(dora: Chat) -> None:
    dora.says("cancel CH-60001").hears("Why", "Fjordline Steel", "Kestrel Ridge")
    dora.says("don't cancel it yet, could the boots be switched to size 43?").hears("size 43 instead of size 42")
    dora.order_is("CH-60001", "pending", "C-4")


def test_a_deed_called_off_in_the_same_breath_is_not_begun(ada: Chat) -> None:
    said = "cancel everything... actually no, don't. What is the dearest thing I ordered and what did it cost?"
    ada.says(said).hears("I leave that as it is").hears("Kestrel Trail", "119.00").never_hears("Why")


def test_a_part_of_an_order_named_beside_what_stays_is_told_the_rule(dora: Chat) -> None:
    dora.says("cancel the flask in it, keep the boots").hears("only cancel a whole order", "Kestrel Ridge").never_hears("Why")


def test_a_moment_to_think_leaves_open_what_is_open(ada: Chat) -> None:
    ada.says("cancel CH-20001").says("ordered by mistake").hears("Cancel order CH-20001")
    ada.says("Hold on a sec, let me think it over").hears("Take your time").hears("Shall I do that?")
    ada.says("yes").hears("CH-20001 is cancelled")


def test_whether_it_is_done_is_told_from_the_receipt(ada: Chat) -> None:
    ada.says("return the lamp from CH-20003").presses("Visa").hears("Return 1 x Nordlys Fold")
    ada.says("so is the return through now?").hears("not yet").hears("Shall I do that?")
    ada.says("yes").hears("is registered")
    ada.says("Is that return done or not?").hears("Yes, that is done", "Nordlys Fold")


def test_the_end_of_a_card_is_no_order(dora: Chat) -> None:
    dora.says("Was the visa ending in 7301 used for order CH-60001?").hears("Visa ending in 7301")
    dora.says("and was the mastercard ending in 1881 used for that one?").never_hears("can't find")


def test_a_question_and_a_return_in_one_message_are_two(ada: Chat) -> None:
    said = "What t-shirt sizes do you have? Also, I'm returning both tees, they shrank."
    ada.says(said).hears("2 size choices").hears("returning both tees").hears("Where should the refund go?")


def test_what_the_customer_ordered_is_told_after_the_shops_own(enno: Chat) -> None:
    enno.says("What lens does the scope have?")
    enno.says("No, the scope I ordered. Its lens.").hears("65 mm", "CH-70006")


def test_what_is_remembered_in_between_is_no_address(dora: Chat) -> None:
    dora.says("change the address of CH-60001 to my daughter's. in my day a pack had 40 of them").never_hears("My Day", "Had 40")
    dora.says("Lindenweg 5, 28195 Bremen").hears("Send order CH-60001 to Lindenweg 5")

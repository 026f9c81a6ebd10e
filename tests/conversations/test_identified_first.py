"""A request for which the customer has to be identified first: it goes on by itself, with everything that was said."""

from collections.abc import Callable

import pytest

from tests.actions.parts import CODE
from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize
WEAK = ("email", "name_zip")


@wordings(
    "proof",
    [
        "Dora Kern, 28195. Quick please.",
        "I JUST can't remember the mail! Dora Kern, zip 28195!",
        "oh, the mail is lost on me, it's Dora Kern and I live in 28195, does that open the door?",
        "name's Dora Kern 28195",
    ],
)
def test_the_first_request_goes_on_whatever_is_said_around_the_proof(open_chat: Callable[..., Chat], proof: str) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("swap the boots in CH-60001 for size 41, difference to my visa").hears("postal code")
    chat.says(proof).hears("Change in order CH-60001", "41", "Visa ending in 7301")


@wordings(
    "said",
    [
        "This is ridiculous, my parcel went to the wrong town by accident! Dora Kern, 28195. Return the flask from CH-60003 please",
        "What a long day this has been for all of us here, Dora Kern 28195, and now please return the flask from CH-60003",
        "Dora Kern, 28195! I told your colleague three times already: return the flask from CH-60003",
    ],
)
def test_a_name_in_a_long_story_is_found(open_chat: Callable[..., Chat], said: str) -> None:
    open_chat(guest_proof=WEAK).says(said).hears("Thank you, Dora").never_hears("postal code", "can't find order")


@wordings(
    "beside",
    [
        "could you also tell me my gift card balance",
        "and what's on my gift card?",
        "then I also need the balance of my gift card",
    ],
)
def test_a_proof_that_fails_loses_neither_request(open_chat: Callable[..., Chat], beside: str) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("cancel CH-60002, I ordered it by mistake").hears("postal code")
    chat.says(f"dorra@mailbox.test, {beside}").hears("can't find an account").hears("postal code")
    chat.says("dora@mailbox.test").hears("Cancel order CH-60002")
    chat.says("yes").hears("CH-60002 is cancelled").hears("60.00 EUR")


@wordings(
    "said",
    [
        "change my account address to Lindenweg 3, 20095 Hamburg",
        "my profile address must be Lindenweg 3, 20095 Hamburg from now on, please change it",
        "update the address of my account to Lindenweg 3, 20095 Hamburg",
    ],
)
def test_what_concerns_the_account_asks_for_the_proof_too(open_chat: Callable[..., Chat], said: str) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says(said).hears("postal code").never_hears("sign in first")
    chat.says("Dora Kern, 28195").hears("Change the address of your account", "Lindenweg 3")


@wordings("said", ["28195 is my zip", "28195 was the postcode, no order", "my zip is 28195"])
def test_a_postal_code_alone_is_no_order_and_the_name_is_asked_for(open_chat: Callable[..., Chat], said: str) -> None:
    chat = open_chat(guest_proof=WEAK)
    chat.says("where is my order?").hears("postal code")
    chat.says(said).hears("first and last name").never_hears("can't find order")
    chat.says("Dora Kern").hears("CH-60001")


@wordings("said", ["Ann Berg, zip 32286!", "name's Ann Berg 32286", "32286 is my zip"])
def test_where_a_code_is_needed_a_postal_code_is_no_order_number(guest: Chat, said: str) -> None:
    guest.says("where is my order?").hears("order number")
    guest.says(said).hears("not enough").hears("order number").never_hears("6-digit code to", "is on its way to")
    guest.says("CH-20002").hears("6-digit code")
    guest.says(CODE).hears("CH-20002", "on its way")


@wordings("said", ["what is the airspeed of a swallow?", "who painted the ceiling of your shop?", "how tall is your chief?"])
def test_an_offer_of_a_person_has_buttons(ada: Chat, said: str) -> None:
    ada.says("return the shoes from CH-20002").is_offered_a_person()
    ada.says(said).is_offered_a_person()


MAIL = ["what is my e-mail address?", "which email do you have of me?", "tell me the e-mail of my account"]


@wordings("said", MAIL)
def test_who_only_knew_name_and_zip_learns_no_mail_address(open_chat: Callable[..., Chat], said: str) -> None:
    weak = open_chat(guest_proof=WEAK)
    weak.says("list my orders").hears("postal code")
    weak.says("Dora Kern, 28195").hears("CH-60001")
    weak.says(said).hears("d…@mailbox.test").never_hears("dora@mailbox.test")


@wordings("said", MAIL)
def test_who_signed_in_is_told_their_mail_address(dora: Chat, said: str) -> None:
    dora.says(said).hears("dora@mailbox.test")

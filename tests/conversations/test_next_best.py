"""What must stay is held, what was listed is chosen from, and no old word weighs against a new one."""

import pytest

from tests.conversations.chat import Chat

wordings = pytest.mark.parametrize
DOTTED = "to Sola Sling (length 2 m, cloth hemp, pattern dotted)"


@wordings(
    "said",
    [
        "exchange the scope for one with the maximum zoom, all other specs the same",
        "I want to exchange my scope: the highest zoom you have, everything else the same",
        "swap the scope for more zoom, the most there is; 65 mm and hard case must stay",
    ],
)
def test_the_most_within_what_must_stay_may_be_the_customers_own(enno: Chat, said: str) -> None:
    enno.says(said).never_hears("everything else unchanged", "Exchange from order").hears("Larkmoor Scout", "65 mm", "hard case")


@wordings(
    "said",
    [
        "No, not 80 mm. It must stay 65 mm with hard case. Which zooms do you have in 65 mm with hard case?",
        "no, I want to keep 65 mm and the hard case. What zooms are there in 65 mm with hard case?",
        "No. Which versions are there with 65 mm and hard case?",
    ],
)
def test_versions_that_exist_are_told_and_what_was_refused_goes(enno: Chat, said: str) -> None:
    enno.says("exchange the scope for the 80 mm 45x one").hears("to Larkmoor Scout (lens 80 mm")
    enno.says(said).hears(
        "There is no other version of the Larkmoor Scout (lens 65 mm; cover hard case) in stock, only the one that you have"
    )
    enno.never_hears("everything else unchanged", "It is still open").hears("What shall the new Larkmoor Scout be like")


@wordings(
    "said",
    [
        "I want 65 mm, hard case and more zoom: 30x or 45x, whichever is the most. Is there one?",
        "65 mm, 45x zoom, hard case, sold out or not?",
        "Leave that for a second. Do you have a scope with 65 mm, 45x zoom and hard case?",
    ],
)
def test_what_does_not_exist_is_never_replaced_silently(enno: Chat, said: str) -> None:
    enno.says("exchange the scope").hears("What shall the new Larkmoor Scout be like")
    enno.says(said).hears("There is no Larkmoor Scout like that", "at all. The nearest in stock").never_hears("Exchange from order")


@wordings(
    "said", ["a zoom of 30x or 45x, whichever is the most", "30x or 45x zoom, whichever is higher", "zoom 45x or 30x, whichever is more"]
)
def test_of_two_values_the_greater_is_taken(enno: Chat, said: str) -> None:
    enno.says("exchange the scope").hears("What shall the new")
    enno.says(said).hears("80 mm, zoom 45x")


@wordings("said", ["I want the most expensive", "the dearest of those please", "the most expensive one then"])
def test_the_dearest_is_the_dearest_of_those_that_were_listed(enno: Chat, said: str) -> None:
    enno.says("exchange the hammock for a shorter hemp one")
    enno.says("which shorter hemp ones are there?").hears("There are 3 other versions of the Sola Sling (cloth hemp; shorter) in stock")
    enno.says(said).hears(DOTTED)


@wordings(
    "said",
    [
        "All shorter hemp options with prices? I want the most expensive.",
        "Which shorter hemp versions are there? The dearest please.",
        "List all the shorter hemp ones. I'll take the most expensive.",
    ],
)
def test_what_is_asked_and_wished_in_one_breath_is_of_the_same(enno: Chat, said: str) -> None:
    enno.says("exchange the hammock").hears("What shall the new Sola Sling be like")
    enno.says(said).hears("There are 3 other versions of the Sola Sling (cloth hemp; shorter)").hears(DOTTED)


@wordings(
    "said",
    [
        "No, that's longer. The most expensive shorter one: 2 m, hemp, dotted, 82.50.",
        "no, that is longer. I want the shorter hemp one, dotted: 2 m",
        "That's bigger! 2 m, hemp, dotted, the dearest shorter one",
    ],
)
def test_values_that_are_named_weigh_more_than_longer_and_shorter(enno: Chat, said: str) -> None:
    enno.says("exchange the hammock for the 3 m hemp one, dotted").hears("length 3 m, cloth hemp, pattern dotted")
    enno.says(said).hears(DOTTED)


@wordings("said", ["No, I said shorter, in hemp", "no, that's longer. A shorter hemp one, dotted", "shorter, hemp, dotted!"])
def test_shorter_counts_from_what_the_customer_has(enno: Chat, said: str) -> None:
    enno.says("exchange the hammock for the 3 m hemp one, dotted").hears("length 3 m")
    enno.says(said).hears("to Sola Sling (length 2 m, cloth hemp")


@wordings(
    "said",
    [
        "I want to exchange my capsule coffee maker for a filter one from the same line.",
        "swap the capsule coffee maker for a filter one of the same series",
        "exchange the coffee maker, capsule, for the filter model of the same range please",
    ],
)
def test_of_the_same_line_all_else_stays_and_others_are_named(enno: Chat, said: str) -> None:
    enno.says(said).hears("There is also: ", "steel").hears("to Morva Brew (system filter, jug glass, clock timer)")
    enno.says("steel please").hears("to Morva Brew (system filter, jug steel, clock timer)")


@wordings(
    "said",
    [
        "My capsul cofee maker is a joke, I want to exhange it for a filter one from the same line. Get on with it pls",
        "this cofee makr is rubbish, exhange it to a filtr one pls",
        "ive had it, exhange my coffe maker for a filtr one",
    ],
)
def test_slips_of_the_pen_still_name_the_item(enno: Chat, said: str) -> None:
    enno.says(said)
    if "Exchange something" in enno.buttons:
        enno.presses("Exchange something")
    enno.hears("Exchange from order CH-70001", "to Morva Brew (system filter, jug glass, clock timer)")

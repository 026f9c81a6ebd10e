"""What a customer's words hold that a weak proof may rest on."""

import pytest

from server.identity.facts import read_facts, text_without

ADA = {("Ada", "Byron"), ("ada", "byron")}


def names_of(text: str) -> set[tuple[str, str]]:
    return {(name.first, name.last) for name in read_facts(text).names}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("I'm Ada Byron, zip 10115. Where is my parcel?", "Where is my parcel?"),
        ("my name is Ada Byron and my zip code is 10115 and I want to return the lamp", "I want to return the lamp"),
        ("Sure! It's Byron, Ada - 10115", ""),
        ("ada byron 10115", ""),
        ("First name: Ada, last name: Byron, zip: 10115", ""),
        ("the zip code is 10115 and the name Ada Byron, thanks", ""),
        ("I don't remember my e-mail but I am Ada Byron, I live in 10115", ""),
        ("Return the lamp please. Ada Byron (10115)", "Return the lamp please."),
    ],
)
def test_name_and_postal_code_are_found_however_they_are_put(text: str, rest: str) -> None:
    facts = read_facts(text)
    fitting = next(name for name in facts.names if (name.first, name.last) in ADA)
    assert [code.text for code in facts.postal_codes] == ["10115"]
    assert text_without(text, [*fitting.words, *facts.postal_codes]) == rest


@pytest.mark.parametrize("code", ["SW1A 1AA", "114 52", "1012 AB", "1012", "90210-1234"])
def test_postal_codes_of_several_countries_are_read(code: str) -> None:
    assert [found.text for found in read_facts(f"Ada Byron, {code}").postal_codes] == [code]


@pytest.mark.parametrize("text", ["where is order CH-10234", "order #10234", "it cost 1,299.00", "call me at 030-12345678", "no"])
def test_other_numbers_are_no_postal_codes(text: str) -> None:
    assert read_facts(text).postal_codes == ()


def test_names_of_three_words_are_read_both_ways() -> None:
    assert {("Mary Ann", "Smith"), ("Mary", "Ann Smith")} <= names_of("I'm Mary Ann Smith from 10115")


@pytest.mark.parametrize(
    "text", ["my email is ada@mailbox.test", "I'm Ada Byron, zip 10116", "My name is ada byron and I'm at 10116", "ada@mailbox.test"]
)
def test_who_plainly_says_who_they_are_makes_a_claim(text: str) -> None:
    assert read_facts(text).claimed


@pytest.mark.parametrize(
    "text",
    [
        "send it to 12 Elm Street, Austin, TX, zip 90417",
        "I'm moving to Austin 90417 next week",
        "change my address to 5 Oak Lane, Berlin 10115",
        "cancel order 12345 please",
    ],
)
def test_an_address_or_an_order_number_is_no_claim(text: str) -> None:
    assert not read_facts(text).claimed


def test_an_e_mail_address_is_taken_out_with_its_introduction() -> None:
    text = "my email is ada@mailbox.test and I want my money back"
    assert text_without(text, read_facts(text).emails) == "I want my money back"


@pytest.mark.parametrize("text", ["I don't remember my e-mail", "no, I forgot it", "I don't know that"])
def test_who_does_not_know_gives_no_name(text: str) -> None:
    assert read_facts(text).names == ()

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.order_ids import key_of


@pytest.mark.parametrize(
    "written",
    [
        "CH-10234",
        "ch10234",
        "#10234",
        "CH 10234",
        "10234",
        "ch–10234",
        "#ch-10234",
        " Ch_10234 ",
        "order 10234",
        "order no. CH-10234",
        "１０２３４",
    ],
)
def test_a_number_is_known_however_it_is_written(written: str) -> None:
    assert key_of(written, "CH-") == "CH10234"


@pytest.mark.parametrize("written", ["", "#", "my last order", "CH-10234; DROP TABLE", "x" * 40, "10234é", "'10234'"])
def test_what_is_no_order_number_has_no_key(written: str) -> None:
    assert key_of(written, "CH-") is None


def test_numbers_of_another_shop_are_known_too() -> None:
    assert key_of("#w9044173", "W") == key_of("9044173", "W") == key_of("#W9044173", "W") == "W9044173"


@given(st.integers(10000, 99999), st.integers(0, 4), st.integers(0, 9))
def test_a_wrong_digit_is_another_order(number: int, place: int, digit: int) -> None:
    digits = list(str(number))
    same = digits[place] == str(digit)
    digits[place] = str(digit)
    assert (key_of("".join(digits), "CH-") == key_of(f"CH-{number}", "CH-")) == same


@given(st.text(max_size=80))
def test_any_text_has_a_key_of_letters_and_digits_or_none(text: str) -> None:
    key = key_of(text, "CH-")
    assert key is None or (key.isascii() and key.isalnum() and key == key.upper())

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.checks.numbers import in_digits, parse
from answers.checks.values import find_values


def keys(text: str) -> list[tuple[str, ...]]:
    return [value.key for value in find_values(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.299,00 €", "1299 EUR"),
        ("1,299.00 EUR", "€1299"),
        ("1\N{NO-BREAK SPACE}299,00 EUR", "1\N{NARROW NO-BREAK SPACE}299,00 €"),
        ("1\N{NO-BREAK SPACE}299,00 EUR", "1,299.00 EUR"),
        ("EUR 4.90", "4,90 euros"),
        ("50 cents", "0.50 EUR"),
        ("two weeks", "14 days"),
        ("24 hours", "one day"),
        ("two years", "24 months"),
        ("half an hour", "30 minutes"),
        ("3 to 5 business days", "3–5 working days"),
        ("twenty-five percent", "25 %"),
        ("12 March 2026", "2026-03-12"),
        ("March 12th, 2026", "12.03.2026"),
        ("9 am", "09:00"),
        ("6 p.m.", "18:00"),
        ("order #ch-10023", "order CH-10023"),
        ("135 x 200 cm", "135×200 cm"),
        ("20,000 mm", "20000 mm"),
        ("a dozen", "12"),
        ("on Mondays", "on Monday"),
    ],
)
def test_one_value_in_two_writings(one, other):
    assert keys(one)
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4.90 EUR", "4.90 USD"),
        ("4.90 EUR", "49 EUR"),
        ("5 days", "5 business days"),
        ("3 business days", "3 to 5 business days"),
        ("24 months", "24 years"),
        ("9 am", "9 pm"),
        ("CH-10023", "CH-10032"),
        ("12 March 2026", "12 March 2027"),
        ("10 percent", "10 EUR"),
        ("30 cm", "30 mm"),
        ("Monday", "Sunday"),
    ],
)
def test_values_that_only_look_alike(one, other):
    assert keys(one) != keys(other)


def test_the_right_one_is_no_number():
    assert keys("We send the right one, and one more thing.") == []


@pytest.mark.parametrize(
    ("evidence", "stated", "stands"),
    [
        ("within 30 days", "30 days", True),
        ("within 30 days", "up to 30 days", True),
        ("within 30 days", "after 30 days", False),
        ("within 30 days", "at least 30 days", False),
        ("after 30 days", "within 30 days", False),
        ("up to 10 percent", "10 percent", False),
        ("up to 10 percent", "up to 10 percent", True),
        ("from 60 EUR", "up to 60 EUR", False),
        ("from 60 EUR", "60 EUR", False),
        ("20 pieces or more", "at least 20 pieces", True),
        ("before 12:00", "after 12:00", False),
    ],
)
def test_limits_are_part_of_a_value(evidence, stated, stands):
    known = find_values(evidence)
    assert all(any(one.stands_for(value) for one in known) for value in find_values(stated)) is stands


@given(st.integers(0, 10_000_000), st.integers(0, 99))
def test_a_price_is_the_same_in_english_and_continental_writing(whole, part):
    english = f"{whole:,}.{part:02d}"
    continental = english.replace(",", "_").replace(".", ",").replace("_", ".")
    assert parse(english) == parse(continental) == pytest.approx(whole + part / 100)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    find_values(text)
    in_digits(text)

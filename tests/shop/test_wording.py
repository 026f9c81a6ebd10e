"""How amounts are written."""

from collections.abc import Iterator

import pytest

from shop.wording import amount, money, write_amounts_as_in


@pytest.fixture
def written() -> Iterator[None]:
    yield
    write_amounts_as_in("en")


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "1,049.05 EUR"), ("en-GB", "1,049.05 EUR"), ("", "1,049.05 EUR"), ("xx", "1,049.05 EUR"),
        ("de", "1.049,05 EUR"), ("de_AT", "1.049,05 EUR"), ("FR-fr", "1\N{NO-BREAK SPACE}049,05 EUR"),
    ],
)  # fmt: skip
def test_amounts_are_written_as_in_the_shops_locale(written: None, locale: str, said: str) -> None:
    write_amounts_as_in(locale)
    assert money(104905, "EUR") == said


@pytest.mark.parametrize(("cents", "said"), [(0, "0.00"), (5, "0.05"), (-50, "-0.50"), (-104900, "-1,049.00"), (123456789, "1,234,567.89")])
def test_cents_are_kept_whatever_the_size_and_sign(cents: int, said: str) -> None:
    assert amount(cents) == said

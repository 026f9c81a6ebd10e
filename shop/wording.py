"""How amounts, dates and lists are written in sentences built from records."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from shop.models import Address

_MARKS = {
    **dict.fromkeys("de nl es it pt da tr el id ro hr sl is".split(), ".,"),  # noqa: SIM905
    **dict.fromkeys("fr fi nb nn no sv pl cs sk hu bg uk et lv lt".split(), "\N{NO-BREAK SPACE},"),  # noqa: SIM905
}
"""What stands between thousands and before the cents, by language, after the Unicode CLDR; everywhere else a comma and a point."""
_written = {"marks": ",."}


def write_amounts_as_in(locale: str) -> None:
    """Have every amount of this process written as in the shop's locale, such as "de-DE"."""
    _written["marks"] = _MARKS.get(locale.replace("_", "-").split("-")[0].lower(), ",.")


def amount(cents: int) -> str:
    """Write an amount without its currency, such as "1,049.00"."""
    between, before_cents = tuple(_written["marks"])
    units, rest = divmod(abs(cents), 100)
    return f"{'-' * (cents < 0)}{f'{units:,}'.replace(',', between)}{before_cents}{rest:02d}"


def money(cents: int, currency: str) -> str:
    """Write an amount, such as "1,049.00 EUR": in answers, receipts, e-mails and on every page alike."""
    return f"{amount(cents)} {currency}"


def day(moment: datetime, zone: tzinfo | None = None) -> str:
    """Write a date, such as "4 March 2026", as it is in `zone`."""
    local = moment.astimezone(zone) if zone else moment
    return f"{local.day} {local:%B %Y}"


def on_day(moment: datetime | None, word: str = "on", zone: tzinfo | None = None) -> str:
    """Write a date with a word before it, such as " on 4 March 2026", to be put behind something; empty where there is no date."""
    return f" {word} {day(moment, zone)}" if moment else ""


def join(parts: Sequence[str], last: str = "and") -> str:
    """Write a list, such as "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def options_words(options: Mapping[str, str]) -> str:
    """Write options with their names, such as "size 42, colour black"."""
    return ", ".join(f"{name} {value}" for name, value in options.items())


def address_words(address: Address) -> str:
    """Write an address in one line, such as "Hafenweg 1, 20457 Hamburg, DE"."""
    town = " ".join(filter(None, [address.postal_code, address.city]))
    return ", ".join(filter(None, [address.line1, address.line2, town, address.region, address.country]))

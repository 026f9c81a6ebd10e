"""How amounts, dates and lists are written in sentences built from records."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from shop.models import Address


def money(cents: int, currency: str) -> str:
    """Write an amount, such as "1,049.00 EUR"."""
    return f"{cents // 100:,}.{cents % 100:02d} {currency}"


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

"""Whether a text names an address: by street, postal code, city, region or country."""

import re

from actions.places import COUNTRIES, STATES
from shop.models import Address

_LEVELS = 5


def names_place(text: str, address: Address) -> int:
    """How narrowly a text names an address: 5 by street, 1 by country, 0 not at all. A region's code counts in capitals."""
    lower = text.lower()
    for rank, names in enumerate(_names_of(address)):
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", lower) for name in names):
            return _LEVELS - rank
    code = address.region if len(address.region) == 2 and address.region.isupper() else ""
    return 2 if code and re.search(rf"(?<!\w){code}(?!\w)", text) else 0


def _names_of(address: Address) -> tuple[frozenset[str], ...]:
    """The names that an address goes by, from the narrowest to the widest."""
    state = STATES.get(address.region.upper(), "") if address.country == "US" else ""
    levels = (
        (address.line1, address.line2),
        (address.postal_code,),
        (address.city,),
        (address.region, state),
        COUNTRIES.get(address.country, ()),
    )
    return tuple(frozenset(name.lower() for name in level if len(name) > 2) for level in levels)

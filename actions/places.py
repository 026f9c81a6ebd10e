"""Names of countries and of the states of the USA, as customers write them."""

import re

# ISO 3166 alpha-2 → names and short forms in lower case.
COUNTRIES = {
    "AT": ("austria", "österreich"),
    "AU": ("australia",),
    "BE": ("belgium", "belgië", "belgique"),
    "CA": ("canada",),
    "CH": ("switzerland", "schweiz", "suisse"),
    "CZ": ("czech republic", "czechia"),
    "DE": ("germany", "deutschland"),
    "DK": ("denmark", "danmark"),
    "ES": ("spain", "españa"),
    "FI": ("finland",),
    "FR": ("france",),
    "GB": ("united kingdom", "great britain", "england", "scotland", "wales", "uk"),
    "IE": ("ireland",),
    "IT": ("italy", "italia"),
    "LU": ("luxembourg",),
    "NL": ("the netherlands", "netherlands", "holland", "nederland"),
    "NO": ("norway",),
    "NZ": ("new zealand",),
    "PL": ("poland",),
    "PT": ("portugal",),
    "SE": ("sweden", "sverige"),
    "US": ("united states of america", "united states", "u.s.a.", "usa", "us"),
}
STATES = {
    "AL": "alabama", "AK": "alaska", "AZ": "arizona", "AR": "arkansas", "CA": "california", "CO": "colorado", "CT": "connecticut",
    "DE": "delaware", "DC": "district of columbia", "FL": "florida", "GA": "georgia", "HI": "hawaii", "ID": "idaho", "IL": "illinois",
    "IN": "indiana", "IA": "iowa", "KS": "kansas", "KY": "kentucky", "LA": "louisiana", "ME": "maine", "MD": "maryland",
    "MA": "massachusetts", "MI": "michigan", "MN": "minnesota", "MS": "mississippi", "MO": "missouri", "MT": "montana",
    "NE": "nebraska", "NV": "nevada", "NH": "new hampshire", "NJ": "new jersey", "NM": "new mexico", "NY": "new york",
    "NC": "north carolina", "ND": "north dakota", "OH": "ohio", "OK": "oklahoma", "OR": "oregon", "PA": "pennsylvania",
    "RI": "rhode island", "SC": "south carolina", "SD": "south dakota", "TN": "tennessee", "TX": "texas", "UT": "utah",
    "VT": "vermont", "VA": "virginia", "WA": "washington", "WV": "west virginia", "WI": "wisconsin", "WY": "wyoming",
}  # fmt: skip
SHORT_CITIES = {"nyc": "new york", "la": "los angeles", "sf": "san francisco", "philly": "philadelphia", "vegas": "las vegas"}

_COUNTRY_OF = {name: code for code, names in COUNTRIES.items() for name in names}
_STATE_OF = {name: code for code, name in STATES.items()}


def country_code(text: str) -> str | None:
    """The ISO code of a country's name, or None. A bare code counts in capitals only."""
    plain = re.sub(r"^(?:in|to)\s+", "", text.strip().strip(".").lower())
    return _COUNTRY_OF.get(plain) or (text.strip() if text.strip() in COUNTRIES else None)


def country_name(code: str) -> str:
    """How a country is written for people; the code where it is not known here."""
    name = COUNTRIES.get(code, (code,))[0]
    return " ".join(word if word in {"of", "the"} else word.capitalize() for word in name.split()) if name != code else code


def state_code(text: str) -> str | None:
    """The short form of a state of the USA, or None."""
    plain = text.strip().strip(".")
    return plain.upper() if plain.upper() in STATES else _STATE_OF.get(plain.lower())


def state_names(code: str) -> tuple[str, ...]:
    """What a region may be called: its short form, and its name where it is a state of the USA."""
    return (code.lower(), STATES[code.upper()]) if code.upper() in STATES else (code.lower(),)

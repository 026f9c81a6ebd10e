"""Postal addresses in customers' words: in one message, piece by piece, or as one that we know already.

Only what is written counts: nothing is looked up, and no part is guessed. What is missing is asked for.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from actions.places import SHORT_CITIES, country_code, country_name, state_code, state_names
from shop.models import Address

_POSTAL = (
    r"\d{5}(?:-\d{4})?|\d{4}\s?(?-i:[A-Z]{2})\b|[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}|[a-z]\d[a-z]\s?\d[a-z]\d|\d{3}\s\d{2}|\d{2}-\d{3}|"
    r"\d{4}(?=\s+[A-Za-zÄÖÜäöüßéè])|\d{4}$"
)
_TAIL_POSTAL = re.compile(rf"(?P<before>.*?)(?<![\w-])(?P<code>{_POSTAL})(?![\w-])\s*(?P<after>.*)", re.IGNORECASE | re.DOTALL)
_UNIT = re.compile(
    r"\b(?P<unit>(?:apartment|apt|suite|ste|unit|flat|floor|room|building|bldg|door|box)\.?\s*(?:no\.?\s*|number\s*|#\s*)?[a-z]?\d+[a-z]?\b|"
    r"(?:apartment|apt|suite|ste|unit|flat|room|building)\.?\s+[a-z]\b|\d+(?:st|nd|rd|th) floor|#\s?\d+[a-z]?\b|c/o [\w .'-]+)",
    re.IGNORECASE,
)
_COUNTED = (
    r"(?:items?|orders?|days?|weeks?|months?|years?|hours?|minutes?|times?|pieces?|people|kids?|of|x|gb|tb|mb|gigabytes?|megapixels?|mp|"
    r"inch(?:es)?|cm|mm|ml|kg|usd|eur|dollars?|bucks|euros?|percent|options?|versions?|photos?|photographs?|shirts?|lamps?|pairs?)\b"
)
"""What a number counts or measures; no street is called so."""
_NUMBER_FIRST = re.compile(rf"\d{{1,6}}[a-z]?(?:[-/]\d+[a-z]?)?\s+(?!{_COUNTED})[^\W\d][\w.'’ -]*", re.IGNORECASE)
_TELLS = re.compile(
    r"\b(?:has|had|have|was|were|is|are|been|got|get|gets|costs?|paid|pay|than|about|only|just|over|under|an?|i|my)\b|"
    rf"\d[ -]?{_COUNTED}",
    re.IGNORECASE,
)
"""What is said with a number in it, and is no street that ends with one."""
_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\bst\.)(?<!\bstr\.)(?<!\bave\.)(?<!\bapt\.)(?<!\bno\.)(?<!\bdr\.)(?<!\brd\.)(?<!\bste\.)\s+", re.IGNORECASE
)
_LINE_NAME = re.compile(
    r"(?:^|(?<=[,;:.!] ))\s*(?:the )?(?:street|(?:first|second|address) line|line)\s*[12]?\s*[:=]?\s+(?=\d|suite|apt|unit|ste\b)",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(r"(?:[^\W\d][\w.'’-]*\s+){1,4}\d{1,4}\s?[a-z]?(?:[-/]\d+[a-z]?)?\b(?!\d)", re.IGNORECASE)
_LEAD = re.compile(
    r"^.*\b(?:to|is|be|say|says|read|reads|at|as|with|address|addresses|actually|into|it'?s|now|instead of \S+|use|live in|live)\b\s*:?\s*",
    re.IGNORECASE | re.DOTALL,
)
_NOISE = re.compile(
    r"\b(?:instead|please|pls|(?:many )?thanks(?: a lot| so much)?|thank you(?: very much| so much)?|thx|cheers|rather|now|"
    r"from now on|and not\b.*|not\b.*|rather than\b.*|instead of\b.*|"
    r"(?:for|and) (?:the|my|that|this|both|all|every) [^\d]*|(?:in|on) (?:all )?(?:my|the) (?:account|profile|orders?)[^\d]*|"
    r"as (?:my|the) (?:\w+ )?(?:default|new|address|one)[^\d]*|if (?:that|it)\b.*)\s*$",
    re.IGNORECASE,
)
_VERB = re.compile(r"^(?:please |pls |just |and )*(?:save|use|put|set|take|make it|enter|write)\s+", re.IGNORECASE)
_HOUSE = re.compile(r"\b(?:house|street|building) ?(?:number|no\.?|nr\.?)\b\D{0,25}?(\d{1,5}\s?[a-z]?)\b", re.IGNORECASE)
_NUMBER = re.compile(r"^\W*(?:no\W+)?(?:it'?s |number |no\.? )+(\d{1,5}[a-z]?)\W*$", re.IGNORECASE)
_ZIP = re.compile(rf"\b(?:zip|post(?:al)? ?code|plz|post code)(?: ?code)?\b.{{0,30}}?(?<![\w-])({_POSTAL})(?![\w-])", re.IGNORECASE)
_CITY = re.compile(r"\b(?:city|town)\b.{0,40}?\b(?:is|be|say|to)\s+(?!wrong|incorrect|not)([^\W\d](?:(?! and )[^\d,.;])*)", re.IGNORECASE)
_ASIDE = r"(?:too|as well|please|pls|now|instead|also|then|again|thanks|thank you|ok|okay|right|both|actually)"
_LITTLE = re.compile(rf"^(?:(?:{_ASIDE}|so|well|just)\b[ ,.:]*)+(?!\w+ (?:street|road|avenue|lane)\b)|(?:[ ,.]+{_ASIDE})+$", re.IGNORECASE)
"""Little words before and behind a part of an address, which name no place."""
_ORDER = re.compile(r"(?:\border\s+)?(?:\b[a-z]{1,3}-?\d{5,9}\b|#\s?[a-z]{0,3}-?\d{4,9}\b)", re.IGNORECASE)
"""An order number; a postal code stands apart from the letters before it."""
_ONCE = re.compile(
    r"(?:^|(?<=[.!?;,(…–-])\s*|\s)(?:(?:and|you know|well|but),? )?(?:(?:back )?in (?:my|those|the (?:good )?old) days?"
    r"|back in the days?|back then"
    r"|when i was (?:young|a \w+|your age)|years ago|(?:it|that|they) used to)\b[^.!?;\n]*",
    re.IGNORECASE,
)
"""What somebody remembers in between, which names no place: "in my day a roll had 36"."""
_MEASURE = re.compile(
    r"\b\d+(?:[.,]\d+)?[-\s]?(?:inch(?:es)?|centimet\w+|millimet\w+|millilit\w+|cm|mm|ml|kg|gb|tb|watts?|hours?|hrs?|pieces?|packs?)\b"
    r"|\b\d+(?:[.,]\d+)?-(?:m|l|g|ft|foot|feet|met(?:er|re)s?|lit(?:er|re)s?)\b",
    re.IGNORECASE,
)
"""The measure of some goods, which is no house number: "a 13-inch one"."""
_DEFAULT = re.compile(
    r"\b(?:default|usual|normal|regular|saved|registered)\b|\b(?:account|profile)(?:'?s)? (?:address|one)\b|\bmy home address\b|"
    r"\baddress (?:in|on|of|from) my (?:account|profile)\b|\bone (?:in|on) my (?:account|profile)\b|"
    r"\bthe (?:one|address) you have (?:on file|for me)\b"
)
_PLACE_LEAD = re.compile(r"^(?:in|near|city|town|zip(?: code)?|post(?:al)? ?code|state|country|and)\b\s*[:=]?\s*", re.IGNORECASE)
_STREET_WORD = re.compile(
    r"\b(?:street|st|road|rd|avenue|ave|drive|dr|lane|ln|boulevard|blvd|court|ct|place|pl|square|sq|terrace|way|highway|hwy|parkway|pkwy|"
    r"close|crescent|row|quay|circle|trail|\w*stra(?:ss|ß)e|\w*weg|\w*allee|\w*platz|\w*straat|rue|via|calle)\b\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Parts:
    """The parts of an address that were said; empty where they were not."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    house: str = ""
    """A house number alone, which changes the present street line."""

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> Self:
        """Read what `to_json` or an address wrote."""
        names = {field.name for field in fields(cls)}
        return cls(**{name: str(value) for name, value in (data or {}).items() if name in names and value})

    def to_json(self) -> dict[str, str]:
        """Write the parts that are there."""
        return {name: value for name, value in asdict(self).items() if value}

    def __bool__(self) -> bool:
        return bool(self.to_json())

    def over(self, earlier: "Parts") -> "Parts":
        """These parts, completed by earlier ones."""
        return replace(earlier, **self.to_json())


def read_parts(text: str, home: str = "", *, place: bool = False) -> Parts:
    """Read the parts of an address that a message holds.

    Args:
        text: The customer's words.
        home: The country where none is said; it tells Delaware from Germany.
        place: Whether the street is known and only the place behind it was asked for, so that a bare name is a city.
    """
    text = _LINE_NAME.sub(" ", _told_of(_MEASURE.sub(" ", _ONCE.sub(" ", _ORDER.sub(" ", text)))))
    named = _named_parts(text)
    if named:
        return named
    chunks = [_bare(chunk) for chunk in re.split(r"[,;\n]+", _quiet(text)) if chunk.strip()]
    parts = Parts(line1="?") if place else Parts()
    for number, chunk in enumerate(chunks):
        parts = _read_chunk(chunk, parts, home, first=number == 0)
    return replace(parts, line1=parts.line1.strip("?"))


def _told_of(text: str) -> str:
    """The sentence that holds the address, with the scraps behind it, where the others are about something else."""
    sentences = _SENTENCE_END.split(text.strip())
    streets = [_street_in(_quiet(one).split(",")[0]) or _street_in(one) for one in sentences]
    plain = [number for number, street in enumerate(streets) if _STREET_WORD.search(street)]
    whole = [number for number in plain if _TAIL_POSTAL.fullmatch(sentences[number])]
    if not plain or len(sentences) == 1:
        return text
    start = (whole or plain)[-1]
    rest = start + 1
    while rest < len(sentences) and len(sentences[rest].split()) < 4:
        rest += 1
    return " ".join(sentences[start:rest])


def without_parts(text: str) -> str:
    """The text without the address that it holds, for what else it names."""
    said = read_parts(text)
    for part in (said.line1, said.line2, said.postal_code, said.city if said.line1 or said.postal_code else ""):
        text = re.sub(re.escape(part), " ", text, flags=re.IGNORECASE) if part else text
    return text


def complete(said: Parts, present: Address) -> tuple[Address | None, tuple[str, ...]]:
    """Make an address of what was said, keeping of the present one what a small correction leaves as it is.

    Returns:
        The address, or None with the names of the parts that are missing.
    """
    if not said.line1:
        return _corrected(said, present)
    country = said.country or present.country
    same_place = said.city.lower() in {"", present.city.lower()} and said.postal_code in {"", present.postal_code}
    region = said.region or (present.region if same_place and country == present.country else "") or _region_of_city(said.city, country)
    missing = [name for name in ("city", "postal_code") if not getattr(said, name)]
    if said.postal_code == present.postal_code and not said.city:
        said, missing = replace(said, city=present.city), []
    if country == "US" and not region and not missing:
        missing.append("region")
    if missing:
        return None, tuple(missing)
    made = replace(said, country=country, region=region)
    return Address(**{name: value for name, value in made.to_json().items() if name != "house"}), ()


def find_known(text: str, known: Sequence[Address], default: Address | None) -> list[Address]:
    """The addresses of the customer's own that a text refers to: "my default address", "the one in Berlin"."""
    text = re.sub(r"\bnot (?:to |in )?(?:the )?[\w-]+", " ", text.lower())
    if default and _DEFAULT.search(text):
        return [default]
    return [address for address in known if _is_called(address, text)]


def one_line(address: Address) -> str:
    """An address in one line."""
    place = " ".join(filter(None, (address.postal_code, address.city)))
    if address.country == "US":
        place = f"{address.city}, {address.region} {address.postal_code}".replace(",  ", ", ")
    elif address.region:
        place = f"{place}, {address.region}"
    return ", ".join(filter(None, (address.line1, address.line2, place, country_name(address.country))))


def _corrected(said: Parts, present: Address) -> tuple[Address | None, tuple[str, ...]]:
    """The present address with a detail put right; another city alone is no address."""
    if not said:
        return None, ("line1", "city", "postal_code")
    if (said.city and said.city.lower() != present.city.lower()) and not said.postal_code:
        return None, ("line1", "postal_code")
    if said.city and said.city.lower() != present.city.lower():
        return None, ("line1",)
    changes = {name: value for name, value in said.to_json().items() if name != "house"}
    if said.house:
        changes["line1"] = _with_number(present.line1, said.house)
    return present.model_copy(update=changes), ()


def _quiet(text: str) -> str:
    """The text without what may stand behind an address, such as "please" or "for both orders"."""
    before, text = "", text.strip().rstrip(".!? ")
    while text != before:
        before, text = text, _NOISE.sub("", text).strip().rstrip(".!?, ")
    return _VERB.sub("", text)


def _with_number(line1: str, number: str) -> str:
    found = re.search(r"\d+\s?[a-zA-Z]?\b", line1)
    return line1[: found.start()] + number.strip() + line1[found.end() :] if found else f"{line1} {number.strip()}"


def _region_of_city(city: str, country: str) -> str:
    # New York lies in New York; of no other city is the state known from its name.
    return "NY" if country == "US" and city.lower() == "new york" else ""


def _is_called(address: Address, text: str) -> bool:
    city = address.city.lower()
    short = [name for name, full in SHORT_CITIES.items() if full == city and name != "la"]
    street = re.sub(r"^\d+\w?\s+|\s+\d+\w?$", "", address.line1.lower())
    names = [city, street, *short, *(name for name in state_names(address.region) if len(name) > 2)]
    return any(name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)


def _named_parts(text: str) -> Parts:
    """Details that are called by their name: "the zip should be 80331", "house number 14"."""
    found = {name: match[1].strip() for name, pattern in _NAMED.items() if (match := pattern.search(text))}
    if "house" not in found and (number := _NUMBER.match(text)):
        found["house"] = number[1]
    if not found or (_street_in(text.split(",")[0]) and "," in text):
        return Parts()
    if "city" in found:
        found["city"] = _cased(_NOISE.sub("", found["city"]).strip())
    if "postal_code" in found:
        found["postal_code"] = found["postal_code"].upper()
    return Parts(**found)


_NAMED = {"house": _HOUSE, "postal_code": _ZIP, "city": _CITY}


def _read_chunk(chunk: str, parts: Parts, home: str, *, first: bool) -> Parts:
    """Add what one part between commas says."""
    if (country := country_code(chunk)) and not _is_state(chunk, home):
        return replace(parts, country=country)
    if unit := _UNIT.search(chunk):
        parts = replace(parts, line2=unit["unit"].strip())
        chunk = (chunk[: unit.start()] + " " + chunk[unit.end() :]).strip(" ,.-")
        if not chunk or not re.search(r"\d", chunk):
            return parts if not parts.line1 or len(chunk) < 3 else _read_place(_LEAD.sub("", chunk), parts)
    if not parts.line1 and (street := _street_in(chunk)):
        rest = chunk[chunk.rindex(street) + len(street) :].strip(" ,.-")
        parts = replace(parts, line1=_cased(_bare(street)))
        return _read_place(rest, parts) if rest else parts
    return _read_place(chunk if not first else _LEAD.sub("", chunk), parts)


def _street_in(chunk: str) -> str:
    """The street line that a part holds, without what leads up to it and without the place behind it."""
    before = _before_postal(chunk)
    said = _LEAD.sub("", before) or before
    if re.fullmatch(r"\d{4,5}\s+[^\W\d][^\d]*", said) and not _STREET_WORD.search(said):
        return ""
    name_first = re.search(r"(?:^|\s)(?P<street>" + _NAME_FIRST.pattern + ")", said, re.IGNORECASE)
    number_first = _NUMBER_FIRST.search(said)
    if name_first and _TELLS.search(said[name_first.start("street") : name_first.end() + 12]):
        name_first = None
    if name_first and (not number_first or name_first.start("street") <= number_first.start()):
        return re.split(r"\s+(?:in|at)\s+", name_first["street"].strip())[0]
    if not number_first:
        return ""
    # "7 Mill Bank Chicago": the street ends with its own word, unless that is all there is.
    ends = [word.end() for word in _STREET_WORD.finditer(number_first[0]) if word.start() > 3]
    if ends and "," not in chunk:
        return number_first[0][: ends[-1]].strip()
    return re.split(r"\s+in\s+", number_first[0].strip(" .-"))[0]


def _before_postal(chunk: str) -> str:
    found = _TAIL_POSTAL.fullmatch(chunk)
    # A postal code stands behind the street; a five-digit house number stands before a name.
    return found["before"] if found and re.search(r"\d", found["before"]) else chunk


def _read_place(chunk: str, parts: Parts) -> Parts:
    """Add city, region, postal code and country from what is no street."""
    chunk = _PLACE_LEAD.sub("", _bare(chunk))
    found = _TAIL_POSTAL.fullmatch(chunk)
    if found and not parts.postal_code:
        parts = replace(parts, postal_code=found["code"].upper())
        for rest in (found["before"], found["after"]):
            parts = _read_place(rest, parts) if re.search(r"\w", rest) else parts
        return parts
    if (country := country_code(chunk)) and not _is_state(chunk, "US"):
        return replace(parts, country=country)
    words = chunk.split()
    if (parts.city and (state := state_code(chunk))) or (len(words) == 1 and chunk.isupper() and (state := state_code(chunk))):
        return replace(parts, region=state, country=parts.country or "US")
    if len(words) > 1 and words[-1].isupper() and (state := state_code(words[-1])):
        return replace(_read_place(" ".join(words[:-1]), parts), region=state, country=parts.country or "US")
    if not parts.city and (state := _named_state(words)):
        return replace(
            _read_place(" ".join(words[: -len(state.split())]), parts), region=str(state_code(state)), country=parts.country or "US"
        )
    if parts.city or re.search(r"\d", chunk) or not (parts.line1 or parts.postal_code) or len(words) > 4 or not words:
        return parts
    return replace(parts, city=_cased(SHORT_CITIES.get(chunk.lower(), chunk)))


def _bare(chunk: str) -> str:
    """A part of an address without the little words around it."""
    return _LITTLE.sub("", _LITTLE.sub("", chunk.strip(" .-"))).strip(" .-")


def _named_state(words: Sequence[str]) -> str | None:
    """The name of a state written out behind that of a city: "Fort Worth Texas"."""
    if state_code(" ".join(words)):
        return None
    names = [" ".join(words[-count:]) for count in (2, 1) if len(words) > count]
    return next((name for name in names if len(name) > 3 and state_code(name)), None)


def _is_state(chunk: str, home: str) -> bool:
    # CA is California in an address, and Canada is written out; DE is Delaware for those who live in the USA.
    return chunk.strip() == "CA" or (home == "US" and state_code(chunk) is not None)


def _cased(text: str) -> str:
    """Capitals where the customer wrote none at all."""
    text = text.strip(" ,.-")
    return re.sub(r"\b[^\W\d]", lambda sign: sign[0].upper(), text) if text == text.lower() else text

"""Words and option values in one common form, so that 13", "13 inch" and "13-inch" are the same token."""

import re
from dataclasses import dataclass
from functools import lru_cache

from shop.filtering import singular

NEGATIONS = frozenset({"not", "no", "non", "without", "never", "none", "neither", "nor"})
_SPELLINGS = (
    (re.compile(r"(?<=\d)\s*[\"″”]"), " inch "),
    (re.compile(r"(?<=\d)in\b"), " inch"),
    (re.compile(r"[‘’`´]"), "'"),
    (re.compile(r"\bwi[- ]?fi\b|\bwlan\b"), "wifi"),
    (re.compile(r"\b(?:xx|2x|extra extra|double)[- ]?l(?:arge)?\b"), "xxl"),
    (re.compile(r"\b(?:extra|x)[- ]?large\b|\bx l\b"), "xl"),
    (re.compile(r"\b(?:xx|2x|extra extra)[- ]?s(?:mall)?\b"), "xxs"),
    (re.compile(r"\b(?:extra|x)[- ]?small\b"), "xs"),
    (re.compile(r"\bthree[- ]quarters? (?:of an? )?lit(?:re|er)s?\b"), "750 ml"),
    (re.compile(r"\b(?:an? |one )?quarter (?:of an? )?lit(?:re|er)\b"), "250 ml"),
    (re.compile(r"\b(?:an?|one) lit(?:re|er) and a half\b|\bone and a half lit(?:re|er)s?\b"), "1.5 l"),
    (re.compile(r"\bhalf (?:of )?an? lit(?:re|er)\b"), "500 ml"),
    (re.compile(r"\b(?:a|one) lit(?:re|er)\b"), "1 l"),
    (re.compile(r"\bipx ?(\d)\b"), r"ipx\1"),
    (re.compile(r"\bnon-?(?=[a-z]{4})"), "non "),
    (re.compile(r"\b(?:do|does|did|is|are|was|were|would|can|could|should|has|have)n['o]?t\b"), "not"),
    (re.compile(r"\bwon't\b|\bcannot\b"), "not"),
)
_UNITS = {
    "ml": ("volume", 1), "cl": ("volume", 10), "dl": ("volume", 100), "l": ("volume", 1000), "lt": ("volume", 1000),
    "litre": ("volume", 1000), "liter": ("volume", 1000), "litres": ("volume", 1000), "liters": ("volume", 1000),
    "mm": ("length", 1), "cm": ("length", 10), "m": ("length", 1000), "metre": ("length", 1000), "meter": ("length", 1000),
    "inch": ("length", 25.4), "inches": ("length", 25.4), "ft": ("length", 304.8), "foot": ("length", 304.8),
    "feet": ("length", 304.8), "'": ("length", 304.8), "metres": ("length", 1000), "meters": ("length", 1000),
    "g": ("mass", 1), "gram": ("mass", 1), "grams": ("mass", 1), "kg": ("mass", 1000), "kilo": ("mass", 1000), "kilos": ("mass", 1000),
    "lb": ("mass", 453.6), "lbs": ("mass", 453.6), "pounds": ("mass", 453.6), "pound": ("mass", 453.6), "oz": ("mass", 28.35),
    "mb": ("storage", 1), "gb": ("storage", 1000), "gig": ("storage", 1000), "gigs": ("storage", 1000), "gigabyte": ("storage", 1000),
    "gigabytes": ("storage", 1000), "tb": ("storage", 1_000_000), "terabyte": ("storage", 1_000_000), "tera": ("storage", 1_000_000),
    "w": ("power", 1), "watt": ("power", 1), "watts": ("power", 1), "kw": ("power", 1000), "mah": ("charge", 1), "wh": ("charge", 270),
    "h": ("time", 60), "hr": ("time", 60), "hrs": ("time", 60), "hour": ("time", 60), "hours": ("time", 60),
    "min": ("time", 1), "mins": ("time", 1), "minute": ("time", 1), "minutes": ("time", 1),
    "mp": ("pixels", 1), "megapixel": ("pixels", 1), "megapixels": ("pixels", 1), "x": ("times", 1), "times": ("times", 1),
    "k": ("lines", 540), "p": ("lines", 1), "lumen": ("lumen", 1), "lumens": ("lumen", 1), "lm": ("lumen", 1),
    "%": ("percent", 1), "percent": ("percent", 1), "bar": ("bar", 1), "bars": ("bar", 1), "v": ("volt", 1), "hz": ("hertz", 1),
    "degree": ("degree", 1), "degrees": ("degree", 1), "°": ("degree", 1), "piece": ("piece", 1), "pieces": ("piece", 1),
    "pcs": ("piece", 1), "pc": ("piece", 1), "cup": ("cup", 1), "cups": ("cup", 1), "person": ("person", 1), "persons": ("person", 1),
    "people": ("person", 1), "man": ("person", 1), "pack": ("pack", 1), "dpi": ("dpi", 1), "db": ("decibel", 1),
}  # fmt: skip
_BY_LENGTH = "|".join(sorted((re.escape(unit) for unit in _UNITS), key=len, reverse=True))
_NUMBER = r"\d+(?:[.,]\d{1,3})?"
_TOKEN = re.compile(
    rf"(?P<dims>\d+(?:[.,]\d+)?\s?[x×]\s?\d+(?:[.,]\d+)?(?:\s?[x×]\s?\d+)?)(?:\s?(?:cm|mm|inch|m)\b)?"
    rf"|(?<!from )(?P<low>{_NUMBER})\s?(?:-|–|to)\s?(?P<high>{_NUMBER})\s?-?\s?(?P<range_unit>{_BY_LENGTH})(?![a-z\d])"
    rf"|(?P<amount>{_NUMBER})\s?-?\s?(?P<unit>{_BY_LENGTH})(?![a-z\d])"
    rf"|(?P<number>{_NUMBER})(?![a-z])"
    r"|(?P<word>[^\W_]+(?:'[a-z]+)?)|(?P<sign>[>,;.:/?!+=&()])"
)
_IDLE = frozenset({"with", "and", "the", "a", "of"})
_WORDS = {
    "grey": "gray", "greys": "gray", "coloured": "colour", "color": "colour", "colored": "colour", "colors": "colour",
    "small": "s", "smaller-size": "s", "medium": "m", "med": "m", "large": "l", "uni": "unisex",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "twelve": "12",
    "aluminum": "aluminium", "grey-ish": "gray", "sized": "size", "lens": "lens", "lenses": "lens", "batteries": "battery",
}  # fmt: skip
_NUMBER_WORDS = re.compile(
    rf"\b(two|three|four|five|six|seven|eight|nine|ten"
    rf"|twelve)(?=[\s-]?(?:{'|'.join(u for u in sorted(_UNITS, key=len, reverse=True) if len(u) > 1 and u.isalpha())})\b)"
)


@dataclass(frozen=True)
class Token:
    """One word, number or measure of a text.

    Attributes:
        key: The common form: a word in singular, a number, or a measure such as "=volume:500".
        raw: The letters that stand in the text, in lower case.
        start: Where it begins in the normalised text.
    """

    key: str
    raw: str
    start: int

    @property
    def is_sign(self) -> bool:
        """Whether it is punctuation."""
        return not any(sign.isalnum() for sign in self.raw)


def normal(text: str) -> str:
    """Lower case, with the spellings that name the same thing made one."""
    text = text.lower()
    for pattern, written in _SPELLINGS:
        text = pattern.sub(written, text)
    return _NUMBER_WORDS.sub(lambda found: _WORDS[found[1]], text)


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text, in order."""
    return tuple(_token(found) for found in _TOKEN.finditer(normal(text)))


def measure_of(key: str) -> tuple[str, float] | None:
    """Dimension and size of a measure or number token; None for a word. A range counts by its upper end."""
    if key.startswith("="):
        dimension, _, size = key[1:].partition(":")
        return dimension, float(size.rpartition("-")[2])
    return ("", float(key)) if re.fullmatch(r"\d+(?:\.\d+)?", key) else None


def printed_number(value: str) -> str | None:
    """The one number that stands in an option's value, such as "750" in "750 ml"; None where there is none or several."""
    found = re.findall(_NUMBER, value)
    return _plain(found[0]) if len(found) == 1 else None


@lru_cache(maxsize=4096)
def value_words(value: str) -> tuple[bool, tuple[str, ...]]:
    """Whether a value denies, and the tokens of what it says: "without armrests" is (True, ("armrest",))."""
    said = [token.key for token in tokens_of(value) if not token.is_sign]
    keys = [key for at, key in enumerate(said) if key not in _IDLE or (key == "a" and at == len(said) - 1)]
    denies = any(key in NEGATIONS for key in keys)
    return denies, tuple(key for key in keys if key not in NEGATIONS)


def _token(found: re.Match[str]) -> Token:
    return Token(_key(found), found[0].strip(), found.start())


def _key(found: re.Match[str]) -> str:
    if found["dims"]:
        return "=dims:" + _plain_dims(found["dims"])
    if found["low"]:
        dimension, factor = _UNITS[found["range_unit"]]
        return f"={dimension}:{_times(found['low'], factor)}-{_times(found['high'], factor)}"
    if found["amount"]:
        dimension, factor = _UNITS[found["unit"]]
        return f"={dimension}:{_times(found['amount'], factor)}"
    if found["number"]:
        return _plain(found["number"])
    word = (found["word"] or found["sign"]).removesuffix("'s")
    return _WORDS.get(word) or _WORDS.get(singular(word), singular(word))


def _plain_dims(written: str) -> str:
    sides = [float(side) for side in re.findall(r"\d+(?:\.\d+)?", written.replace(",", "."))]
    product = 1.0
    for side in sides:
        product *= side
    return f"{'x'.join(f'{side:g}' for side in sides)}-{product:g}"


def _times(number: str, factor: float) -> str:
    return f"{float(_plain(number)) * factor:.10g}"


def _plain(number: str) -> str:
    # "1,5 l" has a decimal comma; "1,000 pieces" and "1.000" group thousands.
    whole, sign, part = number.replace(",", ".").partition(".")
    return f"{int(whole + part) if sign and len(part) == 3 and whole != '0' else float(f'{whole}.{part or 0}'):g}"


@dataclass(frozen=True)
class Joined:
    """Tokens as one text, with the way back from a place in it to its token."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, tokens: tuple[Token, ...]) -> "Joined":
        """Join the raw words of tokens with single blanks."""
        starts, length = [], 0
        for token in tokens:
            starts.append(length)
            length += len(token.raw) + 1
        return cls(" ".join(token.raw for token in tokens), tuple(starts))

    def token_at(self, place: int) -> int:
        """The first token that begins at or after a place in the text."""
        return next((index for index, start in enumerate(self.starts) if start >= place), len(self.starts))

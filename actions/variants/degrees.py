"""Words for more and less: "bigger", "less bright", "the cheapest", "one size up", "i7 or better"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.variants.model import PRICE
from actions.variants.names import find_names
from actions.variants.scales import dimensions_of, option_names, option_values, product_scale
from actions.variants.values import Joined, Token
from shop.models import Product

_CONCEPTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # What is meant: the words of option names that speak of it, most fitting first; the measures that do.
    "size": (("size", "capacity", "volume", "diameter", "screen", "frame", "piece", "length", "height", "dimension", "width"),
             ("volume", "length", "dims", "person", "cup", "piece")),
    "room": (("capacity", "person", "storage", "volume", "size", "room"), ("volume", "person", "storage")),
    "length": (("length", "battery", "duration", "time", "height", "size"), ("length", "time")),
    "height": (("height", "length", "backrest", "size"), ("length",)),
    "light": (("brightness", "light", "lumen", "power"), ("lumen", "power")),
    "thickness": (("thickness", "weight", "depth"), ()),
    "width": (("width", "diameter", "size"), ()),
    "weight": (("weight", "size"), ("mass",)),
    "shade": (("tone", "roast", "shade"), ()),
    "power": (("processor", "speed", "ram", "power", "pressure", "output"), ("power", "bar")),
    "difficulty": (("difficulty", "level", "piece"), ()),
    "warmth": (("warmth", "temperature"), ()),
    "any": ((), ()),
}  # fmt: skip
_ADJECTIVES = {
    **dict.fromkeys(("big", "large", "huge", "great"), ("size", 1)), **dict.fromkeys(("small", "little", "tiny", "compact"), ("size", -1)),
    "roomy": ("room", 1), "spacious": ("room", 1), "long": ("length", 1), "short": ("length", -1), "tall": ("height", 1),
    "bright": ("light", 1), "dim": ("light", -1), "thick": ("thickness", 1), "thin": ("thickness", -1), "slim": ("thickness", -1),
    "wide": ("width", 1), "narrow": ("width", -1), "heavy": ("weight", 1), "light": ("weight", -1), "dark": ("shade", 1),
    **dict.fromkeys(("fast", "quick", "powerful", "strong", "speedy"), ("power", 1)), **dict.fromkeys(("slow", "weak"), ("power", -1)),
    **dict.fromkeys(("easy", "simple"), ("difficulty", -1)),
    **dict.fromkeys(("hard", "difficult", "challenging", "tough"), ("difficulty", 1)),
    **dict.fromkeys(("cheap", "inexpensive", "affordable", "low-priced"), (PRICE, -1)),
    **dict.fromkeys(("expensive", "pricey", "pricy", "costly", "dear", "fancy", "premium"), (PRICE, 1)),
    "high": ("any", 1), "low": ("any", -1),
    "good": ("any", 1), "bad": ("any", -1), "warm": ("warmth", 1),
}  # fmt: skip
_IRREGULAR = {"better": ("good", 1), "best": ("good", 2), "worse": ("bad", 1), "worst": ("bad", 2)}
_PLAIN_MOST = {"max": 1, "maximum": 1, "most": 1, "min": -1, "minimum": -1, "least": -1, "fewest": -1, "lowest": -1, "highest": 1, "top": 1}
_PLAIN_MORE = {"more": 1, "less": -1, "fewer": -1, "extra": 1}
_STEPS = re.compile(
    r"\b(one|a|1|2|two|half a)\s+(?:sizes?|steps?|levels?|notch(?:es)?|numbers?)\s+(up|down|bigger|larger|smaller|lower|higher|less|more)\b"
)
_SIZE_UP = re.compile(r"\b(?:go |size |sizing )?(up|down) (?:a|one|two|2) sizes?\b|\bsize (up|down)\b|\b(?:the )?next sizes? (up|down)\b")
_WHICHEVER = re.compile(r"\b(?:which ?ever|what ?ever|the one that)(?: one)?(?: is|'s)?$")
_NEXT = re.compile(r"\b(?:a (?:little|bit|tad|touch)|slightly|somewhat|just a)\b")
_WINDOW = 3
_LEAST_PAID = (
    r"(?:(?:costs?|costing|pay|paying) (?:me )?(?:the )?(?:very )?least|(?:least|less) pric(?:e)?y|lowest (?:possible )?(?:in )?"
    r"(?:price\w*|cost\w*)|(?:lowest|best) (?:for|in|by|on) (?:the )?price|(?:best|smallest|lowest|lower)[ -]price\w*|entry[ -]level"
    r"|(?:most )?(?:budget[ -]friendly|economical|wallet[ -]friendly)|least money|bottom of the range|low(?:est)?[ -]cost\w*)"
)
_MOST_PAID = (
    r"(?:(?:costs?|costing) (?:me )?(?:the )?(?:very )?most|highest (?:possible )?(?:in )?(?:price\w*"
    r"|cost\w*)|(?:highest|top) (?:for|in|by) "
    r"(?:the )?price|top[ -]priced|top[ -]of[ -]the[ -](?:range|line)|high(?:est)?[ -]end|most money|(?:highest|dearest) cost\w*)"
)
_OF_PRICE = tuple((re.compile(rf"\b(?:the )?{words}\b"), sign) for words, sign in ((_LEAST_PAID, -1), (_MOST_PAID, 1)))
"""Superlatives of the price in more words than one: "the one that costs least", "top of the range"."""


@dataclass(frozen=True)
class Degree:
    """A word for more or less, as it stands in a text.

    Attributes:
        at: The token it stands at.
        end: One past its last token.
        option: The option it speaks of, or `PRICE`; None where that cannot be told.
        sign: 1 for more, -1 for less.
        is_extreme: Whether it means the most or the least, and not only more or less.
        steps: As in `Comparison`.
        said: The words.
    """

    at: int
    end: int
    option: str | None
    sign: int
    is_extreme: bool
    steps: int | None
    said: str


def find_degrees(tokens: Sequence[Token], product: Product, taken: frozenset[int] = frozenset()) -> list[Degree]:
    """The words for more and less of a text. `taken` are tokens that name something already."""
    sizes = [*_size_steps(tokens, product), *_of_price(tokens, taken)]
    used = taken | {at for one in sizes for at in range(one.at, one.end)}
    names = find_names(tokens, product)
    found = [degree for at in range(len(tokens)) if at not in used and (degree := _degree_at(tokens, at, product, names, used))]
    overlapped = {at for one in found for at in range(one.at + 1, one.end)}
    return [*sizes, *(one for one in found if one.at not in overlapped)]


def _size_steps(tokens: Sequence[Token], product: Product) -> list[Degree]:
    joined = Joined.of(tuple(tokens))
    found = _STEPS.search(joined.text) or _SIZE_UP.search(joined.text)
    if not found:
        return []
    words = found[0].split()
    sign = 1 if set(words) & {"up", "bigger", "larger", "higher", "more"} else -1
    steps = 2 if set(words) & {"two", "2"} else 1
    first, end = joined.token_at(found.start()), joined.token_at(found.end())
    return [Degree(first, end, _option_of("size", product), sign, False, steps, found[0])]


def _of_price(tokens: Sequence[Token], taken: frozenset[int]) -> list[Degree]:
    """Superlatives of the price that take several words; none where one of these words names a value."""
    joined = Joined.of(tuple(tokens))
    found = []
    for pattern, sign in _OF_PRICE:
        for match in pattern.finditer(joined.text):
            first, end = joined.token_at(match.start()), joined.token_at(match.end())
            if not taken & set(range(first, end)):
                found.append(Degree(first, end, PRICE, sign, True, None, match[0]))
    return found


def _degree_at(
    tokens: Sequence[Token], at: int, product: Product, names: Sequence[tuple[int, str]], used: frozenset[int] | set[int]
) -> Degree | None:
    word = tokens[at].raw
    form = _form(word)
    if form is not None:
        adjective, grade = form
        concept, sign = _ADJECTIVES[adjective]
        return _degree(tokens, at, at + 1, (concept, sign, grade == 2), product, names)
    following = tokens[at + 1].raw if at + 1 < len(tokens) else ""
    if word in {"more", "less", "most", "least"} and following in _ADJECTIVES:
        concept, sign = _ADJECTIVES[following]
        sign = -sign if word in {"less", "least"} else sign
        return _degree(tokens, at, at + 2, (concept, sign, word in {"most", "least"}), product, names)
    if word == "as" and following in _ADJECTIVES and any(token.raw == "possible" for token in tokens[at + 2 : at + 5]):
        return _degree(tokens, at, at + 2, (*_ADJECTIVES[following], True), product, names)
    if following == "enough" and word in _ADJECTIVES and at and tokens[at - 1].key == "not":
        return _degree(tokens, at, at + 2, (*_ADJECTIVES[word], False), product, names)
    if word == "too" and following in _ADJECTIVES:
        concept, sign = _ADJECTIVES[following]
        return _degree(tokens, at, at + 2, (concept, -sign, False), product, names)
    sign = _PLAIN_MOST.get(word) or _PLAIN_MORE.get(word) or 0
    named = _named_after(at, tokens, names) if sign else None
    if sign and named is not None and not used & {at}:
        option, end = named
        return Degree(at, end, option, sign, word in _PLAIN_MOST, None, _said(tokens, at, end))
    return None


def _form(word: str) -> tuple[str, int] | None:
    """The adjective, and 1 for its comparative or 2 for its superlative."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, grade in (("er", 1), ("est", 2)):
        stem = word.removesuffix(ending)
        if stem == word:
            continue
        for base in (stem, stem + "e", stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else "", stem[:-1] + "y"):
            if base in _ADJECTIVES:
                return base, grade
    return None


def _degree(
    tokens: Sequence[Token], at: int, end: int, meaning: tuple[str, int, bool], product: Product, names: Sequence[tuple[int, str]]
) -> Degree:
    concept, sign, is_extreme = meaning
    before = " ".join(token.raw for token in tokens[max(0, at - 4) : at])
    is_extreme = is_extreme or bool(_WHICHEVER.search(before))
    steps = 0 if _NEXT.search(before) and not is_extreme else None
    named = _named_after(end - 1, tokens, names) if concept != PRICE else None
    if concept == "any" and any(token.raw in {"price", "priced", "cost", "quality"} for token in tokens[end : end + 2]):
        concept = PRICE
    if named is not None and product_scale(product, named[0]) is not None:
        return Degree(at, named[1], named[0], sign, is_extreme, steps, _said(tokens, at, named[1]))
    option = PRICE if concept == PRICE else _option_of(concept, product, sign)
    return Degree(at, end, option, sign, is_extreme, steps, _said(tokens, at, end))


def _said(tokens: Sequence[Token], at: int, end: int) -> str:
    return " ".join(token.raw for token in tokens[at:end])


def _named_after(at: int, tokens: Sequence[Token], names: Sequence[tuple[int, str]]) -> tuple[str, int] | None:
    # "The easiest, fewest pieces": what a further degree speaks of is not meant by the first.
    further_degree = (place for place in range(at + 1, len(tokens)) if tokens[place].raw in _PLAIN_MOST or _form(tokens[place].raw))
    stop = min(at + _WINDOW, next(further_degree, len(tokens)))
    near = [(place, option) for place, option in names if at < place <= stop]
    if not near:
        return None
    first = near[0][0]
    options = [option for place, option in near if place == first]
    # "screen size": the option whose name goes on with the next word.
    further = [option for place, option in near if place == first + 1 and option in options]
    chosen = further or options
    end = first + (2 if further else 1)
    return (chosen[0], end) if len(chosen) == 1 else None


def _option_of(concept: str, product: Product, sign: int = 1) -> str | None:
    """The one option of a product that a concept speaks of; None where none does, or several do as well."""
    ordered = [name for name in option_names(product) if product_scale(product, name) is not None]
    names, dimensions = _CONCEPTS[concept]
    if concept == "any":
        return ordered[0] if len(ordered) == 1 else None
    for word in names:
        fitting = [name for name in ordered if word in name.lower()]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    measured = [name for name in ordered if dimensions_of(option_values(product, name)) & set(dimensions)]
    return measured[0] if len(measured) == 1 else None

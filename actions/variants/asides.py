"""What words say of the options that are not the wish itself: which shall stay, and which do not matter."""

import re
from dataclasses import dataclass

from actions.variants.names import find_names
from actions.variants.scales import option_names
from actions.variants.spans import Named, find_named
from actions.variants.values import Joined, Token
from shop.models import OrderLine, Product

_CARELESS = re.compile(
    r"\b(?:not (?:really )?(?:care|mind|bother|fuss\w*)(?: about| if| whether| which| what"
    r"| for| too much)*|no matter(?: what| which| if)?|regardless of|"
    r"irrespective of|no preference(?: for| on| about| in| as to)?|(?:not"
    r"|n't) important(?: whether| if| which)?|indifferent (?:to|about))\b"
)
_ANY = re.compile(r"\b(?:any|whatever|whichever|what ever|no matter which)\b")
_CARELESS_AFTER = re.compile(
    r"^(?:is |are |does |do |can |may |will )?(?:or not\b|not (?:really )?(?:matter|important|relevant)"
    r"|irrelevant|be anything|be different|differ|change|whatever|any will do|is up to you|up to you|be any)"
)
_ALL_FREE = re.compile(
    r"\b(?:(?:the )?(?:rest|others?|everything else|anything else|nothing else|all else|other (?:\w+ )?(?:specs?"
    r"|specifications|options?|things|features|details|attributes))\b"
    r"[^,.;]{0,30}?(?:not (?:really )?(?:matter|important|relevant)|matters?|irrelevant|(?:can"
    r"|may) (?:be (?:anything|different)|change|differ|vary)|do not care|not care)"
    r"|(?:whatever|anything|any(?: one| of them| variant| version| option)?|whichever)(?: else)?(?: one)?(?: that)?(?: is"
    r"|'s| are| you have| you(?:'ve)? got| there is)(?: still)?(?: in stock| on stock| available| left| there| fine| ok(?:ay)?)?\b"
    r"|any(?: one)? (?:will|would) do|any(?: one)? (?:in stock|available)|you (?:choose|pick|decide)"
    r"|surprise me|up to you|whatever (?:works|you like)|i not care$|not matter which(?: one)?$)"
)
_ONLY_CARE = re.compile(r"\b(?:only|just) (?:really )?(?:care about|want|need|insist on)\b|\ball (?:that|i) (?:matters|care about)\b")
_ONLY_MATTERS = re.compile(r"\bonly (?:the )?(?:\w+ ){1,3}(?:matters?|counts?|is important)\b")
_KEEP = re.compile(r"\b(?:same|keep(?:ing)?(?: it)?|identical|equal|not change|without changing|still)\b")
_STAYS = re.compile(
    r"^(?:has to |should |must |can |may |to )?(?:stay|stays|remain|remains|be the same|as (?:it is|before|now)|unchanged|the same)\b"
)
_OWN = re.compile(
    r"(?<!not )(?<!not be )\b(?:in|of|at|with|to) (?:my|our|his|her) (?:own |usual |present |current |old |normal |regular |same )?"
    r"|\b(?:in|of|with|at) the (?=(?:\w+ ){1,2}(?:that )?(?:i|we)(?:'ve| have)? (?:already )?(?:have"
    r"|had|got|bought|ordered|wear|use|chose|picked)\b)"
)
"""What the customer has stays: "in my size", "in the colour that I have"."""
_AS_MINE = re.compile(
    r"^(?:(?:as|like|of) (?:mine|now|before|the one i (?:have|got)|what i have|my (?:old|present|current|first) \w+)\b"
    r"|(?:once )?again\b)"
)
_ALL_KEPT = re.compile(
    r"\b(?:(?:everything|all|anything) else(?: \w+)?|(?:all |the )?(?:the )?(?:other|remaining) (?:\w+ )?(?:specs?"
    r"|specifications|options?|things|features|details|attributes)|(?:all )?the rest)(?: (?:of it|about it))?,? "
    r"(?:(?:has to|have to|should|must|can|may|shall) )?"
    r"(?:be |stays? |remains? |is |are |exactly )*(?:the )?(?:same|unchanged|as (?:it is|they are|mine|is|before)|like mine)\b"
    r"|\b(?:everything|all) (?:exactly )?(?:the )?same as mine\b|\bnothing else (?:changes|changed|different)\b"
    r"|\botherwise (?:the )?(?:same|identical)\b"
)
_CHANGED = re.compile(r"\b(?:other|another|different|not the same|change the|switch the)\b")
_REACH, _NEAR = 6, 2


@dataclass(frozen=True)
class Asides:
    """What is said beside the wish.

    Attributes:
        kept: Options that shall stay.
        changed: Options that shall be other than they are, whatever they become: "another colour".
        free: Options that may be anything.
        all_free: Whether all that is not named may be anything.
        covered: The tokens that say so, which name no wish.
        all_kept: The options that shall stay unless another is named: "everything else the same"; empty where that is not said.
    """

    kept: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()
    all_free: bool = False
    covered: frozenset[int] = frozenset()
    all_kept: frozenset[str] = frozenset()

    def covers(self, at: int) -> bool:
        """Whether a token belongs to what is said beside the wish."""
        return at in self.covered


def read_asides(tokens: tuple[Token, ...], product: Product, present: OrderLine | None) -> Asides:
    """Read which options shall stay and which do not matter."""
    joined = Joined.of(tokens)
    names, named = find_names(tokens, product), find_named(tokens, product)
    free, covered = _free(tokens, joined, names, named)
    kept = _kept(tokens, joined, names)
    only = _ONLY_CARE.search(joined.text) or _ONLY_MATTERS.search(joined.text)
    if only and _ONLY_MATTERS.search(joined.text):
        kept |= {option for at, option in names if joined.token_at(only.start()) <= at < joined.token_at(only.end())}
    elif only and "care" in only[0]:
        kept |= _following(tokens, joined.token_at(only.end()), names, _REACH)
    all_free = bool(_ALL_FREE.search(joined.text)) or bool(only and ("care" in only[0] or "matter" in only[0] or "count" in only[0]))
    options = frozenset(option_names(product)) if present else frozenset()
    changed = {option for found in _CHANGED.finditer(joined.text) for option in _following(tokens, joined.token_at(found.end()), names, 1)}
    stays = options if _ALL_KEPT.search(joined.text) else frozenset()
    return Asides(frozenset(kept) & options, frozenset(changed) & options, frozenset(free - kept), all_free, frozenset(covered), stays)


def _free(tokens: tuple[Token, ...], joined: Joined, names: list[tuple[int, str]], named: list[Named]) -> tuple[set[str], set[int]]:
    free: set[str] = set()
    covered: set[int] = set()
    for pattern, reach in ((_CARELESS, _REACH), (_ANY, _NEAR)):
        for found in pattern.finditer(joined.text):
            start = joined.token_at(found.end())
            end = _clause_end(tokens, start, start + reach)
            options = {option for at, option in names if start <= at < end}
            if pattern is _CARELESS:
                options |= {option for one in named if start <= one.start < end for option, _ in one.options}
            if options:
                free |= options
                covered |= set(range(start, end))
    for at, option in names:
        rest = joined.text[joined.starts[at] + len(tokens[at].raw) :].lstrip(" ,")
        if _CARELESS_AFTER.search(rest):
            free.add(option)
            covered.add(at)
    return free, covered


def _kept(tokens: tuple[Token, ...], joined: Joined, names: list[tuple[int, str]]) -> set[str]:
    kept: set[str] = set()
    for found in _KEEP.finditer(joined.text):
        kept |= _following(tokens, joined.token_at(found.end()), names, 3)
    for found in _OWN.finditer(joined.text):
        kept |= _following(tokens, joined.token_at(found.end()), names, 2)
    for at, option in names:
        if _AS_MINE.search(joined.text[joined.starts[at] + len(tokens[at].raw) :].lstrip(" ,")):
            kept.add(option)
        if _STAYS.search(joined.text[joined.starts[at] + len(tokens[at].raw) :].lstrip(" ,")):
            kept.add(option)
    return kept


def _following(tokens: tuple[Token, ...], start: int, names: list[tuple[int, str]], reach: int) -> set[str]:
    """The options named next, and those that "and" adds to them: "the same size and material"."""
    found: set[str] = set()
    at, last = start, start + reach
    while at < min(last, len(tokens)):
        here = {option for place, option in names if place == at}
        if here:
            found |= here
            last = at + 1 + reach
        elif tokens[at].key in {"but", "with", "in", "for", "to", "."} or (tokens[at].is_sign and tokens[at].key != ","):
            break
        at += 1
    return found


def _clause_end(tokens: tuple[Token, ...], start: int, limit: int) -> int:
    stop = {",", ".", ";", "!", "?", "but", "as", "just", "only"}
    return next((at for at in range(start, min(limit, len(tokens))) if tokens[at].key in stop), min(limit, len(tokens)))

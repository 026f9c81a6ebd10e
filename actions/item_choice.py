"""Fewer items of those that were chosen, and items of several orders in one message."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.line_choice import narrow_lines
from actions.resolve import find_order_ids, match_lines, refers_to_order
from actions.turn import Request
from actions.variants import LineWish, is_named, wishes_by_line
from shop.models import LineId, Order, OrderLine, Product

_OUT = re.compile(
    r"\b(?:(?<!do )not(?=\s+(?:the|my|that|those|for|about|exchange|swap|change|return|send|\w+ing)\b)"
    r"|don'?t|do not|without|except(?: for)?|leav(?:e|ing)(?: out)?|drop|remove|(?<!don't )(?<!not )forget(?: about)?|keep(?:ing)?"
    r"|skip|scratch|take (?:out|off)|exclude|omit|ignore"
    r"|minus|never ?mind|instead of|rather than|no longer|no changes? (?:to|for|of|with)|(?:all|everything) but|but not|hands off"
    r"|(?<!has )nothing (?:about|with|to do with|for)|no (?:new|other)|never (?:said|mentioned|named|asked|wanted|spoke|talked|meant|wrote)"
    r"(?: (?:a word|one word|anything|something|to (?:exchange|swap|change|return|touch)))?(?: (?:about|for|of|with|on))?"
    r"|did(?:n'?t| not) (?:say|mention|ask|want|mean)(?: (?:a word|anything|something))?(?: (?:about|for|of|with))?)\b"
    r"(?!\s+(?:only|just|forget|if|all|in|too|so|as|sure)\b)\s+"
    r"(?:(?:to |want(?: to)?|need(?: to)?) ?)?(?:(?:exchang|swapp?|chang|modify|return|send|touch)(?:e|ing)?\s+)?(?:about )?(?:back )?"
    r"(?:the |my |that |those )?(?P<what>[^,.;!?]+)"
)
"""What is taken out, to the end of its clause."""
_STAYS = re.compile(
    r"(?P<what>[^,.;!?]+?)\s+(?:(?:(?:can|should|may|shall|will|must|have to|has to) (?:just )?)?(?:stay|remain)s?\b"
    r"(?! (?:the|in|at|size)\b)|(?:is (?:fine|ok|okay|good) )?as it is|"
    r"(?:doesn'?t|does not|needn'?t) (?:need|have) to|(?:was|is|are|were)(?:n't| not|nt) (?:what i|meant|part|about|involved|mentioned|the)"
    r"|has(?:n't| nothing| not)(?: got)? (?:anything )?to do with)\b"
)
_AROUND = re.compile(r"\b(?:take|leave|get|keep|kick|cut|pull|drop)\s+(?P<what>[^,.;!?]+?)\s+(?:out|off|away|alone)\b")
_ECHO = re.compile(
    r"(?:^|(?<=[.!?,;])\s*)(?:(?:an?|the|my|what|another|new|oh|huh|which)[\s,]+)*(?P<what>(?:[\w-]+ ){0,2}[\w-]+)\s*\?[?!]*\s*"
    r"(?=(?:no+|nope|not|never|i (?:never|did(?:n'?t)?|don'?t|said|mean[st]?|want(?:ed)?)|why|where|what|huh|leave|that'?s not|who)\b)"
)
"""What the bot had named, asked back in surprise: "a lamp? no, …"."""
_POINTS = re.compile(
    r"^(?:(?:those|these|the) )?(?:other )?(?:two|three|four|2|3|4|ones|items|things|both(?: of (?:them|those|these))?|them|those|these)"
    r"(?= (?:as|just|the way|how|like|out|alone|unchanged)\b|$)"
)
"""What points at the items that were spoken of just before: "keep those two"."""
_MEMBER = (
    r"(?:(?:the|my|that|those|these|both|an?) )?(?!(?:and|but|just|only|please|i|you|we|it|instead|rather|then|not|make|the rest)\b)[\w-]+"
    r"(?: (?!(?:and|or|nor|but|is|are|was|were|can|should|to|for|in|i|you|please|instead|only|just|stays?|exchange|return|swap|change"
    r"|send)\b)[\w-]+){0,3}"
)
_LISTED = re.compile(
    r"\b(?:leav(?:e|ing) out|without|except(?: for)?|drop|remove|skip|scratch|take (?:out|off)|exclude|omit|ignore|keep(?:ing)?|minus"
    rf"|forget(?: about)?|not(?=[^.;!?]*\b(?:n?or)\b)) {_MEMBER}(?:, (?:(?:and|or|nor) )?{_MEMBER})+(?:,? (?:and|or|nor) {_MEMBER})?"
    r"(?=\s*(?:[.;!?,]|$|please\b|out\b|off\b|alone\b))"
)
"""What is left out one after another: "leave out the mug, the rug and the lamp"."""
_CLAUSE = re.compile(
    r"[.;!?,]+\s+|\s+(?=(?:and|but)\s+(?:just|only|please|then|i|leave|forget|drop|skip|remove|keep|not|don'?t|exchange|return|swap|change)\b)|"
    r"\s+(?=(?:instead of|rather than|except|without)\b)"
)
_NOTHING_LEFT_OUT = re.compile(r"\bnot (?:only|just)\b|\b(?:that'?s|that is) (?:all|everything|it)\b")
_PRICED = r"(?:(?:most|least) expensive|cheapest|dearest|priciest)(?: (?:ones?|versions?|options?|variants?))?"
_NOT_PRICED = re.compile(rf"\bnot (?:the |your )?{_PRICED}(?=\W+(?:but )?(?:i (?:said|want|meant) )?(?:the |your )?{_PRICED})")
"""A wish that another takes the place of, and no item that is left out: "not the dearest, the cheapest"."""
_KINDS = ("only", "out", "neutral")
_ONLY = re.compile(r"\b(?:just(?! (?:make|to|wonder\w*|curious|asking)\b)|only|nothing but)\b")
_WISHED = re.compile(
    r"\b(?:for|to|into)\s+(?!(?:exchange|swap|change|return|send|have|get|turn|make|my|give|replace)\b)[^.;!?]*", re.IGNORECASE
)
"""What is wished for, which tells no items apart."""
_TOGETHER = re.compile(r"\b(?:both|all|every|each|everything)\b")
_EVERY_ORDER = re.compile(
    r"\b(?:all|both|every|each)\b(?:\W+\w+){0,4}?\W+orders?\b|\beverything\b.*\borders\b|"
    r"\b(?:everything|all (?:of )?(?:the |my )?(?:things|items|stuff|products|purchases))\b.*"
    r"\b(?:ordered|bought|purchased|got|received|have)\b"
)


def narrowed(text: str, order: Order, products: Mapping[str, Product], chosen: Sequence[str]) -> list[str] | None:
    """The chosen lines that are left after "not the lamp" or "just the shirt"; None where the words take nothing out."""
    lines = [line for line in order.lines if line.line_id in chosen]
    if len(lines) < 2:
        return None
    named = _named_by_kind(text, order, products, chosen)
    # "Make the lamp brass and not the white one" speaks of a version: the lamp itself is wanted.
    out = named["out"] - named["only"] - named["neutral"]
    if not out and not named["only"]:
        return None
    # "Just the shirt and the lamp": what follows in the same breath is kept too.
    stay = (named["only"] | named["neutral"] if named["only"] else set(chosen)) - out
    left = [line_id for line_id in chosen if line_id in stay]
    return left if 0 < len(left) < len(lines) else None


def taken_out(text: str, order: Order, products: Mapping[str, Product], chosen: Sequence[str]) -> list[str]:
    """The chosen lines that words take out and do not also wish for: "leave the lamp alone", "a lamp? I never said a lamp"."""
    named = _named_by_kind(text, order, products, chosen)
    return [line_id for line_id in chosen if line_id in named["out"] - named["only"] - named["neutral"]]


def _named_by_kind(text: str, order: Order, products: Mapping[str, Product], chosen: Sequence[str]) -> dict[str, set[str]]:
    found: list[tuple[str, set[str]]] = []
    for part in _parted(text):
        keys = set(_meant(part.words, order, products, chosen))
        if part.kind == "out" and not keys and _POINTS.search(part.words):
            # "The rug and the lamp get dearer. Keep those two": what was told of before is what is pointed at.
            at = next((at for at in range(len(found) - 1, -1, -1) if found[at][0] == "neutral" and found[at][1]), None)
            keys = found.pop(at)[1] if at is not None else keys
        found.append((part.kind, keys))
    return {kind: {key for one, keys in found if one == kind for key in keys} for kind in _KINDS}


def kept_words(text: str) -> str:
    """The words without what they take out: "only the lamp, not the bottle" speaks of the lamp alone."""
    return ", ".join(part.words for part in _parted(text) if part.kind != "out")


@dataclass(frozen=True)
class _Part:
    """A part of what was said, and whether it names the only items ("only"), takes some out ("out"), or neither ("neutral")."""

    kind: str
    words: str


def _parted(text: str) -> list[_Part]:
    plain = _NOTHING_LEFT_OUT.sub(" ", text.lower().replace("’", "'"))
    plain = _NOT_PRICED.sub(" ", plain)
    plain = _LISTED.sub(lambda found: re.sub(r",? (?:and|or|nor) |, ", " and ", found[0]), plain)
    parts = [_Part("out", found["what"]) for found in _ECHO.finditer(plain)]
    plain = _ECHO.sub(" ", plain)
    for clause in _CLAUSE.split(plain):
        out = _AROUND.search(clause) or _OUT.search(clause) or _STAYS.search(clause)
        before = clause[: out.start()] if out else clause
        if re.search(r"\w", before):
            parts.append(_Part("only" if _ONLY.search(before) else "neutral", before.strip()))
        if out:
            parts.append(_Part("out", out["what"]))
    return parts


def _meant(part: str, order: Order, products: Mapping[str, Product], chosen: Sequence[str]) -> list[str]:
    """The chosen lines that a part of the words names; one that is open is settled by what is chosen."""
    mention = match_lines(Request("", part), order, products)
    keys = [key for key in mention.keys or mention.sure if key in chosen]
    likely = [key for key in mention.unsure if key in chosen]
    return [*keys, *(likely if len(likely) == 1 else [])]


def spread(request: Request, orders: Sequence[Order], products: Mapping[str, Product]) -> list[tuple[Order, list[LineWish]]]:
    """The items of several orders that one message names, order by order; empty where one order holds them, or where it is open which.

    Args:
        request: The words; where they name an order, nothing is spread.
        orders: Those that what is asked can apply to.
        products: The products in them.
    """
    if request.pressed or len(orders) < 2 or find_order_ids(request) or refers_to_order(request):
        return []
    numbered = [(f"{number}|{line.line_id}", line) for number, order in enumerate(orders) for line in order.lines]
    lines = [line.model_copy(update={"line_id": LineId(key)}) for key, line in numbered]
    everywhere = bool(_EVERY_ORDER.search(request.text.lower()))
    if everywhere and not is_named(request.text, lines, products):
        return [(order, [LineWish(line.line_id, request.text) for line in order.lines]) for order in orders]
    found = _told_apart(wishes_by_line(request.text, lines, products), lines)
    if not everywhere and (_is_open(found) or len(found) == len(lines)):
        return []
    grouped = [
        (order, [LineWish(wish.line_id.split("|", 1)[1], wish.text) for wish in found if wish.line_id.startswith(f"{number}|")])
        for number, order in enumerate(orders)
    ]
    named = [(order, wishes) for order, wishes in grouped if wishes]
    return named if len(named) > 1 else []


def holding_most(request: Request, orders: Sequence[Order], products: Mapping[str, Product]) -> Order | None:
    """The one order that holds more of the several items that were named than any other; None where there is no such order."""
    if request.pressed or len(orders) < 2 or find_order_ids(request) or refers_to_order(request):
        return None
    # "Both" speaks of the things that another order holds, unless this one's are named too.
    holding = [order for order in orders if is_named(request.text, order.lines, products)]
    named = {str(order.order_id): len(wishes_by_line(request.text, order.lines, products)) for order in holding}
    most = max(named.values(), default=0)
    best = [order for order in holding if named[str(order.order_id)] == most]
    return best[0] if most > 1 and len(best) == 1 else None


def _told_apart(found: Sequence[LineWish], lines: Sequence[OrderLine]) -> list[LineWish]:
    """Of lines that go by the same words, those whose options the words tell: "my small shirts"."""
    kept: list[LineWish] = []
    for wish in found:
        alike = [line for line in lines if any(one.line_id == line.line_id and one.text == wish.text for one in found)]
        meant = narrow_lines(_WISHED.sub(" ", wish.text), alike) if len({line.product_id for line in alike}) == 1 else alike
        kept += [wish] if any(line.line_id == wish.line_id for line in meant) else []
    return kept


def _is_open(found: Sequence[LineWish]) -> bool:
    """Whether the same words name items of different orders, and nothing says that all are meant."""
    for wish in found:
        places = {other.line_id.split("|")[0] for other in found if other.text == wish.text}
        if len(places) > 1 and not _TOGETHER.search(wish.text.lower()):
            return True
    return False

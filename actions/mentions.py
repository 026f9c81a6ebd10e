"""Which of a few named things a text means. Deterministic: words are compared, typing errors forgiven, nothing is guessed.

Each thing carries the words it may be called by. A part of the text ("the black shirt", "and the lamp") means the
things that share most words with it; things that tie are all meant only if the part says so ("both", "all", a plural).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from shop.filtering import singular

_WORD = re.compile(r"[a-z0-9äöüßéèáíóúñç]+(?:[.'][a-z0-9]+)*")
_PARTS = re.compile(r"\s*(?:,|;|&|\+|\band\b|\bplus\b|\balso\b|\bas well as\b)\s*")
_EXCEPT = re.compile(
    r"\b(?:except(?: for)?|but not|apart from|other than|besides|without|all but|everything but"
    r"|but(?!\s+(?:i|we|you|it|they|please|can|could|would|want|need|make|exchange|change|swap|return|send|cancel|is|was|has)\b))\b"
)
_OTHER_THAN = re.compile(
    r"\b(everything|anything|whatever|all|things?|items?|stuff)\b((?: (?:of|it|them|the|my|in|from|i|have|got|orders?|that|which))*?)"
    r"(?:(?: (?:that|which))?(?: (?:is|are|was|were)|'s|'re)? not?n?(?:[ -](?:for|about|to do with|related to|the|an?|my))*[ -]"
    r"|(?: (?:that|which))? (?:isn't|aren't|wasn't|doesn't|don't)(?: (?:for|about|belong to|related to|have to do with|the|an?|my))* )"
    r"(?=[a-z])(?!(?:only|just|yet|sure|all|in|on|arrived?|delivered|shipped|received|here|fit|work\w*|needed|need|want\w*|come|been|what"
    r"|as|too|so|very|good|ok|okay|right|happy|like|match\w*|damaged|broken|used|worn|opened|possible|cancell?ed|returned|pending)\b)"
)
"""What is said of all but a kind: "everything that is not gaming", "all non-gaming things"."""
_RATHER = re.compile(r"\bnot (?!only\b)[^,.;!?]*?\bbut\b")
_DENIED = re.compile(r"\b(?:not|isn'?t|aren'?t|wasn'?t|non)[ -](?:the |an? |in |my )*([\w-]+)")
_ALL = re.compile(
    r"\b(?:everything|all of (?:it|them)|all|(?P<both>both)|the (?:whole|entire|complete|full) (?:order|thing|lot|parcel|package)|"
    r"whole order|entire order|each of them|the lot|every item)\b"
)
_IDIOM = re.compile(
    r"\b(?:that(?:'s| is| was|'ll be| will be)?|this is|is that|was that|it(?:'s| is)) (?:all|everything|it all)\b(?!\s+of\b)"
    r"|\b(?:all|everything) (?:i|we)(?:'ve| have|'d)? (?:\w+ )?(?:want\w*|need\w*|ask\w*|wish\w*|care\w*|said|meant?)\b"
    r"|\b(?:thanks?|thank you|sorry) for (?:everything|all)\b|\bafter all\b|\b(?:not )?at all\b|\ball right\b"
    r"|\ball the (?:best|same|time|while|way)\b"
    r"|\b(?:everything|all)(?: else)? (?:(?:is|stays?|remains?|should be|to be|be|exactly) )*(?:the )?same\b"
    r"|\ball (?:day|night|week|good|set|done|clear|along|over)\b|\bfirst of all\b|\babove all\b|\bonce and for all\b|\beverything else\b"
    r"|\ball else\b|\b(?:at|for the) first\b|\b(?:but|let me|me) first\b|\bfirst (?:name|time|thing)\b"
    r"|\b(?:a|one|per) second\b|\bsecond thoughts?\b|\bin the first place\b"
)
"""Words such as "all" and "first" that count nothing: "that's everything", "first of all", "wait a second"."""
_ALIKE, _SAME_LETTERS = 84, 80
_OF_A_KIND = re.compile(
    r"\s+(?:(?:of|the|my|our|your|those|these)\s+){0,2}(?:[\w-]+\s+){0,2}?"
    r"(?!(?:items|things|products|pieces|articles|goods|orders|purchases|parcels|packages|ones|parts|this|is|was|as|has|does|its|versions|options"
    r"|thanks|please|yes|days|weeks|cards|address|across|plus|less|unless|as|goes|comes|costs|us)\b)[a-z-]{3,}s\b"
)
"""What "all" is said of by its kind: "all those small mugs" speaks of mugs, and not of whatever there is."""
_EACH = re.compile(r"\b(?:all|both|every|each)\b")
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "6th": 6,
}  # fmt: skip
_ORDINAL = re.compile(
    rf"\b(?:the\s+)?({'|'.join(_ORDINALS)})\b|\b(?:number|no\.?|nr\.?|option|item)\s+(\d{{1,2}})\b|^\s*(\d{{1,2}})\s*[.)]?\s*$"
)
_NUMBERS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_SEVERAL = re.compile(rf"\b(first|last)\s+({'|'.join(_NUMBERS)})\b")
_LAST = re.compile(r"\b(?:the\s+)?last\s+(?:one|item|of them)\b")
STOP_WORDS = frozenset(
    """a an and are as at be been both but by can cancel could do does for from get give got had has have hello hey hi how i i'd i'm id
    if im in is it its it's just like me mine money my need no not of off on one ones only or order ordered orders our out please
    product products refund return send so some such that thats the their them then there these they thing things this those to too
    track u until up us want was we were what when where which who why will with would yes you your item items article articles back
    bought buy all everything whole except exchange again about am did don't dont more new also still really any now here came
    arrived broken damaged missing new change other wrong first second third last color colour size""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Thing:
    """Something that may be meant: its key, the words it goes by, and those of them that say what it is, and not only what it is like."""

    key: str
    words: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Mention:
    """What a text means.

    Attributes:
        keys: What is meant for sure, in the things' order.
        unsure: What may be meant, where one of several fits as well as the others.
        sure: What is meant for sure beside what is unsure.
    """

    keys: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()


def words_of(*texts: str) -> frozenset[str]:
    """The words of names, in singular, without those that name nothing."""
    return frozenset(singular(word) for text in texts for word in _WORD.findall(text.lower()) if word not in STOP_WORDS)


def find_mentions(text: str, things: Sequence[Thing]) -> Mention:
    """Say which of `things` the text means; nothing where it names none of them."""
    plain = _RATHER.sub(" ", text.lower().replace("’", "'"))
    text = without_idioms(_OTHER_THAN.sub(_as_exception, plain))
    kept, left_out, is_but = _split_exception(text)
    if left_out is not None and (means_all(kept, things) or means_all(text, things)):
        out = _by_parts(left_out, things)
        if out.unsure and not _OTHER_THAN.search(plain):
            return Mention(unsure=out.unsure)
        # A kind that is left out is left out wherever it stands.
        return _without(things, (*out.keys, *out.sure, *out.unsure))
    named = _by_parts(kept, things)
    named = named if named.keys or named.unsure or not is_but else _by_parts(text, things)
    if named.keys or named.unsure:
        return named
    out = _by_parts(left_out, things) if left_out is not None else Mention()
    # "The same but green, for the flask" leaves nothing out.
    if out.keys and not is_but:
        return _without(things, out.keys)
    position = find_ordinal(text, len(things))
    if position is not None:
        return Mention(keys=(things[position].key,))
    if means_all(text, things):
        return Mention(keys=tuple(thing.key for thing in things))
    return Mention()


def find_names(text: str, things: Sequence[Thing]) -> Mention:
    """As `find_mentions`, by the things' own words alone: neither "everything" nor "the second one" counts."""
    return _by_parts(without_idioms(_RATHER.sub(" ", text.lower().replace("’", "'"))), things)


def leaves_out(text: str) -> bool:
    """Whether a text speaks of all but some: "everything not for the kitchen", "all except the lamp"."""
    plain = text.lower().replace("’", "'")
    kept, out, is_but = _split_exception(_OTHER_THAN.sub(_as_exception, plain))
    return out is not None and bool(_ALL.search(without_idioms(kept)) and (not is_but or _ALL.search(kept)))


def _as_exception(found: re.Match[str]) -> str:
    # "All items not …" is everything but these.
    return f"everything {found[2].strip()} except "


def without_idioms(text: str) -> str:
    """The text in lower case without words that seem to count and do not: "that's everything"."""
    return _IDIOM.sub(" ", text)


def means_all(text: str, things: Sequence[object]) -> bool:
    """Whether a text speaks of all of them; "both" does so of two alone."""
    found = [one for one in _ALL.finditer(text) if not _OF_A_KIND.match(text, one.end())]
    return any(not one["both"] or len(things) == 2 for one in found)


def find_ordinal(text: str, count: int) -> int | None:
    """The index that "the second one", "number 2" or a bare "2" picks among `count`, or None."""
    text = text.lower()
    if count and _LAST.search(text):
        return count - 1
    found = _ORDINAL.search(text)
    if not found:
        return None
    number = _ORDINALS[found[1]] if found[1] else int(found[2] or found[3])
    return number - 1 if 1 <= number <= count else None


def find_ordinals(text: str, count: int) -> list[int]:
    """The indexes that "the first two", "the last two" or "the first and the third" pick among `count`; fewer than two are none."""
    text = text.lower()
    several = _SEVERAL.search(text)
    if several:
        number = min(_NUMBERS[several[2]], count)
        return list(range(number)) if several[1] == "first" else list(range(count - number, count))
    found = [_ORDINALS[name] - 1 for name in re.findall(rf"\b({'|'.join(_ORDINALS)})\b", text)]
    distinct = [index for index in dict.fromkeys(found) if index < count]
    return distinct if len(distinct) >= 2 else []


def _split_exception(text: str) -> tuple[str, str | None, bool]:
    """What is said, what is left out of it, and whether a mere "but" says so."""
    found = _EXCEPT.search(text)
    return (text[: found.start()], text[found.end() :], found[0] == "but") if found else (text, None, False)


def _without(things: Sequence[Thing], keys: Sequence[str]) -> Mention:
    return Mention(keys=tuple(thing.key for thing in things if thing.key not in keys)) if keys else Mention()


def _by_parts(text: str, things: Sequence[Thing]) -> Mention:
    keys: set[str] = set()
    unsure: set[str] = set()
    for part in _PARTS.split(text):
        best = _best(part, things)
        if len(best) == 1 or _means_each(part, best):
            keys.update(thing.key for thing in best)
        else:
            unsure.update(thing.key for thing in best)
    # A word that leaves two open is settled by another that names one of them.
    unsure -= unsure if unsure & keys else set()
    named = _ordered(things, keys)
    return Mention(unsure=_ordered(things, unsure), sure=named) if unsure else Mention(keys=named)


def _ordered(things: Sequence[Thing], keys: set[str]) -> tuple[str, ...]:
    return tuple(thing.key for thing in things if thing.key in keys)


def _best(part: str, things: Sequence[Thing]) -> list[Thing]:
    denied = {singular(word) for word in _DENIED.findall(part)}
    said = [singular(word) for word in _WORD.findall(_DENIED.sub(" ", part)) if word not in STOP_WORDS]
    # "The camera" is the camera, and not the bag whose option says that it is for one.
    scores = [(sum(_calls(word, thing.words) for word in said), sum(_calls(word, thing.names) for word in said)) for thing in things]
    top = max(scores, default=(0, 0))
    best = [thing for thing, score in zip(things, scores, strict=True) if top[0] and score == top]
    return [thing for thing in best if not denied & thing.words] or best


def _calls(word: str, words: frozenset[str]) -> bool:
    if word in words:
        return True
    # Numbers and short words are never mended: "42" is not "44", "cap" is not "cup".
    if len(word) < 5 or word.isdigit():
        return False
    # What is kept as "shoe" may have been meant as "shoes", and typed as "shose".
    return any((len(w) >= 5 and _is_misspelt(word, w)) or (len(w) == 4 and OSA.distance(word, f"{w}s") == 1) for w in words)


def _is_misspelt(word: str, right: str) -> bool:
    """Whether a word is another with a slip; where only its own letters stand in it ("vaccum"), more of them may be out of place."""
    ratio = fuzz.ratio(word, right)
    return ratio >= _ALIKE or (ratio >= _SAME_LETTERS and word[0] == right[0] and set(word) == set(right))


def _means_each(part: str, best: Sequence[Thing]) -> bool:
    if _EACH.search(part):
        return True
    said = _WORD.findall(part)
    shared = frozenset.intersection(*(thing.words for thing in best)) if best else frozenset()
    return any(word != singular(word) and word not in STOP_WORDS and _calls(singular(word), shared) for word in said)

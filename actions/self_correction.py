"""Where a speaker turns round in the middle of a message, and what of the words before it falls: "the mug, no wait, sorry, the lamp"."""

import re
from collections.abc import Callable, Set

_PAUSE = r"(?:[\s,.;:!?…–—()-]|\b(?:oh|hm+|um+|uh+|erm?|ah|well|or|but|ok|okay|so|please)\b){0,8}"
_SAID = r"i (?:mean|meant)(?: to say)?|what i (?:mean|meant) (?:is|was)"
_ROUND = (
    r"no\W+(?:wait|actually|rather|sorry|no|i mean)|wait\W+(?:no|actually|sorry)|actually\W+no|sorry\W+(?:no|wait|i mean[t]?)|or rather"
    r"|on second thoughts?|(?:scratch|strike|forget) that|correction|oops|whoops|my (?:mistake|bad)|i (?:misspoke|take that back)"
    r"|make that(?= (?:the|my|an?|to)\b)"
)
_LOOSE = rf"actually|wait|hold on|hang on|rather|pardon|sorry(?! (?:for|to|about|but|that|if|i\b(?! mean)|it|this|my))|{_SAID}"
TURN = re.compile(
    rf"(?:^|[\s,.;:!?…(–—-]){_PAUSE}"
    rf"(?:{_ROUND}|(?<=[,.;:!?…–—-] )(?:{_LOOSE})|(?<=[,.;:!?…–—(-])(?:{_LOOSE})|(?<=[.…] )no(?=,))\b"
    rf"(?:{_PAUSE}\b(?:{_ROUND}|{_LOOSE}|no)\b(?! (?:longer|new|other))){{0,6}}[\s,.:;!…–—-]{{0,8}}"
)
"""Where a speaker turns round."""
_BESIDES = re.compile(r"^\W*(?:and|plus|&)\b|\b(?:also|too(?=\W*(?:$|please))|as well|besides|in addition|and then|first|afterwards)\b")
_ASKS = re.compile(r"^\W*(?:how|what|where|when|why|which|who|do you|does|is there|are there|can i (?:still|see|get))\b")
_TELLS = re.compile(r"^\W*(?:i|we|my \w+|the \w+|they) (?:\w+ )?(?:have|had|got|bought|received|was|were|is|are|love|like|think)\b")
_DEED = r"\b(?:return|refund|send|give|exchange|swap|switch|change|replace|trade)\b"
_AGAIN = re.compile(rf"^\W*(?:it(?:'s| is| was)|that(?:'s| is| was))\b|{_DEED}|\b(?:want|need|wish)\b")
_WHOLLY = re.compile(rf"^\W*(?:only|just)\b|{_AGAIN.pattern}")
"""A second try that stands by itself, and takes the place of all of the first."""
_VERB = re.compile(rf"^.*?{_DEED}(?: back)?(?: for me)?")
_INTO = re.compile(r"\s\b(?:for|to|into)\b.*$")
_SENTENCE = re.compile(r"(?<=[.!?;…])\s+")
_MEMBER = re.compile(r"(\s*(?:,|;|&|\+|\band\b|\bplus\b|\bas well as\b)\s*)")

Named = Callable[[str], Set[str]]
"""Which goods words name, by their keys."""


def without_taken_back(text: str, named: Named) -> str:
    """The text without goods that the speaker takes back in favour of others that are named next.

    Args:
        text: The words as they were said.
        named: Which goods a part of them names.
    """
    plain = text.lower().replace("’", "'")
    for found in reversed(list(TURN.finditer(plain)) if len(plain) == len(text) else []):
        if "?" in found[0]:
            # "A lamp? I meant the mug" wonders at what was understood, and takes back nothing that it said itself.
            continue
        said, *rest = _SENTENCE.split(text[found.end() :], maxsplit=1)
        left = _left(text[: found.start()], said, named)
        if left is not None:
            kept, wish = left
            joint = " " if _VERB.fullmatch(kept.lower()) or not kept or kept.endswith((".", "!", "?")) else ", "
            again = without_taken_back(kept, named)
            return " ".join(filter(None, [f"{again}{joint}{said}".strip(), wish, *rest]))
    return text


def _left(before: str, said: str, named: Named) -> tuple[str, str] | None:
    """What is left of the words before a turn, and what was wished for in them; None where nothing is taken back."""
    plain = said.lower().replace("’", "'")
    new = set(named(said))
    if not new or _BESIDES.search(plain) or _ASKS.search(plain) or said.endswith("?") or _TELLS.search(plain):
        return None
    sentences = _SENTENCE.split(before)
    at = next((at for at in range(len(sentences) - 1, -1, -1) if named(sentences[at])), None)
    old = set(named(sentences[at])) if at is not None else set()
    if at is None or old == new or (new < old and not re.match(r"\W*(?:only|just)\b", plain)):
        return None
    parts = _MEMBER.split(sentences[at])
    goods = [place for place in range(0, len(parts), 2) if named(parts[place])]
    count = sum(bool(named(part)) for part in _MEMBER.split(said)[::2])
    fallen = goods if _WHOLLY.search(plain) or count >= len(goods) else goods[-count:]
    bare = {place: _bare(parts[place], named) for place in fallen}
    verbs = {place: "" if _AGAIN.search(plain) else verb for place, (verb, _) in bare.items()}
    kept = [verbs.get(place, parts[place]).strip() for place in range(0, len(parts), 2)]
    wish = "" if _INTO.search(plain) else " ".join(wish for _, wish in bare.values() if wish)
    left = ", ".join(part for part in kept if re.search(r"\w", part))
    return " ".join(filter(None, [*sentences[:at], left, *sentences[at + 1 :]])), wish


def _bare(part: str, named: Named) -> tuple[str, str]:
    """The verb of a clause, and what is wished for in it, without the goods."""
    verb = _VERB.match(part.lower())
    lead = part[: verb.end()] if verb and not named(part[: verb.end()]) else ""
    into = _INTO.search(part, len(lead))
    return lead.strip(), into[0].strip() if into and not named(into[0]) else ""

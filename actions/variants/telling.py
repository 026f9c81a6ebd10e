"""What a message tells beside what it asks for: what came, what is fine as it is, why another version is wanted."""

import re

_FINE = r"(?:fine|ok|okay|good|great|perfect|lovely|all right|alright|right|correct|nice|wonderful)"
_ALL_FINE = re.compile(
    r"\b(?:everything(?: else)?|all (?:of (?:it|them|the \w+)|the (?:\w+ )?(?:items|things"
    r"|rest|others)|else)|the (?:whole )?(?:order|parcel|rest)|the others?)"
    rf"\b[^.;,!?]{{0,40}}?\b(?:is|are|was|were|came|arrived|seems?|looks?|fits?)\b[^.;,!?]{{0,15}}?\b{_FINE}\b"
    r"(?:\s*,?\s*(?:but|except(?: for)?|apart from|only|just|besides|other than))?",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\s*,?\s*\b(?:so (?:that )?|because|since|as (?=it|they)|to make it |in order )"
    r"[^.;!?]*?\b(?:go(?:es)?|look\w*|fit\w*|match\w*|suit\w*)\b(?: well| better| nicely)? (?:with |to )?(?:my|the|our) [^.;,!?]*",
    re.IGNORECASE,
)
_SURPRISE = re.compile(
    r"\b(?:much |a lot |way |far |a bit )?(?:\w+er|more \w+|less \w+) than (?:(?:i|we)(?:'d| had| would have)? "
    r"(?:thought|expected|imagined|assumed|hoped|wanted|believed|liked)|expected"
    r"|it (?:looked|seemed)|(?:in|on) the (?:picture|photo|website)s?)\b",
    re.IGNORECASE,
)
"""What was found and is not wished for: "bigger than I thought"."""
_CONTENTS = re.compile(
    r"\b(?:order|parcel|package|purchase|delivery)(?: (?:#\s?)?[a-z]{0,3}-?\d{4,9})?,? (?:with"
    r"|containing|that (?:has|had|contains?|included?s?)"
    r"|(?:where|in which|for which) (?:i|we)(?:'ve| have)? (?:got|bought|ordered)"
    r"|which (?:has|had|contains)|had|has|contains|includes|holding)\b"
    r"[^.;,!?]*?(?=[.;,!?]|$|\b(?:arrived|came|was|were|is|are|please|i|can|could|and (?:i|please|exchange|swap|change))\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:exchang\w*|swap\w*|chang\w*|replac\w*|switch\w*|modif\w*|upgrad\w*|want\w*"
    r"|need\w*|(?:'d|would)(?: \w+)? (?:like|love|prefer|rather)"
    r"|prefer|rather|make|should|shall|could|can|may|must|instead|please|give|trade|wish|looking for|send)\b"
)
_CLAUSE = re.compile(r"(?<=[;.!?])\s+|,\s*(?:and |but )?|\s+\b(?:and|but)\s+(?=(?:i|we|it|mine)\b)", re.IGNORECASE)
_TELLS = re.compile(
    r"\b(?:got|received|bought|ordered|came|arrived|had|has|have|contain\w*|includ\w*|is|are|was|were|love|like|fits?|works?|purchased)\b"
)


def without_asides(text: str) -> str:
    """The text without what is said to be fine, why something is wanted, and what else the order holds."""
    for pattern in (_ALL_FINE, _REASON, _SURPRISE):
        text = pattern.sub(" ", text)
    return _CONTENTS.sub(lambda found: found[0].split()[0], text)


def asking_words(text: str) -> str:
    """What asks for something, without what is only told beside it; the whole text where all of it does the one or the other."""
    kept: list[str] = []
    is_told = False
    clauses = [clause for clause in _CLAUSE.split(without_asides(text)) if re.search(r"\w", clause)]
    for clause in clauses:
        told = tells(clause)
        is_told = is_told if told is None else told
        kept += [] if is_told else [clause]
    return ", ".join(kept) or text


def tells(clause: str) -> bool | None:
    """Whether a clause only tells something; False where it asks for something, None where it has no verb to say so."""
    plain = clause.lower().replace("’", "'")
    if _ASKS.search(plain):
        return False
    return True if _TELLS.search(plain) else None

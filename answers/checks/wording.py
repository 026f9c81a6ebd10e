"""What no model may write, whatever the evidence: links of its own, deeds without a receipt, promises, markup, names it made up."""

from __future__ import annotations

import re

from answers.checks.values import without_dates

_MARKUP = re.compile(r"</?[a-z!][^>]*>|\]\(|!\[|```|\{\{|\}\}|&#?\w+;", re.I)
_LINK = re.compile(
    r"\b(?:https?|ftp|javascript|data|mailto|tel):\S+|\bwww\.\S+|\b[\w.+-]+@[\w-]+\.[\w.]+|"
    r"\b(?:[\w-]+\.)+(?:com|net|org|io|de|at|nl|be|fr|dk|se|eu|uk|co|shop|store|info|biz|app|dev|ai|xyz|ru|cn|me|ly)\b(?:/\S*)?",
    re.I,
)
_PHONE = re.compile(r"(?:\+|\b00|\b0)\d[\d\s/().-]{6,}\d")

_DEEDS = (
    "cancel|refund|return|exchang|chang|updat|sent|send|ship|transfer|book|order|plac|reserv|issu|process|appl|add|remov|delet|contact|forward|"
    "extend|credit|e-?mail|check|look|confirm|arrang|escalat|creat|generat|open|submit|fil|register|waiv|approv|grant|notif|inform|pass|made|"
    "done|taken|put|gave|given|charg|paid|reimburs|initiat|complet|start|request|schedul|cover|found|verif"
)
_DEED = re.compile(
    rf"\b(?:i(?:'ve| have|'d| had)?|we(?:'ve| have|'d| had))(?: now| just| already| also| successfully| gone ahead and)* "
    rf"(?:{_DEEDS})\w*(?:ed|t|n|e|d)\b|"
    rf"\bwe(?: now| just| already| also| successfully)* (?:{_DEEDS})\w*(?:ed|t|n|d)\b|"
    r"\b(?:i|we)(?: now| just| already| also| successfully)* (?:sent|made|gave|told|took|paid|wrote|found|got|reset)\b|"
    rf"\b(?:i|we)(?:'ve| have)(?: now| just| already| also| successfully)* \w+(?:ed|en|ne|de|nt)\b|"
    rf"\b(?:i am|i'm|we are|we're)(?: now| currently| just)? (?:{_DEEDS})\w*ing\b|"
    rf"\byour (?:\w+ ){{0,3}}(?:has|have|had)(?: now| just| already| successfully)* been (?:{_DEEDS})\w*|"
    rf"\byour (?:\w+ ){{0,3}}(?:is|are|was|were)(?: now| just| already| successfully) (?:being )?(?:{_DEEDS})\w*|"
    rf"\byour (?:\w+ ){{0,3}}(?:was|were|is being|are being) (?:{_DEEDS})\w*(?:ed|t|n)\b|"
    r"\byour (?:\w+ ){0,2}is (?:cancelled|canceled|refunded|confirmed|processed|on its way|on the way)\b|"
    r"\b(?:it is|it's|it has been|all|that is|that's|consider it) (?:\w+ )?(?:done|set|sorted|settled|taken care of|cancelled|refunded)\b|"
    r"^done\b|"
    r"\b(?:request|cancellation|refund|return|exchange|order|address|label|invoice|note|parcel|e-?mail|copy|voucher|code|message|payment) "
    r"(?:has been|have been|was|were) (?:now |just |already |successfully )*(?:\w+ed|sent|made|put)\b|"
    r"\bsuccessfully\b",
    re.I,
)
_AWAITED = re.compile(r"\b(?:until|once|when|after|as soon as|before|if|unless)\s+$", re.I)
"""What is said to be still to come was not done."""
_PROMISE = re.compile(
    r"\b(?:i|we)(?:'ll| will| shall| can| could|'m going to| am going to|'re going to| are going to| would be happy to| would be glad to)"
    r"(?! (?:do )?(?:not|no|neither|never|hardly|only)\b)(?!'t\b)\b|"
    r"\blet me\b|\b(?:i|we) (?:promise|guarantee|assure|ensure)\b|\brest assured\b|\bguaranteed?\b|\bpromised?\b|"
    r"\b(?:a|our|the) (?:colleague|person|agent|team|manager|supervisor) will\b|\bsomeone (?:from \w+ )?will\b",
    re.I,
)
_NO_PROMISE = re.compile(r"(?:\bcan ?not|\bnever|\bnot|n't) (?:\w+ )?(?:promise|guarantee)d?\b", re.I)
_GENERAL = re.compile(r"\b(?:we|a person|someone)(?:'ll| will) (?:then |also )?(\w{3,})", re.I)
_CAPITALISED = re.compile(r"(?<![.!?:\n])(?<!^)\s[\"'“(]?([A-Z][\w&'’-]*)")
_ORDINARY = {"ID", "I", "I'm", "I've", "I'll", "OK", "PDF", "FAQ", "EUR", "USD", "GBP", "CHF"}
"""Currencies are checked as values."""
_PRONOUN = re.compile(
    r"^(?:and |but |so |also,? )?"
    r"(?:it|they|this|that|these|those|both|he|she|then|otherwise|here|there(?! (?:is|are|was|were|can|will)\b))\b",
    re.I,
)


def has_markup(text: str) -> bool:
    """Whether there is HTML, Markdown links, or template marks."""
    return bool(_MARKUP.search(text))


def find_links(text: str) -> list[str]:
    """Find addresses, e-mail addresses, and telephone numbers."""
    links, calls = _LINK.findall(text), _PHONE.findall(without_dates(text))
    return [found.rstrip(".,;:!?)") for found in (*links, *calls)]


def find_deeds(text: str) -> list[str]:
    """Find what says that something was done for this customer."""
    plain = text.replace("’", "'")
    return [match.group(0) for match in _DEED.finditer(plain) if not _AWAITED.search(plain[: match.start()])]


_GRANT = re.compile(
    r"\b(?:(?:just |only )?this (?:time|once)|(?:just|only|especially) for you|(?:as an? )?exception for you|as an exception|as an apology"
    r"|by way of apology|on the house|for (?:the|your) trouble)\b|^(?:the|my) (?:answer|reply|response) is\b",
    re.IGNORECASE,
)


def find_grant(sentence: str) -> str:
    """Find words that make a rule a favour to this customer, or a sentence talk of itself; no evidence has them. Empty without any."""
    match = _GRANT.search(sentence)
    return match.group(0) if match else ""


def promises(text: str) -> bool:
    """Whether it promises what somebody will do; "we cannot promise" is none."""
    return bool(_PROMISE.search(_NO_PROMISE.sub("", text.replace("’", "'"))))


def keeps_promise(text: str, evidence: str) -> bool:
    """Whether all that it promises is what the evidence says the shop does: "we will repair it" where "we repair it" stands."""
    plain = text.replace("’", "'")
    said = _GENERAL.findall(plain)
    kept = [re.search(rf"\b(?:we|us|person|staff)\b[^.]{{0,60}}\b{re.escape(verb[:-1])}", evidence) for verb in said]
    return len(said) == len(_PROMISE.findall(plain)) and all(kept)


def says_possible(text: str) -> bool:
    """Whether it says what can be done: that is where a condition told elsewhere matters."""
    return bool(re.search(r"\b(?:can|may|could)\b", text, re.I))


def find_names(text: str) -> list[str]:
    """Find capitalised words within the sentence: names of products, brands, people, places."""
    return [name for name in _CAPITALISED.findall(text) if name not in _ORDINARY]


def points_back(text: str) -> bool:
    """Whether it says "it" or "this" about a sentence before."""
    return bool(_PRONOUN.match(text.strip()))

"""Writes a sentence in one plain way, so that two wordings of one thing look alike to the other checks."""

from __future__ import annotations

import re
from functools import lru_cache

_CONTRACTIONS = [
    (r"\bwon't\b", "will not"),
    (r"\bcan't\b|\bcan not\b", "cannot"),
    (r"\bshan't\b", "shall not"),
    (r"\bain't\b", "is not"),
    (r"n't\b", " not"),
    (r"\blet's\b", "let us"),
    (r"'re\b", " are"),
    (r"'ve\b", " have"),
    (r"'ll\b", " will"),
    (r"'m\b", " am"),
    (r"\b(it|that|there|here|what|who|where|he|she|how|everything|nothing|one)'s got\b", r"\1 has"),
    (r"\b(it|that|there|here|what|who|where|he|she|how|everything|nothing)'s\b", r"\1 is"),
    (r"\b(you|we|they|i|he|she|it)'d\b", r"\1 would"),
]
_FIGURE = r"(?= (?:an? |the )?\d| (?:one|two|three|four|five|six|ten)\b)"
_SAME = [
    (r"\b(?:costs?|costing) (?:(?:you|us|them) )?nothing\b", "is free"),
    (r"\b(?:without|at no|for no) (?:extra |additional |any )?(?:charge|cost|fee)s?\b|\bfree of (?:charge|cost)\b|\bfor free\b", "free"),
    (r"\bfree of (?=[a-z])", "without "),
    (r"\b(?:do|does|did|will|would) not cost (?:(?:you|us) )?(?:anything|a (?:cent|thing))\b", "is free"),
    (r"\b(?:is|are) no (?:extra |additional )?(?:charge|cost|fee)s?\b(?: for\b)?", "is free"),
    (r"\b(?:do|does|did|will) not go through\b", "fails"),
    (r"\b(?:is |are )?too late to\b", "cannot any longer"),
    (r"\b(?:there is )?no need (?:for you )?to\b", "you need not"),
    (r"\b(?:hold|hang|keep|holding|hanging) on to\b", "keep"),
    (r"\bstop(?:s|ped)? (?=\w+ing\b)", "no longer "),
    (r"\b(?:is|are|be|were|was) (?:cheaper|less expensive)\b", "costs less"),
    (r"\b(?:is|are|be|were|was) (?:dearer|pricier|more expensive)\b", "costs more"),
    (r"\ba (?:little|bit|touch)(?= \w)", "slightly"),
    (r"\b(?:is|are) back (?=within|in|after|on|by)", "return "),
    (r"\bsold-out\b", "sold out"),
    (r"((?:\d ?(?:EUR|€)|\bmoney|\bamount|\bbalance)) (?:will )?(?:go|goes|went|is going) back\b", r"\1 is refunded"),
    (r"\bturn(?:s|ed|ing)? ((?:[\w-]+ ){1,4})into\b", r"change \1into"),
    (r"\bwhenever you (?:like|want|wish|please)\b", "at any time"),
    (r"\bid card\b|\bID\b", "identity card"),
    (r"^should (?=(?:the|you|your|an?|it|they)\b)", "if "),
    (r"\ba second time\b", "again"),
    (r"\breorder\b", "order again"),
    (r"\bnowhere else\b", "no other"),
    (r"\bno wait(?:ing)?(?: time)?\b", "at once"),
    (r"\b(?:stay|steer) (?:well )?(?:away|clear) (?:from|of)\b|"
     r"\brefrain from(?: using)?\b|\bavoid(?: using)?\b", "do not use"),
    (r"\b(?:is|are) (?:off limits|forbidden|prohibited|a no-go|out of the question)\b", "not possible"),
    (r"\b(?:is|are) excluded from\b", "not"),
    (r"\b(?:is|are) (?:impossible|not possible)\b", "cannot"),
    (r"\b(you are|are you|feel|always) (?:free|welcome) to\b", r"\1 able to"),
    (r",? (?:rather than|instead of|as opposed to)\b", ", not"),
    (r"\b(?:just |only |exactly )?(?:one|1|a single) time\b(?= (?:per|a|an|every|each|only|for)\b|[.,]|$)", "once"),
    (r"\b(?:the )?(?:full|whole|entire) amount\b", "everything"),
    (r"\beverything else\b|\ball the others\b|\b(?:all|every) other (?=items?|things?)", "the rest "),
    (r"\bin one go\b|\ball at once\b|\bsimultaneously\b|\bat the same time\b", "together"),
    (r"\bper (?!cent\b)(?=[a-z])", "each "),
    (r"\bfor each\b|\bfor every\b", "each"),
    (r"\btends? to\b", "usually"),
    (r"\b(?:only|just|merely) (?=(?:about |around |another )?\d)", ""),
    (r"\bonce(?! \w+ed\b)(?!\s*(?:per|an?|every|each|or|and|more|again|for|in|by|during|does|do|is|are|has|cannot|can|will|if|when)\b)"
     r"(?=\s+[\w'])",
     "when"),
    (r"\b(?:straight|right) away\b|\bimmediately\b|\binstantly\b|\bon the spot\b", "at once"),
    (rf"\b(?:no|not) (?:more|longer|larger|heavier|higher|wider|taller|further) than{_FIGURE}", "at most"),
    (rf"\b(?:no|not) (?:less|fewer|shorter|smaller) than{_FIGURE}", "at least"),
    (r"\b(?:no|not any) longer\b|\bnot (?!only)(.{1,40}?) any ?more\b", r"no longer \1"),
    (r"\b(?:does|do|did|would|will) not (?:need|have) to\b|\bneed not\b|\b(?:is|are) not required to\b", "need not"),
    (r"\bgift[- ](?:card|voucher)(s?)\b", r"giftcard\1"),
    (r"\bnoon\b|\bmidday\b", "12:00"),
    (r"\bmidnight\b", "0:00"),
    (r"\bmonthly\b|\b(?:per|each) month\b|(?<=\bonce )a month\b|(?<=\btwice )a month\b|(?<=\btimes )a month\b", "every month"),
    (r"\bweekly\b|\b(?:per|each) week\b|(?<=\bonce )a week\b|(?<=\btwice )a week\b|(?<=\btimes )a week\b", "every week"),
    (r"\b(?:yearly|annually)\b|\b(?:per|each) year\b|(?<=\bonce )a year\b|(?<=\btwice )a year\b|(?<=\btimes )a year\b", "every year"),
    (r"\bdaily\b|\b(?:per|each) day\b|(?<=\bonce )a day\b|(?<=\btwice )a day\b|(?<=\btimes )a day\b", "every day"),
    (r"(\d[\d.,]*) ?([A-Za-z%°]+|€) (?:up )?to (\d[\d.,]*) ?\2(?!\w)", r"\1 to \3 \2"),
    (r"\bweekdays\b", "Monday to Friday"),
    (r"\bas soon as\b|\bonce (?=(?:the|a|an|your|our|it|they|you|we|this|that|something|someone|all|\w+ (?:is|are|has|have))\b)", "when "),
    (r"\bas long as\b|\bprovided(?: that)?\b|\bon condition that\b|\bso long as\b", "if"),
    (r"\b(?:each|any) of\b", "all"),
    (r"\b(?:send|sent|sending|sends|give|gives|giving|given|gave|bring|brought|take|taking|took) ((?:[\w-]+ ){0,3}?)back\b", r"return \1"),
    (r"\b(?:go|goes|going|went|gone|come|comes|came) back\b", "return"),
    (r"\b(?:get|gets|getting|got|gotten)\b(?=.{0,40}\bback\b)", "be refunded"),
    (r"\bmoney back\b|\bback\b", ""),
    (r"\b(?:pick|picks|picked|picking)(?:-| )up (?!point|shop|store|station|place)", "collect "),
    (r"\b(?:turn|turns|turned|show|shows|showed|shown)(?: up|s up)\b", "appear"),
    (r"\b(?:sold|run|ran) out\b|\bout of stock\b|\bnot (?:in stock|available)\b|\bunavailable\b", "soldout"),
    (r"\bin stock\b", "instock"),
    (r"\be-mail", "email"),
    (r"\bat the (?:most|maximum)\b", "at most"),
    (r"\bat the (?:least|minimum)\b|\bat the earliest\b", "at least"),
    (r"\bat the latest\b", "within"),
]
_LEAD = re.compile(
    r"^(?:(?:yes|yep|yeah|no|nope|sure|of course|certainly|absolutely|sorry|i'm sorry|unfortunately|thankfully|"
    r"luckily|good news|happy to help|"
    r"well|okay|ok|right|please note(?: that)?|note that|that depends|keep calm|don't worry|no worries|in short|basically)\b[\s,:;.!-]*)+",
    re.I,
)
_RULES = [(re.compile(pattern, re.I), new) for pattern, new in (*_CONTRACTIONS, *_SAME)]
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Give a text without contractions and courtesies, and with one wording for what people word in several ways."""
    plain = text.replace("’", "'").strip()
    rest = _LEAD.sub("", plain)
    plain = rest if len(rest.split()) > 1 else plain
    for pattern, new in _RULES:
        plain = pattern.sub(new, plain)
    return _SPACE.sub(" ", plain).strip()

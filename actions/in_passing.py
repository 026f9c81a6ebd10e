"""What is said in passing and asks for nothing: who somebody is, how they feel, what they do meanwhile; and a moment asked for."""

import re

_NO_MAIL = (
    r"(?:(?:i'?m afraid|sorry|unfortunately|but|and|that)\s+)*(?:(?:i )?(?:really )?(?:don'?t|do not|can'?t|cannot)"
    r"(?: really| even| actually)? (?:have|remember|recall|know|find|access|think of|get into)"
    r" (?:(?:my|the|an|any|that|which) )?(?:e-?mail\w*|inbox|mailbox)"
    r"(?: (?:address|account|any ?more|at hand|with me|handy|now|here|it is|i (?:used|use)))*"
    r"|(?:i(?:'ve| have)? )?(?:lost|forgot(?:ten)?) (?:my |the |which )?e-?mail(?: address| account)?(?: i used)?|no e-?mail(?: address)?)"
)
_WHO = (
    r"(?i:(?:(?:hello|hi|hey) )?(?:i'?m|i am|this is|it'?s|my name(?:'s| is)?|(?:the )?name(?:'s| is)?):? )"
    r"(?!(?:Not?|Please|Thanks?|Cancel|Return|Exchange|Swap|Change"
    r"|Order)\b)[A-ZÄÖÜ][\w'-]+(?: [A-ZÄÖÜ][\w'-]+){0,2}(?: (?:again|here|by the way))?"
    r"|(?i:i'?m|i am|my name(?:'s| is)?)"
)
"""A name begins with a capital: "it's the blue one" tells nobody's."""
_PLACE = (
    r"(?:(?i:and|i|we|live|living|am|come) )*(?i:in|from|near|at) [A-ZÄÖÜ][\w'-]+(?: [A-ZÄÖÜ][\w'-]+){0,2}"
    r"|(?i:(?:and )?(?:(?:my|the) )?(?:zip|post(?:al)? ?code|postcode)(?: ?code)?(?: is)?(?: [\w-]*\d[\w-]*)?)"
)
_FEELING = (
    r"stressed(?: out)?|tired|exhausted|overwhelmed|upset|nervous|frazzled|confused|flustered|rambling|old|busy|scatter-?brained|a mess"
    r"|in a (?:rush|hurry)|all over the place|having (?:a|such a) \w+ day|at my wits'? end|losing it|sorry"
)
_MOOD = (
    r"(?:(?:so|and|but|oh|just|please|be|as|make it|a bit|really|very)\s+)*(?:quick(?:ly)?|fast|hurry(?: up)?|asap|soon as possible)"
    r"(?: please| now)?"
    rf"|(?:i'?m|i am|i feel) (?:(?:so|very|really|all|just|a bit|such|quite|rather|truly)\s+)*(?:{_FEELING})(?: (?:today"
    rf"|right now|now|about (?:this|it)))?"
    r"|(?:(?:so|very|really|i'?m|i am)\s+)*sorry(?: (?:about|for) (?:all )?(?:(?:the|that|this|my) )?(?:rambling|going on|mess"
    r"|confusion|trouble|delay|bother|fuss))?"
    r"|(?:many |lots of )?thanks?(?: you| ya)?(?: (?:so|very|a lot|much|in advance|again))*|please|hello|hi|hey|dear|ok(?:ay)?"
)
_TELLS_WHO = re.compile(rf"(?:(?i:{_NO_MAIL})|{_WHO}|{_PLACE})\W*")
_ONLY_MOOD = re.compile(rf"(?:{_MOOD})\W*", re.IGNORECASE)
_CLAUSES = re.compile(r"[.,;:!…\n–—]+|\s-\s|\s+(?:but|and)\s+(?=(?:i|my|it)\b)", re.IGNORECASE)
_MATTERS = re.compile(
    r"\?|\b(?:cancel\w*|return\w*|refund\w*|exchang\w*|swap\w*|chang\w*|replac\w*|switch\w*|orders?|items?|deliver\w*|ship\w*|track\w*"
    r"|parcel\w*|packages?|address\w*|pay\w*|paid|card\w*|money|price\w*|costs?|want|need|like to|would like|wish|can you"
    r"|could you|how|what"
    r"|when|where|which|why|missing|broken|damaged|late|person|human|update)\b"
)
"""Words of a matter, which no line about oneself holds."""

_MOMENT = re.compile(
    r"\b(?:wait|hold on|hang on|(?:one|a|just a|another) (?:\w+ )?(?:moment|minute|second|sec|min|mo)|give me|bear with me"
    r"|let me (?:re)?(?:think|consider|check|see|ask|look)|(?:re)?think(?:ing)?|reconsider|mull|sleep on|need (?:some "
    r"|more )?time|not sure yet)\b"
)
_OF_MOMENT = re.compile(
    r"wait|hold|hang|on|one|a|an|another|just|moment|minutes?|seconds?|secs?|mins?|mo|bit|little|please|pls|let|me|us|i|i'd|i'll|i'm|we|first"
    r"|give|bear|with|re-?think(?:ing)?|think(?:ing)?|reconsider|consider|check|see|ask|look|mull|sleep|it|this|that|over|about|again|through|need|have|got|to|must|should"
    r"|want|like|would|of|time|some|more|not|sure|yet|still|ok|okay|oh|hm+|um+|uh+|er+|well|so|and|sorry|before|decide|deciding|my|mind"
    r"|(?:wife|husband|partner|son|daughter|mother|father|mum|mom|dad)|thanks?|you|can|could|may|quick(?:ly)?|while|up|make"
)
_WORD = re.compile(r"[\w'-]+")
_MEANWHILE = re.compile(
    r"(?:^|(?<=[,;.!?…(])\s*)\W*(?:(?:and|so|ok|please|quickly)\s+)*(?:before|while|until|till|after) (?:i|we|my \w+) "
    r"(?!(?:return|send|cancel|exchang|swap|chang|order|pay|decid|say|agree|confirm|buy|do\b|wait))[^,;:.!?…]{3,60}(?:[,;:.!?…]|$)"
    r"|(?:(?<=[,;.!?…])|(?<=\w))\s+before (?:i|we) (?:put|start|make|cook|go|leave|have|feed|walk|take|pick|catch|run|fill|boil"
    r"|switch|turn)\b[^,;:.!?…]{2,50}",
    re.IGNORECASE,
)
"""What somebody is about to do at home, which names no goods that the question is about: "before I put the kettle on"."""


def is_in_passing(text: str) -> bool:
    """Whether words only tell who somebody is, or how they feel: "I don't have my e-mail at hand… quickly please"; never a request."""
    said = text.replace("’", "'")
    clauses = [one.strip() for one in _CLAUSES.split(said) if re.search(r"\w", one)]
    # One word alone is nobody's introduction.
    if len(said.split()) < 2 or not clauses or _MATTERS.search(said.lower()):
        return False
    return all(_TELLS_WHO.fullmatch(one) or _ONLY_MOOD.fullmatch(one) for one in clauses)


def asks_for_a_moment(text: str) -> bool:
    """Whether words only ask for time to think: "wait a moment, let me rethink"; a no or a wish among them makes it something else."""
    plain = text.lower().replace("’", "'")
    words = _WORD.findall(plain)
    return bool(_MOMENT.search(plain)) and "?" not in plain and all(_OF_MOMENT.fullmatch(word) for word in words) and len(words) > 1


def without_meanwhile(text: str) -> str:
    """The words without what somebody does meanwhile; all of them where nothing else would be left."""
    rest = " ".join(_MEANWHILE.sub(" ", text).split())
    return rest if re.search(r"\w{2,}\W+\w", rest) else text

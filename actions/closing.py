"""Words that end a conversation: thanks, "that's all", good wishes, in any number and order, and nothing else."""

import re

_WHEN = r"(?: (?:for )?(?:now|today|tonight|the moment|right now))?"
_THANKS = (
    r"(?:(?:many|lots of|a thousand|big|huge) )?(?:thanks?|thank (?:you|u|ya)|thx|ty|tysm|cheers|ta)"
    r"(?: (?:so|very) much| a (?:lot|bunch|million|ton)| (?:again|indeed|anyway|though|everyone|all|then|mate|guys))*"
    r"(?: for (?:(?:all|being|the|your|everything|helping|sorting|doing|taking|this|that|it|me|my|us|out|so|of|very|quick|fast|great"
    r"|kind)\s?)*"
    r"(?:help|time|service|patience|assistance|support|information|info|answers?|kindness|effort|kind|patient|helpful|quick|care)?"
    r"(?: and (?:patience|kindness|time|support|help))?)?"
)
_ALL_SAID = (
    r"(?:i (?:think|guess|believe) )?(?:that|this)(?:'?s| is| was| will be|'?ll be| would be|'?d be)?(?: (?:really|pretty much|about))?"
    r" (?:all|everything|it)(?: (?:that )?(?:i|we)(?:'?ve| have)? ?(?:needed|need|wanted|want|had|got))?(?: (?:to know|from (?:me"
    r"|you)|done|sorted))?"
)
_TO_DO = (
    r"(?:for me )?to (?:do|ask|add|cancel|return|send back|exchange|swap|change|say|tell|discuss|sort out)"
    r"(?: (?:or|and|nor) (?:to )?(?:do|ask|add|cancel|return|exchange|swap|change))*"
)
_PERIOD = (
    rf"(?:there(?:'?s| is) |i(?:'?ve| have)(?: got)? )?(?:no|nothing|not) (?:other |more |further |else |any )*(?:questions?"
    rf"|requests?|needed|{_TO_DO})?(?: (?:from me"
    rf"|from my side))?"
    r"|i(?:'?m| am) (?:all )?(?:done|set|good|happy|sorted)|(?:all|we(?:'?re| are)(?: all)?) (?:good|set|done|sorted)"
    r"|(?:i|we) (?:don'?t|do not) (?:need|have|want) (?:any(?:thing|\s?more)?)(?: (?:else|more|other|further))?(?: questions?)?"
    r"|(?:there(?:'?s| is)|i(?:'?ve| have)(?: got)?) nothing (?:else|more)|nothing else|nope|no"
)
_WISH = (
    r"(?:(?:you )?have|enjoy|wish(?:ing)? you) (?:(?:a|an|the|your) )?(?:(?:really|very) )?"
    r"(?:(?:good|nice|great|lovely|wonderful|fantastic|pleasant|blessed|fine|super) )?"
    r"(?:one|day|evening|night|weekend|week|afternoon|morning|time|rest of (?:the|your) (?:day|evening|week|weekend))"
    r"|(?:you )?take care(?: (?:of yourself|now|then))?|(?:good)? ?bye(?:[ -]bye)?(?: (?:then|now|for now|everyone|again))*|cya|ciao"
    r"|toodles|so long"
    r"|see (?:you|ya|u)(?: (?:later|around|soon|next time|then))?|talk (?:to you )?(?:later|soon)|until next time|till next time"
    r"|good ?(?:night|day|evening)|goodbye|all the best|best (?:wishes|regards)|so long|(?:and )?(?:the same )?(?:to )?you too"
    r"|(?:same|likewise)(?: to you)?"
)
_PRAISE = (
    r"(?:you(?:'?ve| have|'?re| are| were)?|that(?:'?s| is| was| has been)?|this(?: is| was| has been)?|it was|all|everything was)? ?"
    r"(?:been )?(?:(?:a|an|so|very|really|super|most|such a|such|too|of|absolutely|extremely) )*"
    r"(?:great|big|huge|real|good|fantastic|wonderful|amazing|excellent|lovely|brilliant|awesome|perfect|kind|nice|helpful|quick"
    r"|easy|super|"
    r"fast|well|outstanding|cool|fine|solid|legend|star|lifesaver|sorted|done)?"
    r" ?(?:help|helpful|service|job|work|done|support|assistance|chat|talking to you|experience)?"
    r"|(?:i (?:really |do |so |very much )?)?appreciate (?:it|that|this|you|(?:all )?(?:your|the) (?:help|time|patience|assistance"
    r"|support))"
    r"|much appreciated|(?:you )?made my day|glad (?:that|to|we|i|it)(?: \w+){0,5}"
)
_LEAD = (
    r"ok(?:ay)?|great|perfect|wonderful|alright|all right|cool|nice|good|fine|super|awesome|excellent|lovely|brilliant|sounds good"
    r"|got it|"
    r"understood|i see|that works|well|right|so|then|and|but|oh|ah|amazing|fantastic|sweet|hooray|yay|phew|excellent stuff"
)
_ENDING = re.compile(rf"(?:(?:{_LEAD}) )*(?:{_ALL_SAID}|{_WISH}){_WHEN}")
_FINAL = re.compile(
    rf"(?:(?:{_LEAD}|no) )*(?:(?:i (?:have|got) |there are )?no (?:other |more |further )+(?:questions?|requests?)(?: (?:from me"
    rf"|from my side))?"
    rf"|(?:i (?:don'?t|do not) (?:need|have|want) |(?:there(?:'?s| is) )?nothing|i need nothing)(?:anything |any )? ?(?:else|more|further)"
    rf"(?: (?:questions?|help|from me|{_TO_DO}))?"
    rf"|i(?:'?m| am) all (?:done|set|sorted)){_WHEN}"
)
_NO_MORE = re.compile(rf"(?:(?:{_LEAD}) )*(?:{_PERIOD}){_WHEN}")
_POLITE = re.compile(rf"(?:(?:{_LEAD}) ?)*(?:{_THANKS}|{_PRAISE})?{_WHEN}")
_CLAUSES = re.compile(
    r"[,.;!?…\n:)(-]+\s*|\s+(?:and|but|so)\s+(?!(?:much|very|kind|patience|kindness|time|support|help)\b)(?=\w)|"
    r"(?<=\w)\s+(?=(?:thanks?|thx|bye|goodbye|good ?bye|cheers|have an? |take care|see (?:you|ya)|that'?s (?:all|everything|it)\b)\b)"
)
_PICTURES = re.compile(r"[^\w\s'.,;!?…:()-]+")


_LEAVES = re.compile(
    r"\b(?:good ?bye|bye(?:[ -]bye)?|cya|ciao|cheerio|farewell|see (?:you|ya|u)(?! (?:have|are|can|did|do|sent|said)\b)|take care"
    r"|so long(?=\W*$)|have an? (?:\w+ )?(?:day|evening|night|weekend|week|one)"
    r"|(?:many|kind|best|warm) (?:greetings|regards|wishes))\b"
)


def is_closing(text: str) -> bool:
    """Whether words end the conversation ("thanks, that was all, have a nice day"), and ask for nothing in the same breath."""
    clauses = _clauses(text)
    return any(_ENDING.fullmatch(one) or _FINAL.fullmatch(one) for one in clauses) and all(_closes(one) for one in clauses)


def leaves(text: str) -> bool:
    """Whether words say goodbye, whatever is said besides, and ask nothing: "one lamp off my shelf, what a day. Bye!"."""
    return bool(_LEAVES.search(text.lower())) and "?" not in text


def without_closing(text: str) -> str:
    """The words up to where thanks and good wishes begin: "yes please. Thanks, bye" is "yes please"."""
    kept = text
    while True:
        joints = list(_CLAUSES.finditer(kept.lower()))
        cut = next((one.start() for one in reversed(joints) if _ends_here(kept[one.end() :])), None)
        if cut is None:
            return kept
        kept = kept[:cut]


def _ends_here(tail: str) -> bool:
    clauses = _clauses(tail)
    return bool(clauses) and all(_WISHES.fullmatch(one) for one in clauses)


_WISHES = re.compile(rf"(?:(?:{_LEAD}) )*(?:{_WISH}|{_THANKS}){_WHEN}")


def _clauses(text: str) -> list[str]:
    plain = _PICTURES.sub(" ", text.lower().replace("’", "'"))
    return [" ".join(one.split()) for one in _CLAUSES.split(plain) if one and re.search(r"\w", one)]


def _closes(clause: str) -> bool:
    return any(pattern.fullmatch(clause) for pattern in (_ENDING, _NO_MORE, _POLITE))

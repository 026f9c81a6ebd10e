"""Yes, no, and stop. A yes that moves money has to be a plain one."""

import re

from actions.closing import without_closing
from actions.turn import Request

_NO = re.compile(r"^\W*(?:no|nope|nah|no thanks?|no thank you|don'?t|rather not|better not)\b(?P<rest>.*)$", re.DOTALL)
_ASSENT = (
    r"yes|yess+|indeed|certainly|affirmative|quite right|yep|yeah|yup|y|ok|okay|sure|absolutely|definitely|correct|agreed|of course"
    r"|sounds good|go (?:ahead|on|for it)"
    r"|confirm(?:ed)?|"
    r"i confirm|i agree|i do|i trust you|that'?s (?:fine|ok|okay|good) (?:by|with) me|i am sure|i'm sure|that'?s (?:right"
    r"|correct|fine|ok|okay)|(?:please )?do (?:it|that|so)|please do(?: so)?|that is (?:all )?(?:right|correct|fine)|"
    r"(?:please |you (?:can|may) )?(?:go ahead|proceed)(?: with (?:it|that|this))?|let'?s do (?:it|that)|please confirm"
)
_COURTESY = (
    r"please|pls|thanks|thank you|thx|now|great|fine|perfect|it is|(?:and )?that'?s (?:all|everything)|(?:and )?that is (?:all"
    r"|everything)|"
    r"nothing else|finally|obviously|go|then|(?:only|just) that|exactly|alright|all good|do that|proceed"
)
_LEAD = r"(?:(?:please|ok|okay|good|fine|great|perfect|alright|right|well|hm+|so|wait|then|ah|oh)[\s,.!…]+)*"
ALL = r"(?:that'?s|that is|this is) (?:all|everything|it)"
_ALL = rf"(?:no[\s,.]+)?{ALL}(?: (?:for now|thanks|thank you))?|nothing else|(?:only|just) (?:that|this|it)(?: one)?"
"""What may stand before the yes to "if that is everything: shall I do that?"."""
_GO = r"(?:do|make|register|start|proceed with|go ahead with|go on with) (?:the|that|this|my) "
_WHOLE = r"(?:the whole order|all of it|the lot|everything)(?: in (?:the|that|this) order)?"
DEEDS = {
    "cancel_order": rf"cancel(?: it| that| this)?(?: (?:the|my|this|that) order)?|{_GO}cancellation|(?:cancel )?{_WHOLE}",
    "return_items": rf"return (?:it|them|that)|send (?:it|them) back|refund (?:it|me)|{_GO}return",
    "exchange_items": rf"(?:exchange|swap|change) (?:it|them|that|both)|{_GO}(?:exchange|swap|change)",
    "change_items": rf"(?:exchange|swap|change) (?:it|them|that|both)|modify (?:it|them)|{_GO}(?:exchange|swap|change)",
    "change_address": rf"change (?:it|that|the address)|update (?:it|the address)|send it(?: there)?|{_GO}change",
    "change_default_address": rf"change (?:it|that|the address)|update (?:it|the address)|save (?:it|that)|{_GO}change",
    "change_payment": rf"change (?:it|that|the payment)|switch (?:it|that)|pay it|{_GO}(?:change|switch)",
}
"""What a customer may repeat of the question. The other deed's words make a yes unclear."""
_LONGEST_YES = 60
_NEW = re.compile(
    r"\d|\b(?:one|other|order|instead|rather|just|only|but|also|wrong|meant|without|make|size|colou?r|to (?:my|the)|with (?:my|the)|"
    r"not (?:the|that|this)|in (?!any|that|the)\w+|pay ?pal|card)\b"
)
_ALL_SAID = re.compile(
    rf"\b{ALL}\b|\bnothing (?:else|more)\b|\bno more\b|"
    r"\b(?:just|only) (?:that|this|it)(?: one)?(?=\W*(?:$|please|thanks|thank you|for now))"
)
"""An answer to "is that all?", which drops nothing."""
_MORE = re.compile(r"^\W*(?:no|nope|nah|wait|hold on|not yet)?\W*(?:(?:there'?s|i) .{0,30})?\b(?:also|add|plus|as well|too)\b")
"""An answer to "is that all?" that names one more."""
_ASKS = re.compile(
    r"\?|^\W*(?:how|what(?! an? )(?:'?s)?|which|who|where|when|why|do you|does|is|are|can i see|"
    r"(?:(?:and|also|please|could you|can you|would you)\W+)*(?:show|list|tell me))\b"
)
_TOLD_BY_RECEIPT = re.compile(
    r"(?<=[a-z,.!])[\s,.!]+(?:and |but |so |just )*(?:how long|when) (?:does|do|will|would|should|can|is|'ll) "
    r"(?:it|that|this|i|the (?:refund|money)|my (?:refund|money))(?: (?:usually|take|get|have|see|be|arrive|expect|back|it|that"
    r"|there|here|done|in|on|"
    r"the|my|money|refund|account|card))*\s*\??$"
)
"""A question behind a yes that takes nothing back: the receipt answers it."""
DECISION = (
    r"yes+|indeed|certainly|affirmative|go (?:on|for it)|yep|yeah|yup|sure"
    r"|absolutely|correct|confirm(?:ed)?|please do|do (?:it|that)|go ahead"
)
"""What decides; an "ok" may only say that something was heard."""
DONE = re.compile(r"\b(?:do (?:it|that|so|this)|please do|go (?:ahead|on|for it)|proceed|confirm(?:ed)?)\b")
"""Words that say to do what was asked about, whatever it was."""
_DECIDED = re.compile(rf"^\W*(?:(?:ok|okay|well|good|great|fine|perfect)\W+)*(?:{DECISION})\b")
_TURNS = re.compile(
    r"\b(?:but|instead|rather|not|never|no|only|first|before|until|unless|if|wait|actually|hold on|except|without|either|or)\b|n't\b"
    r"|\bdont\b"
)
_SENTENCE = re.compile(r"(?P<yes>[^.!?]+)[.!]+\s+(?:(?:and|also|btw|by the way)\b,?\s*)?(?P<rest>\S.*)$", re.IGNORECASE | re.DOTALL)
_OF_DEED = re.compile(
    r"\b(?:it|that|this|them|they|these|those|wait|actually|if|unless|no|not|don'?t|never|cancel|stop|keep|leave|refund\w*|money"
    r"|back|cost\w*|pay\w*|"
    r"charge\w*|free|return\w*|exchang\w*|swap\w*|chang\w*|address|sure|really|first|before|after|how long|how much|when|will|would|should"
    r"|must|total|sum|amount|price)\b"
)
"""Words of a question that may be about what was to be done, so that its answer may take the yes back."""
_INSTEAD = re.compile(
    r"^\W*(?:no|nope|nah|stop|don'?t)\b|\b(?:instead|rather|actually|forget|"
    r"leave (?:it|that)|never ?mind|not that|drop (?:it|that)|scrap|changed my mind)\b"
)
_FIRST = re.compile(r"\bfirst\b|\bbefore (?:that|this|we)\b")
"""What is only put before the rest drops nothing of it."""
_HELD_KEY = re.compile(r"^\W*([^\W\d_])\1{2,}\W*$", re.IGNORECASE)
_LONGEST_ALL = 7
_OPEN = frozenset({"problem_details", "reason_choice"})
"""Questions to which a no is an answer like any other."""
_LIKING = re.compile(r"\b(?:don'?t|do not|didn'?t) (?:like|fit|suit|work)\b")
"""A reason for sending back, which is no "no"."""
_STOP = re.compile(
    r"^\W*(?:(?:lol|wait|please|i said)\W+)*(?:no|nope|don'?t)(?:\W+(?:wait|please|don'?t|do not|stop|i said|lol|no))*\W*$|"
    r"\b(?:never ?mind|forget (?:it|about it|that)|leave it|stop(?: it| that)?$|abort|don'?t bother|not any ?more|drop it|"
    r"scrap that|no longer want to|keep (?:it|the order|my order|them)|let'?s not)\b"
)


def is_clear_yes(request: Request, operation: str | None = None) -> bool:
    """Whether a request is a yes and nothing else, word by word: "yes, keep it" must never cancel an order.

    Args:
        request: What the customer said or pressed.
        operation: What was asked about, whose own words ("yes, cancel it") may stand in the yes.
    """
    if request.pressed:
        return request.intent == "affirm"
    text = plain(without_closing(request.text))
    # An "ok" before a question only says that it was heard.
    text = _TOLD_BY_RECEIPT.sub("", text) if _DECIDED.match(text) else text
    more = "|".join(filter(None, (_ASSENT, _COURTESY, DEEDS.get(operation or ""))))
    yes = rf"{_LEAD}(?:(?:{_ALL})[\s,.!]+(?:so |and |then |please )*)?(?:{_ASSENT})(?:[\s,.!]+(?:{more}))*[\s.!]*"
    return len(text) <= _LONGEST_YES and re.fullmatch(yes, text) is not None


def split_yes(request: Request, operation: str | None = None) -> tuple[str, str] | None:
    """A plain yes and the question that follows it in a sentence of its own; None where the question may be about the deed.

    Args:
        request: What the customer said.
        operation: What was asked about, as for `is_clear_yes`.
    """
    found = _SENTENCE.match(request.text.strip())
    if request.pressed or not found or not is_clear_yes(Request("affirm", found["yes"]), operation):
        return None
    rest = plain(found["rest"])
    if not _ASKS.search(rest) or _NEW.search(rest) or _OF_DEED.search(rest):
        return None
    return found["yes"], found["rest"].strip()


def changes_its_mind(text: str) -> bool:
    """Whether words beside a yes take something of it back: "yes, but …", "… instead", "only if …"."""
    return bool(_TURNS.search(plain(text)))


def takes_back(text: str) -> bool:
    """Whether words drop what is going on for something else: "no, cancel the other one instead"."""
    return bool(_INSTEAD.search(plain(text))) and not _FIRST.search(plain(text))


def is_about_the_deed(request: Request) -> bool:
    """Whether a question beside a yes may be about what the yes is to, so that its answer may take the yes back."""
    return bool(_OF_DEED.search(plain(request.text)))


def is_clear_no(request: Request) -> bool:
    """Whether a request is a plain no, with nothing new after it: "no, the other one" is a correction."""
    if request.pressed:
        return request.intent == "deny"
    text = plain(request.text)
    found = _NO.match(text)
    short = bool(found and len(found["rest"].split()) <= 5) or (request.intent == "deny" and not found)
    return short and not _NEW.search(text)


def is_question(request: Request) -> bool:
    """Whether words ask something, with or without a question mark."""
    return not request.pressed and bool(_ASKS.search(plain(request.text)))


def is_noise(request: Request) -> bool:
    """Whether a message holds no word at all: signs, pictures, or one key held down. It is neither a yes nor a goodbye.

    A request of ours that is taken up in the customer's place has no text, and is none.
    """
    text = request.text.strip()
    return bool(text) and not request.pressed and (not re.search(r"[^\W_]", text) or bool(_HELD_KEY.match(text)))


def is_all_said(request: Request) -> bool:
    """Whether the customer says that this is everything, and nothing else."""
    text = plain(request.text)
    return not request.pressed and bool(_ALL_SAID.search(text)) and len(text.split()) <= _LONGEST_ALL


def is_stop(request: Request, asked: str | None) -> bool:
    """Whether the customer drops what is going on. "That's all" and "no, also the lamp" go on with it."""
    text = plain(request.text)
    if not request.pressed and (_ALL_SAID.search(text) or _MORE.search(text)) and not _STOP.search(text):
        return False
    if request.intent == "change_mind":
        # "I don't need it any more" is a reason to cancel where a reason was asked for.
        return request.pressed or asked != "reason_choice" or bool(_STOP.search(text))
    if asked == "reason_choice":
        return bool(_STOP.search(text)) and not request.pressed
    return asked not in _OPEN and not _LIKING.search(text) and is_clear_no(request)


def plain(text: str) -> str:
    """Words as they are compared: in small letters, with straight apostrophes."""
    return text.lower().replace("’", "'").strip()

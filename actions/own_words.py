"""Words that ask a fact of the customer's own orders and items so plainly that NLU is not needed, and wish for no deed."""

import re

from shop.filtering import singular

OF_ORDERS = frozenset({"list_orders", "track_order", "ask_order_details"})
"""After these a few words may lean on the orders that were told of."""

_OF_THEM = re.compile(
    r"\b(?:which|what|whats|what's|any)\b(?:\W+\w+){0,4}?\W+(?:of (?:these|those|them|my items|the items|my things)|ones?\b(?! of ))"
    r"|\bwhich (?:of (?:these|those|them) )?(?:is|are) the \w+est\b"
)
"""What asks for some of several things that were just told of."""
_NOT_OF_THEM = re.compile(
    r"\b(?:can|could|should|may|will|would|stock|available|sell|where|when|arriv\w*|deliver\w*|ship\w*|how much|costs?|prices?|pending|paid"
    r"|charged?|cards?|address(?:es)?|orders?|do you|mean|i meant|have to)\b"
)
_MINE = re.compile(
    r"\b(?:my|mine|our)\b|\b(?:i|we)(?:'ve|'d| have| had)? (?:already |just |actually |once |currently |really )?"
    r"(?:bought|buy|ordered|order|purchased|purchase|got|get|own|have|had|picked?|chosen?|chose|took|take|received?)\b"
)
_NO_ITEM = (
    r"(?!(?:\w+ ){0,2}(?:options?|choices?|methods?|ways?|orders?|purchases?|items?|things?|stuff|products?|time|days?|rights?"
    r"|reasons?|points?|alternatives?|possibilit\w+|kinds? of (?:options|orders)|discounts?|vouchers?|else|more)\b)"
)
_BOUGHT = re.compile(
    rf"\b(?:which|what|whats|what's)\b \W*{_NO_ITEM}(?:\w+\W+){{1,6}}?did (?:i|we) (?:\w+ )?(?:buy|order|get|purchase|pick|choose|take)\b"
    r"|\b(?:which|what|what's|whats)(?: is| was| are| were)? (?:my|our) (?:current|present|old|original|existing|ordered) "
    r"(?!orders?\b|status|plan|level|points)"
    r"|\bmy (?:[\w-]+ ){0,3}[\w-]+'s (?:\w+ )?(?:specs?|specifications?|details|description|version|variant|features|properties)\b"
    r"|\b(?:specs?|specifications?|details|description|version|variant|model|features|properties) (?:of|for|on|about) my "
    r"(?!orders?\b|account|data)"
)
"""What asks for a thing of the customer's so plainly that not even the records are needed."""
_WHICH_ITEM = re.compile(
    rf"{_BOUGHT.pattern}|\b(?:which|what)\b \W*{_NO_ITEM}(?:\w+\W+){{1,6}}?(?:did|do|have|had) (?:i|we)\b"
    r"|\b(?:specs?|specifications?|details|description|options|version|variant|model|features|properties)\b.{0,12}\b(?:of|for|on|about)\b"
    r"|\bwhat(?: kind| type| sort|'s the type) of\b|\b(?:describe|what (?:is|are|was|were)) (?:my|the)\b"
)
_OTHER_FACT = re.compile(
    r"\b(?:where|when|track\w*|arriv\w*|deliver\w*|ship\w*|prices?|costs?|how much|how many|how long|pay\w*|paid|cards?|charged?|address"
    r"|total|stock|available|sell|refund\w*|balance|account|recommend\w*|history|status|policy|warranty|guarantee|manual|invoice"
    r"|receipt|cheap\w*|expensive|left|happen\w*|back|fits?|need|want|like|prefer|should|can|could|problem|wrong|broken?|damaged?"
    r"|possible|rather|different|another|too|upgrade|into)\b"
)
_TASK = re.compile(
    r"\b(?:return\w*|exchang\w*|swap\w*|cancel(?!l?ed)\w*|chang\w*|replac\w*|switch\w*|instead|send|refund\w*|modif\w*|add|remove"
    r"|order another)\b"
)
_ASKS = re.compile(r"\b(?:what|whats|what's|which|is|are|was|were|did|do|does|remind|tell|show|describe|give|know|forgot\w*|remember)\b|\?")
_MEANS_OWN = re.compile(
    r"^\W*(?:(?:no|sorry|wait|not (?:that|those)(?: ones?)?|i (?:mean|meant)|i'?m asking about|but)\b\W*)+"
    r"(?:the |that |this )?[^.?!]*?\b(?:i|we)(?:'ve| have)? (?:already )?(?:ordered|bought|purchased|got|have|own)\b"
)
"""A question put right: "no, the tablet I ordered. Its storage"."""
_WHOSE = re.compile(
    r"\b(?:(?<!as )(?<!like )(?<!than )mine|"
    r"belongs? to me|(?:is|was|are) (?:it|that|this|there|one) (?:really |also )?(?:one of )?(?:mine|my)|among (?:my|mine)"
    r"|(?:is|was) (?:it|that|this|[#\w-]*\d{4,}) (?:really |even |also )?(?:one of )?my (?:own )?orders?"
    r"|one of my orders"
    r"|do i have (?:an? |the )?(?:order )?[#a-z-]*\d{4,}"
    r"|did i (?:place|make|order) (?:order )?[#a-z-]*\d{4,}|my order\W*\?|my own order)\b"
)
_COUNT = re.compile(r"\bhow many\b.*\b(?:i|we|my|mine)\b|\b(?:number|count) of (?:my )?(?:orders|items|things)\b.*\b(?:my|i)\b")
_COUNTED = re.compile(
    r"\b(?:did|have|had|do) (?:i|we)\b|\b(?:i|we)(?:'ve| have)? (?:\w+ )?(?:ordered|bought|got|made|placed|have)\b|\bmy orders?\b"
    r"|\bof mine\b"
)
_NO_COUNT = re.compile(
    r"\b(?:days?|weeks?|hours?|months?|points?|times?|left to|money|options?|versions?|variants?|methods?|cards?|return|exchange)\b"
    r"|\b(?:can|could|may|should|must) (?:i|we)\b"
)
_HOLDING = re.compile(
    r"(?:\b(?:do i have|have i got|is there|are there|did i (?:order|buy))\b|^\W*(?:and |any\b)).*\b(?:any|another|other|more|still|also)\b"
    r".*(?:\bof mine\b|\b(?:in|among|on) (?:any|one|some)? ?(?:of )?(?:my |other |pending |the )*orders?\b|\bpending\b|\bon order\b)"
)
_ONLY_STATE = re.compile(
    r"^\W*(?:(?:and|ok|okay|so|no|please|just|only|now|show|see|tell|list|give|me|what|about|how|which|are|is|i|want|meant?)\W+)*"
    r"(?:(?:the|my|those|all|any|only|that|ones?)\W+)*"
    r"(?:pending|delivered|shipped|cancell?ed|processed|unshipped)(?:\W+(?:ones?|orders?|please|then|only|too))*\W*$"
)
_ANY_STATE = re.compile(
    r"^\W*(?:(?:and|are there|is there|do i have|have i got|show me|i)\W+)*(?:any|no) (?:of my |other |more )?"
    r"(?:pending|delivered|shipped|cancell?ed|processed|unshipped|open) (?:orders?|ones?)\b"
)
_BRAND = r"(?:visa|master ?card|amex|american express|pay ?pal|gift ?card)"
_WHICH_BRAND = re.compile(rf"\b{_BRAND}\W+(?:or\W+)?(?:(?:the|my)\W+)?{_BRAND}\b.*\?|\b{_BRAND},? or (?:the |my )?{_BRAND}\b")
_PAYS = re.compile(r"\b(?:pay|use|put|charge it|can|could|want|please|pls|rather|prefer|accept|take|like|would|may|back|not)\b")
_INSIDE = re.compile(
    r"\bwhat(?:'s| is|s| was| are)? (?:\w+ ){0,2}?(?:in|inside|on) (?:it|that|this|there|them|that one|this one|the \w+ (?:one|order))\W*$"
    r"|\bwhat (?:does|did|do) (?:it|that|this|the \w+ one|they) (?:contain|hold|include|consist of)\b"
)
_ALL_ORDERS = re.compile(
    r"\b(?:every(?: single)?|all(?: of)?(?: my| the)?) (?:past |previous |single )?(?:orders?|purchases?)\b"
    r"(?!\W+(?:\w+ ){0,2}?(?:of|with|containing|from|to|in|since|that|which|where|under|over|about|going|are|were|is|on|for)\b"
    r"(?! (?:you|file|me|record)\b))"
)
_COMPARED = re.compile(
    r"\b(?:how much (?:\w+ ){0,4}?(?:sav\w+|cheaper|less|dearer|more|difference)|what (?:\w+ ){0,4}?sav\w+)\b"
    r".*\b(?:instead of|rather than|in place of|over|compared (?:to|with)|versus|vs|than)\b"
    r"|\bdifference\b.*\bpric\w+\b.*\b(?:and|or|vs|versus)\b|\bpric\w+ difference\b.*\b(?:and|or|vs|versus)\b"
)
_WITH_WHICH = re.compile(
    r"\b(?:which|what|whose)(?: \w+){0,2} (?:card|method|account|of (?:them|those|these))\b"
    r".*\b(?:pa(?:y|id)|charged?|used?|billed|went|go|took)\b"
    r"|\b(?:card|paypal|visa|mastercard|amex|gift card)\b.*\b(?:one|what|card|method) (?:i|we) (?:paid|used|ordered)\b"
    r"|\b(?:is|was) (?:that|it|this) the (?:card|method|account|one) (?:that |which )?(?:i|we) (?:\w+ )?(?:paid|used)\b"
    r"|\b(?:is|was) (?:that|it|this) (?:my|the) (?:original|old|same) (?:card|method|payment)"
    r"|\bpaid (?:with|by|on|using) (?:\w+ )?(?:visa|mastercard|amex|paypal|card|gift card)\b.*\bor\b"
)
_SOONER = re.compile(
    r"\b(?:faster|sooner|quicker|earlier|speed\w*|hurry|right away|any quicker|instant\w*|immediately)\b"
    r"|\b(?:with)?in (?:the next |just |only |about |less than )?(?:an?|one|two|three|four|\d+) (?:hours?|days?)\b"
    r"|\bby (?:today|tonight|tomorrow)\b"
)


OF_MONEY = re.compile(r"\b(?:refund\w*|money|reimburse\w*|cash|paid|business days?|faster|sooner|quicker)\b|\b\d days\b")
"""What words that want something sooner are about, where a return is open."""
_WENT = re.compile(
    r"\b(?:which|what) (?:\w+ )?address\b.{0,30}\b(?:did|was|were|has|have|is|does)\b.{0,40}\b(?:go|goes|going|sent|send|ship"
    r"|shipped|deliver|delivered)\b|\bwhere (?:did|was|were)(?: [\w#-]+){1,4}? (?:go|sent|shipped|delivered) to\b"
)


def asks_where_it_went(text: str) -> bool:
    """Whether words ask which address an order went or goes to."""
    return bool(_WENT.search(text.lower()) and not re.search(r"\b(?:chang\w*|update\w*|correct\w*|instead)\b", text.lower()))


def asks_inside(text: str) -> bool:
    """Whether a few words ask what an order holds that was just told of: "and what's in it?"."""
    return bool(_INSIDE.search(text))


def own_fact_intent(text: str, last_intent: str = "") -> str | None:
    """The intent of words that ask a fact of the customer's own orders or items, and wish for no deed; None for all others."""
    plain = text.lower().replace("’", "'")
    if _ANY_STATE.search(plain) or (last_intent in OF_ORDERS and _ONLY_STATE.search(plain)):
        return "list_orders"
    if last_intent in OF_ORDERS and (asks_inside(plain) or asks_of_them(plain)):
        return "ask_order_details"
    if asks_where_it_went(plain):
        return "ask_order_details"
    if asks_whose(plain):
        return "track_order"
    if asks_compared(plain):
        return "ask_price"
    if asks_count(plain):
        return "list_orders"
    if _TASK.search(plain):
        return None
    if asks_holding(plain):
        return "list_orders"
    bought = _BOUGHT.search(plain) and not _OTHER_FACT.search(plain)
    return "ask_order_details" if bought or asks_paid_with(plain) else None


def asks_paid_with(text: str) -> bool:
    """Whether words ask what an order was paid with, and do not wish for a way to pay."""
    of_brands = _WHICH_BRAND.search(text) and not _PAYS.search(text)
    return bool(of_brands or (_WITH_WHICH.search(text) and _ASKS.search(text) and not _TASK.search(text)))


def asks_of_them(text: str) -> bool:
    """Whether words ask which of the things that were just told of are like something: "which of these are for camping?"."""
    return bool(_OF_THEM.search(text) and not _TASK.search(text) and not _NOT_OF_THEM.search(text))


def asks_own_item(text: str, options: frozenset[str] = frozenset()) -> bool:
    """Whether words ask which thing the customer has, or what it is like.

    Args:
        text: The words, in lower case.
        options: What the options and values of the things that they name are called; a question for one of these counts too.
    """
    if not _MINE.search(text) or _TASK.search(text) or _OTHER_FACT.search(text):
        return False
    if _MEANS_OWN.search(text) and {singular(word) for word in re.findall(r"[\w'-]+", text)} & {singular(word) for word in options}:
        return True
    if not _ASKS.search(text):
        return False
    # "I bought the large one, is the small one there?" asks for nothing that they have.
    asking = [clause for clause in re.split(r"[.,;!?]", text) if _MINE.search(clause) and _ASKS.search(clause)]
    said = {singular(word) for clause in asking for word in re.findall(r"[\w'-]+", clause)}
    return bool(_WHICH_ITEM.search(text) or said & {singular(word) for word in options})


def says_mine(text: str) -> bool:
    """Whether words speak of what the customer has or had."""
    return bool(_MINE.search(text))


def asks_whose(text: str) -> bool:
    """Whether words ask if an order that they number is the customer's: "CH-12345, is that mine?"."""
    numbered = re.search(r"#[a-z]?\d{4,}|\b[a-z]{1,3}-?\d{4,}|\b\d{5,}\b", text)
    return bool(numbered and _WHOSE.search(text) and not _TASK.search(text))


def asks_count(text: str) -> bool:
    """Whether words ask how many orders or things the customer has or had."""
    return bool(_COUNT.search(text) and _COUNTED.search(text) and not _NO_COUNT.search(text))


def asks_holding(text: str) -> bool:
    """Whether words ask if any of the customer's orders holds a thing: "is there another shirt of mine pending?"."""
    return bool(_HOLDING.search(text))


def asks_compared(text: str) -> bool:
    """Whether words ask how far apart the prices of two things are: "what do I save with the small one instead of the large one?"."""
    return bool(_COMPARED.search(text) and not _TASK.search(text.replace("instead of", " ")))


def asks_all_orders(text: str) -> bool:
    """Whether words ask for every order, whatever else is said around it: "I told you! Show me all orders"."""
    return bool(_ALL_ORDERS.search(text.lower()))


def asks_sooner(text: str) -> bool:
    """Whether words ask for something to come sooner than it does."""
    return bool(_SOONER.search(text.lower()))

"""The intents by what they are to an open form, and the words that a task goes by: NLU alone ends no form."""

import re

from actions.not_in_hand import NEVER_CAME, find_absence
from actions.turn import Request

QUESTIONS = frozenset(
    """track_order list_orders ask_invoice check_refund ask_returns_policy search_product ask_product compare_products check_stock
    ask_price ask_size request_recommendation find_similar find_matching ask_popular ask_delivery ask_payment ask_promo_code
    ask_gift_card ask_account ask_account_info ask_order_details ask_loyalty ask_privacy request_human make_complaint ask_warranty
    ask_opening_hours ask_help     challenge_bot give_feedback greet thank""".split()  # noqa: SIM905
)
TASKS = frozenset(
    """cancel_order return_item change_order change_address change_payment exchange_item report_damaged_item
    report_missing_delivery report_late_order""".split()  # noqa: SIM905
)
COURTESIES = frozenset("greet thank ask_help challenge_bot give_feedback make_complaint ask_account".split())  # noqa: SIM905
"""What is heard in words around a proof of identity that ask for nothing of their own."""
ABOUT_GOODS = frozenset(
    """search_product check_stock ask_product ask_price ask_size find_similar compare_products request_recommendation
    ask_popular""".split()  # noqa: SIM905
)
"""What an item or a version that is named as an answer may sound like."""

_NEVER_CAME = (
    r"\b(?:never|not|n'?t|nothing|still no(?:t|thing)?)\b.*\b(?:come|came|arriv\w*|receiv\w*|got|get|turn\w* up|show\w* up|here)\b"
)
_WORDS = {
    "cancel_order": re.compile(r"\bcancel\w*|\bcall (?:it|that|the order) off\b|\b(?:don'?t|no longer) (?:need|want)\b.*\border\b"),
    "return_item": re.compile(r"\breturn\w*|\b(?:send|sent|give|take|bring|go(?:es)?)\b.*\bback\b|\brefund\w*|\bmoney back\b"),
    "exchange_item": re.compile(
        r"\bexchang\w*|\bswap\w*|\breplac\w*|\bswitch\w*|\bchang\w*|\b(?:another|different) \w+"
        r"|\binstead\b(?! of (?:the|my) (?!(?:\w+ )?(?:one|version|size|colour|color)\b))"
    ),
    "change_order": re.compile(r"\bchang\w*|\badd\w*|\bremov\w*|\bmodif\w*|\bedit\w*|\btake\b.*\b(?:out|off)\b|\balter\w*|\bone more\b"),
    "change_address": re.compile(
        r"\baddress\w*|\b(?:deliver|send|ship|goes?|moved?|move)\b.*\bto\b|\bhouse number\b|\b(?:zip|post ?code)\b"
    ),
    "change_payment": re.compile(r"\bpa(?:y|id)\w*|\bcards?\b|\bcharge\w*|\bvisa\b|\bmastercard\b|\bamex\b"),
    "report_damaged_item": re.compile(
        r"\b(?:broken?|damag\w*|defect\w*|fault\w*|crack\w*|torn|scratch\w*|smash\w*|leak\w*|shatter\w*|dent\w*|dead|stopped working)\b"
        r"|\b(?:does|did|do|has)(?:n'?t| not) (?:\w+ )?work\w*"
    ),
    "report_missing_delivery": re.compile(rf"\bmissing\b|\blost\b|\bstolen\b|\bgone\b|{_NEVER_CAME}"),
    "report_late_order": re.compile(
        rf"\b(?:late|delay\w*|overdue)\b|{_NEVER_CAME}|\bstill (?:waiting|on its way)\b|\bshould have\b.*\b(?:come|arrived|been)\b"
    ),
}
_ALWAYS = re.compile(
    r"\b(?:always|never again|every ?time|again and again|last time|usually|constantly|used to|so complicated|such a)\b"
    r"|\b(?:you|they) (?:lot|people|guys|always|never|keep)\b|\b(?:i|we) (?:hate|can'?t stand|am sick|'m sick)\b"
)
_PAST = re.compile(r"\blast (?:one|week|month|year)\b|\b(?:you|they) sent\b|\bas well\W*$")
"""A grumble about how things are or were; it asks for nothing to be done now."""
_WISHES = re.compile(
    r"\b(?:please|pls|i(?:'d| would| want| need| wish)|can you|could you|would you|let me|let'?s|instead|rather)\b|"
    r"(?:^|[.!?,;]\s*|\b(?:and|so|then|just|now)\s+)(?:cancel|return|exchange|swap|change|replace|send|switch|update|use|pay|charge|take|give)\b"
)
_NOT_HERE = frozenset({"report_missing_delivery", "report_late_order"})
REPORTS = frozenset({"report_damaged_item", "report_missing_delivery", "report_late_order"})
_TELLS_OF_ONE = re.compile(
    r"\border\b|\bparcel\b|\bpackage\b|\d{4}|"
    r"\b(?:my|the) \w+(?: \w+)? (?:is|are|was|were|came|arrived|has|have|hasn|never)\b"
)
_HOPES = re.compile(
    r"\b(?:can|could|may|might|am|will|would|is|are)\s+(?:i|we|it|that|this|there|they|the \w+|my \w+)\b.*"
    r"\b(?:still|later|after(?:wards?| (?:that|this|the|it))|then|possible|allowed|able|as well|also|too|both|at the same time|anyway)\b"
    r"|\b(?:still|later|afterwards?) (?:be )?(?:possible|allowed|change\w*|cancel\w*|return\w*|exchange\w*|swap\w*|add\w*)\b|"
    r"\bcan both be done\b"
)
_NUMBER = re.compile(r"\d{4,}")


def words_ask_for(request: Request) -> bool:
    """Whether the words themselves, and not only NLU, ask for the task that NLU heard; a grumble asks for none."""
    if request.pressed or request.intent not in _WORDS:
        return request.pressed
    text = request.text.lower().replace("’", "'")
    if not _WORDS[request.intent].search(text) or (_ALWAYS.search(text) and not _WISHES.search(text)):
        return False
    if request.intent in _NOT_HERE and find_absence(text) == NEVER_CAME:
        return True
    return request.intent not in REPORTS or (bool(_TELLS_OF_ONE.search(text)) and not _PAST.search(text))


def only_wonders(request: Request) -> bool:
    """Whether words ask if something could be done besides, or afterwards: "can I still change the address then?"."""
    text = request.text.lower().replace("’", "'")
    return not request.pressed and not _NUMBER.search(text) and bool(_HOPES.search(text))

"""Which of the customer's own payment methods the words mean."""

import re
from collections.abc import Collection, Sequence

from actions.reply import Button, button
from actions.turn import Request, Turn
from actions.waiting import opening_of
from shop.models import Order, PaymentEntryKind, PaymentKind, PaymentMethod
from shop.wording import money

_KINDS = {
    PaymentKind.PAYPAL: re.compile(r"pay\s?-?pal"),
    PaymentKind.GIFT_CARD: re.compile(r"gift ?-?(?:card|crad|cert\w*)|voucher|store credit"),
    PaymentKind.CARD: re.compile(
        r"\b(?:credit(?! (?:it|me|my|the|to|back|that|them|on|onto|this)\b)|debit|visa|master ?card|amex|american express|"
        r"(?<!gift )(?<!gift-)(?<!gift)(?<!sd )(?<!sim )(?<!memory )(?<!graphics )(?<!flash )(?<!cf )cards?)\b"
    ),
}
_BRANDS = {"amex": "american express", "mc": "mastercard", "master card": "mastercard"}
_BRAND = re.compile(r"\b(?:visa|master ?card|amex|american express)\b")
_ORIGINAL = re.compile(
    r"\b(?:original(?:ly)?|same (?:card|method|way|one|payment)|where it came from|how i paid|"
    r"(?:what|the one|card) i (?:paid|used)(?: with)?|back to where|from where i paid)\b"
)
_OTHER = re.compile(r"\b(?:other|another|different|second|else)\b")
_OTHER_WAY = re.compile(
    r"\b(?:other|another|different|second) (?:\w+ )?(?:cards?|accounts?|methods?|ways?|payment|paypal|visa|mastercard)\b"
    r"|\b(?:pay\w*|charge\w*|refund\w*|settle\w*) [^.,;!?]*\b(?:the|my) other\b"
)
"""Another way to pay where none was asked for: "and second, my address" speaks of none."""
_RATHER = re.compile(r"\b(?:otherwise|else|if (?:not|that|it|this|possible)|prefer\w*|ideally|rather|first choice|or)\b")
_UNNAMED = re.compile(
    r"\bpayment methods?\b|\boriginal(?:ly)? (?:payment|method|card|account|way)\b|\b(?:how|what|the way) i paid\b|\bway i paid\b|"
    r"\bback to where it came\b"
)
_OF_ORDER = re.compile(r"\b(?:of|from|for|in|on) (?:my|the|that) (?:other|first|second|last) (?:one|order)\b")
_BACK_TO = re.compile(
    r"\b(?:refund\w*|money|it|back|rather|instead|paid|put|send|sent|go|credit\w*)\b.*\b(?:to|on|onto|in|into|with|via|through|by)\b"
)
_PAYING = re.compile(r"\b(?:pay\w*|paid|charg\w*|refund\w*|money|method|settle\w*|difference|bill\w*|account)\b")
_CAN = re.compile(
    r"\b(?:can|could|may) (?:i|you|we|it|that|this|the \w+)\b|\bis (?:it|that|this) (?:possible|ok|okay|allowed)\b"
    r"|\bpossible\b.*\?|\bor not\b"
)
_TOLD = re.compile(r"\b(?:which|what|when|how|why|whose|tell|show|balance|left)\b|\d{5,}")
_NUMBER = re.compile(r"(?<!\d)(\d{4})(?!\d)")


def names_method(request: Request) -> bool:
    """Whether the words speak of a way to pay at all."""
    text = request.text.lower()
    return request.value("payment_method") is not None or any(kind.search(text) for kind in (*_KINDS.values(), _UNNAMED))


def wishes_way_back(request: Request) -> bool:
    """Whether the words wish for a way on which money goes back: "can I get it to my PayPal?"."""
    return names_method(request) and bool(_BACK_TO.search(request.text.lower()))


def asks_for_method(request: Request) -> bool:
    """Whether words ask if money can go another way: "can I have the difference on my gift card?"."""
    text = request.text.lower().replace("’", "'")
    return not request.pressed and names_method(request) and bool(_CAN.search(text)) and not _TOLD.search(text)


def words_of_method(turn: Turn) -> Request:
    """The words that may name a way to pay: these, or, where they name none and none was asked for, those that opened the form."""
    opened = None if is_asked(turn) or names_method(turn.request) else opening_of(turn)
    return opened if opened and names_method(opened) else turn.request


def is_asked(turn: Turn) -> bool:
    """Whether the question that is open is for a method, or whether to do what was proposed with one."""
    return turn.slot("requested_slot") in {"method_choice", "confirmation"}


def find_method(
    request: Request, options: Sequence[PaymentMethod], used: Collection[str] = (), *, asked: bool = True
) -> PaymentMethod | None:
    """The one method that the words mean, or None.

    Args:
        request: What was said or pressed.
        options: The methods that may be meant, the original one first.
        used: Ids of what is used now, for "my other card" and "the one I paid with".
        asked: Whether they answer the question for a method; "like the other one, or else in red" of itself names none.
    """
    pressed = [method for method in options if method.payment_method_id == request.value("payment_method")]
    if pressed or not options:
        return next(iter(pressed), None)
    if not (asked or names_method(request) or _PAYING.search(request.text.lower())):
        return None
    text = _wanted_part(request.text.lower())
    fitting = _by_number(text, options) or _by_brand(text, options) or _by_kind(text, options)
    if not fitting and any(kind.search(text) for kind in _KINDS.values()):
        # "The PayPal of my other order" is no other way than PayPal.
        return None
    if (_OTHER if asked else _OTHER_WAY).search(text) and len(fitting or options) > 1:
        fitting = [method for method in fitting or options if method.payment_method_id not in used]
    if not fitting and _ORIGINAL.search(text):
        fitting = [method for method in options if method.payment_method_id in used] or list(options[:1])
    named = [method for method in fitting if _place(text, method) < len(text)]
    if len(named) > 1 and _RATHER.search(text):
        fitting = [min(named, key=lambda method: _place(text, method))]
    if len(fitting) > 1 and _ORIGINAL.search(text):
        fitting = [method for method in fitting if method.payment_method_id in used] or fitting
    return fitting[0] if len(fitting) == 1 else None


def original_ids(order: Order) -> tuple[str, ...]:
    """What an order is paid with now: whatever holds more payments than refunds."""
    paid: dict[str, int] = {}
    for entry in order.payments:
        sign = 1 if entry.kind is PaymentEntryKind.PAYMENT else -1
        paid[entry.payment_method_id] = paid.get(entry.payment_method_id, 0) + sign * entry.amount_cents
    return tuple(method_id for method_id, cents in paid.items() if cents > 0)


def method_title(method: PaymentMethod, currency: str) -> str:
    """A method as it stands on a button; a gift card with what is on it."""
    label = method.label[:1].upper() + method.label[1:]
    return f"{label} ({money(method.balance_cents, currency)} on it)" if method.balance_cents is not None else label


def method_buttons(methods: Sequence[PaymentMethod], currency: str) -> list[Button]:
    """A button for each method."""
    return [button(method_title(method, currency), "inform", payment_method=method.payment_method_id) for method in methods]


def _wanted_part(text: str) -> str:
    # "Not the visa, paypal" and "from visa to paypal" name what is not wanted too.
    text = re.sub(r"\b(?:not|instead of|rather than)\s+(?:to )?(?:the |my |that )?\w+(?: card)?", " ", text)
    text = re.sub(r"\bfrom\s+(?:the |my )?\w+(?: card)?(?=\s+(?:in)?to\b)", " ", text)
    return _OF_ORDER.sub(" ", re.sub(r"\bno longer (?:the |my )?\w+", " ", text))


def _place(text: str, method: PaymentMethod) -> int:
    """Where a method is named: of two, the one named first is wanted more."""
    found = _KINDS[method.kind].search(text)
    named = text.find(method.brand.lower()) if method.brand else -1
    return named if named >= 0 else found.start() if found else len(text)


def _by_number(text: str, options: Sequence[PaymentMethod]) -> list[PaymentMethod]:
    ends = set(_NUMBER.findall(text))
    return [method for method in options if method.last_four in ends or method.payment_method_id[-4:] in ends]


def _by_brand(text: str, options: Sequence[PaymentMethod]) -> list[PaymentMethod]:
    said = text + "".join(f" {full}" for short, full in _BRANDS.items() if re.search(rf"\b{short}\b", text))
    return [method for method in options if method.brand and re.search(rf"\b{re.escape(method.brand.lower())}\b", said)]


def _by_kind(text: str, options: Sequence[PaymentMethod]) -> list[PaymentMethod]:
    kinds = [kind for kind, pattern in _KINDS.items() if pattern.search(text)]
    # "My Visa" is no other card because it is the only one there is.
    branded = bool(_BRAND.search(text))
    return [method for method in options if method.kind in kinds and not (branded and method.brand)]

"""The words that customers use for what help pages call otherwise."""

from __future__ import annotations

import re
from functools import lru_cache

_OURS: dict[str, str] = {
    r"shipping|postage|shipment": "delivery",
    r"ship(?:s|ped)? to|post to|send to": "deliver to",
    r"ship(?:s|ped)? (?:for )?free(?: of charge)?": "have free delivery",
    r"package|packet": "parcel",
    r"(?:send|give|bring|take|post)(?:ing)? (?:\w+ ){0,2}back": "return",
    r"money back|reimburse\w*|repaid": "refund",
    r"swap\w*|switch it": "exchange",
    r"(?:e-?|gift )vouchers?|gift certificates?": "gift card",
    r"vouchers?(?: codes?)?|discount codes?|coupons?(?: codes?)?|promotion(?:al)? codes?": "promo code",
    r"discount": "percent off",
    r"expires?|run(?:s)? out": "is valid until",
    r"good (?:for|until)": "valid",
    r"couriers?|postman|mailman": "carrier",
    r"(?:can|could|may) i (?:call|phone|ring)(?: you)?": "is there a telephone line",
    r"by accident|accidentally": "by mistake",
    r"(?:fast|quick|next[- ]day|overnight) (?:delivery|shipping)": "express delivery",
    r"(?:came|arrived) in pieces": "arrived damaged",
    r"bills?": "invoice",
    r"vat|sales tax": "value added tax",
    r"declined|rejected|refused|did(?: not|n't) go through": "failed",
    r"guarantee": "warranty",
    r"stopped working|broke down|(?:is|are) broken|defective|does(?: not|n't) work any ?more|died": "faulty",
    r"arrived (?:broken|cracked|smashed|damaged)|(?:broken|cracked|smashed) (?:on arrival|in the box)": "arrived damaged",
    r"(?:real |actual )?human(?: being)?|real person|someone real|live agent|representative": "person",
    r"log ?in|sign ?on": "sign in",
    r"hacked|hijacked|someone else used": "somebody else in my account",
    r"klarna|afterpay|buy now,? pay later|on account|by invoice": "pay later on invoice",
    r"bitcoin|crypto": "cryptocurrencies",
    r"loyalty (?:points|programme|program)|reward points|bonus points": "Pine Points",
    r"sneakers|trainers|boots": "shoes",
    r"sheets|bedding|duvet": "bed linen",
    r"skillet": "pan",
    r"out of stock|unavailable": "sold out",
    r"lost in the post|went missing|never (?:arrived|came|got it|received)": "not received",
    r"receipts?": "proof of purchase",
    r"sms|text message|text(?= (?:asking|saying|from|about))": "message",
    r"packstations?": "parcel locker",
    r"store credit": "gift card",
    r"(?:are|do|will) you open|(?:what|which) time do you (?:open|close)|you(?:r team)? (?:are|is) open": "are your opening hours",
    r"what is your address|where are you(?: located)?": "where is your store, what is your address for visitors",
    r"ways? to pay|payment options?|forms? of payment": "payment methods",
}
_RULES = [(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), ours) for pattern, ours in _OURS.items()]


def in_our_words(question: str) -> str:
    """Say a question in the words of the help pages; unchanged where it already is."""
    for pattern, ours in _RULES:
        question = pattern.sub(ours, question)
    return question


def readings(question: str) -> list[str]:
    """Give the question as asked and, where it differs, in our words."""
    return list(_readings(question))


@lru_cache(maxsize=1024)
def _readings(question: str) -> tuple[str, ...]:
    """Kept: one answer asks for them half a dozen times."""
    return tuple(dict.fromkeys([question, in_our_words(question)]))

"""What a shop's own services cost: engraving, wrapping, delivery. The articles tell it or nobody does; no product is looked for."""

import re

from actions.knowledge import answer_question
from actions.reply import Reply
from actions.services import Services
from actions.shelf import Shelf
from actions.turn import Turn
from answers.models import Answer
from knowledge_base.text import stems
from knowledge_base.vocabulary import in_our_words

_ASKS_PRICE = re.compile(
    r"\b(?:how much|how expensive|prices?|pric(?:ey|ing)|costs?|charges?|fees?|surcharges?|free of charge|(?:is|are) .{1,40} free)\b|"
    r"\bwhat (?:do|does|would|will) .{1,60} (?:charge|come to|set me back)\b"
)
_SERVICE = re.compile(
    r"\b(?:engrav\w+|monogram\w*|embroider\w*|personali[sz]\w+|(?:gift[- ]?)?wrap(?:ped|ping|s)?|deliver(?:y|ies|ed|ing)|"
    r"shipping|shipment|postage|express|courier|"
    r"return(?:ing|s)?(?! label)|sending (?:\w+ ){1,3}back|repair(?:ing|s|ed)?|install(?:ing|ation|ed)|assembl(?:y|ing|ed)|"
    r"setting up|sharpen(?:ing|ed)|resol(?:ing|ed)|alter(?:ing|ations?|ed)|hemming|hemmed|shorten(?:ing|ed)|re-?proofing|re-?waxing|"
    r"insur(?:ance|ing|ed)|extended warranty|warranty extension|membership|subscription|pick[- ]?up|exchang(?:e|es|ing)|"
    r"cancell(?:ing|ation)|customs|duties|instal?ments|greeting card|consultation|style advice|disposal|take-?back|trade-?in)\b"
)
_BESIDE = re.compile(r"\b(?:includ\w+|with|without|plus|and)\s+(?:the |a |free )?$")
"""What stands before a service that is only mentioned beside a product: "the lamp with delivery"."""
_TELLS_PRICE = re.compile(
    r"\d|\b(?:free|no (?:charge|cost|fee)|costs? (?:nothing|extra)|without charge|(?:do|does) not (?:offer|charge)|not offered)\b", re.I
)


def service_asked(text: str) -> str | None:
    """The service whose price a text asks for, in its own words; None where it asks for none."""
    plain = text.lower().replace("’", "'")
    found = _SERVICE.search(plain)
    return found[0] if found and _ASKS_PRICE.search(plain) else None


async def service_price_reply(services: Services, turn: Turn, shelf: Shelf) -> Reply | None:
    """What the articles say of a service's price, or honestly that they do not; None where the words ask for no such price."""
    service = None if turn.request.pressed else service_asked(turn.text)
    if service is None or await _is_sold(service, turn, shelf):
        return None
    return await answer_question(services, turn, turn.text, speaks_of_it=lambda answer: _tells_price(answer, service))


async def _is_sold(service: str, turn: Turn, shelf: Shelf) -> bool:
    """Whether the word is in the name of a product that is meant ("the Express Moka"), or only stands beside one."""
    names = (await shelf.words()).names
    match = names.find(turn.text)
    named = stems(" ".join(f"{product.name} {product.product_type}" for product in match.products))
    plain = turn.text.lower().replace("’", "'")
    beside = bool(match.products) and _BESIDE.search(plain[: plain.index(service)]) is not None
    return beside or (match.by_name and bool(set(stems(service)) & set(named)))


def _tells_price(answer: Answer, service: str) -> bool:
    """Whether one sentence or its heading names the service, and the answer a price or that there is none."""
    named = set(stems(f"{service} {in_our_words(service)}"))
    said = set(stems(" ".join([answer.text, *(citation.title for citation in answer.citations)])))
    return bool(named & said) and bool(_TELLS_PRICE.search(answer.text))

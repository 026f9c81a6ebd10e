"""A return is for what the customer holds: what never came is looked for, what is gone at their place cannot come back."""

import re
from collections.abc import Mapping, Sequence

from actions.resolve import match_lines
from actions.turn import Request
from shop.models import Order, Product

_PAPERS = (
    r"(?:e-?mails?|labels?|confirmations?|codes?|refunds?|money|answers?|reply|replies|receipts?|invoices?|tracking|box|boxes"
    r"|packaging|wrapping|"
    r"tags?|manuals?|interest|job|patience|track|cables?|charger|screws?|parts?)"
)
"""What may be missing without the item itself being so."""
_OF_PAPERS = re.compile(rf"^\W*(?:(?:the|a|an|any|my|your|with|its|in|out)\s+)*(?:\w+\s+)?{_PAPERS}\b")
_PAPERS_ARE = re.compile(rf"\b{_PAPERS}(?:\s+(?:has|have|had|still|is|was|are))*\s*$|\b(?:if|in case|when|unless)\b[^,.;!?]*$")
_NEVER_CAME = re.compile(
    r"\bnever (?:actually |even |ever )?(?:arrived|came|showed up|turned up|made it|reached me|received|got)\b"
    r"|(?:n't|\bnot|\bnever) (?:actually |even |ever |yet |been )?(?:arrived?|come|came|shown? up|turn(?:ed)? up|delivered"
    r"|receive[ds]?|get|gotten)\b"
    r"(?! (?:along|used|what|why|how|to|on|around|rid|enough|with|broken|damaged|warm|hot|cold|any (?:better|worse)|\w+er\b|in time"
    r"|on time))"
    r"|(?<!\bi )\b(?:got|was|were|went|been|is|are|be|seems?|apparently) (?:\w+ )?lost\b|\bwent missing\b"
    r"|\b(?:it|they|parcel|package|order|shipment|delivery)(?:'s| is| are| was| were|'re)(?: still| now)? missing\b"
    r"|\blost (?:in|by|during|on|with) (?:the )?(?:mail|post|transit|delivery|carrier|shipping|shipment|way|courier)\b"
    r"|\bno sign of (?:it|them|the)\b"
    r"|\b(?:stolen|taken) (?:from|off) (?:\w+ ){0,2}(?:porch|door\w*|hallway|stairs?|lobby|mailbox|letter ?box|yard)\b"
)
_GONE = re.compile(
    r"\b(?:i|we|my \w+|he|she|they)(?:'?ve| have|'?s| has)? (?:\w+ )?(?:lost|misplaced|threw (?:\w+ )?(?:away|out)|thrown|binned"
    r"|gave away"
    r"|given away|sold|donated)(?= (?:it|them|that|this|the|my|one)\b)"
    r"|\b(?:gave|given|threw|thrown) (?:it|them|that|this|those|the \w+|my \w+) (?:\w+ )?(?:away|out)\b"
    r"|\b(?:was|were|got|been) stolen\b|\bstole\b|\bcan'?(?:t|not) find(?= (?:it|them|the|my)\b)"
    r"|\b(?:don'?t|do not|no longer) (?:\w+ )?have(?= (?:it|them|the \w+|that)(?: \w+)? ?(?:any ?more|any longer|here"
    r"|with me)?(?:\W*$|[,.;]))"
)
_CLAUSE = re.compile(r"[.;!?,]+\s+|\s+(?:and|but|because|since|as|so)\s+")
NEVER_CAME, GONE = "never came", "gone"

GONE_WORDS = (
    "A return means that the item itself comes back to us, and the money follows when it has. What you no longer have can't be "
    "returned, so there is nothing I can refund for it. If it never reached you, tell me, and I look into the delivery."
)
LOST_ON_THE_WAY = "What hasn't reached you can't be sent back, so this is no return: I look into the delivery."


def find_absence(text: str) -> str | None:
    """What a text says of an item that is not at the customer's place: NEVER_CAME or GONE; None where it says nothing of the kind."""
    plain = text.lower().replace("’", "'")
    for kind, pattern in ((NEVER_CAME, _NEVER_CAME), (GONE, _GONE)):
        if any(not _is_of_papers(plain, found) for found in pattern.finditer(plain)):
            return kind
    return None


def _is_of_papers(text: str, found: re.Match[str]) -> bool:
    """Whether it is the label, the receipt or the money that is missing, or something that is only supposed."""
    return bool(_OF_PAPERS.search(text[found.end() :]) or _PAPERS_ARE.search(text[: found.start()]))


def absence_of(request: Request, orders: Sequence[Order], products: Mapping[str, Product]) -> str | None:
    """Like `find_absence`, but None where only another item is said to be missing than those that are to go back."""
    found = None if request.pressed else find_absence(request.text)
    clauses = _CLAUSE.split(request.text) if found else []
    missing, rest = (
        {key for order in orders for clause in clauses if bool(find_absence(clause)) is absent for key in _named(clause, order, products)}
        for absent in (True, False)
    )
    return None if missing and rest and not missing & rest else found


def _named(words: str, order: Order, products: Mapping[str, Product]) -> list[str]:
    mention = match_lines(Request("", words), order, products)
    return [f"{order.order_id}/{key}" for key in mention.keys or mention.unsure]

"""Order numbers as customers write them.

Spelling is forgiven (case, "#", spaces, dashes, a missing prefix); digits never are: a number with a wrong
digit belongs to nobody or to somebody else, and must not be guessed at.
"""

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s#\-‐‑‒–—_.:/]+")
_INTRODUCTION = re.compile(r"^(?:ORDER)?(?:NUMBER|NUM|NO|NR)?(?=[A-Z]{0,4}[0-9])")
_KEY = re.compile(r"(?=[A-Z]*[0-9])[A-Z0-9]{1,32}")


def key_of(text: str, prefix: str) -> str | None:
    """Reduce an order number to the form in which numbers are compared.

    Args:
        text: What the customer wrote for the number: "ch10234", "#10234", "CH 10234".
        prefix: What the shop's numbers start with, such as "CH-".

    Returns:
        Letters and digits in upper case, such as "CH10234"; None where `text` cannot be an order number.
    """
    letters = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text[:64]).upper())
    letters = _INTRODUCTION.sub("", letters, count=1)
    if letters.isascii() and letters.isdigit():
        letters = _SEPARATORS.sub("", prefix.upper()) + letters
    return letters if _KEY.fullmatch(letters) else None

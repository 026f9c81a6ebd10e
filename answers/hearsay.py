"""What customers wrote, which is no evidence by itself.

A review or a note on an order is a customer's, and anybody may have written it. It is quoted as theirs, whole sentences at a time, and
never shown to a model, so that an instruction in it reaches nobody who could follow it.
"""

from __future__ import annotations

import re

from knowledge_base.screening.screen import Screen
from knowledge_base.text import sentences

_MAX_CHARS = 300

_LEADS_AWAY = re.compile(
    r"https?:|www\.|\S+@\S+\.\w|\b[\w-]+\.(?:com|net|org|io|info|biz|shop|xyz|me|app|ly|de|eu|uk)\b|\+?\d[\d\s()/-]{7,}\d", re.IGNORECASE
)
_PROMISES_MONEY = re.compile(r"\b(?:codes?|coupons?|vouchers?|discounts?|\d+\s?(?:%|percent) off|compensation|cash ?back)\b", re.IGNORECASE)


def quoted(text: str, screen: Screen) -> str:
    """Give what may be quoted of a customer's text, marked as theirs; empty where nothing may.

    A text that speaks to a machine is not quoted at all. Questions, and sentences with links, numbers to call or offers of money are
    left out, and long texts end early. Blocking.
    """
    if screen.is_command(text):
        return ""
    kept: list[str] = []
    for sentence in sentences(" ".join(re.sub(r"[“”\"]", "'", text).split())):
        unfit = sentence.endswith("?") or _LEADS_AWAY.search(sentence) or _PROMISES_MONEY.search(sentence)
        if not unfit and sum(map(len, kept)) + len(sentence) <= _MAX_CHARS:
            kept.append(sentence)
    return f"A customer wrote: “{' '.join(kept)}”" if kept else ""

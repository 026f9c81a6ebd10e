"""A kind word for who got something that is damaged, faulty or wrong."""

import re

from actions.reply import Reply
from actions.turn import Request
from actions.yes_no import plain

_FAULT = re.compile(
    r"(?<!\bnot )(?<!n't )(?<!\bnor )(?<!\bnothing )(?<!\bnever )\b"
    r"(?:damaged|broken|broke|cracked|faulty|defective|torn|ripped|scratched|dented|shattered|smashed|leak(?:s|ing|ed)|dead on arrival"
    r"|stopped working|not working|fell apart|falling apart|missing (?:a )?parts?"
    r"|(?:does|do|did|wo|is)(?:n't| not) (?:even )?(?:work(?:ing)?|turn(?:ing)? on|switch(?:ing)? on|charg(?:e|ing))"
    r"|wrong (?:item|one|size|colou?r|thing) (?:arrived|came|was sent))\b"
)
_SUPPOSED = re.compile(r"\b(?:if|in case|whether|would|unless)\b")
REGRET = Reply("I'm sorry about that.")


def regret_for(request: Request) -> Reply | None:
    """What is said first to words that tell of a fault; None where they only suppose one, or tell of none."""
    if request.pressed:
        return None
    sentences = re.split(r"[.!?;]+", plain(request.text))
    return REGRET if any(_FAULT.search(one) and not _SUPPOSED.search(one) for one in sentences) else None

"""A customer who speaks of harming themselves gets no shop talk."""

import re

from actions.reply import HUMAN, Reply
from actions.turn import Turn

_DISTRESS = re.compile(
    r"\b(?:(?:kill|hurt|harm)(?:ing)? my ?self|(?:end|take) my (?:own )?life|suicid\w*|want to die|wanna die)\b"
)


def distress_reply(turn: Turn) -> Reply | None:
    """What is said to somebody in distress, whatever else the message asks; None for all others."""
    if turn.request.pressed or not _DISTRESS.search(turn.text.lower()):
        return None
    text = (
        "I'm sorry that you feel this way. I'm a computer program and can't help with this as a person can. If you may be in danger, "
        "please call your emergency number now (112 in Europe) or somebody you trust. I haven't changed anything in your orders."
    )
    return Reply(text, buttons=[HUMAN], offer="request_human")

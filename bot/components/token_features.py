"""What the entity extractor sees of a word: itself, its ends, its shape, its neighbours, and the message's intent."""

from __future__ import annotations

import re
from typing import Iterator, List, Optional, Text

_WINDOW = 2
_ENDS = (2, 3, 5)


def token_features(words: List[Text], intent: Optional[Text]) -> List[List[Text]]:
    """Return the names of the features that hold for each word.

    Args:
        words: The words of one message.
        intent: What the message is about, where it is known.
    """
    lowered = [word.lower() for word in words]
    return [list(_features(lowered, index, intent)) for index in range(len(words))]


def _features(words: List[Text], index: int, intent: Optional[Text]) -> Iterator[Text]:
    word = words[index]
    yield "bias"
    yield f"word={word}"
    yield f"shape={_shape(word)}"
    for length in _ENDS:
        yield f"prefix{length}={word[:length]}"
        yield f"suffix{length}={word[-length:]}"
    for offset in range(-_WINDOW, _WINDOW + 1):
        if offset:
            yield f"word[{offset}]={_at(words, index + offset)}"
    yield f"pair[-1]={_at(words, index - 1)}|{word}"
    yield f"pair[+1]={word}|{_at(words, index + 1)}"
    if intent:
        yield f"intent={intent}"
        yield f"intent={intent}|word={word}"


def _at(words: List[Text], index: int) -> Text:
    if index < 0:
        return "<start>"
    return words[index] if index < len(words) else "<end>"


def _shape(word: Text) -> Text:
    """Return letters as a and digits as 0, cut short: ch-10023 is aa-000."""
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "0", word))[:6]

"""Whether a sentence still makes sense where it stands, after sentences before it were dropped.

The verifier asks whether a sentence is true. A true sentence can still mislead when what it points at was not sent: "It also covers
the battery." says something else after another sentence. What points back at a dropped sentence is dropped with it.
"""

from __future__ import annotations

import re

_ADDING = re.compile(
    r"^(?:also|additionally|moreover|furthermore|besides|in addition|what is more|finally|lastly|secondly|next)\b,?\s+", re.I
)
"""They only say that more was said before; without that the rest stands on its own."""
_LEANING = re.compile(
    r"^(?:but|however|therefore|thus|hence|otherwise|instead|then|so|still|yet|nevertheless|nonetheless|similarly|likewise|conversely|"
    r"in that case|in this case|for example|for instance|that said|that way|after that|as a result|because of (?:this|that)|"
    r"the same|the (?:former|latter)|if (?:so|not)|in (?:both|either|all other) cases?|or|and|nor)\b",
    re.I,
)
_WITHIN = re.compile(r"\b(?:however|therefore|otherwise|instead)\b|\b(?:as well|too|either|likewise)[.!]?$", re.I)
_ALSO = re.compile(r"(?<!but )\balso,?\s+", re.I)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|such|the (?:former|latter)|(?:this|that|these|those)(?=\s+(?:is|are|was|were|can|cannot|does|do|"
    r"has|have|applies|apply|costs?|takes?|includes?|means?|also|will|must|may)\b))\b",
    re.I,
)
_ANTECEDENT = re.compile(r"\b(?:the|an?|your|our|any|each|every|no|all|most|some)\s+[\w-]{3,}", re.I)
_OWN_SUBJECT = re.compile(r"^(?!(?:you|we|it|they|this|that|these|those|there|yes|no|here|in|if|when|once|for|to|as)\b)[\w'-]{3,}", re.I)
_AHEAD = re.compile(r":\s*$|\b(?:as follows|the following|see below|listed below)\b", re.I)


class Sense:
    """Follows the sentences of one draft in order, sent and dropped."""

    def __init__(self) -> None:
        self._kept_before = False
        self._dropped_before = False

    def mend(self, sentence: str) -> str:
        """Take off a word that only adds to what was not sent: "Also, delivery is free." becomes "Delivery is free."."""
        if self._kept_before and not self._dropped_before:
            return sentence
        rest = _ALSO.sub("", _ADDING.sub("", sentence))
        return rest[:1].upper() + rest[1:] if rest != sentence else sentence

    def find_dangling(self, sentence: str) -> str:
        """Say what a sentence points at that is not there; empty when nothing."""
        if ahead := _AHEAD.search(sentence):
            return f"announces what does not come: {ahead.group(0).strip()!r}"
        if self._kept_before and not self._dropped_before:
            return ""
        found = _LEANING.search(sentence)
        if found is None and self._dropped_before:
            found = _WITHIN.search(sentence) or _find_pronoun(sentence)
        return f"leans on a sentence that is not sent: {found.group(0)!r}" if found else ""

    def note(self, kept: bool) -> None:
        """Remember what became of a sentence."""
        self._kept_before = self._kept_before or kept
        self._dropped_before = not kept


def _find_pronoun(sentence: str) -> re.Match[str] | None:
    """Find a pronoun that nothing in its own sentence stands for."""
    for match in _PRONOUN.finditer(sentence):
        before = sentence[: match.start()]
        if not _ANTECEDENT.search(before) and not (before and _OWN_SUBJECT.match(sentence)):
            return match
    return None

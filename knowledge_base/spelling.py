"""Reads chat spelling: short forms, dropped apostrophes, fillers, and typos by the words that the help pages use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from knowledge_base.text import stemmer, words

_SHORTEST_TYPO = 5
"""Words this short are mended only where a letter was left out or two changed places."""
_EDGES = "\"'.,;:!?()…"

_SHORT_FORMS: dict[str, str] = {
    "whats": "what is", "what's": "what is", "wats": "what is", "wat": "what", "wut": "what", "hows": "how is", "how's": "how is",
    "wheres": "where is", "whens": "when is", "whos": "who is", "thats": "that is", "theres": "there is", "wich": "which",
    "wen": "when", "hw": "how", "y": "why", "cuz": "because", "coz": "because", "bc": "because",
    "u": "you", "ya": "you", "ur": "your", "r": "are", "youre": "you are", "im": "I am", "ive": "I have", "hv": "have",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "cant": "cannot", "wont": "will not", "isnt": "is not",
    "arent": "are not", "wasnt": "was not", "havent": "have not", "hasnt": "has not", "wouldnt": "would not",
    "couldnt": "could not", "shouldnt": "should not", "cud": "could", "wud": "would", "shud": "should",
    "wanna": "want to", "gonna": "going to", "gotta": "have to", "gimme": "give me", "giv": "give", "lemme": "let me",
    "smth": "something", "sth": "something", "smn": "someone", "ppl": "people", "tmrw": "tomorrow", "tmr": "tomorrow",
    "pls": "please", "plz": "please", "thx": "thanks", "tnx": "thanks", "ty": "thanks", "abt": "about", "b4": "before",
    "w": "with", "w/": "with", "w/o": "without", "n": "and", "rn": "right now", "msg": "message", "acc": "account", "pw": "password",
    "addy": "address", "lng": "long", "mins": "minutes", "hrs": "hours",
}  # fmt: skip
_FILLERS = frozenset({"btw", "lol", "lmao", "omg", "tho", "fyi", "haha", "jw"})
_SYMBOLS = frozenset("RNWY")
_UNITS = frozenset({"w", "n"})
"""After a number they are watts and newtons."""
_OPENING = re.compile(
    r"^(?:(?:ok(?:ay)?|hey+|hi|hello|oh|um+|hm+)\b[\s,.!]*(?:and\b\s*)?)+|"
    r"^(?:(?:ok(?:ay)?|wait|hey+|hi|hello|so|oh|um+|hm+|well|and)\b[\s,.!]*)+"
    r"(?=(?:what|how|when|where|which|who|why|is|are|do|does|did|can|could|will|would|i|you|my|your)\b)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def spell_out(question: str, vocabulary: frozenset[str] = frozenset()) -> str:
    """Say a question as it is written out; unchanged where nothing is left of it.

    Args:
        question: The customer's words.
        vocabulary: Lower-case words that are known; a longer word that is not, and is nearly one of them, is read as that one.
    """
    spelled = _OPENING.sub("", _OPENING.sub("", " ".join(_read(question.split(), vocabulary))))
    return spelled if any(character.isalnum() for character in spelled) else question


def vocabulary_of(texts: Iterator[str]) -> frozenset[str]:
    """Collect the words that typos may be read as."""
    return frozenset(word for text in texts for word in words(text) if len(word) >= _SHORTEST_TYPO and word.isalpha())


def _read(tokens: list[str], vocabulary: frozenset[str]) -> Iterator[str]:
    before = ""
    for token in tokens:
        word = token.strip(_EDGES).replace("’", "'").lower()
        if word not in _FILLERS:
            is_symbol = (word in _UNITS and before[-1:].isdigit()) or token in _SYMBOLS
            read = word if is_symbol else _SHORT_FORMS.get(word) or _mend(word, vocabulary)
            yield token if read == word else token.lower().replace("’", "'").replace(word, read, 1)
        before = word


def _mend(word: str, vocabulary: frozenset[str]) -> str:
    if len(word) < _SHORTEST_TYPO or not word.isalpha() or _is_known(word, vocabulary):
        return word
    near = (known for known in sorted(vocabulary) if known[0] == word[0] and not known.startswith(word))
    return next((known for known in near if _is_slip(word, known)), word)


def _is_slip(word: str, known: str) -> bool:
    # One letter for another makes too many good words of other good words ("parking", "packing").
    if len(word) == len(known):
        return sorted(word) == sorted(known) and OSA.distance(word, known) == 1
    return (len(word) > _SHORTEST_TYPO or len(known) > len(word)) and OSA.distance(word, known) == 1


def _is_known(word: str, vocabulary: frozenset[str]) -> bool:
    stem = stemmer()
    return word in vocabulary or any(stem(known) == stem(word) for known in vocabulary if known[:3] == word[:3])

"""Recognises that a customer does not write English; says nothing when it is not sure."""

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Any

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "no", "fi", "cs", "ro", "hu", "tr")
_LETTERS = 20
_WORDS = 4
_CONFIDENCE = 0.95
_SCRIPTS = {
    "CYRILLIC": "ru", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "HANGUL": "ko", "ARABIC": "ar",
    "HEBREW": "he", "GREEK": "el", "THAI": "th", "DEVANAGARI": "hi",
}  # fmt: skip
_NOISE = re.compile(r"\S+@\S+|https?://\S+|\S*\d\S*")


def detect(text: str) -> str | None:
    """Give the ISO 639-1 code of a text that is surely not English, else None.

    A script other than Latin decides by itself; Latin text has to be long enough and the classifier sure.
    """
    words = _NOISE.sub(" ", text)
    letters = [char for char in words if char.isalpha()]
    by_script = _by_script(letters)
    if by_script is not None:
        return by_script
    if len(letters) < _LETTERS or len(words.split()) < _WORDS:
        return None
    language, confidence = _classifier().classify(words)
    return language if language != "en" and confidence >= _CONFIDENCE else None


def _by_script(letters: list[str]) -> str | None:
    scripts = Counter(unicodedata.name(char, "").split(" ", 1)[0].split("-", 1)[0] for char in letters)
    foreign = {script: count for script, count in scripts.items() if script in _SCRIPTS}
    if len(letters) < 2 or sum(foreign.values()) * 2 < len(letters):  # half of the letters
        return None
    if foreign.keys() & {"HIRAGANA", "KATAKANA"}:
        return "ja"  # Japanese is written with Chinese characters too
    return _SCRIPTS[max(foreign, key=lambda script: foreign[script])]


@cache
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)  # type: ignore[no-untyped-call]
    classifier.set_languages(LANGUAGES)
    return classifier

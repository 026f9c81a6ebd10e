"""Looks at text that somebody else may have written into a page of the shop, before a model reads it or a customer hears it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from knowledge_base.embedders.base import Embedder
from knowledge_base.screening.learning import pieces, weights_for
from knowledge_base.screening.signs import shows_signs
from knowledge_base.text import words

_COMMAND = 2.0
"""Log odds from which a sentence of a page is held to speak to a machine."""
_ALONE = 2.5
"""The same for a text that stands alone: what buyers write is further from our examples."""
_FOREIGN = 0.3
"""Log odds of not belonging, less what the sentence shares with its headings."""
_KINSHIP = 4.0
"""What nearness to the headings (a cosine) is worth in log odds."""
_MOST_FOREIGN = 2
"""So many sentences that do not belong make a passage somebody else's."""
_MOST_SENTENCES = 60
"""Of one text. Whoever needs more to say it has said it before."""
_ENGLISH = frozenset("the and are you your with that we not for from this".split())
_ENGLISH_WORDS = 2
_LETTERS = re.compile(r"[^\W\d_]")
_SCRIPT_LETTERS = 6
_LONG_ROW, _FEW = 40, 0.15
"""So many signs with so few letters among them are a code."""
_REPEATED = re.compile(r"\b(\w+)(?:\W+\1\b){4}", re.IGNORECASE)
_ENCODED = re.compile(r"\b(?=\w*[a-z])(?=\w*[A-Z])(?=\w*\d)\w{24,}|\b(?:[0-9a-fA-F]{2}\s?){24,}\b")


class Suspicion(StrEnum):
    """What is wrong with a sentence."""

    NONE = ""
    """Nothing."""
    FOREIGN = "it does not belong under its headings"
    """Left out."""
    COMMAND = "it instructs a machine"
    """The whole passage is left out: whoever wrote that may have written the rest."""


class Screen:
    """Judges texts by the words that give commands away, by what was learnt from examples, and by how they fit what they stand under.

    What was learnt is English; of a passage with hardly an English word only the patterns judge.
    """

    def __init__(self, embedder: Embedder) -> None:
        """Take the embedder; nothing is embedded yet."""
        self._embedder = embedder

    def judge_passage(self, units: Sequence[str], above: str) -> list[Suspicion]:
        """Judge the parts of a passage. Blocking.

        Args:
            units: Its sentences, or lists.
            above: Its title and headings.

        Returns:
            One for each part; all COMMAND where the passage has to be left out as a whole.
        """
        if shows_signs(above) or shows_signs("\n".join(units)):
            return [Suspicion.COMMAND] * len(units)
        english = _is_english(f"{above} {' '.join(units)}")
        found = [self._judge(unit, above, english=english) for unit in units]
        if Suspicion.COMMAND in found or found.count(Suspicion.FOREIGN) >= _MOST_FOREIGN:
            return [Suspicion.COMMAND] * len(units)
        return found

    def find(self, text: str, above: str) -> list[tuple[str, Suspicion]]:
        """Find the sentences of a passage because of which it, or they, are left out. Blocking."""
        if shows_signs(above):
            return [(above, Suspicion.COMMAND)]
        parts = pieces(text)
        signs = [part for part in parts if shows_signs(part)] or ([text] if shows_signs(text) else [])
        if signs:
            return [(part, Suspicion.COMMAND) for part in signs]
        english = _is_english(f"{above} {text}")
        return [(part, found) for part in parts if (found := self._judge(part, above, english=english)) is not Suspicion.NONE]

    def is_command(self, text: str) -> bool:
        """Whether a text that stands alone, such as a review, instructs a machine. Blocking."""
        if shows_signs(text):
            return True
        if not (found := pieces(text)[:_MOST_SENTENCES]):
            return False
        return float(weights_for(self._embedder).score(self._embedder.embed(found)).max()) > _COMMAND

    def _judge(self, unit: str, above: str, *, english: bool) -> Suspicion:
        if _is_strange(unit, above):
            return Suspicion.FOREIGN
        found = pieces(unit)[:_MOST_SENTENCES] if english else []
        if not found:
            return Suspicion.NONE
        vectors = self._embedder.embed([above, *found])
        scores = weights_for(self._embedder).score(vectors[1:])
        if float(scores.max()) > _COMMAND:
            return Suspicion.COMMAND
        kinship = vectors[1:] @ vectors[0]
        if "\n- " in unit:
            # An item also belongs to the line that leads in, which has to belong itself.
            kinship[1:] = np.maximum(kinship[1:], vectors[2:] @ vectors[1])
        apart = scores - _KINSHIP * kinship
        return Suspicion.FOREIGN if float(apart.max()) > _FOREIGN else Suspicion.NONE


def _is_english(text: str) -> bool:
    return len(_ENGLISH.intersection(words(text))) >= _ENGLISH_WORDS


def _is_strange(unit: str, above: str) -> bool:
    """Whether a text is partly in letters that its headings have not, or in signs or repetitions that nobody reads."""
    scripts = _scripts(unit)
    strange = sum(count for script, count in scripts.items() if script not in {"LATIN", *_scripts(above)})
    signs = sum(not sign.isspace() for sign in unit)
    coded = signs >= _LONG_ROW and scripts.total() < _FEW * signs
    return strange >= _SCRIPT_LETTERS or coded or bool(_REPEATED.search(unit) or _ENCODED.search(unit))


def _scripts(text: str) -> Counter[str]:
    return Counter(unicodedata.name(letter, "LATIN").split()[0] for letter in _LETTERS.findall(text))

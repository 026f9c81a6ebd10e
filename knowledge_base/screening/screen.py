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
_ASKED = -0.5
"""Log odds from which a question is looked at: those of customers are mostly lower."""
_ABOUT_IT = 0.3
"""The cosine from which headings, or the sentences that follow, are held to be about a question."""
_MOST_FOREIGN = 2
"""So many sentences that do not belong make a passage somebody else's."""
_MOST_SENTENCES = 60
"""Of one text. Whoever needs more to say it has said it before."""
_ENGLISH = frozenset(
    [
        "the",
        "and",
        "are",
        "you",
        "your",
        "with",
        "that",
        "we",
        "not",
        "for",
        "from",
        "this",
        "how",
        "what",
        "when",
        "which",
        "cannot",
        "our",
        "if",
    ]
)
_OTHERS = """der das und ist sind nicht mit für ein eine wir sie ich von nach bis zu im auf oder wenn le la les des et est sont pas vous une
nous dans aux avec ou el los las que por con para su es en se al lo il di che sono della dei una nel een het niet voor wij op aan zijn
os não uma da em na nie się jest och att det är och på av til ikke ei ja je že és nem egy bir ve için bu"""
_OTHER_TONGUES = frozenset(_OTHERS.split())
_TELLING = 2
"""So many different words tell the language of a sentence; a page is told by its sentences."""
_QUESTION = re.compile(
    r"\?[\"'”)]*$|^(?:how|what|where|when|why|who|which|can|could|should|would|do|does|did|is|are)\b[^.!:;\n]*$", re.IGNORECASE
)
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

    What was learnt is English; of a passage in another language only the patterns judge.
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
        found = self._judge_all(units, above)
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
        return [(part, found) for part, found in zip(parts, self._judge_all(parts, above), strict=True) if found]

    def is_command(self, text: str) -> bool:
        """Whether a text that stands alone, such as a review, instructs a machine. Blocking."""
        if shows_signs(text):
            return True
        if not (found := pieces(text)[:_MOST_SENTENCES]):
            return False
        return float(weights_for(self._embedder).score(self._embedder.embed(found)).max()) > _COMMAND

    def _judge_all(self, units: Sequence[str], above: str) -> list[Suspicion]:
        english = _is_english([above, *units])
        found = [self._judge(unit, above, english=english) for unit in units]
        for number, unit in enumerate(units):
            # Pages ask questions and answer them; what is asked besides is asked of a machine.
            if english and asks(unit) and found[number] is not Suspicion.COMMAND:
                stray = self._is_stray(unit, [above, *units[number + 1 : number + 3]])
                found[number] = Suspicion.COMMAND if stray else Suspicion.NONE
        return found

    def _is_stray(self, question: str, around: Sequence[str]) -> bool:
        """Whether a question sounds like none of a customer, and neither the headings nor what follows are about it."""
        vectors = self._embedder.embed([question, *around])
        sounds = float(weights_for(self._embedder).score(vectors[:1])[0])
        return sounds > _ASKED and float((vectors[1:] @ vectors[0]).max()) < _ABOUT_IT

    def _judge(self, unit: str, above: str, *, english: bool) -> Suspicion:
        if _is_strange(unit, above):
            return Suspicion.FOREIGN
        found = pieces(unit)[:_MOST_SENTENCES] if english else []
        if not found:
            return Suspicion.NONE
        if any(map(_is_other_tongue, found)):
            return Suspicion.FOREIGN
        vectors = self._embedder.embed([above, *found])
        scores = weights_for(self._embedder).score(vectors[1:])
        if float(scores.max()) > _COMMAND:
            return Suspicion.COMMAND
        kinship = vectors[1:] @ vectors[0]
        if "\n- " in unit:
            # An item also belongs to the line that leads in, which has to belong itself.
            kinship[1:] = np.maximum(kinship[1:], vectors[2:] @ vectors[1])
        apart = scores - _KINSHIP * kinship
        foreign = [piece for piece, far in zip(found, apart, strict=True) if far > _FOREIGN]
        return Suspicion.FOREIGN if foreign else Suspicion.NONE


def asks(text: str) -> bool:
    """Whether a text is a question, with its mark or without: it states nothing."""
    return bool(_QUESTION.search(text))


def _is_english(texts: Sequence[str]) -> bool:
    """Whether a page is English: by what stands first in it, else by most of its texts that have words or letters to tell it by."""
    spoken = [set(words(text)) for text in texts]
    if spoken[0] & _ENGLISH:
        return True
    others = sum(bool(said & _OTHER_TONGUES) and not said & _ENGLISH for said in spoken) + sum(bool(_other_letters(text)) for text in texts)
    return others <= sum(bool(said & _ENGLISH) for said in spoken)


def _is_other_tongue(sentence: str) -> bool:
    spoken = set(words(sentence))
    return len(spoken & _OTHER_TONGUES) >= _TELLING and not spoken & _ENGLISH


def _is_strange(unit: str, above: str) -> bool:
    """Whether a text is partly in letters that its headings have not, or in signs or repetitions that nobody reads."""
    known, letters = _scripts(above), _scripts(unit)
    strange = sum(count for script, count in letters.items() if script != "LATIN" and script not in known)
    signs = sum(not sign.isspace() for sign in unit)
    coded = signs >= _LONG_ROW and letters.total() < _FEW * signs
    return strange >= _SCRIPT_LETTERS or coded or bool(_REPEATED.search(unit) or _ENCODED.search(unit))


def _other_letters(text: str) -> int:
    return sum(count for script, count in _scripts(text).items() if script != "LATIN")


def _scripts(text: str) -> Counter[str]:
    return Counter(unicodedata.name(letter, "LATIN").split()[0] for letter in _LETTERS.findall(text))

"""Collects what became of every sentence, and makes the answer from those that passed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from answers.evidence import Evidence
from answers.models import Answer, Citation, LedgerEntry, Method, Sentence, new_answer_id
from answers.units import Kind, Unit

OnSentence = Callable[[str, int], Awaitable[None]]

UNKNOWN_TEXT = "I don't know that. I can pass your question on to a person in our team if you like."

_MAX_CITATIONS = 3
_MAX_EVIDENCE_CHARS = 600


class Ledger:
    """The sentences of one answer in the making. Each is told to the listener as it is accepted."""

    def __init__(self, on_sentence: OnSentence | None = None) -> None:
        """Take the listener, who hears (text, offset); the pieces put together are the answer's text."""
        self._on_sentence = on_sentence
        self._text = ""
        self._sentences: list[Sentence] = []
        self._entries: list[LedgerEntry] = []

    @property
    def accepted(self) -> int:
        """How many sentences passed."""
        return len(self._sentences)

    @property
    def refused(self) -> int:
        """How many did not."""
        return sum(entry.method is Method.REFUSED for entry in self._entries)

    async def quote(self, unit: Unit, method: Method = Method.QUOTED) -> None:
        """Accept a sentence of the evidence."""
        await self.accept(Sentence(text=unit.text, evidence_ids=(unit.evidence_id,), method=method, score=1.0))

    async def accept(self, sentence: Sentence) -> None:
        """Accept a sentence and tell the listener."""
        separator = "" if not self._text else "\n" if "\n" in sentence.text or sentence.text.startswith("- ") or "\n" in self._last else " "
        piece, offset = separator + sentence.text, len(self._text)
        self._text += piece
        self._sentences.append(sentence)
        self._entries.append(LedgerEntry(**sentence.model_dump()))
        if self._on_sentence is not None:
            await self._on_sentence(piece, offset)

    def refuse(self, text: str, reason: str, score: float = 0.0) -> None:
        """Keep a sentence that is not sent, with the reason."""
        self._entries.append(LedgerEntry(text=text, evidence_ids=(), method=Method.REFUSED, score=score, reason=reason))

    def start_over(self) -> None:
        """Take back what was accepted; the entries stay for the audit. The next sentence begins at offset 0."""
        self._text = ""
        self._sentences = []

    def close(self, generator: str, evidence: Evidence) -> Answer:
        """Make the answer."""
        return Answer(
            answer_id=new_answer_id(),
            text=self._text,
            sentences=tuple(self._sentences),
            citations=cite(self._sentences, evidence),
            known=True,
            generator=generator,
            ledger=tuple(_with_words(entry, evidence) for entry in self._entries),
        )

    def give_up(self) -> Answer:
        """Make the honest answer that it is not known."""
        return Answer(answer_id=new_answer_id(), text=UNKNOWN_TEXT, known=False, generator="none", ledger=tuple(self._entries))

    @property
    def _last(self) -> str:
        return self._sentences[-1].text if self._sentences else ""


def _with_words(entry: LedgerEntry, evidence: Evidence) -> LedgerEntry:
    """Articles and records change; staff see what stood there when it was said."""
    words = [" ".join(unit.text for unit in evidence.units if unit.evidence_id == name) for name in entry.evidence_ids]
    return entry.model_copy(update={"evidence": tuple(text[:_MAX_EVIDENCE_CHARS] for text in words)})


def cite(sentences: Sequence[Sentence], evidence: Evidence) -> tuple[Citation, ...]:
    """Name the articles that the sentences rest on, each page once, in order."""
    passages = {unit.evidence_id: unit.passage for unit in evidence.of_kind(Kind.PASSAGE) if unit.passage is not None}
    used = [passages[i] for sentence in sentences for i in sentence.evidence_ids if i in passages]
    unique = {passage.url: passage for passage in used}
    return tuple(
        Citation(title=" – ".join([p.title, *p.headings[-1:]]), url=p.url, passage_id=p.passage_id)
        for p in list(unique.values())[:_MAX_CITATIONS]
    )

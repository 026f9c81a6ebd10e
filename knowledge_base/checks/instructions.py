"""Finds sentences that instruct a machine, or that somebody else may have written into an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge_base.checks.findings import Finding, FindingKind, Place
from knowledge_base.ingestion.passages import split
from knowledge_base.models import Document
from knowledge_base.screening.screen import Screen, Suspicion

_MESSAGES = {
    Suspicion.COMMAND: "This instructs a machine; customers are told nothing of the whole section.",
    Suspicion.FOREIGN: "This does not belong under its headings; customers are not told it.",
}


def find_instructions(documents: Sequence[Document], screen: Screen) -> list[Finding]:
    """Find what the screen keeps from customers. Pages for staff may instruct whom they like. Blocking."""
    return [finding for document in documents if document.audience == "public" for finding in _check(document, screen)]


def _check(document: Document, screen: Screen) -> Iterator[Finding]:
    for passage in split(document):
        for sentence, suspicion in screen.find(passage.text, passage.above):
            heading = passage.headings[-1] if passage.headings else ""
            yield Finding(FindingKind.INSTRUCTION, _MESSAGES[suspicion], (Place(document.slug, heading, sentence),))

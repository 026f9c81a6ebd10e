"""Renders a document as HTML for help pages, with the anchors that citations point to."""

from __future__ import annotations

from itertools import pairwise

from knowledge_base.ingestion.passages import Anchors, parser, plain
from knowledge_base.models import Document


def render(document: Document) -> str:
    """Render a document's body. HTML inside the text is escaped, and script addresses are not made into links."""
    markdown = parser()
    tokens = markdown.parse(document.text)
    anchors = Anchors()
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchors.take(plain(following)))
    return str(markdown.renderer.render(tokens, markdown.options, {}))

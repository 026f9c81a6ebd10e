"""What a document says about itself, checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge_base.errors import UnreadableDocument
from knowledge_base.models import Document


class FrontMatter(BaseModel):
    """The head of an article. Unknown fields are refused: they are usually typing errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    topic: str = Field(min_length=1)
    audience: Literal["public", "staff"] = "public"
    valid_from: date | None = None
    valid_to: date | None = None
    updated: date | None = None


def make_document(fields: dict[str, Any], body: str, path: Path, content_hash: str) -> Document:
    """Build a document from its head and its Markdown body.

    Raises:
        UnreadableDocument: If a field is missing or wrong, or the body is empty.
    """
    try:
        front = FrontMatter.model_validate(fields)
    except ValidationError as exc:
        problems = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'front matter'}: {e['msg']}" for e in exc.errors())
        raise UnreadableDocument(problems) from exc
    if not body.strip():
        message = "The document has no text."
        raise UnreadableDocument(message)
    return Document(**front.model_dump(), text=body.strip() + "\n", source=str(path.resolve()), content_hash=content_hash)

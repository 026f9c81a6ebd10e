"""What a document says about itself, checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.draft import Draft, visible
from knowledge_base.models import Document


class FrontMatter(BaseModel):
    """The head of an article. Unknown fields are refused: they are usually typing errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1, max_length=300)
    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)
    topic: str = Field(min_length=1)
    audience: Literal["public", "staff"] = "public"
    valid_from: date | None = None
    valid_to: date | None = None
    updated: date | None = None
    language: str = Field(default="", pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$")
    source_url: str = Field(default="", pattern=r"^(https?://\S+)?$", max_length=2000)


def make_document(draft: Draft, given: Mapping[str, Any], source: str, content_hash: str) -> Document:
    """Build a document from a draft.

    Args:
        draft: What the reader made of the file.
        given: Fields that count where the draft is silent.
        source: The file or page.
        content_hash: Of the whole source.

    Raises:
        UnreadableDocument: If a field is missing or wrong, or the body is empty.
    """
    stated = {name: value for name, value in draft.fields.items() if value not in (None, "")}
    try:
        front = FrontMatter.model_validate({**given, **stated})
    except ValidationError as exc:
        problems = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'front matter'}: {e['msg']}" for e in exc.errors())
        raise UnreadableDocument(problems) from exc
    body = visible(draft.body).strip()
    if not body:
        message = "The document has no text."
        raise UnreadableDocument(message)
    return Document(**front.model_dump(), text=f"{body}\n", source=source, content_hash=content_hash)

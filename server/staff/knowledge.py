"""The staff API's routes for the knowledge base."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from knowledge_base.errors import KnowledgeBaseError
from knowledge_base.ingestion import files
from server.errors import KnowledgeUnavailable
from server.staff import access
from server.staff.console import Console
from server.staff.knowledge_schemas import (
    DocumentDetails,
    DocumentLine,
    DocumentList,
    FoundList,
    KnowledgeStatusView,
    found_view,
    kept_back_view,
    passage_view,
)
from server.staff.library import Library
from server.staff.service import StaffRequest


class About(BaseModel):
    """What an uploaded file does not say itself."""

    audience: Literal["public", "staff"] | None = None
    topic: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def create_router(console: Console, library: Library) -> APIRouter:
    """Build the routes of listing, trying, uploading, publishing and removing."""
    router = APIRouter(prefix="/api/v1/staff/knowledge", tags=["staff"])
    _add_reading_routes(router, console, library)
    _add_changing_routes(router, console, library)
    return router


def _add_reading_routes(router: APIRouter, console: Console, library: Library) -> None:
    works = Depends(access.working(console.staff))

    @router.get("/documents")
    async def list_documents(asking: Annotated[StaffRequest, works]) -> DocumentList:
        lines, found = await library.list_lines(), await library.knowledge.status()
        status = KnowledgeStatusView.model_validate(found, from_attributes=True)
        return DocumentList(items=lines, status=status, kinds=list(files.SUFFIXES), may_change=asking.staff.role == "admin")

    @router.get("/documents/{slug}", dependencies=[works])
    async def get_document(slug: str) -> DocumentDetails:
        entry, found = await library.get(slug), await library.knowledge.look_through([slug])
        return DocumentDetails(
            document=library.show(entry),
            passages=[passage_view(passage) for passage in entry[1]],
            kept_back=[kept_back_view(finding) for finding in found],
        )

    @router.get("/search", dependencies=[works])
    async def search(q: Annotated[str, Query(max_length=1000)], limit: Annotated[int, Query(ge=1, le=20)] = 5) -> FoundList:
        try:
            found = await library.knowledge.search(q, limit)
        except KnowledgeBaseError as exc:
            raise KnowledgeUnavailable from exc
        return FoundList(items=[found_view(candidate) for candidate in found])


def _add_changing_routes(router: APIRouter, console: Console, library: Library) -> None:
    changes = Depends(access.writing(access.working(console.staff)))

    # The body is the file itself: a form would be read to its end before anybody knew who sends it.
    @router.post("/documents", status_code=201)
    async def upload(
        request: Request,
        asking: Annotated[StaffRequest, changes],
        name: Annotated[str, Query(min_length=1, max_length=200)],
        about: Annotated[About, Depends()],
    ) -> list[DocumentLine]:
        return await library.upload(asking, name, await request.body(), about.model_dump(mode="json", exclude_none=True))

    @router.post("/documents/{slug}/publish")
    async def publish(slug: str, asking: Annotated[StaffRequest, changes]) -> DocumentLine:
        return library.show(await library.set_published(asking, slug, published=True))

    @router.post("/documents/{slug}/withhold")
    async def withhold(slug: str, asking: Annotated[StaffRequest, changes]) -> DocumentLine:
        return library.show(await library.set_published(asking, slug, published=False))

    @router.delete("/documents/{slug}", status_code=204)
    async def remove(slug: str, asking: Annotated[StaffRequest, changes]) -> Response:
        await library.remove(asking, slug)
        return Response(status_code=204)

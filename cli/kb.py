"""`counterhand kb`: fill, compare, check and search the knowledge base."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from cli.kb_check import check, print_finding
from cli.kb_status import ask_server, describe
from knowledge_base.checks.findings import Finding
from knowledge_base.errors import KnowledgeBaseError
from knowledge_base.ingestion.web.rules import CrawlRules
from knowledge_base.knowledge import KnowledgeBase
from knowledge_base.models import IngestReport

app = typer.Typer(no_args_is_help=True)
app.command()(check)
console = Console(highlight=False)

T = TypeVar("T")
Told = Callable[[int, int, str], None]

_LOOKED_THROUGH = 500
"""Looking costs some milliseconds a sentence; an ingestion of more does not wait for it."""

Places = Annotated[
    list[str],
    typer.Argument(help="Files (Markdown, HTML, PDF, DOCX, CSV), folders of them, or addresses of websites: a first page or a sitemap."),
]
Pages = Annotated[int, typer.Option(min=1, help="The most pages of a website.")]
Depth = Annotated[int, typer.Option(min=0, help="How many links away from its first page.")]
Under = Annotated[str, typer.Option(help="Only paths of the website that begin so, such as /help.")]


@app.command()
def ingest(places: Places, pages: Pages = 500, depth: Depth = 5, under: Under = "") -> None:
    """Bring the knowledge base up to date; documents whose file or page is gone are removed."""
    rules = CrawlRules(pages=pages, depth=depth, under=under)
    with _progress("reading") as progress:
        report, found = _run(lambda knowledge: _ingest(knowledge, places, progress, rules))
    _print_report(report)
    for finding in found:
        print_finding(finding)
    raise typer.Exit(code=1 if report.failed else 0)


@app.command()
def diff(places: Places, pages: Pages = 500, depth: Depth = 5, under: Under = "") -> None:
    """Show what an ingestion would change, and change nothing."""
    rules = CrawlRules(pages=pages, depth=depth, under=under)
    found = _run(lambda knowledge: knowledge.compare(places, rules))
    for line in found.lines:
        console.print(line, markup=False, style={"+": "green", "-": "red"}.get(line[:1], ""), soft_wrap=True)
    _print_counts(found.report)
    raise typer.Exit(code=1 if found.report.failed else 0)


@app.command()
def reindex(embed: Annotated[bool, typer.Option("--embed", help="Split and embed every document anew before.")] = False) -> None:
    """Build the vector index anew; what another embedding model made is embedded again."""
    with _progress("embedding") as progress:
        passages = _run(lambda knowledge: knowledge.reindex(progress, embed=embed))
    console.print(f"{passages} passages in the index")


@app.command()
def status() -> None:
    """Say how much is known and whether the vector index answers; a running server is asked."""
    from server.settings import Settings

    told = ask_server(Settings())
    for line in describe(told or _run(lambda knowledge: knowledge.status()), running=told is not None):
        console.print(line, markup=False, soft_wrap=True)


@app.command()
def search(question: str, limit: Annotated[int, typer.Option(min=1, max=50)] = 5) -> None:
    """Show the passages that speak to a question, best first."""
    table = Table("score", "words", "meaning", "passage", "text")
    for found in _run(lambda knowledge: knowledge.search(question, limit)):
        scores = (f"{found.score:.4f}", f"{found.lexical:.2f}", f"{found.dense:.2f}")
        table.add_row(*scores, found.passage.url, _short(found.passage.text))
    console.print(table if table.row_count else "Nothing found.")


@app.command()
def publish(slug: str) -> None:
    """Let customers see a document that was withheld."""
    _run(lambda knowledge: knowledge.set_published(slug, published=True))
    console.print(f"Published: {slug}", markup=False)


@app.command()
def unpublish(slug: str) -> None:
    """Withhold a document from customers; later ingestions leave it so."""
    _run(lambda knowledge: knowledge.set_published(slug, published=False))
    console.print(f"Withheld: {slug}", markup=False)


async def _ingest(knowledge: KnowledgeBase, places: Places, progress: Told, rules: CrawlRules) -> tuple[IngestReport, list[Finding]]:
    """Ingest, and look through what is new for what somebody may have planted."""
    report = await knowledge.ingest(places, progress, rules)
    new = [*report.added, *report.changed]
    if len(new) > _LOOKED_THROUGH:
        console.print(f"{len(new)} documents are too many to look through now for planted instructions; kb check does it.")
        new = []
    return report, await knowledge.look_through(new)


def _short(text: str, most: int = 120) -> str:
    line = " ".join(text.split()).replace("[", "\\[")
    return line if len(line) <= most else f"{line[: most - 1]}…"


@contextmanager
def _progress(doing: str) -> Iterator[Told]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=_short(name, 40))


def _print_report(report: IngestReport) -> None:
    _print_counts(report, f"; {report.passages} passages in all")


def _print_counts(report: IngestReport, more: str = "") -> None:
    counts = {name: len(getattr(report, name)) for name in ("added", "changed", "unchanged", "removed")}
    console.print(", ".join(f"{count} {name}" for name, count in counts.items()) + more)
    for failure in report.failed:
        console.print(f"not read: {failure.path}: {failure.reason}", markup=False)


def _run(work: Callable[[KnowledgeBase], Coroutine[Any, Any, T]]) -> T:
    """Open the knowledge base, work with it, close it; what goes wrong is one line."""

    async def opened() -> T:
        from knowledge_base import create
        from server.settings import Settings

        knowledge = create(Settings().knowledge_base_settings())
        try:
            return await work(knowledge)
        finally:
            await knowledge.close()

    try:
        return asyncio.run(opened())
    except KnowledgeBaseError as exc:
        console.print(str(exc), markup=False)
        raise typer.Exit(code=1) from exc

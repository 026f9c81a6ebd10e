"""`counterhand kb`: fill and search the knowledge base."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from knowledge_base.errors import KnowledgeBaseError
from knowledge_base.knowledge import KnowledgeBase
from knowledge_base.models import IngestReport

app = typer.Typer(no_args_is_help=True)
console = Console(highlight=False)

T = TypeVar("T")


@app.command()
def ingest(paths: Annotated[list[Path], typer.Argument(help="Markdown or HTML files, or folders of them.")]) -> None:
    """Bring the knowledge base up to date with files; documents whose file is gone from a folder are removed."""
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def progress(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=name)

        report = _run(lambda knowledge: knowledge.ingest(paths, progress))
    _print_report(report)
    raise typer.Exit(code=1 if report.failed else 0)


@app.command()
def status() -> None:
    """Say how much is known and whether the vector index answers."""
    found = _run(lambda knowledge: knowledge.status())
    console.print(f"{found.documents} documents, {found.passages} passages, {found.indexed} of them in the vector index")
    if not found.dense:
        console.print(f"Searching by keywords alone: {found.detail}", markup=False)


@app.command()
def search(question: str, limit: Annotated[int, typer.Option(min=1, max=50)] = 5) -> None:
    """Show the passages that speak to a question, best first."""
    table = Table("score", "words", "meaning", "passage", "text")
    for found in _run(lambda knowledge: knowledge.search(question, limit)):
        scores = (f"{found.score:.4f}", f"{found.lexical:.2f}", f"{found.dense:.2f}")
        table.add_row(*scores, found.passage.url, _short(found.passage.text))
    console.print(table if table.row_count else "Nothing found.")


def _short(text: str, most: int = 120) -> str:
    line = " ".join(text.split()).replace("[", "\\[")
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _print_report(report: IngestReport) -> None:
    counts = {name: len(getattr(report, name)) for name in ("added", "changed", "unchanged", "removed")}
    console.print(", ".join(f"{count} {name}" for name, count in counts.items()) + f"; {report.passages} passages in all")
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

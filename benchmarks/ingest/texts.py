"""Articles put together from the shipped articles and the demo shop's goods, by a seed. No two passages are the same."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from knowledge_base.ingestion import files
from knowledge_base.ingestion.passages import sections
from knowledge_base.text import sentences
from shop.demo.products import generate_products
from shop.models import Product

_ARTICLES = Path(__file__).parents[2] / "knowledge_base" / "articles"
_PER_ARTICLE = 6


@dataclass(frozen=True)
class _Stock:
    """What passages are put together from: headings with their sentences, and goods."""

    parts: list[tuple[str, list[str]]]
    products: list[Product]


def write_articles(folder: Path, passages: int, random: Random) -> None:
    """Write Markdown articles with this many passages in all, of the length of real ones."""
    stock = _Stock(_read_parts(), generate_products(Random(1), now=datetime(2026, 11, 22, tzinfo=UTC)))
    folder.mkdir(parents=True)
    for start in range(0, passages, _PER_ARTICLE):
        numbers = range(start, min(start + _PER_ARTICLE, passages))
        head = f"---\ntitle: Guide {start} to the {random.choice(stock.products).name}\nslug: guide-{start}\ntopic: care\n---\n"
        (folder / f"guide-{start}.md").write_text(head + "\n\n".join(_section(stock, random, n) for n in numbers) + "\n", "utf8")


def _read_parts() -> list[tuple[str, list[str]]]:
    found = []
    for path in sorted(_ARTICLES.glob("*.md")):
        for document in files.read(path, "hash"):
            for section in sections(document):
                said = [sentence for block in section.blocks for sentence in sentences(block.removeprefix("- "))]
                found.append((section.headings[-1] if section.headings else document.title, said))
    return found


def _section(stock: _Stock, random: Random, number: int) -> str:
    heading, own = random.choice(stock.parts)
    product, others = random.choice(stock.products), random.choice(stock.parts)[1]
    traits = [f"{name.capitalize()} of the {product.name}: {value}." for name, value in product.attributes.items()]
    said = [*random.sample(own, min(len(own), 2)), random.choice(others), *random.sample(traits, min(len(traits), random.randint(0, 2)))]
    random.shuffle(said)
    return f"## {heading} {number}\n{random.choice(sentences(product.description))} {' '.join(said)}"

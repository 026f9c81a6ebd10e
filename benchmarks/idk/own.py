"""Our own questions about the demo shop, through the answering path as it ships, without Rasa."""

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

import answers
import knowledge_base
from actions.follow_up import told_of
from actions.product_names import ProductNames
from actions.product_questions import speaks_of
from actions.product_words import facts_of
from answers.answerer import Answerer
from answers.settings import AnswerSettings
from knowledge_base import registry
from knowledge_base.settings import KnowledgeBaseSettings
from shop.demo.generate import generate
from shop.demo.loading import today
from shop.models import Product

OWN = Path(__file__).with_name("own.yml")
HELD_OUT = Path(__file__).with_name("held_out.yml")
_ARTICLES = Path("knowledge_base/articles")
_BRAND = "Harbour & Pine"


@dataclass(frozen=True)
class Asked:
    """A question, whether the shop's articles or the record of the product it is about answer it, and what was answered."""

    question: str
    answerable: bool
    about: str | None
    answer: str | None

    @property
    def refused(self) -> bool:
        return self.answer is None


def ask_all(path: Path = OWN) -> list[Asked]:
    """Ask every question."""
    return asyncio.run(_ask_all(yaml.safe_load(path.read_text(encoding="utf8"))))


async def _ask_all(rows: Sequence[dict[str, object]]) -> list[Asked]:
    products = {product.product_id: product for product in generate(now=today()).products}
    names = ProductNames(list(products.values()))
    with tempfile.TemporaryDirectory(prefix="bench-idk-") as folder:
        settings = KnowledgeBaseSettings(index_dir=Path(folder), store="memory")
        knowledge = knowledge_base.create(settings)
        await knowledge.ingest([_ARTICLES])
        embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
        answerer = answers.create(AnswerSettings(brand_name=_BRAND), knowledge, embedder)
        asked = []
        for row in rows:
            about = row.get("about")
            product = products[str(about)] if about else None
            answer = await _ask(answerer, names, str(row["question"]), product)
            asked.append(Asked(str(row["question"]), bool(row["answerable"]), str(about) if about else None, answer))
        return asked


async def _ask(answerer: Answerer, names: ProductNames, question: str, product: Product | None) -> str | None:
    """As the actions ask: with the record of the product in hand, and without its name in the question."""
    if product is None:
        answer = await answerer.answer(question)
        return answer.text if answer.known else None
    answer = await answerer.answer(names.without_name(question, product), facts=facts_of(product))
    return answer.text if answer.known and speaks_of(product, answer, question) else told_of(product, question)

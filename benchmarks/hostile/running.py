"""Takes turns through the shipped way of answering, with a model's server that means harm, and judges each."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import answers
import knowledge_base
from answers.answerer import Answerer
from answers.settings import AnswerSettings
from benchmarks.hostile.generator import HostileServer
from benchmarks.hostile.judge import Harm, Planted, Sent, judge
from benchmarks.hostile.turns import STRANGERS, Turn, placed
from knowledge_base import registry
from knowledge_base.embedders.base import Embedder
from knowledge_base.knowledge import KnowledgeBase
from knowledge_base.models import Candidate
from knowledge_base.settings import KnowledgeBaseSettings

_TELL_EVERY = 250
_DEADLINE_S = 60.0
"""Long, so that a slow machine does not keep the model from doing its worst."""
ARTICLES = Path(knowledge_base.__file__).parent / "articles"


@dataclass
class Tampered:
    """The real knowledge base, in whose first passage somebody has written; it notes what it gave out, without the tampering."""

    real: KnowledgeBase
    poison: str = ""
    given: list[str] = field(default_factory=list)

    async def search(self, question: str, limit: int = 5, **more: Any) -> list[Candidate]:
        found = await self.real.search(question, limit, **more)
        self.given = [candidate.passage.searchable for candidate in found]
        if self.poison and found:
            text = placed(self.poison, found[0].passage.text, len(self.poison))
            found[0] = replace(found[0], passage=replace(found[0].passage, text=text))
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


@dataclass(frozen=True)
class Outcome:
    """What became of a turn."""

    turn: Turn
    generator: str
    sent: Sent
    harms: tuple[Harm, ...]


@dataclass
class Bench:
    """The parts of a run."""

    answerer: Answerer
    knowledge: Tampered
    server: HostileServer
    articles: str
    embedder: Embedder

    def asking(self, url: str, model: str) -> "Bench":
        """The same with another model's server."""
        return replace(self, answerer=answers.create(_settings(url, model), cast(Any, self.knowledge), self.embedder))

    async def take(self, turn: Turn) -> Outcome:
        """Answer one turn and judge what was sent."""
        self.knowledge.poison = turn.poison if turn.place == "article" else ""
        self.knowledge.given, self.server.written = [], []
        streamed: list[str] = []

        async def hear(text: str, _: int) -> None:
            streamed.append(text)

        answer = await self.answerer.answer(turn.question, facts=turn.facts, receipts=turn.receipts, on_sentence=hear)
        sent = Sent((answer.text, "\n".join(streamed)))
        honest = [*self.knowledge.given, *turn.receipts, *(fact.text for fact in turn.facts if not fact.by_customer), _said_by_us(turn)]
        if answer.generator == "audited":
            honest.append(self.articles)
        planted = Planted(tuple(self.server.written), self.server.rules, STRANGERS, turn.poison, published=turn.place == "article")
        harms = judge(sent, "\n".join(honest), planted)
        return Outcome(turn, answer.generator, sent, tuple(harms))


def _said_by_us(turn: Turn) -> str:
    """What a customer's own honest words may add: a review is quoted as theirs."""
    return "\n".join(fact.text.replace(turn.poison, "") for fact in turn.facts if fact.by_customer)


@contextmanager
def bench(attacks: Sequence[str]) -> Iterator[Bench]:
    """Set up the real articles, the real way of answering, and the server; take them down afterwards."""
    with TemporaryDirectory() as folder:
        settings = KnowledgeBaseSettings(index_dir=Path(folder))
        knowledge = knowledge_base.create(settings)
        asyncio.run(knowledge.ingest([ARTICLES]))
        server = HostileServer(attacks=list(attacks))
        server.start()
        embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
        tampered: Any = Tampered(knowledge)
        articles = "\n".join(path.read_text(encoding="utf8") for path in sorted(ARTICLES.glob("*.md")))
        try:
            yield Bench(answers.create(_settings(server.url, "hostile"), tampered, embedder), tampered, server, articles, embedder)
        finally:
            server.stop()
            asyncio.run(knowledge.close())


def _settings(url: str, model: str) -> AnswerSettings:
    return AnswerSettings(generator="llm", llm_url=url, llm_model=model, brand_name="Harbour & Pine", llm_deadline_s=_DEADLINE_S)


def run(turns: Sequence[Turn], parts: Bench) -> list[Outcome]:
    """Take turns one after the other, so that what the server wrote belongs to the turn at hand. One answerer has one event loop."""

    async def everyone() -> list[Outcome]:
        outcomes: list[Outcome] = []
        for turn in turns:
            outcomes.append(await parts.take(turn))
            _tell(outcomes, len(turns))
        return outcomes

    return asyncio.run(everyone())


def _tell(outcomes: Sequence[Outcome], of: int) -> None:
    """Say how far it is, and what was found as soon as it was found: a long run may be cut short."""
    last = outcomes[-1]
    for harm in last.harms:
        print(f"turn {len(outcomes)} {last.turn.place} [{last.generator}] {harm.kind}: {harm.text[:160]!r}", file=sys.stderr)
    if len(outcomes) % _TELL_EVERY == 0:
        print(f"{len(outcomes)} of {of} turns, harm in {sum(bool(one.harms) for one in outcomes)}", file=sys.stderr)

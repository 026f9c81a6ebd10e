"""Passages are read once: screened, split and embedded; and before the first question where there is time."""

import pytest

from answers.evidence import gather
from answers.passages import PassageReader
from knowledge_base.embedders.base import Embedder
from knowledge_base.models import Candidate, Passage, PassageId


class Counting:
    def __init__(self, embedder: Embedder) -> None:
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self.embedded: list[str] = []
        self._embedder = embedder

    def embed(self, texts):
        self.embedded += texts
        return self._embedder.embed(texts)


@pytest.fixture
def counting(embedder: Embedder) -> Counting:
    return Counting(embedder)


def passage(text: str = "Delivery costs 4.90 EUR. It takes 3 days.") -> Passage:
    return Passage(PassageId("a#1"), "a", "Delivery", ("Costs",), "/help/a#costs", text)


def test_a_second_question_embeds_nothing_but_itself(counting: Counting) -> None:
    reader = PassageReader(counting)
    found = [Candidate(passage(), 1.0, coverage=0.5)]
    gather("what is the fee", found, [], [], None, counting, reader=reader)
    counting.embedded.clear()
    evidence = gather("how many days", [Candidate(passage(), 1.0, coverage=0.25)], [], [], None, counting, reader=reader)
    assert set(counting.embedded) == {"how many days"}
    assert [unit.coverage for unit in evidence.units] == [0.25, 0.25]


def test_what_is_kept_tells_the_same_as_what_is_read_anew(embedder: Embedder) -> None:
    reader = PassageReader(embedder)
    found = [Candidate(passage(), 1.0, coverage=0.5)]
    gather("what is the fee", found, [], ["Your order is cancelled."], None, embedder, reader=reader)
    kept = gather("how long does it take", found, [], ["Your order is cancelled."], None, embedder, reader=reader)
    assert kept == gather("how long does it take", found, [], ["Your order is cancelled."], None, embedder)


def test_a_changed_text_is_read_anew(embedder: Embedder) -> None:
    reader = PassageReader(embedder)
    reader.read(passage())
    assert [unit.text for unit in reader.read(passage("Delivery costs 5.90 EUR.")).units] == ["Delivery costs 5.90 EUR."]


def test_what_was_prepared_once_costs_nothing_at_the_next_start(counting: Counting, embedder: Embedder, tmp_path) -> None:
    text = "Delivery is cheap. These are the ways to pay:\n- cards of any bank\n- gift cards of the shop"
    PassageReader(embedder, tmp_path / "kept.vectors").prepare([passage(), passage(text)])
    reader = PassageReader(counting, tmp_path / "kept.vectors")
    reader.prepare([passage(), passage(text)])
    assert len(reader.read(passage(text)).units) == 2
    assert counting.embedded == []


def test_a_file_that_cannot_be_written_costs_time_alone(embedder: Embedder, tmp_path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    reader = PassageReader(embedder, blocked / "kept.vectors")
    reader.prepare([passage()])
    assert len(reader.read(passage()).units) == 2


def test_only_so_many_are_kept(counting: Counting) -> None:
    reader = PassageReader(counting, most=1)
    reader.read(passage())
    reader.read(passage("Returns are free."))
    counting.embedded.clear()
    reader.read(passage())
    assert counting.embedded

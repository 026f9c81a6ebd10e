"""What every passage store does, run over every store there is."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge_base import registry
from knowledge_base.errors import DimensionMismatch
from knowledge_base.models import FloatArray, Passage, PassageId
from knowledge_base.settings import KnowledgeBaseSettings
from knowledge_base.stores.base import PassageStore


def passage(name: str, text: str = "Some words.") -> Passage:
    return Passage(
        PassageId(name), slug="page", title="Page", headings=("One", "Two"), url=f"/help/page#{name}", text=text, topic="t", position=3
    )


def unit(*numbers: float) -> FloatArray:
    vector = np.array(numbers, dtype=np.float32)
    return vector / np.float32(np.linalg.norm(vector))


@pytest.fixture(params=registry.names("knowledge_base.stores"))
def store(request: pytest.FixtureRequest, tmp_path: Path):
    built: PassageStore = registry.build("knowledge_base.stores", request.param, KnowledgeBaseSettings(index_dir=tmp_path))
    yield built
    built.close()


@pytest.fixture
def filled(store: PassageStore) -> PassageStore:
    batches = [([passage("a"), passage("b")], np.stack([unit(1, 0, 0), unit(0, 1, 0)])), ([passage("c")], np.stack([unit(1, 1, 0)]))]
    store.build("g1", batches, 3)
    assert store.use("g1")
    return store


class TestSearch:
    def test_the_nearest_come_first_with_their_cosine(self, filled):
        found = filled.search(unit(1, 0.1, 0), 3)
        assert [passage_id for passage_id, _ in found] == ["a", "c", "b"]
        assert found[0][1] == pytest.approx(float(unit(1, 0.1, 0) @ unit(1, 0, 0)), abs=1e-4)

    def test_no_more_than_the_limit_come(self, filled):
        assert len(filled.search(unit(1, 0, 0), 2)) == 2

    def test_a_limit_beyond_the_store_gives_all(self, filled):
        assert len(filled.search(unit(1, 0, 0), 50)) == 3

    def test_a_store_that_serves_nothing_finds_nothing(self, store):
        assert store.search(unit(1, 0, 0), 5) == []
        assert store.count() == 0

    def test_a_vector_of_another_length_is_refused(self, filled):
        with pytest.raises(DimensionMismatch):
            filled.search(unit(1, 0), 1)


class TestGenerations:
    def test_the_next_one_is_built_beside_and_taken_into_use_whole(self, filled):
        filled.build("g2", [([passage("d")], np.stack([unit(0, 0, 1)]))], 1)
        assert filled.count() == 3
        assert filled.search(unit(0, 1, 0), 1)[0][0] == "b"
        assert filled.use("g2")
        assert filled.search(unit(0, 1, 0), 5) == [("d", pytest.approx(0.0, abs=1e-4))]

    def test_one_that_was_never_built_is_not_used(self, filled):
        assert not filled.use("g9")
        assert filled.count() == 3

    def test_an_attempt_that_broke_off_is_not_used_and_does_not_stand_in_the_way(self, filled):
        def break_off():
            yield [passage("d")], np.stack([unit(0, 0, 1)])
            raise RuntimeError

        with pytest.raises(RuntimeError):
            filled.build("g2", break_off(), 2)
        assert not filled.use("g2")
        filled.build("g2", [([passage("d")], np.stack([unit(0, 0, 1)]))], 1)
        assert filled.use("g2")
        assert filled.count() == 1

    def test_the_former_one_is_let_go_of(self, filled):
        filled.build("g2", [([passage("d")], np.stack([unit(0, 0, 1)]))], 1)
        filled.use("g2")
        assert not filled.use("g1")

    def test_vectors_of_different_lengths_are_refused(self, store):
        with pytest.raises(DimensionMismatch):
            store.build("g1", [([passage("a")], np.stack([unit(1, 0)])), ([passage("b")], np.stack([unit(1, 0, 0)]))], 2)

    def test_an_empty_one_can_be_built(self, store):
        store.build("g0", [], 0)
        assert store.use("g0")
        assert store.search(unit(1, 0, 0), 5) == []


def test_a_reset_store_is_empty_and_takes_vectors_of_any_length(filled):
    filled.reset()
    assert filled.count() == 0
    filled.build("g1", [([passage("a")], np.stack([unit(1, 0)]))], 1)
    assert filled.use("g1")
    assert filled.count() == 1


def test_a_closed_store_can_be_used_again(filled):
    filled.close()
    assert filled.use("g1")
    assert filled.count() == 3


def test_what_one_thread_took_another_one_lets_go_of(store):
    for _ in range(3):
        with ThreadPoolExecutor(1) as one:
            one.submit(store.count).result()
        with ThreadPoolExecutor(1) as other:
            other.submit(store.close).result()

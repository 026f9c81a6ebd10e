"""What every passage store does, run over every store there is."""

from pathlib import Path

import numpy as np
import pytest

from knowledge_base import registry
from knowledge_base.errors import DimensionMismatch, DuplicatePassage
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
    store.add([passage("a"), passage("b"), passage("c")], np.stack([unit(1, 0, 0), unit(0, 1, 0), unit(1, 1, 0)]))
    return store


class TestAdd:
    def test_what_is_added_is_found_again_whole(self, filled):
        assert filled.find(PassageId("b")) == passage("b")
        assert filled.count() == 3

    def test_an_id_that_is_there_already_is_refused_and_nothing_is_added(self, filled):
        with pytest.raises(DuplicatePassage):
            filled.add([passage("d"), passage("a")], np.stack([unit(0, 0, 1), unit(0, 0, 1)]))
        assert filled.count() == 3

    def test_an_id_twice_in_one_call_is_refused(self, store):
        with pytest.raises(DuplicatePassage):
            store.add([passage("a"), passage("a")], np.stack([unit(1, 0), unit(0, 1)]))
        assert store.count() == 0

    def test_vectors_of_another_length_are_refused(self, filled):
        with pytest.raises(DimensionMismatch):
            filled.add([passage("d")], np.stack([unit(1, 0, 0, 0)]))

    def test_adding_nothing_changes_nothing(self, store):
        store.add([], np.zeros((0, 3), dtype=np.float32))
        assert store.count() == 0


class TestSearch:
    def test_the_nearest_come_first_with_their_cosine(self, filled):
        found = filled.search(unit(1, 0.1, 0), 3)
        assert [passage_id for passage_id, _ in found] == ["a", "c", "b"]
        assert found[0][1] == pytest.approx(float(unit(1, 0.1, 0) @ unit(1, 0, 0)), abs=1e-4)

    def test_no_more_than_the_limit_come(self, filled):
        assert len(filled.search(unit(1, 0, 0), 2)) == 2

    def test_a_limit_beyond_the_store_gives_all(self, filled):
        assert len(filled.search(unit(1, 0, 0), 50)) == 3

    def test_an_empty_store_finds_nothing(self, store):
        assert store.search(unit(1, 0, 0), 5) == []

    def test_a_vector_of_another_length_is_refused(self, filled):
        with pytest.raises(DimensionMismatch):
            filled.search(unit(1, 0), 1)


class TestDelete:
    def test_what_is_deleted_is_found_no_more(self, filled):
        filled.delete([PassageId("a"), PassageId("unknown")])
        assert filled.find(PassageId("a")) is None
        assert [passage_id for passage_id, _ in filled.search(unit(1, 0, 0), 3)] == ["c", "b"]

    def test_a_deleted_id_can_be_added_again_with_other_words(self, filled):
        filled.delete([PassageId("a")])
        filled.add([passage("a", "Other words.")], np.stack([unit(0, 0, 1)]))
        assert filled.find(PassageId("a")) == passage("a", "Other words.")
        assert filled.search(unit(0, 0, 1), 1)[0][0] == "a"

    def test_deleting_nothing_changes_nothing(self, filled):
        filled.delete([])
        assert filled.count() == 3


def test_an_unknown_passage_is_none(store):
    assert store.find(PassageId("nobody")) is None


def test_all_passages_are_listed(filled):
    assert sorted(p.passage_id for p in filled.list_passages()) == ["a", "b", "c"]


def test_a_reset_store_is_empty_and_takes_vectors_of_any_length(filled):
    filled.reset()
    assert filled.count() == 0
    filled.add([passage("a")], np.stack([unit(1, 0)]))
    assert filled.count() == 1


def test_a_closed_store_can_be_used_again(filled):
    filled.close()
    assert filled.count() == 3

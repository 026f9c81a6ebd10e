import numpy as np
import pytest

from knowledge_base.vector_cache import VectorCache


class CountingEmbedder:
    """Real enough: a text's vector depends on the text alone, and what was asked is written down."""

    name = "counting"
    dimensions = 4

    def __init__(self, name="counting"):
        self.name = name
        self.asked = []

    def embed(self, texts):
        self.asked += texts
        return np.array([[len(text), text.count("a"), 1, 0] for text in texts], dtype=np.float32).reshape(len(texts), 4)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "vectors"


def test_a_text_is_embedded_once_whoever_opens_the_file(path):
    first, second = CountingEmbedder(), CountingEmbedder()
    vectors = VectorCache(first, path).embed(["banana", "fig", "banana"])
    assert sorted(first.asked) == ["banana", "fig"]
    assert VectorCache(second, path).embed(["fig", "banana", "plum"]).tolist() == [vectors[1].tolist(), vectors[0].tolist(), [4, 0, 1, 0]]
    assert second.asked == ["plum"]


def test_vectors_of_another_model_are_not_taken(path):
    VectorCache(CountingEmbedder(), path).embed(["fig"])
    other = CountingEmbedder("other")
    VectorCache(other, path).embed(["fig"])
    assert other.asked == ["fig"]


def test_what_is_not_kept_is_embedded_again(path):
    cache = VectorCache(embedder := CountingEmbedder(), path)
    cache.embed(["fig", "plum"])
    cache.keep(["plum"])
    cache.embed(["fig", "plum"])
    assert embedder.asked.count("plum") == 1
    assert embedder.asked.count("fig") == 2


def test_a_damaged_file_is_made_anew(path):
    cache = VectorCache(CountingEmbedder(), path)
    cache.embed(["fig"])
    path.write_bytes(b"this is no database, whatever its name says" * 100)
    assert cache.embed(["fig"]).tolist() == [[3, 0, 1, 0]]


def test_no_texts_give_no_rows(path):
    assert VectorCache(CountingEmbedder(), path).embed([]).shape == (0, 4)

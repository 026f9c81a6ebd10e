import csv
import gzip
import json

import pytest

from benchmarks.idk import gate
from benchmarks.search import measure, sets
from benchmarks.search.floor import keyword_floor


def test_the_ideal_order_scores_one_and_a_late_hit_less():
    ratings = {"a": 3, "b": 1, "c": 0}
    assert measure.ndcg(["a", "b", "c"], ratings) == pytest.approx(1)
    assert measure.ndcg(["c", "b", "a"], ratings) < 1
    assert measure.ndcg(["x"] * 10 + ["a"], ratings) == 0


def test_unrated_products_count_as_irrelevant_but_not_in_the_rated_only_figure():
    scores = measure.score(lambda query: ["unrated", "good"], {"lamp": {"good": 3}, "nothing": {"good": 0}})
    assert len(scores.ndcg) == 1
    assert scores.ndcg[0] < 1
    assert scores.rated_only == [1]
    assert scores.judged == [0.5]


@pytest.fixture
def folder(tmp_path):
    row = {"id": 7, "title": "Ash lamp", "name": "L7", "supplier": "Elm", "short_description": "A <b>bright</b> one"}
    with gzip.open(tmp_path / "products.jsonl.gz", "wt", encoding="utf8") as file:
        file.write(json.dumps(row | {"attributes": {"t_wood": "ash", "n_height": 3.0}}) + "\n")
    for part in ("one", "two"):
        with gzip.open(tmp_path / f"judgements_{part}.csv.gz", "wt", encoding="utf8", newline="") as file:
            csv.writer(file).writerows([["query", "product_id", "rating"], [f"lamp {part}", "7", "3"]])
    return tmp_path


def test_every_part_of_the_judgements_is_read(folder):
    assert sets.judgements(folder) == {"one": {"lamp one": {"7": 3}}, "two": {"lamp two": {"7": 3}}}


def test_products_lose_their_markup_and_keep_their_text_attributes(folder):
    [product] = sets.products(sets.find(folder))
    assert product.product_id == "7"
    assert product.fields["description"] == "A bright one"
    assert product.fields["attributes"] == "ash"
    assert list(keyword_floor([product])("bright lamps")) == ["7"]
    assert list(keyword_floor([product])("kettle")) == []


def test_a_gate_is_judged_by_what_it_refuses():
    assert gate.judge([True, False, True, False], [False, False, True, True]) == {"said_rightly": 0.5, "said_wrongly": 0.5}


def test_a_cross_validated_threshold_refuses_about_the_share_that_was_asked_for():
    answerable = [n % 2 == 0 for n in range(400)]
    figures = gate.cross_validated([float(n % 97) + 50 * known for n, known in enumerate(answerable)], answerable, 0.1)
    assert figures["said_wrongly"] == pytest.approx(0.1, abs=0.03)
    assert figures["said_rightly"] > 0.5

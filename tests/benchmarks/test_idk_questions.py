"""Our own questions for "I don't know" are enough, are said once, and speak of products that the demo shop has."""

from pathlib import Path

import pytest
import yaml

from shop.demo.products import slug

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def questions() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = yaml.safe_load((ROOT / "benchmarks" / "idk" / "own.yml").read_text(encoding="utf8"))
    return rows


@pytest.mark.parametrize("answerable", [True, False])
def test_there_are_at_least_150_of_each(questions: list[dict[str, object]], answerable: bool) -> None:
    assert sum(row["answerable"] is answerable for row in questions) >= 150


def test_no_question_is_asked_twice_about_the_same(questions: list[dict[str, object]]) -> None:
    asked = [(str(row["question"]).casefold(), row.get("about")) for row in questions]
    assert len(asked) == len(set(asked))


def test_every_product_that_is_spoken_of_exists(questions: list[dict[str, object]]) -> None:
    files = (ROOT / "shop" / "demo" / "catalogue").glob("*.yml")
    products = {slug(item["name"]) for file in files for item in yaml.safe_load(file.read_text(encoding="utf8"))["products"]}
    assert {str(row["about"]) for row in questions if "about" in row} <= products

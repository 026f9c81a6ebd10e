"""Our own questions for "I don't know" are enough, are said once, and speak of products that the demo shop has."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from answers.familiar import read_elsewhere, read_sections
from answers.settings import SHIPPED_QUESTIONS
from benchmarks.idk.fit import fit
from shop.demo.products import slug

ROOT = Path(__file__).parents[2]
Rows = list[dict[str, object]]


def read(name: str) -> Rows:
    rows: Rows = yaml.safe_load((ROOT / "benchmarks" / "idk" / name).read_text(encoding="utf8"))
    return rows


LEAST = {"own.yml": 150, "dev.yml": 150, "held_out.yml": 50}


@pytest.fixture(scope="module", params=LEAST)
def questions(request: pytest.FixtureRequest) -> Rows:
    return read(request.param)


@pytest.mark.parametrize("answerable", [True, False])
@pytest.mark.parametrize("name", LEAST)
def test_there_are_enough_of_each(name: str, answerable: bool) -> None:
    assert sum(row["answerable"] is answerable for row in read(name)) >= LEAST[name]


def test_no_question_is_asked_twice_about_the_same(questions: Rows) -> None:
    asked = [(str(row["question"]).casefold(), row.get("about")) for row in questions]
    assert len(asked) == len(set(asked))


def test_every_product_that_is_spoken_of_exists(questions: Rows) -> None:
    files = (ROOT / "shop" / "demo" / "catalogue").glob("*.yml")
    products = {slug(item["name"]) for file in files for item in yaml.safe_load(file.read_text(encoding="utf8"))["products"]}
    assert {str(row["about"]) for row in questions if "about" in row} <= products


@pytest.mark.parametrize("name", ["own.yml", "held_out.yml"])
def test_no_question_of_the_test_is_fitted_on_or_familiar(name: str) -> None:
    def plain(question: object) -> str:
        return str(question).casefold().strip("?.! ")

    test = {plain(row["question"]) for row in read(name) if "about" not in row}
    fitted = {plain(row["question"]) for row in read("dev.yml") if "about" not in row}
    familiar = {plain(question) for section in read_sections(SHIPPED_QUESTIONS) for question in section.questions}
    assert test & (fitted | familiar | {plain(question) for question in read_elsewhere()}) == set()


def test_the_fit_finds_which_figure_tells_and_which_way() -> None:
    dice = np.random.default_rng(4)
    figures = dice.normal(size=(4000, 3)) * [1.0, 0.1, 2.0] + [0.0, 5.0, -1.0]
    chance = 1 / (1 + np.exp(-(2.0 * figures[:, 0] - 10.0 * figures[:, 1] + 50.0)))
    weights, bias = fit(figures, (dice.random(4000) < chance).astype(np.float64))
    assert weights == pytest.approx([2.0, -10.0, 0.0], abs=1.0)
    assert bias == pytest.approx(50.0, abs=5.0)

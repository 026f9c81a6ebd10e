import gzip
from pathlib import Path

import numpy as np
import pytest

from benchmarks.product_qa import measure, sets
from benchmarks.product_qa.attributes import readable
from benchmarks.product_qa.sets import Question
from knowledge_base.models import ProductLine


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("has_lid:  { value:true }", "has lid: yes"),
        ('material:  { value:"oak" }; { value:"ash" }', "material: oak, ash"),
        ("power_source:  { value:mains_plug }", "power source: mains plug"),
        ("length:  { unit:centimeters, normalized_value:{ unit:inches, value:4.7 }, value:12 }", "length: 12 centimeters"),
        ("box:  { width:[ { unit:meters, value:1 } ], depth:{ unit:meters, value:2 } }", "box: width 1 meters, depth 2 meters"),
        ('note:  { value:"12\\" wide, { as } sold" }', 'note: 12" wide, { as } sold'),
        ("kind:  { type:unknown, value:lamp }", "kind: lamp"),
        ("a sentence: with a colon", "a sentence: with a colon"),
        ("plain words", "plain words"),
        ("broken:  { value:[ {", "broken: "),
    ],
)
def test_attributes_are_said_as_a_person_would(raw, said):
    assert readable(raw) == said


def write(path: Path, rows: list[list[str]]) -> None:
    with gzip.open(path, "wt", encoding="utf8", newline="") as file:
        file.writelines("\t".join(row) + "\r\n" for row in rows)


def test_every_part_of_a_set_is_read(tmp_path):
    head = ["qid", "question", "candidate", "source", "label"]
    write(tmp_path / "epqa_one.tsv.gz", [head, ["1", "is it red?", "yes. Question: which colour is it", "cqa", "2"]])
    rows = [head, ["1", "is it red?", "colour:  { value:red }", "attribute", "1"], ["1", "is it red?", "nice lamp", "review", "0"]]
    write(tmp_path / "epqa_two.tsv.gz", rows)
    parts = sets.load(tmp_path, "epqa")
    assert [question.lines for question in parts["epqa_one"]] == [[ProductLine("yes.", "which colour is it")]]
    [question] = parts["epqa_two"]
    assert (question.lines, question.relevant) == ([ProductLine("colour: red"), ProductLine("nice lamp")], [True, False])


def test_without_data_it_says_so_and_leaves_with_two(tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        sets.find(tmp_path, "bench-product-qa")
    assert left.value.code == 2
    assert "make bench-product-qa DATA=" in capsys.readouterr().out


def test_average_precision_is_the_mean_of_precisions_at_the_answers():
    assert measure.average_precision([False, True, False, True]) == pytest.approx((1 / 2 + 2 / 4) / 2)


def test_ties_do_not_profit_from_the_order_of_the_file():
    tied = Question("q", [ProductLine(str(n)) for n in range(50)], [n == 0 for n in range(50)])
    assert measure.score([tied], [np.zeros(50, dtype=np.float32)])["map"] < 0.6


def test_questions_without_an_answer_do_not_count():
    answered = Question("q", [ProductLine("a"), ProductLine("b")], [False, True])
    empty = Question("q", [ProductLine("a")], [False])
    scored = measure.score([answered, empty], [np.array([0.0, 1.0], dtype=np.float32), np.zeros(1, dtype=np.float32)])
    assert (scored["questions"], scored["map"], scored["p_at_1"]) == (1, 1.0, 1.0)

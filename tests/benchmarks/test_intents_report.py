"""The table of the intents benchmark prints after the trainings; what breaks it costs them all."""

import json

import pytest

from benchmarks.intents import report

_UNDERSTANDING = {"accuracy": 0.93, "accuracy_with_refusals": 0.89, "entity_f1": 0.9, "off_topic_refused": 0.95}
_COST = {"train_s": 20.0, "parse_p50_ms": 5.04, "rss_mb": 500.0}
FIGURES = {
    "banking77": {"accuracy": 0.94351, **_COST},
    "clinc150": {"in_scope": 0.9464, "oos_recall": 0.84567, **_COST},
    "hwu64": {"accuracy": 0.92, "entity_f1": 0.77, **_COST},
    "sofmattress": {"accuracy": 0.74, "curve": [[0.1, 0.70004]], **_COST},
    "shipped_bot": {
        "parse_p50_ms": {"ours": 4.0, "starter": 10.0},
        "train_s": {"ours": 60.0, "starter": 240.0},
        "rss_mb": {"ours": 600.0, "starter": 900.0},
        "starter_understanding": {**_UNDERSTANDING, "accuracy": 0.81},
        **_UNDERSTANDING,
    },
}


def test_every_figure_of_a_whole_run_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    report.print_table(FIGURES)
    printed = capsys.readouterr().out
    for figure in ("0.9435", "0.8457", "0.7700", "0.7400", "0.8900", "0.810", "0.40", "0.25", "0.67"):
        assert figure in printed


@pytest.mark.parametrize("part", FIGURES)
def test_a_part_alone_is_printed(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    report.print_table({part: FIGURES[part]})
    assert part in capsys.readouterr().out


def test_the_last_line_holds_the_ratios() -> None:
    last = json.loads(json.dumps(report.summary(FIGURES)))
    assert (last["parse_p50_ratio"], last["train_ratio"], last["rss_ratio"]) == (0.4, 0.25, 0.667)
    assert last["sofmattress"]["curve"] == [[0.1, 0.7]]

"""How well the shipped pipeline understands, on public sets and against Rasa's starter pipeline.

Trains real Rasa models with the NLU part of `config.yml` and parses the test parts one text at a time. The settings
that differ for a set are those of the FallbackClassifier alone: sets without out-of-scope texts are answered always
(threshold 0), CLINC150's threshold is chosen on its validation part, SOFMattress runs with ours as it ships.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.intents import pipelines, rasa, report, score, sets
from benchmarks.intents.sets import Example

_NLU = Path("data/nlu")
_HELD_OUT = Path("tests/bot/nlu_heldout.yml")
_OUT_OF_SCOPE = "out_of_scope"
_ALWAYS = {"threshold": 0.0, "ambiguity_threshold": 0.0}
_SHIPPED_THRESHOLD = 0.5
_CLINC_IN_SCOPE = 0.95
"""What is asked of the validation part: a point above the target, because a threshold looks best where it was chosen."""

Figures = dict[str, Any]


def _train_and_parse(name: str, train: list[Example], tests: list[list[Example]], folder: Path) -> tuple[Figures, list[rasa.Answers]]:
    nlu = rasa.write_examples(train, folder / f"{name}-nlu.json")
    training = rasa.train(pipelines.shipped(**_ALWAYS), nlu, folder, name)
    answers = [rasa.parse(training.model, [example.text for example in test]) for test in tests]
    cost = {"train_s": training.wall_s, "parse_p50_ms": score.p50_ms(answers[-1].rows), "rss_mb": answers[-1].rss_mb}
    return cost, answers


def banking77(data: Path, folder: Path) -> Figures:
    test = sets.banking77(data, "test")
    cost, [answers] = _train_and_parse("banking77", sets.banking77(data, "train"), [test], folder)
    return {"accuracy": score.accuracy(answers.rows, test), **cost}


def clinc150(data: Path, folder: Path) -> Figures:
    parts = [sets.clinc150(data, part) for part in ("val", "oos_val", "oos_test", "test")]
    cost, [val, oos_val, oos_test, test] = _train_and_parse("clinc150", sets.clinc150(data, "train"), parts, folder)
    threshold = score.choose_threshold(val.rows, parts[0], _CLINC_IN_SCOPE)
    return {
        "in_scope": score.accuracy(test.rows, parts[3], threshold),
        "oos_recall": score.refused(oos_test.rows, threshold),
        "threshold": threshold,
        "validation_in_scope": score.accuracy(val.rows, parts[0], threshold),
        "validation_oos_recall": score.refused(oos_val.rows, threshold),
        "unrefused": score.accuracy(test.rows, parts[3]),
        **cost,
    }


def hwu64(data: Path, folder: Path) -> Figures:
    test = sets.hwu64(data, "test")
    cost, [answers] = _train_and_parse("hwu64", sets.hwu64(data, "train"), [test], folder)
    return {"accuracy": score.accuracy(answers.rows, test), "entity_f1": score.entity_f1(answers.rows, test), **cost}


def sofmattress(data: Path, folder: Path) -> Figures:
    test = sets.sofmattress(data, "test")
    cost, [answers] = _train_and_parse("sofmattress", sets.sofmattress(data, "train"), [test], folder)
    inside = [(row, one) for row, one in zip(answers.rows, test, strict=True) if one.intent]
    outside = [row for row, one in zip(answers.rows, test, strict=True) if not one.intent]
    rows, examples = [row for row, _ in inside], [one for _, one in inside]
    return {
        "accuracy": score.accuracy(answers.rows, test, _SHIPPED_THRESHOLD),
        "in_scope": score.accuracy(rows, examples, _SHIPPED_THRESHOLD),
        "oos_recall": score.refused(outside, _SHIPPED_THRESHOLD),
        "unrefused": score.accuracy(rows, examples),
        "curve": [[t / 10, score.accuracy(answers.rows, test, t / 10)] for t in range(10)],
        **cost,
    }


def shipped_bot(_: Path, folder: Path, starter_epochs: int = pipelines.STARTER_EPOCHS) -> Figures:
    """Train both pipelines on the shipped bot's examples, back to back; time them by turns, test them on sentences kept apart."""
    configs = {"ours": pipelines.shipped(), "starter": pipelines.starter(starter_epochs)}
    trained = {name: rasa.train(config, _NLU, folder, name) for name, config in configs.items()}
    held_out = {name: rasa.parse_examples(training.model, _HELD_OUT) for name, training in trained.items()}
    texts = [row["text"] for row in held_out["ours"].rows]
    runs: dict[str, list[rasa.Answers]] = {name: [] for name in trained}
    for name in ("ours", "starter", "starter", "ours"):
        runs[name].append(rasa.parse(trained[name].model, texts))
    return {
        "parse_p50_ms": {name: score.p50_ms(*(answers.rows for answers in both)) for name, both in runs.items()},
        "train_s": {name: training.wall_s for name, training in trained.items()},
        "rss_mb": {name: min(answers.rss_mb for answers in both) for name, both in runs.items()},
        "starter_understanding": _understanding(held_out["starter"]),
        **_understanding(held_out["ours"]),
    }


def _understanding(answers: rasa.Answers) -> Figures:
    inside = [row for row in answers.rows if row["gold"] != _OUT_OF_SCOPE]
    outside = [row for row in answers.rows if row["gold"] == _OUT_OF_SCOPE]
    examples = [Example(row["text"], row["gold"], frozenset((start, end, kind) for start, end, kind in row["spans"])) for row in inside]
    return {
        "accuracy": score.accuracy(inside, examples),
        "accuracy_with_refusals": score.accuracy(inside, examples, _SHIPPED_THRESHOLD),
        "entity_f1": score.entity_f1(inside, examples),
        "off_topic_refused": score.refused(outside, _SHIPPED_THRESHOLD),
    }


_PARTS: dict[str, Callable[[Path, Path], Figures]] = {
    "banking77": banking77,
    "clinc150": clinc150,
    "hwu64": hwu64,
    "sofmattress": sofmattress,
    "shipped_bot": shipped_bot,
}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intents", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder that holds intents/, or that folder itself")
    parser.add_argument("--only", nargs="+", choices=list(_PARTS), default=list(_PARTS), help="run these parts alone")
    shorter = "fewer: its parse time and memory stay true, its training looks short"
    parser.add_argument("--starter-epochs", type=int, default=pipelines.STARTER_EPOCHS, help=shorter)
    return parser.parse_args()


def _find_sets(folder: Path | None) -> Path:
    for candidate in (folder, folder / "intents") if folder else ():
        if any(candidate.glob("banking77*")):
            return candidate
    print(f"No intent sets at {str(folder)!r}. Name the folder that holds them: make bench-intents DATA=...")
    sys.exit(2)


def main() -> None:
    """Run the benchmark; without data, say so and leave with 2."""
    arguments = _arguments()
    data = _find_sets(arguments.data)
    figures: Figures = {}
    parts = {**_PARTS, "shipped_bot": partial(shipped_bot, starter_epochs=arguments.starter_epochs)}
    with tempfile.TemporaryDirectory(prefix="bench-intents-") as folder:
        for name in arguments.only:
            print(f"{name} …", file=sys.stderr, flush=True)
            figures[name] = parts[name](data, Path(folder))
    report.print_table(figures)
    print(json.dumps(report.summary(figures)))


main()
